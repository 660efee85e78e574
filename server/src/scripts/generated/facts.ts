import type { Dialect } from "../items";
import { lineIndex } from "../text/lineIndex";
import { type Token, tokens } from "../tokens";
import { spoolsToArgument } from "./ownLog";

/** A value with the line it stands on. */
export interface At<Value> {
  readonly value: Value;
  readonly line: number;
}

/** What the statements of a generated script say, to be compared with its header. */
export interface StatementFacts {
  /** Variables and the literal they begin with, names without `v_` or `@`: `TargetTable`, `ZoneName`... */
  readonly variables: ReadonlyMap<string, At<string>>;
  /** Tables that rows are inserted into, as written, without quotes. */
  readonly inserts: readonly At<string>[];
  /** Names of database links and linked servers. */
  readonly links: readonly At<string>[];
  /** NOT EXISTS: rows that are in the target already are left out. */
  readonly notExists: boolean;
  /** MERGE, or an INSERT in a string that is executed: rows may come in where no INSERT is to be seen. */
  readonly otherRows: boolean;
  /** Line of a PL/SQL block after which no line holds the `/` that would run it. */
  readonly openBlock?: number | undefined;
  /** SPOOL to `&1`: the script takes the name of its log as an argument. */
  readonly spoolsToArgument: boolean;
  /** The first `&` that SQL*Plus would take for a variable, other than a `&1` of SPOOL. */
  readonly ampersand?: number;
}

/** The dialect that a script's own lines show; undefined when they show none. */
export function dialectOf(text: string): Dialect | undefined {
  if (
    /^[ \t]*(?:spool?|set[ \t]+(?:define|serveroutput|verify|feedback|scan)|exec|whenever|prompt)\b/im.test(
      text,
    )
  ) {
    return "sqlplus";
  }
  if (
    /^[ \t]*(?:go|:setvar|use)\b/im.test(text) ||
    /\bset[ \t]+nocount\b|\bdeclare[ \t]+@|\[dbo\]/i.test(text)
  ) {
    return "sqlcmd";
  }
  return /^[ \t]*\/[ \t]*$/m.test(text) || /\bvarchar2\b/i.test(text) ? "sqlplus" : undefined;
}

export function statementFacts(text: string, dialect: Dialect): StatementFacts {
  const variables = new Map<string, At<string>>();
  const inserts: At<string>[] = [];
  const links: At<string>[] = [];
  let notExists = false;
  let otherRows = false;
  let block: number | undefined;
  let linkNext = false;
  let candidate: string | undefined;
  let target: string[] | undefined;
  let name: string[] = [];
  let previous: Token | undefined;
  const lineOf = lineIndex(text);

  const endName = (at: number): void => {
    // server.database.schema.table: the first of four parts is a linked server.
    if (dialect === "sqlcmd" && name.length === 4 && name[0])
      links.push({ value: name[0], line: lineOf(at) });
    if (target && name.length > 0) {
      inserts.push({ value: name.join("."), line: lineOf(at) });
      target = undefined;
    }
    name = [];
  };

  for (const token of tokens(text, dialect)) {
    const joined = token.afterPoint || (previous?.kind === "mark" && previous.text === ".");
    const point = token.kind === "mark" && token.text === ".";
    if (!joined && !point) endName(previous?.at ?? 0);
    if (dialect === "sqlplus") {
      // A quoted link, T@"LINK", and a link behind a quoted name, "T"@LINK, are tokens of their own.
      const link = linkNext ? token.text : linkBehind(previous, token);
      linkNext = endsWithAt(token, text);
      if (link !== undefined && link !== "") {
        links.push({ value: link, line: lineOf(token.at) });
        previous = token;
        continue;
      }
      if (token.text === "DECLARE" || token.text === "BEGIN") block ??= token.at;
    }
    if (token.text === "MERGE" || (token.kind === "string" && /\binsert\s/i.test(token.text)))
      otherRows = true;
    if (token.kind === "word" || token.kind === "name") {
      const written = text.slice(token.at, token.at + token.text.length + (token.kind === "name" ? 2 : 0));
      const at = token.kind === "word" ? written.indexOf("@", 1) : -1;
      if (dialect === "sqlplus" && at > 0 && at < written.length - 1)
        links.push({ value: written.slice(at + 1), line: lineOf(token.at) });
      if (token.text === "INTO" && previous?.text === "INSERT") target = [];
      else if (token.text === "EXISTS" && previous?.text === "NOT") notExists = true;
      else if (token.kind === "name" || !/^(?:INSERT|INTO|SELECT|FROM|VALUES)$/.test(token.text)) {
        name.push(token.kind === "name" ? token.text : at > 0 ? written.slice(0, at) : written);
      }
      if (/^(?:v_|@)\w/i.test(written)) candidate = written.replace(/^(?:v_|@)/i, "");
    } else if (token.kind === "string" && candidate !== undefined) {
      if (previous?.text === "=" && !variables.has(candidate)) {
        variables.set(candidate, { value: token.text, line: lineOf(token.at) });
      }
      candidate = undefined;
    } else if (token.text === ";") candidate = undefined;
    previous = token;
  }
  endName(previous?.at ?? 0);
  const ampersand = dialect === "sqlplus" ? firstAmpersand(text) : undefined;
  const open = block !== undefined && !/^[ \t]*\/[ \t]*\r?$/m.test(text.slice(block));
  return {
    variables,
    inserts,
    links,
    notExists,
    otherRows,
    spoolsToArgument: dialect === "sqlplus" && spoolsToArgument(text),
    ...(open && { openBlock: lineOf(block ?? 0) }),
    ...(ampersand !== undefined && { ampersand }),
  };
}

/** The link of a word that begins with `@`, right behind a quoted name. */
function linkBehind(previous: Token | undefined, { kind, text, at }: Token): string | undefined {
  const behind = previous?.kind === "name" && previous.at + previous.text.length + 2 === at;
  return behind && kind === "word" && text.startsWith("@") ? text.slice(1) : undefined;
}

/** `T@` or `@` with a quotation mark right behind it. */
function endsWithAt({ kind, text, at }: Token, all: string): boolean {
  return kind === "word" && text.endsWith("@") && all.charAt(at + text.length) === '"';
}

/** Line of the first `&` that is live: DEFINE is not off there. */
function firstAmpersand(text: string): number | undefined {
  let on = true;
  for (const [index, line] of text.split("\n").entries()) {
    const set = /^\s*set\s+(?:def(?:i|in|ine)?|scan)\s+(\S+)/i.exec(line);
    if (set) on = !/^off\b/i.test(set[1] ?? "");
    else if (on && line.includes("&") && !/^\s*spo/i.test(line)) return index + 1;
  }
  return undefined;
}
