/** How bad a problem is; the names of the language server protocol. */
export type Severity = "error" | "warning" | "information" | "hint";

/** Where a problem is. Offsets are bytes from 0, lines and columns count from 1. */
export interface Place {
  readonly file?: string;
  readonly offset?: number;
  readonly line?: number;
  readonly column?: number;
  /** Node id of the step. */
  readonly node?: number;
  /** Label of the step. */
  readonly label?: string;
}

/**
 * What a reader says about content instead of throwing. The message says what is wrong, where, and what to
 * do next; `code` is stable and can be switched off by users.
 */
export interface Problem {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly place?: Place;
}
