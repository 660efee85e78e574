import type { ScriptPlace } from "../items";
import type { TextBuffer } from "../text/buffer";
import type { Lookups } from "../text/lookups";
import type { SqlplusSession } from "./session";

const namePattern = /[ \t]*([\p{L}\p{N}_$#]+)/uy;

/** Whether a text has anything to substitute as the settings are now. */
export function hasReferences(text: string, session: SqlplusSession): boolean {
  const { define } = session.settings;
  return define !== undefined && text.includes(define);
}

/**
 * Replaces `&name` and `&&name` everywhere in a line: SQL*Plus knows neither strings nor comments. A name without
 * a value is asked for, `&&name` once and for all; without an answer it stays as written. (SQL*Plus User's Guide,
 * "Using Substitution Variables"; SET DEFINE, CONCAT, ESCAPE.)
 */
export async function substitute(
  line: string,
  at: ScriptPlace,
  session: SqlplusSession,
  lookups: Lookups,
): Promise<string> {
  const { define, concat, escape } = session.settings;
  if (define === undefined) return line;
  let result = "";
  let from = 0;
  for (let start = line.indexOf(define); start >= 0; start = line.indexOf(define, start)) {
    if (escape !== undefined && start > from && line[start - 1] === escape) {
      result += line.slice(from, start - 1) + define;
      from = ++start;
      continue;
    }
    const twice = line.startsWith(define, start + 1);
    namePattern.lastIndex = start + (twice ? 2 : 1);
    const name = namePattern.exec(line)?.[1]?.toLowerCase();
    if (name === undefined) {
      start += twice ? 2 : 1;
      continue;
    }
    const end = namePattern.lastIndex;
    const value = await lookup(name, twice, at, session, lookups);
    if (value !== undefined) {
      result += line.slice(from, start) + value;
      from = concat !== undefined && line[end] === concat ? end + 1 : end;
    }
    start = Math.max(from, end);
  }
  return result + line.slice(from);
}

async function lookup(
  name: string,
  keep: boolean,
  place: ScriptPlace,
  session: SqlplusSession,
  lookups: Lookups,
): Promise<string | undefined> {
  if (!session.uses.has(name)) session.uses.set(name, place);
  let value = session.get(name);
  if (value === undefined) {
    const question = { name, prompt: `Enter value for ${name}:`, hidden: false, place };
    value = await session.ask?.(question);
    if (value === undefined) {
      if (!lookups.missing.has(name)) lookups.missing.set(name, place);
      return undefined;
    }
    if (keep) session.set(name, value);
  }
  if (session.isSecret(name)) lookups.secrets.add(name);
  return value;
}

/** A statement's lines substituted; a value of several lines makes several lines that lead back to one. */
export async function substituteAll(
  buffer: TextBuffer,
  session: SqlplusSession,
  lookups: Lookups,
): Promise<TextBuffer> {
  const replacements = new Map<number, string>();
  for (const [index, line] of buffer.lines.entries()) {
    const at = buffer.placeOf(index);
    if (at === undefined || !hasReferences(line, session)) continue;
    const text = await substitute(line, at, session, lookups);
    if (text !== line) replacements.set(index, text);
  }
  return buffer.replaced(replacements);
}
