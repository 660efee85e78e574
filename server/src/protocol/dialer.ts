/* eslint-disable @typescript-eslint/no-namespace -- one namespace a message keeps its name, parameters and result together */

/** The requests about Dialer configurations and the small configuration files: types and names only. */

/** A place in a text: line and UTF-16 unit of the line, both from 0. */
export interface Spot {
  readonly line: number;
  readonly character: number;
}

/** `end` is the first place after. */
export interface Span {
  readonly start: Spot;
  readonly end: Spot;
}

/** Endings of files that may be of a known format; their first characters are looked at when they are opened. */
export const candidateFiles = /\.(?:xml|udl|ora|lst|config|cfg|reg|cmd|bat|ps1|txt|log|out)$/i;
/** How many characters are looked at. */
export const candidateHead = 64 * 1024;

/** The `id` of a Dialer configuration; all others are small configuration files. */
export const dialerFormat = "dialer";

/** A format of text files that the server knows. */
export interface TextFormat {
  readonly id: string;
  readonly title: string;
}

/**
 * Client to server: a text was opened. Where the server knows its format, it registers what it can do for this
 * very document; other files are left alone.
 */
export namespace RecogniseRequest {
  export const method = "handlerWorkbench/recognise" as const;
  export interface Params {
    readonly uri: string;
    /** What the editor matches patterns of documents against. */
    readonly path: string;
    /** The beginning of the text. */
    readonly head: string;
    /** The format that the user chose, whatever name and content say; "" = none at all. */
    readonly chosen?: string;
  }
  export interface Result {
    readonly format: TextFormat | null;
  }
}

/** Client to server: a text that was recognised is closed. */
export namespace ForgetNotification {
  export const method = "handlerWorkbench/forget" as const;
  export interface Params {
    readonly uri: string;
  }
}

/** Client to server: all formats, to choose from. */
export namespace FormatsRequest {
  export const method = "handlerWorkbench/formats" as const;
  export interface Result {
    readonly formats: readonly TextFormat[];
  }
}

/** Server to client: an open Dialer configuration was read and checked. */
export namespace DialerCheckedNotification {
  export const method = "handlerWorkbench/dialerChecked" as const;
  export interface Params {
    readonly uri: string;
    readonly workflows: number;
  }
}

/** Client to server: the objects of a Dialer configuration, open or on disk. Fails where it cannot be read. */
export namespace DialerViewRequest {
  export const method = "handlerWorkbench/dialerView" as const;
  export interface Params {
    readonly uri: string;
  }
  export interface Result {
    /** As the file says; null where it does not. */
    readonly version: string | null;
    readonly objects: number;
    readonly workflows: number;
    /** For people: that the file was not read in full, and why; null when it was. */
    readonly incomplete: string | null;
    readonly groups: readonly DialerGroup[];
  }
}

export interface DialerGroup {
  /** In English, for example `rule set`; also says which icon fits. */
  readonly kind: string;
  readonly title: string;
  readonly items: readonly DialerItem[];
}

export interface DialerItem {
  readonly label: string;
  readonly description: string;
  /** In English, as in its group. */
  readonly kind: string;
  /** The kind as people read it. */
  readonly kindName: string;
  readonly id: string | null;
  readonly deleted: boolean;
  /** How many values refer to it. */
  readonly referrers: number;
  readonly span: Span;
}

/** Client to server: who refers to an object of a Dialer configuration. */
export namespace DialerReferrersRequest {
  export const method = "handlerWorkbench/dialerReferrers" as const;
  export type Params =
    | { readonly uri: string; readonly id: string }
    /** The object or part at a place: on its tag, its id, or a value that refers to it. */
    | { readonly uri: string; readonly at: Spot };
  export interface Result {
    /** Kind and name of the object; null where the place names none. */
    readonly object: string | null;
    readonly referrers: readonly DialerReferrer[];
  }
}

export interface DialerReferrer {
  readonly title: string;
  /** The kind as people read it. */
  readonly kindName: string;
  /** The property that holds the id. */
  readonly property: string;
  readonly span: Span;
}

/** What a report is about. */
export type ReportSubject =
  | { readonly kind: "migration"; readonly uri: string }
  | { readonly kind: "workflows"; readonly uri: string; readonly filter: WorkflowChoice }
  | {
      readonly kind: "comparison";
      readonly old: string;
      readonly new: string;
      /** Run state, revisions and cached names too. */
      readonly everything: boolean;
    };

/** The filters of the selection list in the Database Migration Assistant; what is left out takes all. */
export interface WorkflowChoice {
  /** null: workflows whose status the file does not tell. */
  readonly statuses?: readonly (string | null)[];
  readonly paused?: boolean;
  readonly deleted?: boolean;
  /** `.udl` files. */
  readonly dataSources?: readonly string[];
}

/** Client to server: a report to show. */
export namespace DialerReportRequest {
  export const method = "handlerWorkbench/dialerReport" as const;
  export type Params = ReportSubject;
  export type Result = ShownReport;
}

/** Client to server: a report as text to save. */
export namespace DialerReportTextRequest {
  export const method = "handlerWorkbench/dialerReportText" as const;
  export interface Params {
    readonly subject: ReportSubject;
    readonly form: ReportForm;
  }
  export interface Result {
    readonly text: string;
  }
}

export type ReportForm = "markdown" | "html" | "csv";

/** A report as the report view shows it; all texts are plain. */
export interface ShownReport {
  readonly title: string;
  /** Stand above all else, because they put the rest in doubt. */
  readonly warnings: readonly string[];
  readonly paragraphs: readonly string[];
  readonly tables: readonly {
    readonly title: string;
    readonly head: readonly string[];
    readonly rows: readonly ShownRow[];
    /** Index of the column that leads to the row's place; null where rows have none. */
    readonly linked: number | null;
  }[];
  readonly lists: readonly { readonly title: string; readonly items: readonly string[] }[];
}

export interface ShownRow {
  readonly cells: readonly string[];
  readonly at: { readonly uri: string; readonly span: Span } | null;
  readonly tone: "good" | "attention" | "bad" | "none";
}

/** Messages between the report view and the editor part. */
export namespace ReportView {
  export type ToView =
    | { readonly type: "strings"; readonly strings: Strings }
    | { readonly type: "show"; readonly report: ShownReport; readonly actions: readonly Action[] }
    /** Nothing to show; the message says why and what to do. */
    | { readonly type: "failed"; readonly message: string };

  export type ToEditor =
    | { readonly type: "ready" }
    | { readonly type: "open"; readonly uri: string; readonly span: Span }
    | { readonly type: "action"; readonly id: string };

  /** A button of the view. */
  export interface Action {
    readonly id: string;
    readonly label: string;
  }

  /** Every text of the view, in the user's language. `{0}`, `{1}` are filled in by the view. */
  export type Strings = Readonly<Record<StringKey, string>>;
  export type StringKey = "loading" | "filter" | "filterHelp" | "shown" | "showAll" | "noMatch";
}

/** Client to server: what the selection list of workflows can be narrowed by. */
export namespace WorkflowFiltersRequest {
  export const method = "handlerWorkbench/workflowFilters" as const;
  export interface Params {
    readonly uri: string;
  }
  export interface Result {
    readonly workflows: number;
    /** All there are, with what people read for them; null: workflows whose status the file does not tell. */
    readonly statuses: readonly { readonly status: string | null; readonly name: string }[];
    readonly dataSources: readonly string[];
  }
}

/** Client to server: a configuration without its deleted workflows. Nothing is written. */
export namespace DialerCleanUpRequest {
  export const method = "handlerWorkbench/dialerCleanUp" as const;
  export interface Params {
    readonly uri: string;
  }
  export interface Result {
    /** Why nothing can be removed safely; null where it can. */
    readonly refused: string | null;
    readonly removed: readonly { readonly name: string; readonly marker: string }[];
    /** References that would lead nowhere afterwards, in words. */
    readonly dangling: readonly string[];
    readonly text: string;
    /** The text in the encoding of the file, in base64. */
    readonly bytes: string;
  }
}

/** Scheme of texts that are only proposed: a configuration as it would be. */
export const proposalScheme = "handler-workbench-proposal";
