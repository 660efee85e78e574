/* eslint-disable @typescript-eslint/no-namespace -- one namespace a message keeps its name, parameters and result together */

/** The requests and messages about what handlers depend on: types and names only. */

/** Client to server: what the handlers of the workspace depend on. */
export namespace DependenciesRequest {
  export const method = "handlerWorkbench/dependencies" as const;
  export interface Params {
    readonly grouping: DependencyGrouping;
    /** Ids of the kinds to list; empty = all. */
    readonly kinds: readonly string[];
  }
  export interface Result {
    /** All kinds, in the order in which they are shown. */
    readonly kinds: readonly { readonly id: string; readonly name: string }[];
    /** With the grouping `handler`, else empty. */
    readonly handlers: readonly DependencyHandler[];
    /** With the grouping `item`, else empty. */
    readonly items: readonly DependencyItemRow[];
    /** Calls of subroutines that are not there, by name. */
    readonly unresolved: readonly { readonly name: string; readonly users: readonly DependencyUserRow[] }[];
    /** Handlers that call each other in a circle, or themselves. */
    readonly cycles: readonly (readonly HandlerRef[])[];
    /** Subroutines that nothing starts. */
    readonly dead: readonly (HandlerRef & { readonly isCalledByDead: boolean })[];
  }
}

export type DependencyGrouping = "handler" | "item";

export interface HandlerRef {
  readonly name: string;
  readonly uri: string;
}

export interface DependencyUserRow extends HandlerRef {
  /** Node ids. */
  readonly steps: readonly number[];
}

export interface DependencyHandler extends HandlerRef {
  readonly isSubroutine: boolean;
  readonly uses: readonly DependencyUse[];
  readonly callers: readonly DependencyUserRow[];
}

export interface DependencyUse {
  readonly kind: string;
  readonly name: string;
  /** Of a tool or initiator, in the palette; else "". */
  readonly label: string;
  readonly steps: readonly number[];
  /** Handlers a call leads to; empty where there is none, and for what is no subroutine. */
  readonly targets: readonly string[];
}

export interface DependencyItemRow {
  readonly kind: string;
  readonly name: string;
  readonly label: string;
  readonly users: readonly DependencyUserRow[];
}

export type DependencyFormat = "json" | "dot" | "xml" | "svg";

/** Client to server: all dependencies, or with `svg` the picture of the calls, as a text to save. */
export namespace DependencyExportRequest {
  export const method = "handlerWorkbench/dependencyExport" as const;
  export interface Params {
    readonly format: DependencyFormat;
  }
  export interface Result {
    readonly text: string;
  }
}

/** Client to server, can be cancelled: the picture of who calls whom. */
export namespace CallPictureRequest {
  export const method = "handlerWorkbench/callPicture" as const;
  export interface Params {
    /** Only this handler, with its callers and what it calls, so many calls away. */
    readonly focus: { readonly uri: string; readonly distance: number } | null;
  }
  export interface Result {
    readonly width: number;
    readonly height: number;
    readonly nodes: readonly CallNode[];
    readonly edges: readonly CallEdge[];
    /** Handlers and calls that are not drawn. */
    readonly leftOut: { readonly handlers: number; readonly calls: number };
  }
}

export interface CallNode {
  readonly label: string;
  /** null: a subroutine that is not there. */
  readonly uri: string | null;
  /** As it is shown; "" where there is no file. */
  readonly path: string;
  readonly kind: "handler" | "subroutine" | "missing";
  readonly isDead: boolean;
  readonly isInCycle: boolean;
  readonly callers: number;
  readonly callees: number;
  /** true: its callers are a number, lines would hide everything else. */
  readonly isHub: boolean;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface CallEdge {
  /** Positions in `nodes`. */
  readonly from: number;
  readonly to: number;
  /** It leads back, against the direction of all others. */
  readonly isBack: boolean;
  /** Path data. */
  readonly path: string;
}

/** Messages between the picture of calls and the editor part. */
export namespace CallView {
  export type ToView =
    | { readonly type: "strings"; readonly strings: Strings }
    | { readonly type: "show"; readonly picture: CallPictureRequest.Result; readonly focus: string | null }
    /** Nothing to show; the message says why and what to do. */
    | { readonly type: "failed"; readonly message: string };

  export type ToEditor =
    | { readonly type: "ready" }
    | { readonly type: "open"; readonly uri: string }
    | { readonly type: "focus"; readonly uri: string }
    | { readonly type: "all" }
    | { readonly type: "export" };

  /** Every text of the view, in the user's language. `{0}`, `{1}` are filled in by the view. */
  export type Strings = Readonly<Record<StringKey, string>>;
  export type StringKey =
    | "picture"
    | "help"
    | "loading"
    | "empty"
    | "search"
    | "found"
    | "zoomIn"
    | "zoomOut"
    | "fit"
    | "open"
    | "focus"
    | "all"
    | "export"
    | "handlers"
    | "leftOutHandlers"
    | "leftOutCalls"
    | "handler"
    | "subroutine"
    | "missing"
    | "dead"
    | "cycle"
    | "calls"
    | "callers"
    | "hub";
}
