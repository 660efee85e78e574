import type { Dialect } from "./items";

/** A piece of SQL. Comments and blanks are no tokens. */
export interface Token {
  readonly kind: "word" | "name" | "string" | "number" | "mark";
  /** A word in upper case; a quoted name without its quotes; a string's contents, quotes undoubled; the rest as it is. */
  readonly text: string;
  /** Offset in the text. */
  readonly at: number;
  /** The word stands right after a point: a part of a name, whatever it says. */
  readonly afterPoint: boolean;
}

const word = /[\p{L}_@#$][\p{L}\p{N}_@#$]*/uy;
const blanks = /\s+/y;
const number = /\d[\w.]*/y;

const closers: Readonly<Record<string, string>> = { "[": "]", "(": ")", "{": "}", "<": ">" };

/**
 * The tokens of SQL text. T-SQL: comments nest, `[...]` is a name. Oracle: `q'[...]'` is a string. What is not
 * closed goes to the end of the text.
 */
export function* tokens(text: string, dialect: Dialect): Generator<Token, void, undefined> {
  const tsql = dialect === "sqlcmd";
  let afterPoint = false;
  const token = (kind: Token["kind"], value: string, at: number): Token => {
    const made = { kind, text: value, at, afterPoint };
    afterPoint = kind === "mark" && value === ".";
    return made;
  };
  for (let at = 0; at < text.length;) {
    const letter = text.charAt(at);
    const skipped = comment(text, at, tsql) ?? skip(blanks, text, at);
    if (skipped > at) at = skipped;
    else if (letter === "'") {
      const end = closing(text, at + 1, "'");
      yield token("string", text.slice(at + 1, end).replaceAll("''", "'"), at);
      at = end + 1;
    } else if (letter === '"' || (tsql && letter === "[")) {
      const end = closing(text, at + 1, letter === "[" ? "]" : '"');
      yield token("name", text.slice(at + 1, end), at);
      at = end + 1;
    } else {
      const end = skip(word, text, at);
      if (end > at) {
        const string = tsql ? undefined : quoted(text, at, end);
        if (string) yield token("string", string.text, at);
        // N'...' is a string with a letter before it.
        else if (!(end - at === 1 && /n/i.test(letter) && text.charAt(end) === "'")) {
          yield token("word", text.slice(at, end).toUpperCase(), at);
        }
        at = string ? string.end : end;
      } else {
        const digits = skip(number, text, at);
        if (digits > at) yield token("number", text.slice(at, digits), at);
        else yield token("mark", letter, at);
        at = Math.max(digits, at + 1);
      }
    }
  }
}

function skip(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}

/** Where the comment at `at` ends; undefined when there is none. */
function comment(text: string, at: number, nests: boolean): number | undefined {
  if (text.startsWith("--", at)) {
    const end = text.indexOf("\n", at);
    return end < 0 ? text.length : end;
  }
  if (!text.startsWith("/*", at)) return undefined;
  let depth = 1;
  let from = at + 2;
  while (depth > 0) {
    const close = text.indexOf("*/", from);
    if (close < 0) return text.length;
    const open = nests ? text.slice(from, close).indexOf("/*") : -1;
    if (open >= 0) {
      depth++;
      from += open + 2;
    } else {
      depth--;
      from = close + 2;
    }
  }
  return from;
}

/** Where the closing quote is, doubled ones skipped. */
function closing(text: string, from: number, quote: string): number {
  for (let at = text.indexOf(quote, from); at >= 0; at = text.indexOf(quote, at + 2)) {
    if (text.charAt(at + 1) !== quote) return at;
  }
  return text.length;
}

/** `q'[...]'` and `nq'[...]'`, when the word from `at` to `end` is their beginning. */
function quoted(text: string, at: number, end: number): { text: string; end: number } | undefined {
  const prefix = text.slice(at, end).toLowerCase();
  if ((prefix !== "q" && prefix !== "nq") || text.charAt(end) !== "'") return undefined;
  const open = text.charAt(end + 1);
  if (open.trim() === "") return undefined;
  const close = text.indexOf((closers[open] ?? open) + "'", end + 2);
  const stop = close < 0 ? text.length : close;
  return { text: text.slice(end + 2, stop), end: stop + 2 };
}
