import * as l10n from "@vscode/l10n";
import type { ScriptPlace } from "../items";
import type { ScriptCode } from "../rules";
import { TextBuffer } from "../text/buffer";
import { StatementHead, type StatementType } from "./head";
import { SqlplusScanner } from "./scanner";
import type { ReadingSettings } from "./settings";

/** What a line did to the statement that is being entered. */
export type Entered =
  /** The statement is complete and runs; `stop` of what it ended at. */
  | { readonly kind: "run" }
  /** The statement is complete and stays in the SQL buffer without being run. */
  | { readonly kind: "keep"; readonly why: "blank line" | "block terminator" }
  /** A SQL*Plus command or an include inside the statement. */
  | { readonly kind: "command"; readonly text: string }
  | { readonly kind: "include"; readonly text: string }
  | undefined;

/** Something to tell the user about the line. */
export type Notice = (code: ScriptCode, message: string) => void;

/**
 * A statement or block that is being entered, line by line. The terminators are SQL*Plus' (User's Guide, "Running
 * SQL Commands", "Running PL/SQL Blocks"); unlike SQL*Plus, a `;` inside a string or comment does not end a
 * statement and one before a comment does, each with a notice.
 */
export class Statement {
  readonly buffer = new TextBuffer();
  private readonly head = new StatementHead();
  private readonly scanner = new SqlplusScanner();
  /** Wrapped source: data up to the `/`. */
  private wrapped = false;

  constructor(
    private readonly settings: ReadingSettings,
    private readonly notice: Notice,
  ) {}

  get start(): ScriptPlace | undefined {
    return this.buffer.start;
  }

  get type(): StatementType {
    return this.wrapped ? "opaque" : (this.head.type ?? "sql");
  }

  line(text: string, file: string, line: number): Entered {
    const { settings } = this;
    const trimmed = text.trim();
    const block = this.type !== "sql";
    if (trimmed.length <= 1) {
      const entered = this.shortLine(text, trimmed, block);
      if (entered) return entered;
    }
    if (!this.buffer.empty && this.type !== "opaque") {
      if (text.startsWith(settings.sqlPrefix)) return { kind: "command", text: text.slice(1) };
      if (trimmed.startsWith("@")) return { kind: "include", text };
    }
    return this.text(text, file, line);
  }

  /** A line of the statement as text, whatever it looks like. */
  text(text: string, file: string, line: number): Entered {
    const { head, scanner } = this;
    if (head.type === undefined) this.readHead(text);
    if (head.type === "plsql" && this.buffer.lines.length < 3) this.wrapped ||= /\swrapped\s*$/i.test(text);
    const before = scanner.normal;
    if (before && this.type === "plsql" && /^create\s/i.test(text)) this.checkSlash();
    scanner.scan(text, this.settings.sqlTerminator);
    const ends = this.type === "sql" ? this.terminator(text, before) : undefined;
    if (ends === undefined) {
      this.buffer.add(text, file, line);
      return undefined;
    }
    const rest = text.slice(0, ends);
    if (rest.trim() !== "" || this.buffer.empty) this.buffer.add(rest.trimEnd(), file, line);
    return { kind: "run" };
  }

  /** The text without the `;` that a query with a function of its own may end with: only a block keeps it. */
  withoutLastSemicolon(): void {
    const { lines } = this.buffer;
    while (lines.length > 1 && (lines[lines.length - 1] ?? "").trim() === "") lines.pop();
    const last = lines.length - 1;
    lines[last] = (lines[last] ?? "").replace(/\s*;\s*$/, "");
  }

  private readHead(text: string): void {
    const { head } = this;
    head.line(text);
    if (head.type === undefined || head.type === "sql" || !head.sawComment) return;
    this.notice(
      "comment-hides-type",
      l10n.t(
        'the comment among the first words hides from SQL*Plus that this is PL/SQL: it would end it at the first ";". Here it is read up to the "/"',
      ),
    );
  }

  private shortLine(text: string, trimmed: string, block: boolean): Entered {
    const { scanner, settings } = this;
    if (trimmed === "") {
      if (block || settings.sqlBlankLines) return undefined;
      return { kind: "keep", why: "blank line" };
    }
    if (trimmed === "/") {
      if (!scanner.normal && this.type !== "opaque") {
        this.notice(
          "slash-inside",
          l10n.t(
            'this "/" stands inside a {0}; SQL*Plus does not look at that: it ends and runs what was entered',
            scanner.open,
          ),
        );
      } else if (!block && text !== text.trimStart()) {
        this.notice(
          "slash-indented",
          l10n.t('this "/" ends and runs the statement; a division sign must not stand alone on its line'),
        );
      }
      return { kind: "run" };
    }
    if (trimmed === settings.blockTerminator) return { kind: "keep", why: "block terminator" };
    return undefined;
  }

  /** Where the line's `;` is that ends the statement; undefined when the statement goes on. */
  private terminator(text: string, normalBefore: boolean): number | undefined {
    const { scanner, settings } = this;
    const stop = settings.sqlTerminator;
    const end = text.trimEnd();
    const atEnd = stop !== undefined && end.endsWith(stop);
    if (
      stop !== undefined &&
      scanner.normal &&
      scanner.lastCode >= 0 &&
      text.startsWith(stop, scanner.lastCode)
    ) {
      if (scanner.inner >= 0) this.sayInner(stop);
      // A doubled quote or bracket cannot be a terminator, so plain text here is plain text in the line.
      if (scanner.lastCode !== end.length - 1) {
        this.notice(
          "comment-after-terminator",
          l10n.t(
            'SQL*Plus does not see the "{0}" before the comment and would join the next line to this statement. Here it ends the statement',
            stop,
          ),
        );
      }
      return scanner.lastCode;
    }
    if (scanner.inner >= 0) this.sayInner(stop ?? ";");
    if (atEnd) {
      const where = scanner.normal ? l10n.t("comment") : scanner.open;
      this.notice(
        "terminator-inside",
        l10n.t(
          'SQL*Plus would end the statement at this "{0}", although it stands inside a {1}. Here the statement goes on',
          stop,
          where,
        ),
      );
    } else if (end.endsWith("-") && scanner.normal && normalBefore && scanner.lastCode === end.length - 1) {
      this.notice(
        "hyphen-at-end",
        l10n.t('SQL*Plus takes "-" at the end of a line for a continuation sign and drops it. Here it stays'),
      );
    }
    return undefined;
  }

  /** A CREATE at the beginning of a line right after an END: the "/" between them is missing. */
  private checkSlash(): void {
    const { lines } = this.buffer;
    let last = lines.length - 1;
    while (last > 0 && lines[last]?.trim() === "") last--;
    if (!/\bend\b[^;]*;\s*$/i.test(lines[last]?.slice(-200) ?? "")) return;
    this.notice(
      "missing-slash",
      l10n.t(
        'what begins on line {0} goes on here: there is no "/" on a line of its own before this CREATE',
        this.start?.line ?? 0,
      ),
    );
  }

  private sayInner(stop: string): void {
    this.notice(
      "terminator-in-line",
      l10n.t(
        'a "{0}" ends a statement at the end of a line only: the line is sent as one statement, which the server will refuse. Give each statement its own line',
        stop,
      ),
    );
  }
}
