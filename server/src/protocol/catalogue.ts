/* eslint-disable @typescript-eslint/no-namespace -- one namespace a message keeps its name, parameters and result together */

/** The requests and messages about tool catalogues and migration hints: types and names only. */

/** Server to client: what handlers are compared with now; told when the settings or their files change. */
export namespace TargetNotification {
  export const method = "handlerWorkbench/target" as const;
  export type Params = TargetState;
}

export interface TargetState {
  readonly catalogue:
    | { readonly state: "none" }
    | {
        readonly state: "ready";
        /** Path of the file. */
        readonly file: string;
        /** The release, as whoever learned the catalogue called it. */
        readonly target: string;
        /** It was learned from so many. */
        readonly handlers: number;
        readonly tools: number;
      }
    /** Nothing is compared; the message says why and what to do. */
    | { readonly state: "failed"; readonly file: string; readonly message: string };
  readonly base: {
    /** Base handlers that were found; 0 without base folders. */
    readonly handlers: number;
    /** Folders that could not be used, with the reason. */
    readonly problems: readonly string[];
  };
}

/** Client to server, can be cancelled: learns the tools of a release from a folder of its handlers. Writes nothing. */
export namespace LearnCatalogueRequest {
  export const method = "handlerWorkbench/learnCatalogue" as const;
  export interface Params {
    /** Names the work, in progress messages. */
    readonly id: string;
    /** URI of a folder on disk. */
    readonly folder: string;
    /** Name of the release. */
    readonly target: string;
  }
  export interface Result {
    /** The catalogue as a file holds it; null: no tools were found. */
    readonly text: string | null;
    readonly handlers: number;
    readonly tools: number;
    /** Handlers and folders that could not be read, with the reason. */
    readonly leftOut: readonly string[];
  }
}

/** Client to server: what is known of the tool of a step. */
export namespace StepToolRequest {
  export const method = "handlerWorkbench/stepTool" as const;
  export interface Params {
    /** Of the handler, or of its listing. */
    readonly uri: string;
    readonly node: number;
  }
  export interface Result {
    /** `module:name`; null: the step uses no tool. */
    readonly tool: string | null;
    /** Address of the vendor's help page; null: none is known. */
    readonly help: string | null;
    /** Old and new parameters and exits with the step's values, in Markdown; null: there is nothing to compare with. */
    readonly mapping: string | null;
  }
}

/** Client to server: the tools of the estate about which something was found. */
export namespace ToolSummariesRequest {
  export const method = "handlerWorkbench/toolSummaries" as const;
  export interface Result {
    /** Those with the most findings first. */
    readonly tools: readonly ToolSummaryRow[];
  }
}

export interface ToolSummaryRow {
  readonly kind: "tool" | "initiator";
  /** `module:name`. */
  readonly tool: string;
  /** As the palette shows it; "" where only XML exports use it. */
  readonly label: string;
  readonly steps: number;
  readonly handlers: number;
  /** Steps with findings, by rule. */
  readonly rules: Readonly<Record<string, number>>;
  /** "37 steps in 12 handlers use ...". */
  readonly text: string;
}

/** Client to server: what was found about one tool, by handler and step. */
export namespace ToolFindingsRequest {
  export const method = "handlerWorkbench/toolFindings" as const;
  export interface Params {
    readonly kind: "tool" | "initiator";
    readonly tool: string;
  }
  export interface Result {
    readonly findings: readonly ToolFinding[];
  }
}

export interface ToolFinding {
  /** Of the handler. */
  readonly uri: string;
  readonly handler: string;
  readonly node: number;
  readonly label: string;
  readonly rule: string;
  readonly severity: "error" | "warning" | "information" | "hint";
  readonly message: string;
}
