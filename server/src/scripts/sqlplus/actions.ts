import { dirname } from "node:path";
import * as l10n from "@vscode/l10n";
import type { ScriptPlace } from "../items";
import type { Reading } from "../reading";
import {
  acceptArguments,
  argumentsOf,
  columnArguments,
  connectArguments,
  defineArguments,
  exitArguments,
  maskedConnect,
  spoolArguments,
  type SqlplusAction,
  wheneverArguments,
} from "./commands";
import type { SqlplusSession } from "./session";
import { apply, settingsOn, unquoted } from "./settings";
import { firstWord } from "./words";

/** A command line with its variables substituted. */
export interface CommandLine {
  readonly line: string;
  /** As it stands in the script. */
  readonly written: string;
  readonly at: ScriptPlace;
  /** Some variable in it has no value. */
  readonly undefined: boolean;
}

/** What a command may do to the reader. */
export interface Effects {
  readonly execute: (block: string, at: ScriptPlace) => Promise<void> | undefined;
  /** Runs the SQL buffer. */
  readonly run: () => Promise<void> | undefined;
  readonly document: () => void;
  /** What is in the SQL buffer is not known any more. */
  readonly loseBuffer: () => void;
}

/** Commands that start programs, write files, or work on the database server itself. */
const refused = new Set([
  "host",
  "edit",
  "save",
  "store",
  "password",
  "startup",
  "shutdown",
  "recover",
  "xquery",
  "copy",
]);
/** Commands that change the SQL buffer line by line. */
const bufferEditing = new Set(["append", "change", "del", "input", "get"]);
const layout = new Set([
  "break",
  "btitle",
  "clear",
  "compute",
  "newpage",
  "repfooter",
  "repheader",
  "timing",
  "ttitle",
  "attribute",
]);

/** Carries out SQL*Plus commands as far as reading goes, and hands them on to whoever runs the script. */
export class CommandRunner {
  constructor(
    private readonly session: SqlplusSession,
    private readonly reading: Reading,
    private readonly effects: Effects,
  ) {}

  /** False when the line is no command. */
  async run(command: CommandLine): Promise<boolean> {
    const line = command.line.trim();
    if (line === "") return true;
    if (line.startsWith("@")) {
      if (!command.undefined) await this.include(line, command.at, false, command.written);
      return true;
    }
    if (/^[!$]/.test(line)) return this.refuse(command, line.charAt(0) === "!" ? "!" : "$");
    if (/^;\s*$/.test(line)) return this.act(command, { name: "list", command: ";", arguments: "" });
    const first = firstWord(line.startsWith(this.session.settings.sqlPrefix) ? line.slice(1).trim() : line);
    if (first.kind !== "command") return false;
    return this.named(first.name, first.rest.replace(/\s*;$/, ""), command);
  }

  private async named(name: string, rest: string, command: CommandLine): Promise<boolean> {
    if (refused.has(name)) return this.refuse(command, name.toUpperCase());
    if (bufferEditing.has(name)) return this.bufferEdit(command, name.toUpperCase());
    if (layout.has(name)) return this.act(command, { name: "layout", command: name, arguments: rest });
    switch (name) {
      case "set":
        return this.set(rest, command);
      case "define":
        return this.define(rest, command);
      case "undefine": {
        const variables = argumentsOf(rest);
        for (const variable of variables) this.session.remove(variable);
        return this.act(command, { name, variables });
      }
      case "accept":
        return this.accept(rest, command);
      case "prompt":
      case "pause":
        return this.act(command, { name, message: rest });
      case "spool":
        return this.act(command, spoolArguments(rest));
      case "whenever": {
        const parsed = wheneverArguments(rest);
        if (!parsed)
          return this.wrong(
            command,
            "WHENEVER",
            l10n.t("it takes SQLERROR or OSERROR, then EXIT or CONTINUE"),
          );
        return this.act(command, { name, ...parsed });
      }
      case "exit":
      case "quit": {
        const parsed = exitArguments(rest);
        if (!parsed)
          return this.wrong(
            command,
            name.toUpperCase(),
            l10n.t("it takes one status, then COMMIT or ROLLBACK"),
          );
        this.act(command, { name: "exit", ...parsed });
        this.reading.end("exit");
        return true;
      }
      case "connect":
        return this.act(
          { ...command, written: maskedConnect(command.written) },
          { name, ...connectArguments(rest) },
        );
      case "disconnect":
        return this.act(command, { name });
      case "variable": {
        const [variable, ...type] = rest.split(/\s+/).filter((word) => word !== "");
        return this.act(command, {
          name,
          ...(variable && { variable }),
          ...(type.length > 0 && { type: type.join(" ") }),
        });
      }
      case "print":
        return this.act(command, {
          name,
          variables: argumentsOf(rest).map((word) => word.replace(/^:/, "")),
        });
      case "column":
        return this.column(rest, command);
      case "execute":
        if (rest === "") return this.wrong(command, "EXECUTE", l10n.t("it needs a PL/SQL statement"));
        await this.effects.execute(rest, command.at);
        return true;
      case "start":
        if (!command.undefined) await this.include(`@${rest}`, command.at, false, command.written);
        return true;
      case "run":
        this.act(command, { name: "list", command: name, arguments: "" });
        await this.effects.run();
        return true;
      case "document":
        this.effects.document();
        return true;
      case "show":
      case "describe":
      case "list":
        return this.act(command, { name, command: name, arguments: rest });
      default:
        return this.act(command, { name: "other", command: name, arguments: rest });
    }
  }

  /** Reads `@file` or `@@file`, and sets its arguments as `&1`, `&2`... `optional`: false when there is no such file. */
  async include(line: string, at: ScriptPlace, optional: boolean, written = line): Promise<boolean> {
    const beside = line.startsWith("@@");
    const [name = "", ...values] = argumentsOf(line.slice(beside ? 2 : 1).replace(/\s*;$/, ""));
    if (name === "")
      return this.wrong(
        { line, written, at, undefined: false },
        "@",
        l10n.t("it needs the name of a script"),
      );
    const { suffix } = this.session.settings;
    const file = suffix === "" || /\.[^\\/.]*$/.test(name) ? name : `${name}.${suffix}`;
    const start = this.reading.startDirectory;
    const script = dirname(this.reading.stack.file);
    // `@@` looks beside the calling script, but `@@./x` and `@@../x` in the start directory. The other folder is
    // the runner's courtesy: a person starts SQL*Plus in the scripts' folder.
    const folders = beside && !/^\.{1,2}[\\/]/.test(name) ? [script, start] : [start, script];
    const announce = (): void =>
      void this.act(
        { line, written, at, undefined: false },
        {
          name: "include",
          written: name,
          arguments: values.map((value) => (this.session.holdsSecret(value) ? "***" : value)),
        },
      );
    const candidates = folders.map((folder) => ({ folder, name: file }));
    const included = await this.reading.include({
      written: file,
      candidates,
      trigger: "oserror",
      optional,
      announce,
    });
    // Arguments are set for the whole session, and stay after the script.
    if (included === "opened")
      values.forEach((value, index) => this.session.derive(String(index + 1), value));
    return included !== "missing";
  }

  private act(command: CommandLine, action: SqlplusAction): true {
    const { file, line } = command.at;
    const here = this.reading.place;
    const endLine = here.file === file ? Math.max(line, here.line) : line;
    this.reading.add({
      kind: "command",
      command: { dialect: "sqlplus", text: command.written, file, line, endLine, ...action },
    });
    return true;
  }

  private set(rest: string, command: CommandLine): true {
    const { settings, unknown } = settingsOn(rest);
    for (const setting of settings) apply(this.session.settings, setting);
    for (const word of unknown) {
      this.reading.problem(
        "warning",
        "unknown-setting",
        l10n.t("{0}; it is ignored", `SP2-0158: unknown SET option "${word}"`),
        { at: command.at },
      );
    }
    if (settings.length > 0) this.act(command, { name: "set", settings });
    return true;
  }

  private define(rest: string, command: CommandLine): true {
    const parsed = defineArguments(rest);
    if (typeof parsed === "string") return this.wrong(command, "DEFINE", parsed);
    const { variable, value } = parsed;
    if (variable === undefined || value === undefined)
      return this.act(command, { name: "define", ...parsed });
    this.session.derive(variable, value);
    const shown = this.session.isSecret(variable) ? "***" : value;
    return this.act(command, { name: "define", variable, value: shown });
  }

  private async accept(rest: string, command: CommandLine): Promise<boolean> {
    const parsed = acceptArguments(rest);
    if (!parsed) return this.wrong(command, "ACCEPT", l10n.t("it needs the name of a variable"));
    this.act(command, { name: "accept", ...parsed });
    const { variable, prompt, hidden } = parsed;
    const answer =
      (await this.session.ask?.({
        name: variable.toLowerCase(),
        prompt,
        hidden,
        place: command.at,
        ...(parsed.default !== undefined && { default: parsed.default }),
      })) ?? parsed.default;
    if (hidden) this.session.hide(variable);
    if (answer !== undefined) this.session.set(variable, answer);
    else {
      this.session.remove(variable);
      this.reading.problem(
        "error",
        "unanswered-question",
        l10n.t('the script asks for {0} ("{1}") and there is no answer', variable, prompt),
        { at: command.at },
      );
    }
    return true;
  }

  private column(rest: string, command: CommandLine): true {
    const action = columnArguments(rest);
    for (const variable of [action.newValue, action.oldValue]) {
      if (variable !== undefined) this.session.fromQueries.set(variable.toLowerCase(), command.at);
    }
    return this.act(command, action);
  }

  private refuse(command: CommandLine, what: string): true {
    this.act(command, { name: "refused", command: what.toLowerCase(), refused: true });
    this.reading.problem(
      "error",
      "refused-command",
      l10n.t(
        "{0} is not carried out: scripts may not start programs, write files beside SPOOL, or stop servers here",
        what,
      ),
      { at: command.at },
    );
    return true;
  }

  private bufferEdit(command: CommandLine, what: string): true {
    this.effects.loseBuffer();
    this.reading.problem(
      "error",
      "buffer-editing",
      l10n.t(
        '{0} edits the SQL buffer, which is not supported: a "/" after it runs nothing. Write the statement out',
        what,
      ),
      { at: command.at },
    );
    return true;
  }

  private wrong(command: CommandLine, what: string, why: string): true {
    this.reading.problem("error", "command-syntax", `${what}: ${unquoted(why)}`, { at: command.at });
    return true;
  }
}
