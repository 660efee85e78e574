/* eslint-disable @typescript-eslint/no-namespace -- one namespace a message keeps its name, parameters and result together */

/** The requests and messages about the flow view: types and names only. */

/** A problem a reader found, as it is shown to users. */
export interface ShownProblem {
  readonly code: string;
  readonly severity: "error" | "warning" | "information" | "hint";
  readonly message: string;
  readonly offset?: number;
  readonly line?: number;
  /** Node id of the step it is about. */
  readonly node?: number;
}

/** left, top, right, bottom in Designer's units (pixels at 100 %). */
export type Edges = readonly [number, number, number, number];

/** The picture of a handler and what its steps hold. Indices are positions in `steps`. */
export namespace FlowRequest {
  export const method = "handlerWorkbench/flow" as const;

  export interface Params {
    readonly uri: string;
    /** The content in base64 for resources that are not of the `file` scheme; the server reads files itself. */
    readonly bytes?: string;
  }

  export interface Argument {
    readonly label: string;
    readonly direction: "in" | "out";
    /** "" where the source does not say. */
    readonly type: string;
    readonly required: boolean;
    /** The expression as Designer shows it, secrets as asterisks; null = left empty. */
    readonly value: string | null;
  }

  export interface Exit {
    readonly label: string;
    readonly returnValue: number;
    readonly isError: boolean;
    /** Index of the step it leads to; null = not connected. */
    readonly to: number | null;
    /** A Selection's case as Designer shows it, where the label says something else. */
    readonly case?: string;
  }

  export interface Parameter {
    readonly label: string;
    readonly direction: "in" | "out";
    readonly type: string;
    readonly required: boolean;
    /** As Designer shows it: `""`, a value, a variable's name; null = none. */
    readonly default: string | null;
    /** The variable that carries it, in a subroutine's own start. */
    readonly variable?: string;
  }

  /** What a tool, subroutine, initiator or the handler itself declares. */
  export interface Signature {
    readonly label: string;
    readonly description: string;
    readonly category: string;
    readonly version: string;
    /** DLL and function that run it; "" where not known. */
    readonly runtime: string;
    readonly parameters: readonly Parameter[];
    readonly exits: readonly {
      readonly label: string;
      readonly returnValue: number;
      readonly isError: boolean;
    }[];
  }

  export interface Step {
    readonly node: number;
    readonly kind: "initiator" | "start" | "tool" | "subroutine" | "native";
    readonly label: string;
    /** `module:name`; the name alone for Designer's own steps and for subroutines. */
    readonly tool: string;
    readonly toolLabel: string;
    /** Path data of the icon on a grid of 16 x 16, and its hue: class `f-<family>`. */
    readonly icon: string;
    readonly family: string;
    readonly notes: string;
    readonly rect: Edges;
    readonly arguments: readonly Argument[];
    readonly exits: readonly Exit[];
    /** Position in `signatures`. */
    readonly signature: number | null;
    /** Only an initiator: what it listens to. */
    readonly listensTo?: { readonly objectId: string; readonly eventId: string };
    /** Fields of a class whose layout was inferred, as text. */
    readonly inferred: readonly {
      readonly name: string;
      readonly value: string;
      readonly undecided: boolean;
    }[];
    /** false: the reader lost its way inside this step. */
    readonly complete: boolean;
    /** SVG: a `g` element in the flow's coordinates. */
    readonly drawing: string;
  }

  export interface Link {
    readonly from: number;
    /** Position in the exits of `from`. */
    readonly exit: number;
    readonly to: number;
    readonly isError: boolean;
    /** What the line covers. */
    readonly bounds: Edges;
    /** Path data of the line, without its head. */
    readonly path: string;
    /** SVG: a `g` element in the flow's coordinates. */
    readonly drawing: string;
  }

  export interface Result {
    readonly name: string;
    readonly source: "ihd" | "xml";
    readonly description: string;
    readonly category: string;
    /** `automatic`: the source has no positions, the arrangement is ours. */
    readonly layout: "stored" | "automatic";
    readonly bounds: Edges;
    /** Index of the first step; null in a handler without steps. */
    readonly start: number | null;
    /** Empty when nothing could be read: `problems` says why. */
    readonly steps: readonly Step[];
    readonly links: readonly Link[];
    readonly signatures: readonly Signature[];
    readonly problems: readonly ShownProblem[];
    /** CSS of the drawings; names variables only. */
    readonly style: string;
  }
}

/** The picture of a handler as an SVG document of its own. */
export namespace FlowSvgRequest {
  export const method = "handlerWorkbench/flowSvg" as const;

  export interface Params extends FlowRequest.Params {
    readonly theme: "light" | "dark" | "auto";
  }

  export interface Result {
    readonly svg: string;
    /** Size in pixels at 100 %. */
    readonly width: number;
    readonly height: number;
  }
}

/** Messages between the flow view and the editor part. */
export namespace FlowView {
  export type ToView =
    | { readonly type: "strings"; readonly strings: Strings }
    | { readonly type: "show"; readonly flow: FlowRequest.Result }
    /** Nothing to show; the message says why and what to do. */
    | { readonly type: "failed"; readonly message: string }
    | { readonly type: "reveal"; readonly node: number }
    | { readonly type: "png"; readonly id: number; readonly image: FlowSvgRequest.Result };

  export type ToEditor =
    | { readonly type: "ready" }
    /** A picture, or why there is none, is on screen. */
    | { readonly type: "shown" }
    | { readonly type: "retry" }
    /** `node` null: the listing's beginning. */
    | { readonly type: "openListing"; readonly node: number | null }
    /** The flow of the subroutine that a step calls. */
    | { readonly type: "openSubroutine"; readonly name: string }
    | { readonly type: "png"; readonly id: number; readonly bytes: Uint8Array }
    | { readonly type: "pngFailed"; readonly id: number; readonly message: string };

  /** Every text of the view, in the user's language. `{0}`, `{1}` are filled in by the view. */
  export type Strings = Readonly<Record<StringKey, string>>;

  export type StringKey =
    | "picture"
    | "pictureHelp"
    | "loading"
    | "unreadable"
    | "unreadableHelp"
    | "cannotDraw"
    | "noSteps"
    | "retry"
    | "steps"
    | "stepsList"
    | "stepCount"
    | "search"
    | "searchCount"
    | "searchNone"
    | "previous"
    | "next"
    | "zoomIn"
    | "zoomOut"
    | "fit"
    | "zoomTo100"
    | "minimap"
    | "problems"
    | "oneProblem"
    | "problemList"
    | "atOffset"
    | "atLine"
    | "toStep"
    | "error"
    | "warning"
    | "information"
    | "details"
    | "close"
    | "openListing"
    | "openSubroutine"
    | "help"
    | "back"
    | "node"
    | "kindInitiator"
    | "kindStart"
    | "kindTool"
    | "kindSubroutine"
    | "kindNative"
    | "incomplete"
    | "listensTo"
    | "notes"
    | "arguments"
    | "noArguments"
    | "in"
    | "out"
    | "empty"
    | "emptyRequired"
    | "required"
    | "optional"
    | "default"
    | "carriedBy"
    | "exits"
    | "errorExit"
    | "notConnected"
    | "exitTo"
    | "returns"
    | "incoming"
    | "incomingFrom"
    | "noIncoming"
    | "signature"
    | "parameters"
    | "version"
    | "category"
    | "runtime"
    | "inferred"
    | "undecided"
    | "selected"
    | "exitCount"
    | "exitOf"
    | "incomingOf"
    | "nothingFurther"
    | "nothingBefore"
    | "deselected";
}
