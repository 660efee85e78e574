/* eslint-disable @typescript-eslint/no-namespace -- one namespace a message keeps its name, parameters and result together */

import type { FlowRequest, FlowView } from "./flow";

/** The requests and messages of comparing handlers: types and names only. */

/** A kind of difference that users can choose ("Diffs to Perform"). */
export interface DiffKindRow {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  /** Changes without anybody changing the handler's logic: off unless asked for. */
  readonly volatile: boolean;
}

/** Client to server: all kinds of differences. */
export namespace DiffKindsRequest {
  export const method = "handlerWorkbench/diffKinds" as const;
  export interface Result {
    readonly kinds: readonly DiffKindRow[];
  }
}

/** What one side of a comparison holds: all handlers below a folder on disk, or handlers one by one. */
export type CompareSide =
  | {
      /** URI of a folder on disk. */
      readonly folder: string;
      /** A git revision: what it has in the folder, instead of what is there now. */
      readonly revision?: string;
    }
  | {
      readonly handlers: readonly {
        readonly uri: string;
        /** Below what is compared, with `/`. */
        readonly path: string;
      }[];
    };

/** A handler of one side. */
export interface SideHandler {
  readonly uri: string;
  readonly name: string;
  /** Below what is compared, with `/`. */
  readonly path: string;
}

/** Client to server: which handlers a side holds, so that some can be chosen. */
export namespace SideRequest {
  export const method = "handlerWorkbench/compareSide" as const;
  export interface Params {
    readonly side: CompareSide;
  }
  export interface Result {
    readonly handlers: readonly SideHandler[];
    /** What should be known: folders that could not be read. */
    readonly notes: readonly string[];
  }
}

/** One difference. Texts are as the report shows them, secrets masked. */
export interface CompareChange {
  /** Id of its `DiffKindRow`. */
  readonly kind: string;
  /** Node id in the new handler (in the old one when the step was removed); null = not about a step. */
  readonly node: number | null;
  /** Node id in the old handler. */
  readonly oldNode: number | null;
  /** The step's label, or the name of what it is about; "" = the handler. */
  readonly label: string;
  readonly what: string;
  /** null = there is none on that side. */
  readonly old: string | null;
  readonly new: string | null;
}

export type ComparedStatus = "changed" | "added" | "removed" | "identical" | "unreadable";

export interface ComparedPair {
  readonly name: string;
  readonly status: ComparedStatus;
  readonly changes: readonly CompareChange[];
  readonly old: SideHandler | null;
  readonly now: SideHandler | null;
  /** Why a pair is unreadable, or what else should be known of it; "" = nothing. */
  readonly note: string;
}

/** Client to server, can be cancelled: compares two sides pair by pair. The server keeps the last ones for reports. */
export namespace CompareRequest {
  export const method = "handlerWorkbench/compare" as const;
  export interface Params {
    /** Names the comparison, in progress messages and reports. */
    readonly id: string;
    readonly old: CompareSide;
    readonly now: CompareSide;
    /** Ids of the kinds to look for; those not known are passed over. */
    readonly kinds: readonly string[];
    /** URIs of handlers that are left out. */
    readonly without: readonly string[];
  }
  export interface Result {
    readonly summary: Readonly<Record<ComparedStatus, number>>;
    readonly pairs: readonly ComparedPair[];
    /** What should be known of the whole: empty sides, names that repeat. */
    readonly notes: readonly string[];
  }
}

export type ReportFormat = "html" | "markdown" | "json" | "xml";

/** Client to server, can be cancelled: the report on a comparison. Throws for one that the server has let go. */
export namespace CompareReportRequest {
  export const method = "handlerWorkbench/compareReport" as const;
  export interface Params {
    readonly id: string;
    readonly format: ReportFormat;
    /** What the sides are called. */
    readonly old: string;
    readonly now: string;
    /** Of XML: address of a stylesheet; "" = none. */
    readonly stylesheet: string;
  }
  export interface Result {
    readonly text: string;
  }
}

/** Server to client: how far a comparison or a carry-forward is. */
export namespace CompareProgressNotification {
  export const method = "handlerWorkbench/compareProgress" as const;
  export interface Params {
    readonly id: string;
    readonly done: number;
    readonly total: number;
    readonly name: string;
  }
}

/** Client to server: the pictures of two handlers with what differs marked, and both in one. */
export namespace FlowDiffRequest {
  export const method = "handlerWorkbench/flowDiff" as const;
  export interface Params {
    readonly old: string;
    readonly now: string;
    readonly kinds: readonly string[];
  }

  /** Where a change is: positions in `steps` of a picture; null = not there. */
  export interface Place {
    readonly old: number | null;
    readonly now: number | null;
    readonly both: number | null;
  }

  export interface Result {
    readonly name: string;
    readonly old: FlowRequest.Result;
    readonly now: FlowRequest.Result;
    /** The new picture, with what was removed at the place it had. */
    readonly both: FlowRequest.Result;
    /** Steps that are in both: position in `old` and in `now`. */
    readonly pairs: readonly (readonly [old: number, now: number])[];
    /** Each with the name of its kind, and where it is. */
    readonly changes: readonly (CompareChange & { readonly kindName: string; readonly place: Place })[];
    /** What should be known of the whole; "" = nothing. */
    readonly note: string;
  }
}

/** Messages between the flow diff and the editor part. */
export namespace FlowDiffView {
  export type ToView =
    | { readonly type: "strings"; readonly flow: FlowView.Strings; readonly strings: Strings }
    | {
        readonly type: "show";
        readonly diff: FlowDiffRequest.Result;
        /** What the sides are called. */
        readonly sides: Sides;
      }
    | { readonly type: "failed"; readonly message: string }
    /** Selects the first change of a step (node id in the new handler, or the old one of a removed step). */
    | { readonly type: "reveal"; readonly node: number };

  export interface Sides {
    readonly old: string;
    readonly now: string;
    /** What the view writes into its state, so that it can be opened again. */
    readonly source: unknown;
  }

  export type ToEditor =
    | { readonly type: "ready" }
    | { readonly type: "shown" }
    | { readonly type: "retry" }
    | { readonly type: "openListing"; readonly node: number | null; readonly oldNode: number | null };

  export type Strings = Readonly<Record<StringKey, string>>;

  export type StringKey =
    | "view"
    | "sideBySide"
    | "overlaid"
    | "changes"
    | "noChanges"
    | "previousChange"
    | "nextChange"
    | "changeOf"
    | "openListingDiff"
    | "oldPicture"
    | "newPicture"
    | "bothPictures"
    | "help"
    | "added"
    | "removed"
    | "changed"
    | "legend"
    | "oldValue"
    | "newValue"
    | "nothing"
    | "handlerItself"
    | "stepOf"
    | "details"
    | "failed";
}
