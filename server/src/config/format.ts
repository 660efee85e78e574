import * as l10n from "@vscode/l10n";
import { type Certainty, inText, type TextFinding, type TextProblem } from "../problem";
import type { SeverityOf } from "../ruleTable";
import type { FormatId, RulesOf } from "./rules";

/** Offsets are UTF-16 units from 0; `end` is the first one after. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** A file as a format reads it. */
export interface ConfigSource {
  /** File name, with or without folders. */
  readonly name: string;
  readonly text: string;
  /** How the bytes were read, where there were bytes: some formats want one encoding. */
  readonly encoding?: string;
  readonly bom?: boolean;
  /** Lower-case names of the files in the same folder, where known. */
  readonly siblings?: ReadonlySet<string>;
}

/** One setting as it may be shown to people: secrets are masked already. */
export interface Entry extends TextRange {
  readonly name: string;
  readonly value: string;
}

/** What a hover says on a range. */
export interface Note extends TextRange {
  readonly markdown: string;
}

export interface Suggestion {
  readonly label: string;
  readonly detail: string;
  readonly insertText: string;
  /** What the text replaces. */
  readonly start: number;
  readonly end: number;
}

/** What a format reads from a text. Bad content is findings, never an error. */
export interface Reading {
  readonly entries: readonly Entry[];
  readonly findings: readonly TextFinding[];
  readonly notes: readonly Note[];
  /** Completion at an offset; formats where it does not help have none. */
  readonly suggest?: (offset: number) => Suggestion[];
}

export interface ConfigFormat {
  /** Stable, for example `udl`; problem codes begin with it. */
  readonly id: FormatId;
  readonly title: string;
  /** By name or content; `text` may be only the beginning of a long file. */
  readonly matches: (name: string, text: string) => boolean;
  readonly read: (source: ConfigSource) => Reading;
}

/** A file read by its format, with what an editor asks for. */
export interface ConfigDocument {
  readonly format: string;
  readonly title: string;
  readonly entries: readonly Entry[];
  readonly problems: readonly TextProblem[];
  readonly hover: (offset: number) => Note | undefined;
  readonly complete: (offset: number) => Suggestion[];
}

/** The small formats are small; what is longer is something else. */
const mostText = 16 * 1024 * 1024;
const mostFindings = 500;

export function readWith(format: ConfigFormat, source: ConfigSource): ConfigDocument {
  const { text } = source;
  const reading: Reading =
    text.length <= mostText
      ? format.read(source)
      : {
          entries: [],
          notes: [],
          findings: [
            findings(format.id).say(
              "too-large",
              "error",
              { start: 0, end: 0 },
              l10n.t(
                "The file has {0} characters; a {1} of more than {2} is not read.",
                text.length,
                format.title,
                mostText,
              ),
              "inferred",
            ),
          ],
        };
  const { entries, notes, suggest } = reading;
  return {
    format: format.id,
    title: format.title,
    entries,
    problems: inText(text, reading.findings.slice(0, mostFindings)),
    // The narrowest note wins: a value inside a section inside a file.
    hover: (offset) =>
      notes
        .filter(({ start, end }) => offset >= start && offset <= end)
        .reduce<Note | undefined>(
          (best, note) => (best && best.end - best.start <= note.end - note.start ? best : note),
          undefined,
        ),
    complete: (offset) => suggest?.(Math.max(0, Math.min(offset, text.length))) ?? [],
  };
}

/** Collects findings of one format; `say` also returns the finding. What can be said stands in rules.ts. */
export function findings<Format extends FormatId>(
  format: Format,
): {
  readonly list: TextFinding[];
  readonly say: <Code extends string & keyof RulesOf<Format>>(
    code: Code,
    severity: SeverityOf<RulesOf<Format>, Code>,
    at: TextRange,
    message: string,
    certainty: Certainty,
    source?: string,
  ) => TextFinding;
} {
  const list: TextFinding[] = [];
  return {
    list,
    say: (code, severity, { start, end }, message, certainty, source) => {
      const base = { code: `${format}/${code}`, severity, message, certainty, start, end };
      const finding = source === undefined ? base : { ...base, source };
      list.push(finding);
      return finding;
    },
  };
}

/** Patterns look at no more of a line than this, so that no line can make one slow. */
const longestLine = 8192;

/** The lines of a text with their places, without line ends; the text of a very long line is its beginning. */
export function linesOf(text: string): (TextRange & { readonly text: string })[] {
  const lines: (TextRange & { text: string })[] = [];
  let start = 0;
  while (start < text.length) {
    let next = text.indexOf("\n", start);
    if (next < 0) next = text.length;
    const end = next > start && text[next - 1] === "\r" ? next - 1 : next;
    lines.push({ text: text.slice(start, Math.min(end, start + longestLine)), start, end });
    start = next + 1;
  }
  return lines;
}

/** The word that ends at an offset, for completion. */
export function wordBefore(text: string, offset: number, word = /[\w.]/): TextRange {
  let start = offset;
  while (start > 0 && offset - start < 256 && word.test(text.charAt(start - 1))) start--;
  return { start, end: offset };
}

/** Text in Markdown that reads as it is written. */
export function plain(text: string): string {
  return text.replace(/[\r\n\t]+/g, " ").replace(/[\\`*_{}[\]<>|#]/g, (mark) => `\\${mark}`);
}
