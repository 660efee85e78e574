/* eslint-disable @typescript-eslint/no-namespace -- one namespace a message keeps its name, parameters and result together */

/** The requests and messages about the handlers of a workspace, and what the server is doing: types and names only. */

/** Client to server: all handlers of the workspace. */
export namespace HandlersRequest {
  export const method = "handlerWorkbench/handlers" as const;
  export interface Result {
    readonly handlers: readonly HandlerRow[];
  }
}

/** One handler as the Handlers view and the explorer show it. */
export interface HandlerRow {
  readonly uri: string;
  readonly name: string;
  readonly source: "ihd" | "xml";
  readonly category: string;
  /** Label of the event that starts it; "" for a subroutine and where it is not known. */
  readonly initiator: string;
  readonly isSubroutine: boolean;
  readonly steps: number;
  readonly problems: ProblemCounts;
}

/** How many problems a handler has, as the settings rate them. */
export interface ProblemCounts {
  readonly error: number;
  readonly warning: number;
  readonly information: number;
}

/** Client to server: who calls a handler, and whom it calls. */
export namespace RelationsRequest {
  export const method = "handlerWorkbench/relations" as const;
  export interface Params {
    /** Of the handler. */
    readonly uri: string;
    readonly direction: "callers" | "callees";
  }
  export interface Result {
    readonly name: string;
    readonly relations: readonly Relation[];
  }
}

/** One call step, seen from either end. */
export interface Relation {
  /** Name of the other handler. */
  readonly name: string;
  /** Of the other handler; null where it is not in the workspace. */
  readonly uri: string | null;
  /** The handler that holds the call, and the call's step in it. */
  readonly at: { readonly uri: string; readonly node: number; readonly label: string };
}

/** Client to server: the rules of the checks, to choose from. */
export namespace RulesRequest {
  export const method = "handlerWorkbench/rules" as const;
  export interface Result {
    readonly rules: readonly RuleRow[];
  }
}

export interface RuleRow {
  readonly id: string;
  readonly severity: "error" | "warning" | "information" | "hint";
  readonly meaning: string;
}

/** Client to server: read all handlers again. */
export namespace ReindexRequest {
  export const method = "handlerWorkbench/reindex" as const;
}

/** Server to client: handlers came, went or changed, or their problems did. Not sent for each single one. */
export namespace HandlersChangedNotification {
  export const method = "handlerWorkbench/handlersChanged" as const;
}

/** Server to client: these listings have another text now. */
export namespace ListingsChangedNotification {
  export const method = "handlerWorkbench/listingsChanged" as const;
  export interface Params {
    readonly uris: readonly string[];
  }
}

/** Server to client: what the server is doing. */
export namespace StateNotification {
  export const method = "handlerWorkbench/state" as const;
  export interface Params {
    readonly state: "starting" | "indexing" | "ready" | "cancelled";
    /** Handlers read, of those found so far. */
    readonly read: number;
    readonly found: number;
    /** The file cap, when it left handlers out. */
    readonly capped: number | null;
    /** Folders that could not be read. */
    readonly unreadable: readonly string[];
  }
}
