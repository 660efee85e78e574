import type { FlowDiffRequest } from "../../server/src/protocol";
import { readingOrder } from "../flow/navigation";

export type Change = FlowDiffRequest.Result["changes"][number];
export type ChangeStatus = "added" | "removed" | "changed";

/** The changes as one reads the flow: those of the handler first, then step by step along the exits. */
export function inReadingOrder({ both, changes }: FlowDiffRequest.Result): Change[] {
  const position = new Map(readingOrder(both).map((step, at) => [step, at]));
  const of = ({ place }: Change): number =>
    place.both === null ? -1 : (position.get(place.both) ?? position.size);
  return changes
    .map((change, at) => ({ change, at }))
    .sort((one, other) => of(one.change) - of(other.change) || one.at - other.at)
    .map(({ change }) => change);
}

/** What a change did to the thing it is about. */
export function statusOf({ kind, old, new: now }: Change): ChangeStatus {
  if (kind.endsWith("-added") || (old === null && now !== null)) return "added";
  if (kind.endsWith("-removed") || (now === null && old !== null)) return "removed";
  return "changed";
}

/** What happened to each step of a picture that differs, by its position. */
export function stepStatuses(
  changes: readonly Change[],
  picture: keyof Change["place"],
): Map<number, ChangeStatus> {
  const statuses = new Map<number, ChangeStatus>();
  for (const { kind, place } of changes) {
    const step = place[picture];
    if (step === null) continue;
    if (kind === "step-added") statuses.set(step, "added");
    else if (kind === "step-removed") statuses.set(step, "removed");
    else if (!statuses.has(step)) statuses.set(step, "changed");
  }
  return statuses;
}
