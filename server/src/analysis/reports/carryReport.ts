import * as l10n from "@vscode/l10n";
import type { CarriedHandler, CarryReport } from "../carry/carryFolders";
import { carryStatuses, type CarryItem, type CarryStatus } from "../carry/model";
import type { WorkList } from "../carry/workList";
import type { Change } from "../compare/change";
import { inWords } from "../compare/changeText";

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

const relations = {
  at: (label: string, node: number): string => l10n.t('at "{0}" ({1})', label, node),
  after: (label: string, node: number): string => l10n.t('after "{0}" ({1})', label, node),
  before: (label: string, node: number): string => l10n.t('before "{0}" ({1})', label, node),
};

/** `after "Greet" (2), exit Next`; "" when no step of the new base could be named. */
export function placeText({ place }: CarryItem): string {
  if (!place) return "";
  const { relation, label, node, exit } = place;
  return exit
    ? l10n.t("{0}, exit {1}", relations[relation](label, node), exit)
    : relations[relation](label, node);
}

/** The customization points nearby, nearest first. */
export const pointsText = ({ points }: CarryItem): string =>
  points
    .map(({ name, node, distance }) =>
      distance === 1
        ? l10n.t("{0} ({1}), 1 link away", name, node)
        : l10n.t("{0} ({1}), {2} links away", name, node, distance),
    )
    .join("; ");

/** What a customisation is about. */
export function itemTitle({ kind, node, label, changes, place }: CarryItem): string {
  const step = node ?? "";
  switch (kind) {
    case "step-added":
      return l10n.t('Add step {0} "{1}"', step, label);
    case "step-removed":
      return l10n.t('Remove step {0} "{1}"', step, label);
    case "step-changed":
      return l10n.t('Change step {0} "{1}"', step, label);
    case "connection":
      return place?.exit
        ? l10n.t('Connect step {0} "{1}", exit {2}', step, label, place.exit)
        : l10n.t('Connect step {0} "{1}"', step, label);
    case "handler":
      return `${label === "" ? l10n.t("Handler") : label}: ${inWords(changes[0]!).what}`;
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
    const { what, old, new: custom } = inWords(change);
    return {
      what,
      oldBase: old,
      custom,
      newBase: theirs ? inWords(theirs).new : null,
      foreign: false,
    };
  });
  const step = changes[0]?.oldNode ?? null;
  const theirs = against
    .filter((other) => !changes.some((change) => isSamePlace(change, other)))
    .map((other): ItemRow => {
      const { what, old, new: newBase } = inWords(other);
      return {
        what:
          other.node === null || other.oldNode === step ? what : `"${other.label}" (${other.node}): ${what}`,
        oldBase: old,
        custom: null,
        newBase,
        foreign: true,
      };
    });
  return [...ours, ...theirs];
}
