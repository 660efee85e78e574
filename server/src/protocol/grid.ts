/** Messages between the result grid and the editor part: types only. */
export interface GridColumn {
  readonly name: string;
  readonly type: string;
  readonly right: boolean;
}

/** null is the database's NULL. */
export type GridCell = string | null;

/** What is in the grid; rows come when they are needed. */
export interface GridShape {
  readonly title: string;
  readonly columns: readonly GridColumn[];
  /** Rows that can be looked at. */
  readonly rows: number;
  /** Rows that there are, as far as they are counted. */
  readonly total: number;
}

export type ToGrid =
  | { readonly type: "strings"; readonly strings: GridStrings }
  | { readonly type: "shape"; readonly shape: GridShape }
  | {
      readonly type: "rows";
      readonly from: number;
      readonly rows: readonly (readonly GridCell[])[];
    }
  /** For screen readers and the status line. */
  | { readonly type: "said"; readonly text: string };

/** First and last row and column of what is selected, from 0, both included. */
export interface GridSelection {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

export type FromGrid =
  | { readonly type: "ready" }
  | { readonly type: "fetch"; readonly from: number; readonly count: number }
  | { readonly type: "copy"; readonly selection: GridSelection; readonly withNames: boolean }
  | { readonly type: "save" };

/** `{0}`... are filled in by the grid. */
export type GridStrings = Readonly<
  Record<
    | "grid"
    | "help"
    | "copy"
    | "copyWithNames"
    | "save"
    | "rows"
    | "rowsOf"
    | "position"
    | "selected"
    | "null"
    | "empty"
    | "row",
    string
  >
>;
