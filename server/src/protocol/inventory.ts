/* eslint-disable @typescript-eslint/no-namespace -- one namespace a message keeps its name, parameters and result together */

/** The requests and messages about the inventory and the folders of a migration: types and names only. */

/** Client to server, can be cancelled: classifies the handlers of a folder. The server keeps the last one for reports. */
export namespace InventoryRequest {
  export const method = "handlerWorkbench/inventory" as const;
  export interface Params {
    /** Names the work, in progress messages and reports. */
    readonly id: string;
    /** URI of a folder on disk. */
    readonly folder: string;
    /** URIs of folders on disk; where several have a handler of one name, the first counts. Empty: nothing to compare with. */
    readonly base: readonly string[];
    /** List base handlers that are not among the handlers. */
    readonly withMissing: boolean;
  }
  export interface Result {
    readonly rows: readonly InventoryItem[];
    /** Names and numbers of the classes, in the order in which they are shown. */
    readonly classes: readonly { readonly id: string; readonly name: string; readonly count: number }[];
    /** What should be known of the whole. */
    readonly notes: readonly string[];
  }
}

export interface InventoryItem {
  readonly uri: string;
  readonly name: string;
  /** Below the folder, with `/`. */
  readonly path: string;
  readonly class: string;
  /** As people read it. */
  readonly startedBy: string;
  readonly category: string;
  readonly steps: number;
  readonly isCustomizationPoint: boolean;
  readonly note: string;
  /** The base handler of the name; null: there is none. */
  readonly base: string | null;
}

export type InventoryFormat = "csv" | "markdown" | "html" | "json";

/** Client to server: the last inventory as a text to save. Throws for one that the server has let go. */
export namespace InventoryReportRequest {
  export const method = "handlerWorkbench/inventoryReport" as const;
  export interface Params {
    readonly id: string;
    readonly format: InventoryFormat;
    /** Text of the file with the team's columns; "" = there is none. */
    readonly notes: string;
  }
  export interface Result {
    readonly text: string;
  }
}

/** Client to server: reads the team's columns from a file's text, and sets cells. */
export namespace TeamNotesRequest {
  export const method = "handlerWorkbench/teamNotes" as const;
  export interface Params {
    /** "" = there is no file. */
    readonly text: string;
    /** How messages name the file. */
    readonly file: string;
    readonly set: readonly TeamCell[];
    /** Instead of the columns of the file; cells of columns that are gone are dropped. */
    readonly columns?: readonly string[];
  }
  export interface Result {
    /** The file's new text; null: it is damaged or foreign and must not be written. */
    readonly text: string | null;
    readonly columns: readonly string[];
    readonly cells: readonly TeamCell[];
    /** Why the file is not used; null: it is. */
    readonly problem: string | null;
  }
}

export interface TeamCell {
  readonly handler: string;
  readonly column: string;
  readonly text: string;
}

/** Messages between the inventory view and the editor part. */
export namespace InventoryView {
  export type ToView =
    | { readonly type: "strings"; readonly strings: Strings }
    | {
        readonly type: "show";
        readonly inventory: InventoryRequest.Result;
        readonly title: string;
        readonly about: string;
      }
    | {
        readonly type: "notes";
        readonly columns: readonly string[];
        readonly cells: readonly TeamCell[];
        /** Why nothing can be written; null: it can. */
        readonly problem: string | null;
      };

  export type ToEditor =
    | { readonly type: "ready" }
    | { readonly type: "open"; readonly uri: string }
    | { readonly type: "compare"; readonly base: string; readonly uri: string }
    | { readonly type: "set"; readonly cell: TeamCell }
    | { readonly type: "again" }
    | { readonly type: "export" }
    | { readonly type: "columns" };

  /** Every text of the view, in the user's language. `{0}`, `{1}` are filled in by the view. */
  export type Strings = Readonly<Record<StringKey, string>>;
  export type StringKey =
    | "loading"
    | "filter"
    | "filterHelp"
    | "shown"
    | "showAll"
    | "noMatch"
    | "everyClass"
    | "again"
    | "export"
    | "columns"
    | "compare"
    | "cell"
    | "handler"
    | "class"
    | "startedBy"
    | "steps"
    | "known"
    | "path"
    | "customizationPoint";
}

export type FolderPlanKind = "backup" | "to-be-migrated" | "done";

/** Client to server, can be cancelled: what copying or moving handlers would do. Changes nothing; the server keeps the last plan. */
export namespace FolderPlanRequest {
  export const method = "handlerWorkbench/folderPlan" as const;
  export interface Params {
    readonly id: string;
    readonly kind: FolderPlanKind;
    /**
     * URIs on disk. `backup`: a folder. `to-be-migrated`: the custom handlers as they were. `done`: a handler below
     * a folder `ToBeMigrated`.
     */
    readonly from: string;
    /** Of a folder: `backup`: where to. `to-be-migrated`: the custom handlers of the target. `done`: not used. */
    readonly to: string;
  }
  export interface Result {
    /** Paths. */
    readonly from: string;
    readonly to: string;
    /** How many files are new there, there already, or another file at the target. */
    readonly counts: { readonly new: number; readonly same: number; readonly differs: number };
    /** Targets that hold something else. */
    readonly differing: readonly string[];
    /** A move whose handler is at the target already: only the one that waits is left to delete. */
    readonly isOnlyDeletion: boolean;
  }
}

/** Client to server, can be cancelled: carries a plan out. What was not agreed to is left as it is. */
export namespace CarryOutRequest {
  export const method = "handlerWorkbench/carryOut" as const;
  export interface Params {
    readonly id: string;
    /** Those of `differing` that may be replaced. */
    readonly replace: readonly string[];
    /** Whether a handler that is at the target already may be deleted where it waits. */
    readonly remove: boolean;
  }
  export interface Result {
    readonly done: number;
    readonly kept: number;
    /** What went wrong, file by file. */
    readonly failed: readonly string[];
  }
}
