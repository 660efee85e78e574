import * as l10n from "@vscode/l10n";
import { mask, Secret } from "../secret";

interface Base {
  readonly dialect: "sqlcmd";
  /** The line as written, passwords masked. */
  readonly text: string;
  readonly file: string;
  readonly line: number;
  readonly endLine: number;
}

/** Where `:connect` goes. */
export interface SqlcmdConnect {
  readonly server: string;
  /** Without a user: Windows login. */
  readonly user?: string;
  readonly password?: Secret;
  readonly database?: string;
  /** Seconds. */
  readonly loginTimeout?: number;
  /** `-N`: `s` strict, `m` mandatory, `o` optional. */
  readonly encryption?: "strict" | "mandatory" | "optional";
  readonly hostNameInCertificate?: string;
}

/** What a command is, its arguments with variables substituted. */
export type SqlcmdAction =
  | { readonly name: "setvar"; readonly variable: string; readonly value?: string }
  | { readonly name: "on-error"; readonly action: "exit" | "ignore" }
  | ({ readonly name: "connect" } & SqlcmdConnect)
  | { readonly name: "out" | "error" | "perftrace"; readonly target: string }
  /** Ends the run. `query` is what was in the brackets; the batch before it, if any, came as an item. */
  | { readonly name: "exit"; readonly query?: string }
  | { readonly name: "quit" }
  /** `droppedLines`: how many lines were waiting for their GO. */
  | { readonly name: "reset"; readonly droppedLines: number }
  | { readonly name: "xml"; readonly on: boolean }
  | { readonly name: "include"; readonly written: string }
  | { readonly name: "list"; readonly buffer: string }
  | { readonly name: "listvar" | "help" | "serverlist" }
  /** Never carried out: `!!` and `ED`. */
  | { readonly name: "shell" | "edit"; readonly refused: true };

export type SqlcmdCommand = Base & SqlcmdAction;

/** A line that is a command, before variables are substituted. */
export interface SqlcmdLine {
  readonly word: "go" | SqlcmdAction["name"];
  /** What follows the word, without its comment. */
  readonly rest: string;
  readonly colon: boolean;
}

const words: Readonly<Record<string, SqlcmdAction["name"]>> = {
  r: "include",
  setvar: "setvar",
  listvar: "listvar",
  connect: "connect",
  out: "out",
  error: "error",
  perftrace: "perftrace",
  exit: "exit",
  quit: "quit",
  reset: "reset",
  list: "list",
  ed: "edit",
  xml: "xml",
  help: "help",
  serverlist: "serverlist",
};

/** The words that are commands without a colon too (osql heritage). */
const withoutColon = new Set(["exit", "quit", "reset", "ed"]);

/** The command on a line that begins in plain text, or undefined when the line is T-SQL. */
export function commandOn(text: string, terminator: string, colonless: boolean): SqlcmdLine | undefined {
  const line = text.trim();
  const go = terminatorOn(line, terminator);
  if (go !== undefined) return { word: "go", rest: go, colon: false };
  const colon = line.startsWith(":");
  if (!colon && !colonless) return undefined;
  const body = colon ? line.slice(1) : line;
  if (body.startsWith("!!")) return { word: "shell", rest: body.slice(2), colon };
  const onError = /^on[ \t]+error(?:[ \t]+(.*))?$/i.exec(body);
  if (onError) return { word: "on-error", rest: withoutComment(onError[1] ?? ""), colon };
  const match = /^([a-z]+)(?:[ \t]+(.*)|(\(.*))?$/i.exec(body);
  const word = match?.[1]?.toLowerCase() ?? "";
  if (!match || !Object.hasOwn(words, word) || (!colon && !withoutColon.has(word))) return undefined;
  if (match[3] !== undefined && word !== "exit") return undefined;
  const rest = withoutComment(match[2] ?? match[3] ?? "");
  return { word: words[word] ?? "help", rest, colon };
}

/** What follows GO on its line; undefined when the line is no GO. `GO;` and `GO5` are none, `GO--c` is one. */
function terminatorOn(line: string, terminator: string): string | undefined {
  if (line.slice(0, terminator.length).toUpperCase() !== terminator.toUpperCase()) return undefined;
  const rest = line.slice(terminator.length);
  return rest === "" || /^(?:[ \t]|--)/.test(rest) ? withoutComment(rest) : undefined;
}

/** Whether a line of T-SQL looks as if its author took it for a GO. */
export function looksLikeGo(text: string, terminator: string): "semicolon" | "after text" | undefined {
  // Every line of text comes here: a look at the last character spares nearly all of them the rest.
  const last = text.charAt(text.length - 1);
  if (last !== ";" && last > " " && last.toLowerCase() !== terminator.slice(-1).toLowerCase())
    return undefined;
  const line = text.trimEnd();
  const word = terminator.toUpperCase();
  const upper = line.slice(-(terminator.length + 1)).toUpperCase();
  if (upper === `${word};`) return line.trimStart().length === upper.length ? "semicolon" : undefined;
  if (!upper.endsWith(word)) return undefined;
  return /[\s/)]/.test(upper[0] ?? "") ? "after text" : undefined;
}

/** The text up to a `--` that follows a blank and stands outside double quotes. */
function withoutComment(text: string): string {
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const code = text[at];
    if (code === '"') quoted = !quoted;
    else if (
      !quoted &&
      code === "-" &&
      text[at + 1] === "-" &&
      (at === 0 || /[ \t]/.test(text[at - 1] ?? ""))
    ) {
      return text.slice(0, at).trim();
    }
  }
  return text.trim();
}

/** `:setvar`'s arguments; a text says what is wrong with them. */
export function setvarArguments(rest: string): { variable: string; value?: string } | string {
  const match = /^(\S+)(?:[ \t]+(.*))?$/.exec(rest);
  if (!match) return l10n.t("it needs the name of a variable");
  const variable = match[1] ?? "";
  if (!/^[\p{L}_][\p{L}\p{N}_-]*$/u.test(variable)) return l10n.t('"{0}" is not a variable name', variable);
  const written = match[2]?.trim() ?? "";
  if (written === "") return { variable };
  const value = unquote(written);
  if (value === undefined)
    return l10n.t("a value with blanks or quotes needs double quotes around it, quotes inside doubled");
  return { variable, value };
}

/** The value of `"a ""b"""` or of a word without blanks and quotes; undefined when it is neither. */
function unquote(text: string): string | undefined {
  const match = /^"((?:[^"]|"")*)"$/.exec(text);
  if (match) return (match[1] ?? "").replaceAll('""', '"');
  return /[\s"]/.test(text) ? undefined : text;
}

/** A file name, with the double quotes around it removed. */
export function fileName(rest: string): string {
  const match = /^"(.*)"$/.exec(rest);
  return match ? (match[1] ?? "") : rest;
}

/** `:connect`'s arguments; a text says what is wrong with them. */
export function connectArguments(rest: string): SqlcmdConnect | string {
  const tokens = (rest.match(/"[^"]*"|\S+/g) ?? []).map(fileName);
  const facts: { -readonly [Key in keyof SqlcmdConnect]: SqlcmdConnect[Key] } = { server: "" };
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at] ?? "";
    const option = /^-([lUPNFD])(.*)$/.exec(token);
    if (!option) {
      if (token.startsWith("-")) return l10n.t("the option {0} is not one of :connect", token.slice(0, 2));
      if (facts.server !== "") return l10n.t("it takes one server");
      facts.server = token;
      continue;
    }
    const [, letter, attached = ""] = option;
    const wrong = connectOption(
      facts,
      letter ?? "",
      letter === "N" || attached !== "" ? attached : tokens[++at],
    );
    if (wrong !== undefined) return wrong;
  }
  return facts.server === "" ? l10n.t("it needs a server") : facts;
}

function connectOption(
  facts: { -readonly [Key in keyof SqlcmdConnect]: SqlcmdConnect[Key] },
  letter: string,
  value: string | undefined,
): string | undefined {
  if (value === undefined) return l10n.t("-{0} needs a value", letter);
  switch (letter) {
    case "l":
      if (!/^\d+$/.test(value)) return l10n.t("-l needs a number of seconds");
      facts.loginTimeout = Number(value);
      return undefined;
    case "U":
      facts.user = value;
      return undefined;
    case "P":
      facts.password = new Secret(value);
      return undefined;
    case "D":
      facts.database = value;
      return undefined;
    case "F":
      facts.hostNameInCertificate = value;
      return undefined;
    default: {
      const encryption = { "": "mandatory", s: "strict", m: "mandatory", o: "optional" } as const;
      if (!Object.hasOwn(encryption, value)) return l10n.t("-N takes s, m or o");
      facts.encryption = encryption[value as keyof typeof encryption];
      return undefined;
    }
  }
}

/** The line of a `:connect` without its password, before variables are substituted. */
export function maskedConnect(line: string): string {
  const parsed = connectArguments(line.replace(/^\s*:\S+\s*/, ""));
  return typeof parsed === "string"
    ? line.replace(/(-P\s*)("[^"]*"|\S+)/, "$1***")
    : mask(line, parsed.password);
}
