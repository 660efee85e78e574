import * as l10n from "@vscode/l10n";
import { mask, Secret } from "../secret";
import { type Setting, unquoted } from "./settings";

interface Base {
  readonly dialect: "sqlplus";
  /** The line as written (continuation lines joined), passwords masked. */
  readonly text: string;
  readonly file: string;
  readonly line: number;
  readonly endLine: number;
}

/** What EXIT and WHENEVER ... EXIT end with: a word, a number, the last SQL error, or a variable (`:bind` with its colon). */
export type ExitStatus =
  "success" | "failure" | "warning" | "sql.sqlcode" | number | { readonly variable: string };

/** What a command is, its arguments with variables substituted. */
export type SqlplusAction =
  | { readonly name: "set"; readonly settings: readonly Setting[] }
  | { readonly name: "define"; readonly variable?: string; readonly value?: string }
  | { readonly name: "undefine"; readonly variables: readonly string[] }
  | ({ readonly name: "accept" } & Accept)
  | { readonly name: "prompt"; readonly message: string }
  | { readonly name: "pause"; readonly message: string }
  /** Without a mode the command only shows where output goes. */
  | {
      readonly name: "spool";
      readonly mode?: "replace" | "create" | "append" | "off" | "out";
      readonly target?: string;
    }
  | ({ readonly name: "whenever" } & Whenever)
  /** Without a transaction: what SET EXITCOMMIT says, COMMIT unless set otherwise. */
  | { readonly name: "exit"; readonly status: ExitStatus; readonly transaction?: "commit" | "rollback" }
  | ({ readonly name: "connect" } & SqlplusConnect)
  | { readonly name: "disconnect" }
  /** A bind variable. Without a type: show it, or all. */
  | { readonly name: "variable"; readonly variable?: string; readonly type?: string }
  /** Bind variables, without colons; none: all. */
  | { readonly name: "print"; readonly variables: readonly string[] }
  | {
      readonly name: "column";
      readonly column: string;
      readonly newValue?: string;
      readonly oldValue?: string;
      readonly arguments: string;
    }
  | {
      readonly name: "show" | "describe" | "list" | "layout" | "other";
      readonly command: string;
      readonly arguments: string;
    }
  | { readonly name: "include"; readonly written: string; readonly arguments: readonly string[] }
  /** Never carried out: what starts programs, writes files, or works on the database server itself. */
  | { readonly name: "refused"; readonly command: string; readonly refused: true };

export type SqlplusCommand = Base & SqlplusAction;

/** ACCEPT asks its user for a value. */
export interface Accept {
  readonly variable: string;
  readonly prompt: string;
  readonly default?: string;
  readonly hidden: boolean;
}

/** What happens after an error from now on. */
export interface Whenever {
  readonly event: "sqlerror" | "oserror";
  readonly action: "exit" | "continue";
  readonly status?: ExitStatus;
  /** With exit: commit unless said otherwise. With continue: none unless said otherwise. */
  readonly transaction: "commit" | "rollback" | "none";
}

export interface SqlplusConnect {
  readonly user?: string;
  readonly password?: Secret;
  /** What stands after `@`. */
  readonly identifier?: string;
  /** `sysdba`, `sysoper`... */
  readonly privilege?: string;
}

/** The words of a command line; quotes of either kind keep blanks together and are removed. */
export function argumentsOf(text: string): string[] {
  const words: string[] = [];
  let word: string | undefined;
  for (let at = 0; at < text.length; at++) {
    const letter = text.charAt(at);
    if (letter === "'" || letter === '"') {
      const close = text.indexOf(letter, at + 1);
      word = (word ?? "") + text.slice(at + 1, close < 0 ? undefined : close);
      if (close < 0) break;
      at = close;
      // A doubled quote is one quote.
      if (text.charAt(at + 1) === letter) word += letter;
    } else if (letter === " " || letter === "\t") {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else word = (word ?? "") + letter;
  }
  if (word !== undefined) words.push(word);
  return words;
}

/** DEFINE's arguments; a text says what is wrong with them. */
export function defineArguments(rest: string): { variable?: string; value?: string } | string {
  if (rest === "") return {};
  const match = /^([\p{L}\p{N}_$#]+)\s*(?:=\s*(.*))?$/su.exec(rest);
  if (!match) return l10n.t("it takes a name, or name = value");
  const [, variable = "", written] = match;
  if (written === undefined) return { variable };
  const value = unquoted(written);
  return {
    variable,
    value: value === written ? value : value.replaceAll(written.charAt(0).repeat(2), written.charAt(0)),
  };
}

/** ACCEPT's arguments; undefined when there is no name. */
export function acceptArguments(rest: string): Accept | undefined {
  const words = argumentsOf(rest);
  const variable = words[0];
  if (variable === undefined) return undefined;
  let prompt = `Enter value for ${variable.toLowerCase()}:`;
  let fallback: string | undefined;
  let hidden = false;
  for (let at = 1; at < words.length; at++) {
    const word = (words[at] ?? "").toLowerCase();
    if (/^for(?:m|ma|mat)?$/.test(word)) at++;
    else if (/^def(?:a|au|aul|ault)?$/.test(word)) fallback = words[++at] ?? "";
    else if (/^prompt$/.test(word)) prompt = words[++at] ?? "";
    else if (/^nopr(?:o|om|omp|ompt)?$/.test(word)) prompt = "";
    else if (word === "hide") hidden = true;
  }
  return { variable, prompt, hidden, ...(fallback !== undefined && { default: fallback }) };
}

/** SPOOL's arguments. The extension `.lst` is added where there is none. */
export function spoolArguments(rest: string): Extract<SqlplusAction, { name: "spool" }> {
  const words = argumentsOf(rest);
  const first = words[0];
  if (first === undefined) return { name: "spool" };
  if (/^(?:off|out)$/i.test(rest))
    return { name: "spool", mode: first.toLowerCase() === "off" ? "off" : "out" };
  const last = words.length > 1 ? (words[words.length - 1] ?? "").toLowerCase() : "";
  const modes = {
    cre: "create",
    create: "create",
    rep: "replace",
    replace: "replace",
    app: "append",
    append: "append",
  } as const;
  const mode = Object.hasOwn(modes, last) ? modes[last as keyof typeof modes] : undefined;
  const name = /^['"]/.test(rest) ? first : words.slice(0, mode ? -1 : undefined).join(" ");
  const target = /\.[^\\/.]*$/.test(name) ? name : `${name}.lst`;
  return { name: "spool", mode: mode ?? "replace", target };
}

/** The words after EXIT; undefined when they make no sense. */
export function exitArguments(
  rest: string,
): { status: ExitStatus; transaction?: "commit" | "rollback" } | undefined {
  const words = rest.split(/\s+/).filter((word) => word !== "");
  const last = words[words.length - 1]?.toLowerCase();
  const transaction = last === "commit" || last === "rollback" ? last : undefined;
  if (transaction) words.pop();
  if (words.length > 1) return undefined;
  return { status: exitStatus(words[0]), ...(transaction && { transaction }) };
}

function exitStatus(word: string | undefined): ExitStatus {
  if (word === undefined) return "success";
  const name = word.toLowerCase();
  if (name === "success" || name === "failure" || name === "warning" || name === "sql.sqlcode") return name;
  return /^-?\d+$/.test(word) ? Number(word) : { variable: word };
}

/** WHENEVER's arguments; undefined when they make no sense. */
export function wheneverArguments(rest: string): Whenever | undefined {
  const match = /^(sqlerror|oserror)\s+(exit|continue)\b\s*(.*)$/is.exec(rest);
  if (!match) return undefined;
  const event = match[1]?.toLowerCase() === "oserror" ? "oserror" : "sqlerror";
  const tail = match[3] ?? "";
  if (match[2]?.toLowerCase() === "exit") {
    const parsed = exitArguments(tail);
    return (
      parsed && { event, action: "exit", status: parsed.status, transaction: parsed.transaction ?? "commit" }
    );
  }
  const word = tail.trim().toLowerCase();
  if (word !== "" && word !== "none" && word !== "commit" && word !== "rollback") return undefined;
  return { event, action: "continue", transaction: word === "" ? "none" : word };
}

/** CONNECT's arguments: `user/password@identifier AS SYSDBA`, each part optional, each maybe in double quotes. */
export function connectArguments(rest: string): SqlplusConnect {
  const as = /\s+as\s+(\w+)\s*$/i.exec(rest) ?? /^as\s+(\w+)\s*$/i.exec(rest);
  const logon = (as ? rest.slice(0, as.index) : rest).trim();
  const match = /^("[^"]*"|[^/@]*)(?:\/("[^"]*"|[^@]*))?(?:@(.*))?$/s.exec(logon);
  const [, user = "", password, identifier] = match ?? ["", logon];
  return {
    ...(user !== "" && { user: unquoted(user.trim()) }),
    ...(password && { password: new Secret(unquoted(password.trim())) }),
    ...(identifier && { identifier: unquoted(identifier.trim()) }),
    ...(as?.[1] && { privilege: as[1].toLowerCase() }),
  };
}

/** A CONNECT line as written without its password. */
export function maskedConnect(line: string): string {
  return mask(line, connectArguments(line.replace(/^\s*\w+\s*/, "")).password);
}

/** COLUMN's name and the variables that it fills. */
export function columnArguments(rest: string): Extract<SqlplusAction, { name: "column" }> {
  const words = argumentsOf(rest);
  const after = (pattern: RegExp): string | undefined => {
    const at = words.findIndex((word, index) => index > 0 && pattern.test(word));
    return at < 0 ? undefined : words[at + 1];
  };
  const newValue = after(/^new_v(?:a|al|alu|alue)?$/i);
  const oldValue = after(/^old_v(?:a|al|alu|alue)?$/i);
  return {
    name: "column",
    column: words[0] ?? "",
    ...(newValue && { newValue }),
    ...(oldValue && { oldValue }),
    arguments: words.slice(1).join(" "),
  };
}
