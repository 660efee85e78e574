import * as l10n from "@vscode/l10n";
import { type Listing, listing } from "../../handler/listing";
import type { Handler } from "../../handler/model";
import type { Change } from "../compare/change";
import { compareHandlers, type HandlerDiff } from "../compare/compareHandlers";
import { whyUnreadable } from "../compare/handlerFiles";
import type { DiffKindId } from "../compare/kinds";
import { collide, isSame } from "./collisions";
import { Correspondence } from "./correspondence";
import type { CarryHandler, CarryItem, CarryStatus } from "./model";
import { Placing } from "./place";

/** The three versions of one handler; undefined = that folder has none of the name. */
export interface CarryTriple {
  readonly name: string;
  readonly oldBase: Handler | undefined;
  readonly custom: Handler | undefined;
  readonly newBase: Handler | undefined;
}

/**
 * What follows from other differences or from the Designer that saved the file; nobody customises it. Of the base
 * it counts: a handler whose tools changed cannot be replaced by one with the old ones.
 */
const consequences: ReadonlySet<DiffKindId> = new Set([
  "uses",
  "tool-version",
  "tool-signature",
  "subroutine-signature",
]);

/**
 * What has to be done to carry the customisations of one handler from the old base to the new one. Differences
 * are those of a comparison with the default kinds: positions and compiled names do not count.
 */
export function carryHandler({ name, oldBase, custom, newBase }: CarryTriple): CarryHandler {
  const report = (status: CarryStatus, note = "", rest: Partial<CarryHandler> = {}): CarryHandler => ({
    ...{ name, status, note, items: [], customChanges: 0, baseChanges: 0 },
    ...rest,
  });
  for (const [side, handler] of Object.entries({ oldBase, custom, newBase })) {
    const problem = handler && whyUnreadable(handler);
    if (problem) return report("unreadable", sideNotes[side as keyof typeof sideNotes](problem));
  }
  if (!custom) return report("not-customised", notCustomised(oldBase, newBase));
  if (!oldBase) return report("custom-written", newBase ? nameClash : "");

  const all = compareHandlers(oldBase, custom);
  const customised = { ...all, changes: all.changes.filter(({ kind }) => !consequences.has(kind)) };
  const customChanges = customised.changes.length;
  if (!newBase) {
    if (customChanges === 0) return report("not-customised", l10n.t("The new base has no such handler."));
    return report("base-gone", "", { customChanges, items: placed(customised, undefined) });
  }
  const moved = compareHandlers(oldBase, newBase);
  const counted = { customChanges, baseChanges: moved.changes.length };
  if (customChanges === 0) {
    const note = all.changes.length === 0 ? "" : savedAnew(all.changes.length);
    return report("not-customised", note, counted);
  }
  const items = placed(customised, moved);
  const result = (status: CarryStatus, note = ""): CarryHandler =>
    report(status, note, { ...counted, items });
  if (counted.baseChanges === 0) return result("take-over");
  if (items.every(({ done }) => done))
    return result("not-customised", l10n.t("The new base has made the same changes itself."));
  const conflict = items.some(({ against, done }) => against.length > 0 && !done);
  return result(conflict ? "conflict" : "re-apply", rebuiltNote(customised, moved));
}

/** Why the handler of a side cannot be read. */
export const sideNotes = {
  oldBase: (problem: string): string => l10n.t("The old base handler: {0}", problem),
  custom: (problem: string): string => l10n.t("The customised handler: {0}", problem),
  newBase: (problem: string): string => l10n.t("The new base handler: {0}", problem),
};

const notCustomised = (oldBase: Handler | undefined, newBase: Handler | undefined): string => {
  if (!oldBase) return l10n.t("New in the new base.");
  return newBase ? l10n.t("Not among the customised handlers.") : l10n.t("The new base has no such handler.");
};

const nameClash = l10n.t(
  "The new base has a handler of the same name, which publishing yours would replace: give yours another name, or compare the two.",
);

const savedAnew = (count: number): string =>
  count === 1
    ? l10n.t(
        "Only what it keeps of tools and subroutines differs from the old base (1 difference): it was saved with other ones.",
      )
    : l10n.t(
        "Only what it keeps of tools and subroutines differs from the old base ({0} differences): it was saved with other ones.",
        count,
      );

function rebuiltNote(customised: HandlerDiff, moved: HandlerDiff): string {
  const sides = [
    ...(customised.match.byContent > 0
      ? [l10n.t("{0} in the customised handler", customised.match.byContent)]
      : []),
    ...(moved.match.byContent > 0 ? [l10n.t("{0} in the new base", moved.match.byContent)] : []),
  ];
  return sides.length === 0
    ? ""
    : l10n.t(
        "Some steps have another node id than in the old base ({0}); they were matched by tool, label, arguments and neighbourhood.",
        sides.join(", "),
      );
}

/** The customisations, one item a step (or a connection, or a thing of the handler), each with its place. */
function placed(customised: HandlerDiff, moved: HandlerDiff | undefined): CarryItem[] {
  const steps = moved && new Correspondence(customised, moved);
  const placing = steps && new Placing(customised.now, moved.now, steps);
  const linesOf = stepLines(customised.now);
  const groups = new Map<string, Change[]>();
  for (const change of customised.changes) {
    const group = groups.get(groupKey(change));
    if (group) group.push(change);
    else groups.set(groupKey(change), [change]);
  }
  return [...groups].map(([id, changes]): CarryItem => {
    const first = changes[0]!;
    const place = placing ? placeOf(first, placing, customised) : null;
    const left = steps
      ? changes.filter((change) => !moved.changes.some((other) => isSame(change, other, steps)))
      : changes;
    return {
      id,
      node: first.node,
      label: first.label,
      kind: itemKind(first),
      changes,
      listing: first.kind === "step-added" ? linesOf(first.node!) : [],
      place,
      points: placing?.pointsNear(place) ?? [],
      against: steps
        ? moved.changes.filter((other) => left.some((change) => collide(change, other, steps)))
        : [],
      done: left.length === 0,
    };
  });
}

/** The lines of a step in the handler's listing, without the blank one behind it. */
function stepLines(handler: Handler): (node: number) => string[] {
  let made: { listing: Listing; lines: string[] } | undefined;
  return (node) => {
    if (!made) {
      const whole = listing(handler);
      made = { listing: whole, lines: whole.text.split("\n") };
    }
    const first = made.listing.lineOfStep(node);
    if (first === undefined) return [];
    const end = made.listing.lines.findIndex((line, at) => at > first && line.node !== node);
    return made.lines.slice(first, end < 0 ? undefined : end).filter((line) => line.trim() !== "");
  };
}

function placeOf(change: Change, placing: Placing, { now }: HandlerDiff): CarryItem["place"] {
  if (change.node === null) return null;
  if (change.kind === "step-added") return placing.ofAdded(change.node);
  if (change.kind !== "connections") return placing.ofOld(change.oldNode!);
  const exit = now.steps.find(({ node }) => node === change.node)?.exits[change.exit!.new!];
  return placing.ofOld(change.oldNode!, exit?.label);
}

function itemKind({ kind, node }: Change): CarryItem["kind"] {
  if (node === null) return "handler";
  if (kind === "step-added" || kind === "step-removed") return kind;
  return kind === "connections" ? "connection" : "step-changed";
}

/** All changes of one step are one customisation; a connection is one of its own, for it joins two steps. */
function groupKey(change: Change): string {
  if (change.node === null) return [change.kind, change.label, change.what].filter(Boolean).join(":");
  return change.kind === "connections"
    ? `${change.node}:${change.what}`
    : `${change.node}:${itemKind(change)}`;
}
