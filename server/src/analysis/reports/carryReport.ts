import type { CarriedHandler, CarryReport } from "../carry/carryFolders";
import { carryStatuses, type CarryItem, type CarryStatus } from "../carry/model";
import type { WorkList } from "../carry/workList";
import type { Change } from "../compare/change";

/** What a report on a carry-forward tells besides the customisations. */
export interface CarryReportOptions {
  /** How the three folders are called, as the user wrote them. */
  readonly oldBase: string;
  readonly custom: string;
  readonly newBase: string;
  /** When it was made; left out when not given. */
  readonly date?: Date;
  /** Check marks and notes. */
  readonly marks?: WorkList;
}

/** The handlers of one status, in the order of their names. */
export const handlersOf = ({ handlers }: CarryReport, status: CarryStatus): CarriedHandler[] =>
  handlers.filter((handler) => handler.status === status);

/** `2 in conflict, 1 re-apply, ...`, every status named. */
export const carrySummaryText = ({ summary }: CarryReport): string =>
  carryStatuses.map(({ id, name }) => `${summary[id]} ${name.toLowerCase()}`).join(", ");

/** Whether somebody has to do something about it. */
export const isOpen = (status: CarryStatus): boolean => status !== "not-customised";

/** `after "Greet" (2), exit Next`; "" when no step of the new base could be named. */
export function placeText({ place }: CarryItem): string {
  if (!place) return "";
  const { relation, label, node, exit } = place;
  return `${relation} "${label}" (${node})${exit ? `, exit ${exit}` : ""}`;
}

/** The customization points nearby, nearest first. */
export const pointsText = ({ points }: CarryItem): string =>
  points
    .map(
      ({ name, node, distance }) =>
        `${name} (${node}), ${distance} ${distance === 1 ? "link" : "links"} away`,
    )
    .join("; ");

/** What a customisation is about. */
export function itemTitle({ kind, node, label, changes, place }: CarryItem): string {
  const step = `step ${node} "${label}"`;
  switch (kind) {
    case "step-added":
      return `Add ${step}`;
    case "step-removed":
      return `Remove ${step}`;
    case "step-changed":
      return `Change ${step}`;
    case "connection":
      return `Connect ${step}${place?.exit ? `, exit ${place.exit}` : ""}`;
    case "handler":
      return `${label === "" ? "Handler" : label}: ${changes[0]!.what}`;
  }
}

/** One line of a customisation, with what the new base did there: null = nothing. */
export interface ItemRow {
  readonly what: string;
  readonly oldBase: string | null;
  readonly custom: string | null;
  readonly newBase: string | null;
  /** true: only the new base changed it. */
  readonly foreign: boolean;
}

/** The customisation and what it is against, side by side. */
export function itemRows({ changes, against }: CarryItem): ItemRow[] {
  const isSamePlace = (a: Change, b: Change): boolean =>
    a.kind === b.kind && a.what === b.what && a.oldNode === b.oldNode && a.label === b.label;
  const ours = changes.map((change): ItemRow => {
    const theirs = against.find((other) => isSamePlace(change, other));
    return {
      what: change.what,
      oldBase: change.old,
      custom: change.new,
      newBase: theirs ? theirs.new : null,
      foreign: false,
    };
  });
  const step = changes[0]?.oldNode ?? null;
  const theirs = against
    .filter((other) => !changes.some((change) => isSamePlace(change, other)))
    .map((other): ItemRow => ({
      what:
        other.node === null || other.oldNode === step
          ? other.what
          : `"${other.label}" (${other.node}): ${other.what}`,
      oldBase: other.old,
      custom: null,
      newBase: other.new,
      foreign: true,
    }));
  return [...ours, ...theirs];
}
