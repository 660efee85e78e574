import * as l10n from "@vscode/l10n";
import type { Change } from "../compare/change";

/** What is to be done with one handler when its base moves on. */
export type CarryStatus =
  /** As the old base delivered it: use the new base's. */
  | "not-customised"
  /** The base did not change: take the customised handler over as it is. */
  | "take-over"
  /** Both changed, in different places: apply the customisations to the new base. */
  | "re-apply"
  /** Both changed the same step, connection, variable ...: a person must decide. */
  | "conflict"
  /** The new base has no such handler. */
  | "base-gone"
  /** No base ever had it. */
  | "custom-written"
  | "unreadable";

/** Where in the new base a customisation belongs. */
export interface CarryPlace {
  readonly node: number;
  readonly label: string;
  /** `at` the step itself, `after` it, `before` it. */
  readonly relation: "at" | "after" | "before";
  /** `after`: the exit behind which; a connection: the exit that it leaves; else "". */
  readonly exit: string;
}

/** A call of a customization point (`Custom...`) that the new base offers near a customisation. */
export interface CustomizationPoint {
  readonly name: string;
  readonly node: number;
  /** Number of links between the place and the call. */
  readonly distance: number;
}

/** One customisation: what the customised handler has and its base has not. */
export interface CarryItem {
  /** Stable between runs as long as the customisation is the same; check marks and notes hang on it. */
  readonly id: string;
  /** Node id in the customised handler; null = about the handler (variables, parameters, ...). */
  readonly node: number | null;
  readonly label: string;
  readonly kind: "step-added" | "step-removed" | "step-changed" | "connection" | "handler";
  readonly changes: readonly Change[];
  /** An added step as the customised handler's listing shows it, to make it again; else empty. */
  readonly listing: readonly string[];
  /** null = not about a step, or no step of the new base could be named. */
  readonly place: CarryPlace | null;
  readonly points: readonly CustomizationPoint[];
  /** What the new base changed at the same place, or took away that this needs; not empty = conflict. */
  readonly against: readonly Change[];
  /** true: the new base made the same change itself, nothing is left to do. */
  readonly done: boolean;
}

/** The report on one handler. */
export interface CarryHandler {
  readonly name: string;
  readonly status: CarryStatus;
  /** Why, where the status alone does not say it. */
  readonly note: string;
  readonly items: readonly CarryItem[];
  /** Numbers of differences from the old base: of the customised handler, of the new base. */
  readonly customChanges: number;
  readonly baseChanges: number;
}

/** What each status means for people, in the order of the work list. */
export const carryStatuses: readonly {
  readonly id: CarryStatus;
  readonly name: string;
  readonly action: string;
}[] = [
  {
    id: "conflict",
    name: l10n.t("In conflict"),
    action: l10n.t("Decide: both the customisation and the new base changed the same place."),
  },
  {
    id: "re-apply",
    name: l10n.t("Re-apply"),
    action: l10n.t("Apply the listed customisations to the new base's handler."),
  },
  {
    id: "base-gone",
    name: l10n.t("Base gone"),
    action: l10n.t("The new base has no such handler: find out what replaces it."),
  },
  {
    id: "take-over",
    name: l10n.t("Take over"),
    action: l10n.t("The base did not change: use the customised handler as it is."),
  },
  {
    id: "custom-written",
    name: l10n.t("Custom-written"),
    action: l10n.t("Your own handler: publish it, after the migration checks."),
  },
  { id: "unreadable", name: l10n.t("Unreadable"), action: l10n.t("A file could not be read: see the note.") },
  {
    id: "not-customised",
    name: l10n.t("Not customised"),
    action: l10n.t("Drop: use the new base's handler."),
  },
];
