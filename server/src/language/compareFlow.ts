import { contentNote } from "../analysis/compare/compareFolders";
import type { Change } from "../analysis/compare/change";
import { compareHandlers } from "../analysis/compare/compareHandlers";
import { type DiffKindId, diffKinds } from "../analysis/compare/kinds";
import { overlay } from "../analysis/compare/overlay";
import { type Marks, pictureMarks } from "../analysis/compare/pictures";
import type { Status } from "../handler/flow/draw";
import { type Flow, flow } from "../handler/flow/flow";
import { linkKey } from "../handler/flow/flowSvg";
import type { Handler } from "../handler/model";
import type { CompareChange, FlowDiffRequest } from "../protocol";
import { type FlowMarks, flowResult } from "./flow";

const kindNames: ReadonlyMap<string, string> = new Map(diffKinds.map(({ id, name }) => [id, name]));

/** The answer to `FlowDiffRequest`: both handlers' pictures with what differs marked, and both in one. */
export function flowDiff(
  oldHandler: Handler,
  newHandler: Handler,
  kinds: ReadonlySet<DiffKindId>,
  shown: (change: Change) => CompareChange,
): FlowDiffRequest.Result {
  const diff = compareHandlers(oldHandler, newHandler, kinds);
  const { old, now, match } = diff;
  const marks = pictureMarks(diff);
  const [before, after] = [flow(old), flow(now)];
  const both = overlay(diff);
  const [oldIndex, newIndex] = [indices(before), indices(after)];
  // Boxes of removed steps come behind those of the new picture, with their old node ids.
  const gone = indices(both.flow, after.boxes.length);
  const stepsOfBoth = both.flow.boxes.map(({ node }, at) =>
    at < after.boxes.length ? now.steps[at]! : old.steps[oldIndex.get(node)!]!,
  );
  const changes = diff.changes.map((change) => {
    const { kind, node, oldNode } = change;
    const from = oldNode === null ? null : (oldIndex.get(oldNode) ?? null);
    const to = node === null || kind === "step-removed" ? null : (newIndex.get(node) ?? null);
    const place = { old: from, now: to, both: to ?? (oldNode === null ? null : (gone.get(oldNode) ?? null)) };
    return { ...shown(change), kindName: kindNames.get(kind) ?? kind, place };
  });
  return {
    name: now.name,
    old: flowResult(old, before, marksOf(before, marks.old)),
    now: flowResult(now, after, marksOf(after, marks.now)),
    both: flowResult({ ...now, steps: stepsOfBoth }, both.flow, {
      boxes: positions(both.boxes),
      links: positions(both.links),
    }),
    pairs: match.pairs.flatMap(([a, b]): [number, number][] => {
      const [from, to] = [oldIndex.get(a.node), newIndex.get(b.node)];
      return from === undefined || to === undefined ? [] : [[from, to]];
    }),
    changes,
    note: contentNote(match.byContent, match.pairs.length),
  };
}

/** Positions by node id, from a position on; where damage repeats one, of the first. */
const indices = ({ boxes }: Flow, from = 0): Map<number, number> =>
  new Map(
    boxes
      .map(({ node }, index) => [node, index] as const)
      .slice(from)
      .reverse(),
  );

const marksOf = ({ boxes, links }: Flow, { status, linkStatus }: Marks): FlowMarks => ({
  boxes: positions(boxes.map(({ node }) => status.get(node))),
  links: positions(links.map(({ from, exit }) => linkStatus.get(linkKey(boxes[from]!.node, exit)))),
});

const positions = (list: readonly (Status | undefined)[]): Map<number, Status> =>
  new Map(list.flatMap((status, at) => (status ? [[at, status] as const] : [])));
