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

const space = /\s*/y;
const name = /[\p{L}\p{Nl}_][\p{L}\p{Nl}\p{M}\p{Nd}_]*/uy;
const conversionCall = /[A-Z]{1,2}>[A-Z]{1,2}(?=\()/y;
const number = /(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?/y;
const symbol = /<>|<=|>=|[=<>&+\-*/(),?]/y;
const constant = /\$[A-Za-z_]\w*/y;
const type = /#[A-Za-z]+(?=\()/y;

/** The token at or after `at`. Never throws: what is no token comes back as `bad`. */
export function tokenAt(text: string, at: number): Token {
  space.lastIndex = at;
  space.exec(text);
  const start = space.lastIndex;
  if (start >= text.length) return { kind: "end", start, end: start };
  const match = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = start;
    return pattern.exec(text)?.[0];
  };
  const ends = (found: string) => ({ start, end: start + found.length });

  const first = text[start]!;
  if (first === '"' || first === "`") return quoted(text, start);
  if (first === "$") {
    if (text[start + 1] === "`") {
      const inner = quoted(text, start + 1);
      return inner.kind === "name"
        ? { kind: "constant", name: `$${inner.name}`, start, end: inner.end }
        : inner;
    }
    const found = match(constant);
    if (found) return { kind: "constant", name: found, ...ends(found) };
  }
  let found = match(conversionCall) ?? match(name);
  if (found) return { kind: "name", name: found, quoted: false, ...ends(found) };
  found = match(number);
  if (found) {
    const end = start + found.length;
    name.lastIndex = end;
    if (name.test(text)) return bad("a number ends in letters", start, name.lastIndex);
    return {
      kind: "number",
      value: Number(found),
      type: /^\d+$/.test(found) ? "Integer" : "Numeric",
      start,
      end,
    };
  }
  found = match(symbol);
  if (found) return { kind: "symbol", symbol: found, ...ends(found) };
  found = match(type);
  if (found) return { kind: "type", name: found.slice(1), ...ends(found) };
  const character = String.fromCodePoint(text.codePointAt(start)!);
  return bad(`'${character}' has no meaning here`, start, start + character.length);
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
  return bad(quote === '"' ? "a string has no closing quote" : "a name has no closing `", start, text.length);
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
