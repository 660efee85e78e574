import { contentNote } from "../analysis/compare/compareFolders";
import type { Change } from "../analysis/compare/change";
import { compareHandlers, type HandlerDiff } from "../analysis/compare/compareHandlers";
import { type DiffKindId, diffKinds } from "../analysis/compare/kinds";
import type { Status } from "../handler/flow/draw";
import { type Flow, flow } from "../handler/flow/flow";
import type { Handler } from "../handler/model";
import type { CompareChange, FlowDiffRequest } from "../protocol";
import { type MarkedFlow, overlay } from "./compareOverlay";
import { flowResult } from "./flow";

type Side = "old" | "now";

const kindNames: ReadonlyMap<string, string> = new Map(diffKinds.map(({ id, name }) => [id, name]));

/** The answer to `FlowDiffRequest`: both handlers' pictures with what differs marked, and both in one. */
export function flowDiff(
  oldHandler: Handler,
  newHandler: Handler,
  kinds: ReadonlySet<DiffKindId>,
  shown: (change: Change) => CompareChange,
): FlowDiffRequest.Result {
  const diff = compareHandlers(oldHandler, newHandler, kinds);
  const old = marked(oldHandler, diff, "old");
  const now = marked(newHandler, diff, "now");
  const [oldIndex, newIndex] = [indices(old.picture), indices(now.picture)];
  const pairs = diff.match.pairs.flatMap(([a, b]): [number, number][] => {
    const [from, to] = [oldIndex.get(a.node), newIndex.get(b.node)];
    return from === undefined || to === undefined ? [] : [[from, to]];
  });
  const exits = new Map(
    diff.changes.flatMap(({ oldNode, exit }) =>
      exit && exit.old !== null && oldNode !== null ? [[`${oldNode}:${exit.old}`, exit.new] as const] : [],
    ),
  );
  const both = overlay(
    old,
    now,
    pairs,
    (box, exit) => exits.get(`${old.picture.boxes[box]!.node}:${exit}`) ?? null,
  );
  const changes = diff.changes.map((change) => {
    const before = change.oldNode === null ? undefined : oldIndex.get(change.oldNode);
    const after =
      change.node === null || change.kind === "step-removed" ? undefined : newIndex.get(change.node);
    const place = {
      old: before ?? null,
      now: after ?? null,
      both: after ?? (before === undefined ? null : both.ofOld[before]!),
    };
    return { ...shown(change), kindName: kindNames.get(change.kind) ?? change.kind, place };
  });
  return {
    name: newHandler.name,
    old: flowResult(old.handler, old.picture, old.marks),
    now: flowResult(now.handler, now.picture, now.marks),
    both: flowResult(both.handler, both.picture, both.marks),
    pairs,
    changes,
    note: contentNote(diff.match.byContent, diff.match.pairs.length),
  };
}

/** Positions by node id; where damage repeats one, of the first. */
const indices = ({ boxes }: Flow): Map<number, number> =>
  new Map(boxes.map(({ node }, index) => [node, index] as const).reverse());

function marked(handler: Handler, { changes }: HandlerDiff, side: Side): MarkedFlow {
  const picture = flow(handler);
  const index = indices(picture);
  const boxes = new Map<number, Status>();
  const exits = new Set<string>();
  const status: Status = side === "old" ? "removed" : "added";
  for (const change of changes) {
    const at = index.get((side === "old" ? change.oldNode : change.node) ?? -1);
    if (at === undefined) continue;
    if (change.kind === "step-added" || change.kind === "step-removed") {
      if ((change.kind === "step-removed") === (side === "old")) boxes.set(at, status);
      continue;
    }
    if (!boxes.has(at)) boxes.set(at, "changed");
    const { exit } = change;
    const own = side === "old" ? exit?.old : exit?.new;
    const other = side === "old" ? exit?.new : exit?.old;
    if (typeof own === "number" && (change.kind === "connections" || other === null))
      exits.add(`${at}:${own}`);
  }
  const links = new Map<number, Status>();
  for (const [at, { from, exit }] of picture.links.entries())
    if (boxes.get(from) === status || exits.has(`${from}:${exit}`)) links.set(at, status);
  return { handler, picture, marks: { boxes, links } };
}
