import type { Handler } from "../../handler/model";
import { compareHandlers, type HandlerDiff } from "../compare/compareHandlers";
import type { Change } from "../compare/change";
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
 * What has to be done to carry the customisations of one handler from the old base to the new one. Differences
 * are those of a comparison with the default kinds: positions and compiled names do not count.
 */
export function carryHandler({ name, oldBase, custom, newBase }: CarryTriple): CarryHandler {
  const report = (status: CarryStatus, note = "", rest: Partial<CarryHandler> = {}): CarryHandler => ({
    name,
    status,
    note,
    items: [],
    customChanges: 0,
    baseChanges: 0,
    ...rest,
  });
  for (const [side, handler] of [
    ["old base", oldBase],
    ["customised", custom],
    ["new base", newBase],
  ] as const) {
    const problem = handler?.problems.find(({ severity }) => severity === "error");
    if (problem) return report("unreadable", `The ${side} handler: ${problem.message}`);
  }
  if (!custom) return report("not-customised", "Not among the customised handlers.");
  if (!oldBase) {
    return report(
      "custom-written",
      newBase ? "The new base has a handler of the same name: choose another name, or compare the two." : "",
    );
  }
  const customised = compareHandlers(oldBase, custom);
  const counted = { customChanges: customised.changes.length };
  if (!newBase) {
    const note = customised.changes.length === 0 ? "It was not customised." : "";
    return report("base-gone", note, { ...counted, items: placed(customised, undefined, custom, undefined) });
  }
  const moved = compareHandlers(oldBase, newBase);
  const both = { ...counted, baseChanges: moved.changes.length };
  if (customised.changes.length === 0) return report("not-customised", "", both);
  const items = placed(customised, moved, custom, newBase);
  if (moved.changes.length === 0) return report("take-over", "", { ...both, items });
  if (items.every(({ done }) => done)) {
    return report("not-customised", "The new base has made the same changes itself.", { ...both, items });
  }
  const rebuilt = moved.match.byContent || customised.match.byContent;
  const note = rebuilt
    ? "Node ids do not agree between the versions; steps were matched by what they are."
    : "";
  const conflict = items.some(({ against, done }) => against.length > 0 && !done);
  return report(conflict ? "conflict" : "re-apply", note, { ...both, items });
}

/** The customisations, one item a step (or a connection, or a thing of the handler), each with its place. */
function placed(
  customised: HandlerDiff,
  moved: HandlerDiff | undefined,
  custom: Handler,
  newBase: Handler | undefined,
): CarryItem[] {
  const placing = moved && newBase ? new Placing(custom, newBase, customised.match, moved.match) : undefined;
  const groups = new Map<string, Change[]>();
  for (const change of customised.changes) {
    const key = groupKey(change);
    const group = groups.get(key);
    if (group) group.push(change);
    else groups.set(key, [change]);
  }
  const baseChanges = moved?.changes ?? [];
  return [...groups].map(([id, changes]): CarryItem => {
    const first = changes[0]!;
    const kind = itemKind(first);
    const place =
      first.node === null
        ? null
        : kind === "step-added"
          ? (placing?.ofAdded(first.node) ?? null)
          : (placing?.ofOld(first.oldNode ?? first.node) ?? null);
    const left = changes.filter((change) => !baseChanges.some((other) => isSame(change, other)));
    return {
      id,
      node: first.node,
      label: first.label,
      kind,
      changes,
      place,
      points: placing?.pointsNear(place) ?? [],
      against: baseChanges.filter((other) => left.some((change) => collide(change, other))),
      done: left.length === 0,
    };
  });
}

function itemKind({ kind, node }: Change): CarryItem["kind"] {
  if (node === null) return "handler";
  if (kind === "step-added" || kind === "step-removed") return kind;
  return kind === "connections" ? "connection" : "step-changed";
}

/** All changes of one step are one customisation; a connection is one of its own, for it joins two steps. */
function groupKey(change: Change): string {
  if (change.node === null) return `${change.kind}:${change.label}:${change.what}`;
  return change.kind === "connections"
    ? `${change.node}:${change.what}`
    : `${change.node}:${itemKind(change)}`;
}

/** Both versions changed the same place. Nodes of the old base are what both have in common. */
function collide(custom: Change, base: Change): boolean {
  if (custom.node === null || base.node === null) return collideInHandler(custom, base);
  if (custom.oldNode === null || custom.oldNode !== base.oldNode) return false;
  // A step that one of them removed: whatever the other did to it is lost.
  if (custom.kind === "step-removed" || base.kind === "step-removed") return true;
  if (custom.kind === "connections" || base.kind === "connections") {
    return custom.kind === base.kind && custom.what === base.what;
  }
  return true;
}

function collideInHandler(custom: Change, base: Change): boolean {
  if (custom.node !== base.node || custom.label !== base.label) return false;
  const family = ({ kind, what }: Change): string =>
    kind.startsWith("variable-") ? "variable" : `${kind}:${what}`;
  return family(custom) === family(base) && custom.kind !== "uses";
}

/** The same change on both sides is no conflict and needs no work. */
function isSame(custom: Change, base: Change): boolean {
  if (custom.kind !== base.kind || custom.what !== base.what || custom.oldNode !== base.oldNode) return false;
  // Added steps and targets are named by ids of different handlers: the same text does not make them the same.
  if (custom.kind === "step-added" || custom.kind === "connections") return false;
  return custom.label === base.label && custom.new === base.new;
}
