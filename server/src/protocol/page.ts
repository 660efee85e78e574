/**
 * A page: what the editor part has to say or to ask before something happens, shown by one view for all. Types only.
 * All texts come in the user's language.
 */

export type PageTone = "none" | "good" | "attention" | "bad";

/** A line of a file, counted from 1. */
export interface PagePlace {
  readonly file: string;
  readonly line: number;
}

export interface PageFact {
  readonly label: string;
  readonly value: string;
  readonly tone?: PageTone;
}

export interface PageRow {
  readonly cells: readonly string[];
  /** Makes the first cell a link. */
  readonly place?: PagePlace;
  readonly tone?: PageTone;
}

/** Something to fill in. Values are texts; a check is "yes" or "". */
export interface PageField {
  readonly id: string;
  readonly label: string;
  readonly kind: "text" | "password" | "choice" | "check";
  readonly value: string;
  readonly options?: readonly { readonly value: string; readonly label: string }[];
  readonly help?: string;
  /** Said, as a warning, while the field has one of these values. */
  readonly warnings?: Readonly<Record<string, string>>;
  /** There only while another field has one of these values. */
  readonly when?: { readonly field: string; readonly is: readonly string[] };
  readonly placeholder?: string;
}

export type PageBlock =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "notice"; readonly tone: PageTone; readonly text: string }
  | {
      readonly kind: "table";
      readonly title: string;
      readonly head: readonly string[];
      readonly rows: readonly PageRow[];
      /** Said below, for example how many rows are left out. */
      readonly note?: string;
    }
  | {
      readonly kind: "code";
      readonly title: string;
      readonly text: string;
      readonly note?: string;
      /** A button below. */
      readonly action?: PageAction;
    }
  | { readonly kind: "fields"; readonly title: string; readonly fields: readonly PageField[] };

export interface PageAction {
  readonly id: string;
  readonly label: string;
  readonly primary?: boolean;
  /** It cannot be done now, and why. */
  readonly disabled?: string;
}

export interface Page {
  readonly title: string;
  readonly lead?: string;
  readonly facts: readonly PageFact[];
  readonly blocks: readonly PageBlock[];
  readonly actions: readonly PageAction[];
}

/** Messages between a page and the editor part. */
export type ToPage =
  /** Values of fields that were filled in before stay. */
  | { readonly type: "show"; readonly page: Page }
  | { readonly type: "status"; readonly text: string; readonly tone: PageTone; readonly busy: boolean };

export type FromPage =
  | { readonly type: "ready" }
  | { readonly type: "action"; readonly id: string; readonly values: Readonly<Record<string, string>> }
  | { readonly type: "open"; readonly place: PagePlace };
