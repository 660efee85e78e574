import * as l10n from "@vscode/l10n";
import type { LiteralType } from "./expression";

/** A word of an expression's text; `start` and `end` are offsets in UTF-16 units. */
export type Token = { readonly start: number; readonly end: number } & (
  | { readonly kind: "name"; readonly name: string; readonly quoted: boolean }
  | { readonly kind: "constant"; readonly name: string }
  | { readonly kind: "string"; readonly value: string; readonly oddEscape?: string }
  | { readonly kind: "number"; readonly value: number; readonly type: LiteralType }
  | { readonly kind: "type"; readonly name: string }
  | { readonly kind: "symbol"; readonly symbol: string }
  | { readonly kind: "end" }
  | { readonly kind: "bad"; readonly message: string }
);

const name = /[\p{L}\p{Nl}_][\p{L}\p{Nl}\p{M}\p{Nd}_]*/uy;
const asciiName = /[A-Za-z_]\w*/y;
const conversionCall = /[A-Z]{1,2}>[A-Z]{1,2}(?=\()/y;
const number = /(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?/y;
const constant = /\$[A-Za-z_]\w*/y;
const type = /#[A-Za-z]+(?=\()/y;

/** The token at or after `at`. Never throws: what is no token comes back as `bad`. */
export function tokenAt(text: string, at: number): Token {
  const start = skipSpace(text, at);
  const first = text[start];
  switch (first) {
    case undefined:
      return { kind: "end", start, end: start };
    case '"':
    case "`":
      return quoted(text, start);
    case "<":
    case ">": {
      const second = text[start + 1];
      const isLong = second === "=" || (first === "<" && second === ">");
      const symbol = isLong ? first + second : first;
      return { kind: "symbol", symbol, start, end: start + symbol.length };
    }
    case "=":
    case "&":
    case "+":
    case "-":
    case "*":
    case "/":
    case "(":
    case ")":
    case ",":
    case "?":
      return { kind: "symbol", symbol: first, start, end: start + 1 };
    case "$":
      return constantAt(text, start);
    case "#": {
      const found = match(type, text, start);
      return found
        ? { kind: "type", name: found.slice(1), start, end: start + found.length }
        : meaningless(text, start);
    }
  }
  const word = nameAt(text, start);
  if (word) return { kind: "name", name: word, quoted: false, start, end: start + word.length };
  const digits = match(number, text, start);
  if (!digits) return meaningless(text, start);
  const end = start + digits.length;
  const letters = match(name, text, end);
  if (letters) return bad(l10n.t("a number ends in letters"), start, end + letters.length);
  const isWhole = !/[.eE]/.test(digits);
  return { kind: "number", value: Number(digits), type: isWhole ? "Integer" : "Numeric", start, end };
}

function skipSpace(text: string, at: number): number {
  let start = at;
  for (; start < text.length; start++) {
    const code = text.charCodeAt(start);
    if (code !== 32 && (code < 128 ? code < 9 || code > 13 : /\S/.test(text[start]!))) break;
  }
  return start;
}

function nameAt(text: string, start: number): string | undefined {
  const ascii = match(asciiName, text, start);
  const end = start + (ascii?.length ?? 0);
  // An old conversion is a call at once: `I>S(n)`.
  if (ascii && ascii.length <= 2 && text[end] === ">") return match(conversionCall, text, start) ?? ascii;
  return text.charCodeAt(end) >= 128 ? match(name, text, start) : ascii;
}

function constantAt(text: string, start: number): Token {
  if (text[start + 1] === "`") {
    const inner = quoted(text, start + 1);
    return inner.kind === "name"
      ? { kind: "constant", name: `$${inner.name}`, start, end: inner.end }
      : inner;
  }
  const found = match(constant, text, start);
  return found
    ? { kind: "constant", name: found, start, end: start + found.length }
    : meaningless(text, start);
}

function meaningless(text: string, start: number): Token {
  const character = String.fromCodePoint(text.codePointAt(start)!);
  return bad(l10n.t("'{0}' has no meaning here", character), start, start + character.length);
}

function match(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}

/** A string or a quoted name, whose first character is the quote. */
function quoted(text: string, start: number): Token {
  const quote = text[start]!;
  let value = "";
  let from = start + 1;
  let oddEscape: string | undefined;
  for (let at = from; at < text.length; at++) {
    const character = text[at];
    if (character === quote) {
      value += text.slice(from, at);
      const place = { start, end: at + 1 };
      if (quote === "`") return { kind: "name", name: value, quoted: true, ...place };
      return { kind: "string", value, ...(oddEscape === undefined ? {} : { oddEscape }), ...place };
    }
    if (character !== "\\") continue;
    value += text.slice(from, at);
    const [unit, length] = unescape(text, at + 1);
    if (length === 0) oddEscape ??= text.slice(at, at + 2);
    value += unit;
    from = at + 1 + length;
    at = Math.max(at, from - 1);
  }
  return bad(
    quote === '"' ? l10n.t("a string has no closing quote") : l10n.t("a name has no closing `"),
    start,
    text.length,
  );
}

/** What the escape after a backslash stands for, and its length; an unknown one stands for itself, length 0. */
function unescape(text: string, at: number): [unit: string, length: number] {
  switch (text[at]) {
    case "\\":
    case '"':
    case "`":
      return [text[at]!, 1];
    case "n":
      return ["\n", 1];
    case "r":
      return ["\r", 1];
    case "t":
      return ["\t", 1];
    case "u": {
      const digits = text.slice(at + 1, at + 5);
      if (/^[0-9a-f]{4}$/i.test(digits)) return [String.fromCharCode(Number.parseInt(digits, 16)), 5];
    }
  }
  return ["\\", 0];
}

function bad(message: string, start: number, end: number): Token {
  return { kind: "bad", message, start, end };
}
