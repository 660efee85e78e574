import { dirname } from "node:path";
import type { ScriptPlace } from "../items";
import type { LineReader } from "../read";
import type { Reading } from "../reading";
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
        `the batch is not sent: the ${this.session.terminator} on line ${this.rejectedGo.line} was rejected, and nothing follows it`,
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
          "the query of EXIT has a $( that is no variable reference; it is not run",
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
        else this.wrong("ON ERROR", "it takes exit or ignore");
        break;
      }
      case "connect":
        this.connect(rest, text);
        break;
      case "out":
      case "error":
      case "perftrace": {
        const target = this.argument(rest);
        if (target === "") this.wrong(word.toUpperCase(), "it needs stdout, stderr or a file");
        else if (target !== undefined) this.act(text, { name: word, target: fileName(target) });
        break;
      }
      case "exit":
        this.exit(rest, text);
        break;
      case "quit":
        if (rest !== "") this.wrong("QUIT", "nothing may follow it");
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
        else this.wrong("XML", "it takes on or off");
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
          `"${text.trim()}" is not carried out: scripts may not start programs here`,
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
      this.wrong(this.session.terminator, `${why}. The batch is not sent; what follows is joined to it`);
      this.rejectedGo = this.reading.place;
    };
    const argument = this.argument(rest);
    if (argument === undefined) {
      this.rejectedGo = this.reading.place;
      return;
    }
    if (argument === "") return this.send(1);
    if (argument.startsWith(";")) return reject("no semicolon after it");
    const count = /^\d{1,10}$/.test(argument) ? Number(argument) : 0;
    if (count < 1 || count > largestCount)
      return reject(`"${argument}" is not a count from 1 to ${largestCount}`);
    this.send(count);
  }

  private setvar(rest: string, text: string): void {
    const parsed = setvarArguments(rest);
    if (typeof parsed === "string") return this.wrong(":SETVAR", parsed);
    const { variable, value } = parsed;
    if (this.session.isReadOnly(variable))
      return this.wrong(":SETVAR", `${variable} cannot be set by a script`);
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
        `the batch that begins on line ${buffer.start?.line ?? 0} runs on ${parsed.server}: :connect does not end a batch. Put ${this.session.terminator} before it if that is not meant`,
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
    else return this.wrong("EXIT", "it takes nothing, (), or a query in brackets on the same line");
    this.act(text, { name: "exit", ...(query !== "" && { query }) });
    this.reading.end("exit");
  }

  private include(rest: string, text: string): Promise<void> | undefined {
    const argument = this.argument(rest);
    if (argument === undefined) return undefined;
    const written = fileName(argument);
    if (written === "") {
      this.wrong(":R", "it needs a file");
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
      this.error("malformed-reference", `Syntax error: "${rest}" has a $( that is no variable reference`);
      return undefined;
    }
    const lookups = new Lookups();
    const text = substitute(rest, references, this.reading.place, this.session, lookups);
    for (const [name, at] of lookups.missing) this.undefinedVariable(name, at);
    return lookups.missing.size > 0 ? undefined : text;
  }

  private error(code: string, message: string): void {
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
      `'${name}' scripting variable not defined. Give it a value with -v ${name}=... or :setvar`,
      { at, trigger: "error" },
    );
  }

  /** The open sqlcmd throws away the batch so far, and goes on. */
  private malformed(found: string): void {
    const lines = this.cache.buffer.lines.length;
    this.error(
      "malformed-reference",
      `Syntax error at line ${this.reading.place.line}: "${found}" is not a variable reference like $(name). ` +
        `The line${lines > 0 ? ` and the ${lines} lines of the batch before it are` : " is"} dropped, as sqlcmd does; switch substitution off if it is plain text`,
    );
    this.clear();
  }

  private unclosed(): void {
    const { opened, swallowedGo } = this;
    const go = swallowedGo ? `; the ${this.session.terminator} on line ${swallowedGo.line} is inside it` : "";
    this.reading.problem(
      "error",
      "unclosed",
      `the ${this.scanner.open} that begins on line ${opened?.line ?? 0} is never closed${go}. The batch is not sent`,
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
        `line ${this.reading.place.line}: no semicolon after ${terminator}: this does not end the batch, the line is sent as part of it`,
      );
    } else if (kind === "after text") {
      const why = this.scanner.sawComment
        ? "a comment stands before it (Management Studio accepts that, sqlcmd does not)"
        : "it is not alone on its line";
      this.reading.problem("warning", "go-not-alone", `this ${terminator} does not end the batch: ${why}`);
    }
  }

  private checkUnknown(text: string): void {
    const match = /^\s*(:[a-z]\w*)/i.exec(text);
    if (!match) return;
    this.reading.problem(
      "warning",
      "unknown-command",
      `${match[1]} is not a sqlcmd command; the line is sent to the server as text`,
    );
  }

  private checkReset(text: string): void {
    const lines = this.cache.buffer.blank ? 0 : this.cache.buffer.lines.length;
    if (lines === 0) return;
    this.reading.problem(
      "warning",
      "colonless-command",
      `"${text.trim()}" is a sqlcmd command even without a colon: ${lines} lines of the batch are dropped`,
    );
  }

  /** EXIT and QUIT end the run without the batch that waits for its GO. */
  private dropped(word: string): void {
    const { buffer } = this.cache;
    if (buffer.blank) return;
    this.reading.problem(
      "warning",
      "batch-not-sent",
      `${word} ends the run here (a command even without a colon): the ${buffer.lines.length} lines of the batch that begins on line ${buffer.start?.line ?? 0} are not run`,
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
