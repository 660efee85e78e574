import * as l10n from "@vscode/l10n";

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

/**
 * How sure we are of the rule behind a finding: a vendor document says it, it was seen in real files, or it
 * is inferred; `own` is no rule of the format but a limit of this program. Users read it in the message.
 */
export type Certainty = "documented" | "seen" | "inferred" | "own";

/** What a check of a text finds. Offsets are UTF-16 units from 0, as editors count; `source` is a document. */
export interface TextFinding {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly certainty: Certainty;
  readonly source?: string;
  readonly start: number;
  readonly end: number;
}

/** A finding with its line and with its certainty in the message. */
export interface TextProblem extends Problem {
  readonly certainty: Certainty;
  readonly start: number;
  readonly end: number;
}

/** Line and column, both from 1, of any offset of a text. */
export function placesIn(
  text: string,
): (offset: number) => { readonly line: number; readonly column: number } {
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return (offset) => {
    let line = 0;
    for (let high = starts.length; high - line > 1;) {
      const middle = (line + high) >> 1;
      if ((starts[middle] ?? 0) <= offset) line = middle;
      else high = middle;
    }
    return { line: line + 1, column: offset - (starts[line] ?? 0) + 1 };
  };
}

/** Findings of one text as problems, in the order of the text. */
export function inText(text: string, findings: readonly TextFinding[]): TextProblem[] {
  const placeOf = placesIn(text);
  return [...findings]
    .sort((a, b) => a.start - b.start)
    .map(({ code, severity, message, certainty, source, start, end }) => {
      const note = certaintyNote(certainty, source);
      return {
        code,
        severity,
        message: `${message} (${note})`,
        certainty,
        start,
        end,
        place: placeOf(start),
      };
    });
}

/** The certainty in words, for messages and hovers. */
export function certaintyNote(certainty: Certainty, source?: string): string {
  if (certainty === "own") return l10n.t("a limit of Handler Workbench");
  if (certainty === "documented")
    return source === undefined ? l10n.t("documented") : l10n.t("documented: {0}", source);
  if (certainty === "seen") {
    return source === undefined
      ? l10n.t("seen in real files, not documented")
      : l10n.t("seen in real files; the rule is in {0}", source);
  }
  return source === undefined
    ? l10n.t("inferred, not documented")
    : l10n.t("inferred; the rule is in {0}", source);
}
