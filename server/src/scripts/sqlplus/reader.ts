import * as l10n from "@vscode/l10n";
import type { ScriptPlace } from "../items";
import type { LineReader } from "../read";
import type { Reading } from "../reading";
import { TextBuffer } from "../text/buffer";
import { Lookups } from "../text/lookups";
import { CommandRunner } from "./actions";
import type { SqlplusSession } from "./session";
import { type Entered, Statement } from "./statement";
import { hasReferences, substitute, substituteAll } from "./substitution";
import { firstWord } from "./words";

/** SQL*Plus refuses command lines longer than a few thousand characters; so does this, a little later. */
const longestCommand = 32 * 1024;

/** What `/` runs: the text entered last. */
interface SqlBuffer {
  readonly text: TextBuffer;
  readonly type: "sql" | "plsql";
  hasRun: boolean;
}

/** A command line that goes on after its `-`. */
interface Continued {
  readonly parts: string[];
  readonly at: ScriptPlace;
}

/**
 * SQL*Plus' reading loop. It has no parser: the first word of a line says whether it is a command, SQL or PL/SQL,
 * and then only terminators at line ends count (User's Guide and Reference, chapters "SQL*Plus Basics" and "Using
 * Scripts"). Where SQL*Plus does something that its user cannot have meant, it is done with a warning; where that
 * would cut a statement in a string or comment, the statement is kept whole, with a warning too.
 */
export class SqlplusReader implements LineReader {
  private statement: Statement | undefined;
  private buffer: SqlBuffer | undefined;
  private continued: Continued | undefined;
  /** Where a comment between statements began. */
  private comment: ScriptPlace | undefined;
  /** Inside DOCUMENT ... #. */
  private document = false;
  private readonly commands: CommandRunner;

  constructor(
    private readonly session: SqlplusSession,
    private readonly reading: Reading,
  ) {
    this.commands = new CommandRunner(session, reading, {
      execute: (block, at) => this.execute(block, at),
      run: () => this.runBuffer(),
      document: () => {
        this.document = true;
      },
      loseBuffer: () => {
        this.buffer = undefined;
      },
    });
  }

  line(text: string): Promise<void> | undefined {
    if (this.statement) return this.enter(this.statement, text);
    if (this.continued) return this.goOn(this.continued, text);
    return this.between(text);
  }

  endOfFile(included: boolean): Promise<void> | undefined {
    const { file } = this.reading.place;
    if (this.comment?.file === file) {
      this.reading.problem(
        "error",
        "unclosed",
        l10n.t("the comment that begins here is never closed: what follows was not run"),
        {
          at: this.comment,
        },
      );
    }
    const start = this.statement?.start;
    if (this.statement && start) {
      const how = this.statement.type === "sql" ? l10n.t('";" or "/"') : '"/"';
      if (!included) {
        this.reading.problem(
          "error",
          "unfinished",
          l10n.t("what begins on line {0} is not ended by {1}: it is not run", start.line, how),
          { at: start },
        );
        this.statement = undefined;
      } else if (start.file === file) {
        this.reading.problem(
          "warning",
          "unfinished",
          l10n.t(
            "what begins on line {0} is not ended by {1} in this file: it goes on with the lines after the include",
            start.line,
            how,
          ),
          { at: start },
        );
      }
    }
    const { continued } = this;
    this.continued = undefined;
    return continued && this.command(continued.parts.join(" "), continued.at);
  }

  /** A line where no statement is being entered. */
  private between(text: string): Promise<void> | undefined {
    const line = text.trim();
    if (line === "") return undefined;
    if (this.document) {
      this.document = line !== "#";
      return undefined;
    }
    if (this.comment || line.startsWith("/*")) return this.commentLine(line);
    if (line.startsWith("/")) return this.slash(line);
    if (line.startsWith("--") || line === this.session.settings.blockTerminator) return undefined;
    if (/^rem(?:a|ar|ark)?(?:\s|$)/i.test(line)) return undefined;
    const first = firstWord(line);
    if (first.kind === "sql" || first.kind === "plsql") return this.begin(text);
    const { define } = this.session.settings;
    if (define !== undefined && line.startsWith(define)) return this.unknownYet(text, define);
    if (first.kind === "unknown" && !/^[@!$;#]/.test(line)) {
      this.unknown(line);
      return undefined;
    }
    return this.startCommand(text);
  }

  private begin(text: string): Promise<void> | undefined {
    const statement = new Statement(this.session.settings, (code, message) =>
      this.reading.problem("warning", code, message),
    );
    this.statement = statement;
    return this.enter(statement, text);
  }

  /** A line of the statement that is being entered. */
  private enter(statement: Statement, text: string): Promise<void> | undefined {
    const { file, line } = this.reading.stack;
    const entered = statement.line(text, file, line);
    if (entered === undefined) {
      this.reading.checkSize(statement.buffer);
      return undefined;
    }
    return this.entered(statement, entered, text);
  }

  private entered(
    statement: Statement,
    entered: NonNullable<Entered>,
    text: string,
  ): Promise<void> | undefined {
    switch (entered.kind) {
      case "run":
        if (statement.type === "with-plsql") statement.withoutLastSemicolon();
        this.finish(statement);
        return this.send(false);
      case "keep":
        this.finish(statement);
        if (entered.why === "blank line") this.sayBlankLine(statement);
        return undefined;
      case "command":
        return this.command(entered.text, this.reading.place);
      case "include":
        return this.includeInside(statement, text);
    }
  }

  /** The statement is complete: it becomes what `/` runs. */
  private finish(statement: Statement): void {
    const type = statement.type === "sql" || statement.type === "with-plsql" ? "sql" : "plsql";
    this.buffer = { text: statement.buffer, type, hasRun: false };
    this.statement = undefined;
  }

  private async includeInside(statement: Statement, text: string): Promise<void> {
    const at = this.reading.place;
    if (await this.commands.include(text.trim(), at, true)) {
      this.reading.problem(
        "warning",
        "include-in-statement",
        l10n.t('a line that begins with "@" inside a statement is read as a script, as SQL*Plus does'),
        { at },
      );
      return;
    }
    this.reading.problem(
      "warning",
      "include-in-statement",
      l10n.t(
        'SQL*Plus reads a line that begins with "@" as the name of a script, even inside a statement. There is no such script: the line is taken as text of the statement',
      ),
      { at },
    );
    const entered = statement.text(text, at.file, at.line);
    if (entered) await this.entered(statement, entered, text);
  }

  private slash(line: string): Promise<void> | undefined {
    if (line === "/" || line === "/;") return this.runBuffer();
    this.reading.problem(
      "error",
      "text-after-slash",
      l10n.t(
        '"{0}" is not carried out: a "/" that runs the SQL buffer must stand alone on its line',
        shorten(line),
      ),
    );
    return undefined;
  }

  private runBuffer(): Promise<void> | undefined {
    const { buffer } = this;
    if (!buffer) {
      this.reading.problem("warning", "buffer-empty", "SP2-0103: Nothing in SQL buffer to run");
      return undefined;
    }
    if (buffer.hasRun) {
      const start = buffer.text.start;
      this.reading.problem(
        "warning",
        "runs-again",
        l10n.t(
          'this "/" runs what begins on line {0} again: it has run already. Remove it if that is not meant',
          start?.line ?? 0,
        ),
      );
    }
    return this.send(buffer.hasRun);
  }

  /** Runs the SQL buffer. Variables are substituted now, each time anew. */
  private send(rerun: boolean): Promise<void> | undefined {
    const { buffer, session } = this;
    if (!buffer) return undefined;
    buffer.hasRun = true;
    if (buffer.text.lines.some((line) => hasReferences(line, session)))
      return this.sendSubstituted(buffer, rerun);
    this.reading.batch(buffer.text, { type: buffer.type, runBy: this.reading.place, rerun });
    return undefined;
  }

  private async sendSubstituted(buffer: SqlBuffer, rerun: boolean): Promise<void> {
    const lookups = new Lookups();
    const text = await substituteAll(buffer.text, this.session, lookups);
    this.sayMissing(lookups);
    this.reading.batch(text, {
      type: buffer.type,
      runBy: this.reading.place,
      rerun,
      undefined: [...lookups.missing.keys()],
      secrets: [...lookups.secrets],
      ...(text !== buffer.text && { original: buffer.text.lines.join("\n") }),
    });
  }

  /** EXECUTE: a block of one line. It becomes what `/` runs. */
  private execute(block: string, at: ScriptPlace): Promise<void> | undefined {
    const text = new TextBuffer();
    text.add(`BEGIN ${block}; END;`, at.file, at.line);
    this.buffer = { text, type: "plsql", hasRun: false };
    return this.send(false);
  }

  /** A line that may be a command of several lines. */
  private startCommand(text: string): Promise<void> | undefined {
    const line = text.trim();
    if (!line.endsWith("-") || /^[@!$]/.test(line)) return this.command(line, this.reading.place);
    this.continued = { parts: [withoutHyphen(line)], at: this.reading.place };
    if (/^pro(?:m|mp|mpt)?\s/i.test(line)) {
      this.reading.problem(
        "warning",
        "prompt-continues",
        l10n.t(
          'the "-" at the end makes the next line part of this PROMPT: a statement there is printed, not run',
        ),
      );
    }
    return undefined;
  }

  private goOn(continued: Continued, text: string): Promise<void> | undefined {
    const line = text.trim();
    if (line.endsWith("-")) {
      continued.parts.push(withoutHyphen(line));
      return undefined;
    }
    continued.parts.push(line);
    this.continued = undefined;
    return this.command(continued.parts.join(" "), continued.at);
  }

  private async command(text: string, at: ScriptPlace): Promise<void> {
    if (text.length > longestCommand) {
      this.reading.problem(
        "error",
        "command-too-long",
        l10n.t(
          "a command of {0} characters is not carried out; SQL*Plus takes no more than a few thousand",
          text.length,
        ),
        { at },
      );
      return;
    }
    const lookups = new Lookups();
    // EXECUTE's block is substituted when it is sent, as every statement is.
    const raw = /^\s*exec(?:u|ut|ute)?\s/i.test(text);
    const line =
      raw || !hasReferences(text, this.session) ? text : await substitute(text, at, this.session, lookups);
    this.sayMissing(lookups);
    for (const part of this.parts(line)) {
      if (this.reading.ended) return;
      if (
        !(await this.commands.run({
          line: part,
          written: text.trim(),
          at,
          undefined: lookups.missing.size > 0,
        }))
      ) {
        this.unknown(part, at);
      }
    }
  }

  /** SET CMDSEP: several commands on one line. */
  private parts(line: string): string[] {
    const separator = this.session.settings.commandSeparator;
    if (separator === undefined || !line.includes(separator)) return [line];
    return line
      .split(separator)
      .map((part) => part.trim())
      .filter((part) => part !== "");
  }

  /** A line whose first word is a variable: what it is, its value says. */
  private async unknownYet(text: string, define: string): Promise<void> {
    const lookups = new Lookups();
    const line = await substitute(text, this.reading.place, this.session, lookups);
    this.sayMissing(lookups);
    if (lookups.missing.size > 0) return;
    if (line.trim().startsWith(define)) this.unknown(line.trim());
    else await this.between(line);
  }

  /** A comment between statements; what follows its end on the line is a line of its own. */
  private commentLine(line: string): Promise<void> | undefined {
    let from = 0;
    for (;;) {
      if (!this.comment) {
        this.comment = this.reading.place;
        from += 2;
        if (from < line.length && !/\s/.test(line.charAt(from))) this.sayBareComment();
      }
      const end = line.indexOf("*/", from);
      if (end < 0) return undefined;
      this.comment = undefined;
      from = end + 2;
      while (line.charAt(from) === " " || line.charAt(from) === "\t") from++;
      if (!line.startsWith("/*", from)) return this.between(line.slice(from));
    }
  }

  private sayBareComment(): void {
    this.reading.problem(
      "warning",
      "comment-without-blank",
      this.buffer
        ? l10n.t(
            'SQL*Plus takes "/*" for a comment only if a blank follows; it would read the "/" and run the statement before it again. Here it is a comment',
          )
        : l10n.t(
            'SQL*Plus takes "/*" for a comment only if a blank follows; it would read the "/" and complain that there is nothing to run. Here it is a comment',
          ),
    );
  }

  private sayBlankLine(statement: Statement): void {
    this.reading.problem(
      "error",
      "blank-line",
      l10n.t(
        "the blank line ends the statement that begins on line {0}: it is not run, and the lines after it are read as commands. SET SQLBLANKLINES ON allows blank lines",
        statement.start?.line ?? 0,
      ),
    );
  }

  private sayMissing(lookups: Lookups): void {
    for (const [name, at] of lookups.missing) {
      if (this.session.knownOnlyInRun(name)) {
        this.reading.problem(
          "information",
          "value-known-in-run",
          l10n.t("the value of {0} comes from the connection or a query: only a run knows it", name),
          { at },
        );
      } else {
        this.reading.problem(
          "error",
          "undefined-variable",
          l10n.t(
            'variable {0} is not defined: SQL*Plus would ask "{1}". Define it, pass it as an argument, or SET DEFINE OFF if the "{2}" is plain text',
            name,
            `Enter value for ${name}:`,
            this.session.settings.define ?? "&",
          ),
          { at },
        );
      }
    }
  }

  private unknown(line: string, at = this.reading.place): void {
    this.reading.problem(
      "error",
      "unknown-command",
      `SP2-0734: unknown command beginning "${shorten(line)}" - rest of line ignored`,
      { at },
    );
  }
}

function withoutHyphen(line: string): string {
  return line.slice(0, -1).trimEnd();
}

function shorten(line: string): string {
  return line.length > 10 ? `${line.slice(0, 10)}...` : line;
}
