/* eslint-disable @typescript-eslint/no-namespace -- one namespace a message keeps its name, parameters and result together */

import type { CompareChange, CompareSide, SideHandler } from "./compare";

/** The requests of carrying customisations from an old base to a new one: types and names only. */

/** One customisation of a handler. */
export interface CarriedItem {
  /** Stable between runs; check marks and notes hang on it. */
  readonly id: string;
  /** Node id in the customised handler; null = about the handler. */
  readonly node: number | null;
  /** Of its step in the old base; null = it has none. */
  readonly oldNode: number | null;
  readonly label: string;
  readonly kind: "step-added" | "step-removed" | "step-changed" | "connection" | "handler";
  readonly changes: readonly CompareChange[];
  /** Where in the new base it belongs; null = not about a step, or no step could be named. */
  readonly place: {
    readonly node: number;
    readonly label: string;
    readonly relation: "at" | "after" | "before";
    /** "" = none is named. */
    readonly exit: string;
  } | null;
  /** Calls of customization points (`Custom...`) of the new base near the place. */
  readonly points: readonly { readonly name: string; readonly node: number; readonly distance: number }[];
  /** What the new base changed at the same place; not empty = conflict. */
  readonly against: readonly CompareChange[];
  /** The new base made the same change itself. */
  readonly done: boolean;
}

export interface CarriedRow {
  readonly name: string;
  /** Id of its `CarryStatusRow`. */
  readonly status: string;
  /** Why, where the status alone does not say it; "" = nothing. */
  readonly note: string;
  readonly items: readonly CarriedItem[];
  readonly oldBase: SideHandler | null;
  readonly custom: SideHandler | null;
  readonly newBase: SideHandler | null;
}

/** A status, what it means for people, and how many handlers have it. */
export interface CarryStatusRow {
  readonly id: string;
  readonly name: string;
  readonly action: string;
  readonly count: number;
}

/** Client to server, can be cancelled: what has to be done. Progress comes as of a comparison. */
export namespace CarryRequest {
  export const method = "handlerWorkbench/carry" as const;
  export interface Params {
    readonly id: string;
    readonly oldBase: CompareSide;
    readonly custom: CompareSide;
    readonly newBase: CompareSide;
  }
  export interface Result {
    /** In the order of the work list. */
    readonly statuses: readonly CarryStatusRow[];
    readonly handlers: readonly CarriedRow[];
    readonly notes: readonly string[];
  }
}

/** Client to server: the report on a carry-forward. Throws for one that the server has let go. */
export namespace CarryReportRequest {
  export const method = "handlerWorkbench/carryReport" as const;
  export interface Params {
    readonly id: string;
    readonly format: "html" | "json";
    /** What the folders are called. */
    readonly oldBase: string;
    readonly custom: string;
    readonly newBase: string;
    /** Of the work list's file, for marks and notes; "" = there is none. */
    readonly workList: string;
  }
  export interface Result {
    readonly text: string;
  }
}

/** A check mark and note. */
export interface WorkListMark {
  readonly handler: string;
  /** Id of the item; "" = the handler as a whole. */
  readonly item: string;
  readonly done: boolean;
  readonly note: string;
}

/** Where the work list is, below the workspace folder. */
export const workListPath = ".handler-workbench/carry-forward.json";

/** Client to server: reads the work list's file, and sets marks in it where some are given. */
export namespace WorkListRequest {
  export const method = "handlerWorkbench/workList" as const;
  export interface Params {
    /** Of the file; "" = there is none yet. */
    readonly text: string;
    readonly set: readonly WorkListMark[];
  }
  export interface Result {
    /** Of the file with the marks set; null = it must not be written, `problems` says why. */
    readonly text: string | null;
    readonly marks: readonly WorkListMark[];
    readonly problems: readonly string[];
  }
}
