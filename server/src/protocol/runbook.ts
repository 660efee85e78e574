/* eslint-disable @typescript-eslint/no-namespace -- one namespace a message keeps its name, parameters and result together */

/** The requests of the migration runbook: types and names only. */

/** Where the runbook is, below the workspace folder. */
export const runbookPath = ".handler-workbench/runbook.json";

export type RunbookState = "open" | "done" | "notNeeded" | "blocked";

/** The runbook as it stands. */
export interface ShownRunbook {
  /** Somebody has chosen what the site has. */
  readonly started: boolean;
  readonly variants: readonly {
    readonly id: string;
    readonly title: string;
    readonly about: string;
    readonly chosen: boolean;
  }[];
  readonly phases: readonly RunbookPhase[];
  readonly done: number;
  readonly needed: number;
  /** Of the file, in words. */
  readonly problems: readonly string[];
  /** git left the changes of two sides in the file. */
  readonly conflict: boolean;
  /** What to do when a phase is done. */
  readonly snapshotAdvice: string;
}

export interface RunbookPhase {
  readonly id: string;
  /** From 0. */
  readonly number: number;
  readonly title: string;
  readonly done: number;
  readonly needed: number;
  readonly blocked: number;
  readonly steps: readonly RunbookStep[];
}

export interface RunbookStep {
  readonly id: string;
  readonly number: string;
  readonly title: string;
  readonly detail: string;
  readonly tool: string;
  /** What closes the step. */
  readonly proof: string;
  /** Title and section of the guide. */
  readonly source: string;
  readonly state: RunbookState;
  /** Who set the state and when (ISO 8601); "" = nobody. */
  readonly by: string;
  readonly at: string;
  readonly note: string;
  readonly evidence: string;
  /** What the editor has seen; null = nothing yet, or somebody says that it is not done. */
  readonly proved: { readonly at: string; readonly from: string } | null;
  /** What looking at the workspace says now; null = nothing can be looked at for this step, or nobody has yet. */
  readonly look: { readonly outcome: "proved" | "failed" | "unknown"; readonly text: string } | null;
  readonly provable: boolean;
  /** Steps that should be done before. */
  readonly waits: readonly { readonly id: string; readonly number: string; readonly title: string }[];
  /** Hard orders that are broken. */
  readonly broken: readonly string[];
  /** Hard orders that doing it now would break. */
  readonly held: readonly string[];
  /** What here does or checks it, best first. */
  readonly links: readonly RunbookLink[];
}

/** A command, a view to show, or a file to open. */
export interface RunbookLink {
  /** Without `handlerWorkbench.`. */
  readonly command?: string;
  /** Without `handlerWorkbench.`. */
  readonly view?: string;
  /** What the command is about, or what is opened: files of the workspace, as a glob. */
  readonly file?: string;
}

/** Client to server: the runbook of a workspace folder. */
export namespace RunbookRequest {
  export const method = "handlerWorkbench/runbook" as const;
  export interface Params {
    /** URI of the workspace folder, of the `file` scheme. */
    readonly folder: string;
  }
  export type Result = ShownRunbook;
}

export type RunbookChange =
  | { readonly what: "variants"; readonly chosen: readonly string[] }
  | { readonly what: "state"; readonly step: string; readonly state: RunbookState }
  | { readonly what: "note"; readonly step: string; readonly note: string }
  | { readonly what: "evidence"; readonly step: string; readonly evidence: string };

/** Client to server: changes, made to the file as it is at that moment. Fails where nothing can be written. */
export namespace RunbookChangeRequest {
  export const method = "handlerWorkbench/runbookChange" as const;
  export interface Params {
    readonly folder: string;
    readonly changes: readonly RunbookChange[];
    /** Who makes them; "" = the user of this computer. */
    readonly by: string;
  }
  export interface Result {
    readonly runbook: ShownRunbook;
    /** Orders that these changes have broken. */
    readonly broken: readonly string[];
    /** Titles of phases that these changes have completed. */
    readonly completed: readonly string[];
  }
}

/** Client to server: writes a file with conflict markers as the merge of its two sides, each step by its times. */
export namespace RunbookMergeRequest {
  export const method = "handlerWorkbench/runbookMerge" as const;
  export interface Params {
    readonly folder: string;
  }
  export type Result = ShownRunbook;
}

/**
 * Client to server, can be cancelled: looks at the workspace for what proves steps. What is proved for the first time
 * is written into the file, where there is one.
 */
export namespace RunbookProveRequest {
  export const method = "handlerWorkbench/runbookProve" as const;
  export interface Params {
    readonly folder: string;
    /** A step that somebody asks for: what costs much is looked at too, and the proof is written anew. */
    readonly step?: string;
    /** Paths of folders that runs of scripts are kept in, beside those of the command line. */
    readonly runs?: readonly string[];
    /** Of packages, by URI; kept nowhere. */
    readonly passwords?: Readonly<Record<string, string>>;
  }
  export interface Result {
    readonly runbook: ShownRunbook;
    /** URIs of packages that need a password. */
    readonly locked: readonly string[];
  }
}

/** Client to server: the runbook as text, to hand on. */
export namespace RunbookExportRequest {
  export const method = "handlerWorkbench/runbookExport" as const;
  export interface Params {
    readonly folder: string;
    readonly form: "markdown" | "html";
    /** What the migration is called. */
    readonly name: string;
  }
  export interface Result {
    readonly text: string;
  }
}
