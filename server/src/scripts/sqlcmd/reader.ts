import { dirname } from "node:path";
import * as l10n from "@vscode/l10n";
import type { ScriptPlace } from "../items";
import type { LineReader } from "../read";
import type { Reading } from "../reading";
import type { ScriptCode } from "../rules";
import { Lookups } from "../text/lookups";
import {
  commandOn,
  connectArguments,
  fileName,
  looksLikeGo,
  maskedConnect,
  setvarArguments,
  type SqlcmdAction,
  type SqlcmdLine,
} from "./commands";
import { referencesIn, SqlcmdScanner } from "./scanner";
import type { SqlcmdSession } from "./session";
import { StatementCache, substitute } from "./substitution";

const largestCount = 2147483647;

/**
 * sqlcmd's reading loop: a line is a command, acted on at once, or text of the batch that GO sends. Rules: sqlcmd
 * utility reference ("sqlcmd commands", "Use sqlcmd with scripting variables") and the open go-sqlcmd. Where sqlcmd
 * does something that its user cannot have meant, it is done all the same, with a warning.
 */
export class SqlcmdReader implements LineReader {
  private cache = new StatementCache();
  private readonly scanner = new SqlcmdScanner();
  /** Where the string, name or comment began that is open. */
  private opened: ScriptPlace | undefined;
  /** The first GO inside what is open. */
  private swallowedGo: ScriptPlace | undefined;
  /** The GO whose count was wrong, while nothing has followed it. */
  private rejectedGo: ScriptPlace | undefined;
  private readonly firstLetters: ReadonlySet<string>;

  constructor(
    private readonly session: SqlcmdSession,
    private readonly reading: Reading,
  ) {
    const first = session.terminator.charAt(0);
    this.firstLetters = new Set([...":!eqroEQRO", first.toLowerCase(), first.toUpperCase()]);
  }

  line(text: string): Promise<void> | undefined {
    if (this.scanner.normal && this.firstLetters.has(firstLetter(text))) {
      const command = commandOn(text, this.session.terminator, this.session.colonlessCommands);
      if (command) return this.command(command, text);
      this.checkUnknown(text);
    }
    this.text(text);
    return undefined;
  }

  endOfFile(included: boolean): undefined {
    // The rest of an included file stays in the cache and is joined with what follows the include.
    if (included) return;
    if (!this.scanner.normal) this.unclosed();
    else if (this.rejectedGo && !this.cache.buffer.blank) {
      this.error(
        "batch-not-sent",
        l10n.t(
          "the batch is not sent: the {0} on line {1} was rejected, and nothing follows it",
          this.session.terminator,
          this.rejectedGo.line,
        ),
      );
    } else this.send(1);
    this.clear();
  }

  private text(text: string): void {
    const { scanner, reading } = this;
    const began = scanner.normal;
    const malformed = scanner.scan(text, this.session.substitution);
    if (malformed >= 0) {
      this.malformed(text.slice(malformed, malformed + 20));
      return;
    }
    this.cache.add(text, reading.stack.file, reading.stack.line, scanner.references);
    if (this.rejectedGo && text.trim() !== "") this.rejectedGo = undefined;
    if (scanner.normal) {
      this.opened = undefined;
      this.swallowedGo = undefined;
      this.checkGo(text);
    } else if (began) this.opened = reading.place;
    else if (commandOn(text, this.session.terminator, false)?.word === "go")
      this.swallowedGo ??= reading.place;
    reading.checkSize(this.cache.buffer);
  }

  /** Hands out the cache as a batch; a cache of blank lines is nothing. */
  private send(count: number, query?: string): void {
    if (query !== undefined) {
      const scanner = new SqlcmdScanner();
      if (scanner.scan(query, this.session.substitution) >= 0) {
        this.error(
          "malformed-reference",
          l10n.t("the query of EXIT has a $( that is no variable reference; it is not run"),
        );
        return;
      }
      this.cache.add(query, this.reading.stack.file, this.reading.stack.line, scanner.references);
    }
    const { buffer } = this.cache;
    if (!buffer.blank) {
      const lookups = new Lookups();
      const text = this.cache.substituted(this.session, lookups);
      for (const [name, at] of lookups.missing) this.undefinedVariable(name, at);
      this.reading.batch(text, {
        type: "batch",
        count,
        runBy: this.reading.place,
        undefined: [...lookups.missing.keys()],
        secrets: [...lookups.secrets],
        givesExitCode: query !== undefined,
        ...(text !== buffer && { original: buffer.lines.join("\n") }),
      });
    }
    this.clear();
  }

  private clear(): void {
    this.cache = new StatementCache();
    this.scanner.reset();
    this.opened = undefined;
    this.swallowedGo = undefined;
    this.rejectedGo = undefined;
  }

  private command(line: SqlcmdLine, text: string): Promise<void> | undefined {
    const { word, rest } = line;
    if (word === "go") {
      this.go(rest);
      return undefined;
    }
    if (word === "reset" && !line.colon) this.checkReset(text);
    switch (word) {
      case "include":
        return this.include(rest, text);
      case "setvar":
        this.setvar(rest, text);
        break;
      case "on-error": {
        const action = rest.toLowerCase();
        if (action === "exit" || action === "ignore") this.act(text, { name: word, action });
        else this.wrong("ON ERROR", l10n.t("it takes exit or ignore"));
        break;
      }
      case "connect":
        this.connect(rest, text);
        break;
      case "out":
      case "error":
      case "perftrace": {
        const target = this.argument(rest);
        if (target === "") this.wrong(word.toUpperCase(), l10n.t("it needs stdout, stderr or a file"));
        else if (target !== undefined) this.act(text, { name: word, target: fileName(target) });
        break;
      }
      case "exit":
        this.exit(rest, text);
        break;
      case "quit":
        if (rest !== "") this.wrong("QUIT", l10n.t("nothing may follow it"));
        else {
          this.dropped("QUIT");
          this.act(text, { name: "quit" });
          this.reading.end("exit");
        }
        break;
      case "reset":
        this.act(text, { name: word, droppedLines: this.cache.buffer.lines.length });
        this.clear();
        break;
      case "xml":
        if (/^(on|off)$/i.test(rest)) this.act(text, { name: word, on: rest.toLowerCase() === "on" });
        else this.wrong("XML", l10n.t("it takes on or off"));
        break;
      case "list":
        this.act(text, { name: word, buffer: this.cache.buffer.lines.join("\n") });
        break;
      case "listvar":
      case "help":
      case "serverlist":
        this.act(text, { name: word });
        break;
      case "shell":
      case "edit":
        this.act(text, { name: word, refused: true });
        this.error(
          "refused-command",
          l10n.t('"{0}" is not carried out: scripts may not start programs here', text.trim()),
        );
    }
    return undefined;
  }

  private act(text: string, action: SqlcmdAction): void {
    const { file, line } = this.reading.place;
    this.reading.add({
      kind: "command",
      command: { dialect: "sqlcmd", text: text.trim(), file, line, endLine: line, ...action },
    });
  }

  private go(rest: string): void {
    const reject = (why: string): void => {
      this.wrong(
        this.session.terminator,
        l10n.t("{0}. The batch is not sent; what follows is joined to it", why),
      );
      this.rejectedGo = this.reading.place;
    };
    const argument = this.argument(rest);
    if (argument === undefined) {
      this.rejectedGo = this.reading.place;
      return;
    }
    if (argument === "") return this.send(1);
    if (argument.startsWith(";")) return reject(l10n.t("no semicolon after it"));
    const count = /^\d{1,10}$/.test(argument) ? Number(argument) : 0;
    if (count < 1 || count > largestCount)
      return reject(l10n.t('"{0}" is not a count from 1 to {1}', argument, largestCount));
    this.send(count);
  }

  private setvar(rest: string, text: string): void {
    const parsed = setvarArguments(rest);
    if (typeof parsed === "string") return this.wrong(":SETVAR", parsed);
    const { variable, value } = parsed;
    if (this.session.isReadOnly(variable))
      return this.wrong(":SETVAR", l10n.t("{0} cannot be set by a script", variable));
    if (value !== undefined) this.session.set(variable, value);
    else if (!this.session.remove(variable)) return this.undefinedVariable(variable, this.reading.place);
    this.act(text, { name: "setvar", variable, ...(value !== undefined && { value }) });
  }

  private connect(rest: string, text: string): void {
    const argument = this.argument(rest);
    if (argument === undefined) return;
    const parsed = connectArguments(argument);
    if (typeof parsed === "string") return this.wrong(":CONNECT", parsed);
    const { buffer } = this.cache;
    if (!buffer.blank) {
      this.reading.problem(
        "warning",
        "connect-in-batch",
        l10n.t(
          "the batch that begins on line {0} runs on {1}: :connect does not end a batch. Put {2} before it if that is not meant",
          buffer.start?.line ?? 0,
          parsed.server,
          this.session.terminator,
        ),
      );
    }
    this.session.set("SQLCMDSERVER", parsed.server);
    this.session.set("SQLCMDUSER", parsed.user ?? "");
    this.act(maskedConnect(text), { name: "connect", ...parsed });
  }

  private exit(rest: string, text: string): void {
    const query = rest.slice(1, -1).trim();
    if (rest === "") this.dropped("EXIT");
    else if (rest.startsWith("(") && rest.endsWith(")")) this.send(1, query || undefined);
    else return this.wrong("EXIT", l10n.t("it takes nothing, (), or a query in brackets on the same line"));
    this.act(text, { name: "exit", ...(query !== "" && { query }) });
    this.reading.end("exit");
  }

  private include(rest: string, text: string): Promise<void> | undefined {
    const argument = this.argument(rest);
    if (argument === undefined) return undefined;
    const written = fileName(argument);
    if (written === "") {
      this.wrong(":R", l10n.t("it needs a file"));
      return undefined;
    }
    const announce = (): void => this.act(text, { name: "include", written });
    const folders = [dirname(this.reading.stack.file), this.reading.startDirectory];
    const candidates = folders.map((folder) => ({ folder, name: written }));
    return this.reading.include({ written, candidates, trigger: "error", announce }).then(() => undefined);
  }

  /** A command's arguments with variables substituted; undefined when that failed, and has been said. */
  private argument(rest: string): string | undefined {
    if (!this.session.substitution) return rest;
    const references = referencesIn(rest);
    if (references === undefined) {
      this.error(
        "malformed-reference",
        l10n.t('Syntax error: "{0}" has a $( that is no variable reference', rest),
      );
      return undefined;
    }
    const lookups = new Lookups();
    const text = substitute(rest, references, this.reading.place, this.session, lookups);
    for (const [name, at] of lookups.missing) this.undefinedVariable(name, at);
    return lookups.missing.size > 0 ? undefined : text;
  }

  private error(code: ScriptCode, message: string): void {
    this.reading.problem("error", code, message, { trigger: "error" });
  }

  private wrong(command: string, why: string): void {
    this.error(
      "command-syntax",
      `Syntax error at line ${this.reading.place.line} near command '${command}': ${why}`,
    );
  }

  private undefinedVariable(name: string, at: ScriptPlace): void {
    this.reading.problem(
      "error",
      "undefined-variable",
      l10n.t(
        "{0} Give it a value with -v {1}=... or :setvar",
        `'${name}' scripting variable not defined.`,
        name,
      ),
      { at, trigger: "error" },
    );
  }

  /** The open sqlcmd throws away the batch so far, and goes on. */
  private malformed(found: string): void {
    const lines = this.cache.buffer.lines.length;
    const error = `Syntax error at line ${this.reading.place.line}`;
    this.error(
      "malformed-reference",
      lines > 0
        ? l10n.t(
            '{0}: "{1}" is not a variable reference like $(name). The line and the {2} lines of the batch before it are dropped, as sqlcmd does; switch substitution off if it is plain text',
            error,
            found,
            lines,
          )
        : l10n.t(
            '{0}: "{1}" is not a variable reference like $(name). The line is dropped, as sqlcmd does; switch substitution off if it is plain text',
            error,
            found,
          ),
    );
    this.clear();
  }

  private unclosed(): void {
    const { opened, swallowedGo } = this;
    const from = opened?.line ?? 0;
    this.reading.problem(
      "error",
      "unclosed",
      swallowedGo
        ? l10n.t(
            "the {0} that begins on line {1} is never closed; the {2} on line {3} is inside it. The batch is not sent",
            this.scanner.open,
            from,
            this.session.terminator,
            swallowedGo.line,
          )
        : l10n.t(
            "the {0} that begins on line {1} is never closed. The batch is not sent",
            this.scanner.open,
            from,
          ),
      { trigger: "error", ...(opened && { at: opened }) },
    );
  }

  /** A GO that its author may have meant, on a line that is text. */
  private checkGo(text: string): void {
    const { terminator } = this.session;
    const kind = this.scanner.sawLineComment ? undefined : looksLikeGo(text, terminator);
    if (kind === "semicolon") {
      this.error(
        "go-semicolon",
        l10n.t(
          "line {0}: no semicolon after {1}: this does not end the batch, the line is sent as part of it",
          this.reading.place.line,
          terminator,
        ),
      );
    } else if (kind === "after text") {
      this.reading.problem(
        "warning",
        "go-not-alone",
        this.scanner.sawComment
          ? l10n.t(
              "this {0} does not end the batch: a comment stands before it (Management Studio accepts that, sqlcmd does not)",
              terminator,
            )
          : l10n.t("this {0} does not end the batch: it is not alone on its line", terminator),
      );
    }
  }

  private checkUnknown(text: string): void {
    const match = /^\s*(:[a-z]\w*)/i.exec(text);
    if (!match) return;
    this.reading.problem(
      "warning",
      "unknown-command",
      l10n.t("{0} is not a sqlcmd command; the line is sent to the server as text", match[1] ?? ""),
    );
  }

  private checkReset(text: string): void {
    const lines = this.cache.buffer.blank ? 0 : this.cache.buffer.lines.length;
    if (lines === 0) return;
    this.reading.problem(
      "warning",
      "colonless-command",
      l10n.t(
        '"{0}" is a sqlcmd command even without a colon: {1} lines of the batch are dropped',
        text.trim(),
        lines,
      ),
    );
  }

  /** EXIT and QUIT end the run without the batch that waits for its GO. */
  private dropped(word: string): void {
    const { buffer } = this.cache;
    if (buffer.blank) return;
    this.reading.problem(
      "warning",
      "batch-not-sent",
      l10n.t(
        "{0} ends the run here (a command even without a colon): the {1} lines of the batch that begins on line {2} are not run",
        word,
        buffer.lines.length,
        buffer.start?.line ?? 0,
      ),
    );
  }
}

function firstLetter(text: string): string {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code !== 32 && code !== 9) return text.charAt(at);
  }
  return "";
}
