import { expand } from "./words";

/** SET names, with the shortest form. SQL*Plus User's Guide and Reference, "SET System Variable Summary". */
const names: readonly (readonly [string, number])[] = [
  ["appinfo", 4],
  ["arraysize", 5],
  ["autocommit", 4],
  ["autoprint", 5],
  ["autorecovery", 12],
  ["autotrace", 5],
  ["blockterminator", 3],
  ["cmdsep", 4],
  ["colinvisible", 6],
  ["colsep", 6],
  ["concat", 3],
  ["copycommit", 5],
  ["copytypecheck", 13],
  ["define", 3],
  ["describe", 8],
  ["echo", 4],
  ["editfile", 5],
  ["embedded", 3],
  ["errorlogging", 6],
  ["escape", 3],
  ["escchar", 7],
  ["exitcommit", 5],
  ["feedback", 4],
  ["flagger", 7],
  ["flush", 3],
  ["heading", 3],
  ["headsep", 5],
  ["history", 4],
  ["instance", 8],
  ["linesize", 3],
  ["lobprefetch", 6],
  ["loboffset", 5],
  ["logsource", 9],
  ["long", 4],
  ["longchunksize", 5],
  ["markup", 4],
  ["maxdata", 7],
  ["newpage", 4],
  ["null", 4],
  ["numformat", 4],
  ["numwidth", 3],
  ["pagesize", 5],
  ["pause", 3],
  ["recsep", 6],
  ["recsepchar", 7],
  ["rowlimit", 4],
  ["rowprefetch", 4],
  ["scan", 4],
  ["securedcol", 10],
  ["serveroutput", 9],
  ["shiftinout", 5],
  ["showmode", 4],
  ["sqlblanklines", 5],
  ["sqlcase", 4],
  ["sqlcontinue", 5],
  ["sqlnumber", 4],
  ["sqlpluscompatibility", 13],
  ["sqlprefix", 6],
  ["sqlprompt", 4],
  ["sqlterminator", 4],
  ["statementcache", 10],
  ["suffix", 3],
  ["tab", 3],
  ["termout", 4],
  ["time", 2],
  ["timing", 4],
  ["trimout", 4],
  ["trimspool", 5],
  ["underline", 3],
  ["verify", 3],
  ["wrap", 3],
  ["xmloptimizationcheck", 6],
  ["xquery", 6],
];

/** One `SET name value`: the full name in lower case, the value as written, its quotes removed. */
export interface Setting {
  readonly name: string;
  readonly value: string;
}

/** What of the settings changes how a script is read. A character that is switched off is undefined. */
export interface ReadingSettings {
  define: string | undefined;
  escape: string | undefined;
  concat: string | undefined;
  sqlBlankLines: boolean;
  sqlTerminator: string | undefined;
  blockTerminator: string | undefined;
  commandSeparator: string | undefined;
  sqlPrefix: string;
  /** Added to script names without one, without the point. */
  suffix: string;
}

export function defaultSettings(): ReadingSettings {
  return {
    define: "&",
    escape: undefined,
    concat: ".",
    sqlBlankLines: false,
    sqlTerminator: ";",
    blockTerminator: ".",
    commandSeparator: undefined,
    sqlPrefix: "#",
    suffix: "sql",
  };
}

/** The settings of a SET line (several may stand on it), and the words that are none. */
export function settingsOn(rest: string): { settings: Setting[]; unknown: string[] } {
  const tokens = rest.match(/'[^']*'|"[^"]*"|[^\s]+/g) ?? [];
  const settings: Setting[] = [];
  const unknown: string[] = [];
  for (let at = 0; at < tokens.length;) {
    const word = (tokens[at++] ?? "").toLowerCase();
    const name = expand(word, names);
    if (name === undefined) {
      unknown.push(word);
      at++; // and its value
      continue;
    }
    const from = at;
    at += valueLength(name, tokens, at);
    settings.push({ name, value: tokens.slice(from, at).map(unquoted).join(" ") });
  }
  return { settings, unknown };
}

/** How many words the value takes. */
function valueLength(name: string, tokens: readonly string[], at: number): number {
  if (name === "markup" || name === "xquery" || name === "errorlogging" || name === "history") {
    return tokens.length - at;
  }
  if (name === "serveroutput") {
    let length = 1;
    while (/^(?:size|for(?:m|ma|mat)?)$/i.test(tokens[at + length] ?? "")) length += 2;
    return Math.min(length, tokens.length - at);
  }
  if (name === "autotrace" || name === "describe") {
    const more = /^(?:on|off|explain|expl|statistics|stat|traceonly|trace|depth|linenum|indent|all|\d+)$/i;
    let length = 1;
    while (more.test(tokens[at + length] ?? "")) length++;
    return Math.min(length, tokens.length - at);
  }
  return Math.min(1, tokens.length - at);
}

/** The text without the quotes around it. */
export function unquoted(text: string): string {
  const match = /^(['"])(.*)\1$/s.exec(text);
  return match ? (match[2] ?? "") : text;
}

/** Applies what a setting changes for reading; other names are the runner's. */
export function apply(settings: ReadingSettings, { name, value }: Setting): void {
  const character = (on: string): string | undefined => {
    const word = value.toLowerCase();
    if (word === "off") return undefined;
    return word === "on" || value === "" ? on : value.charAt(0);
  };
  switch (name) {
    case "define":
      settings.define = character("&");
      break;
    case "scan":
      settings.define = value.toLowerCase() === "off" ? undefined : (settings.define ?? "&");
      break;
    case "escape":
      settings.escape = character("\\");
      break;
    case "concat":
      settings.concat = character(".");
      break;
    case "sqlblanklines":
      settings.sqlBlankLines = value.toLowerCase() === "on";
      break;
    case "sqlterminator":
      settings.sqlTerminator = character(";");
      break;
    case "blockterminator":
      settings.blockTerminator = character(".");
      break;
    case "cmdsep":
      settings.commandSeparator = character(";");
      break;
    case "sqlprefix":
      settings.sqlPrefix = value.charAt(0) || "#";
      break;
    case "suffix":
      settings.suffix = value.replace(/^\./, "");
  }
}
