import * as l10n from "@vscode/l10n";
import type { TextRange } from "./format";

/** `NAME = value` or `NAME = (KEY = ...)` of an Oracle Net configuration file. */
export interface NetParameter extends TextRange {
  readonly name: string;
  /** Text of the value in one line; for lists what stands between the parentheses. */
  readonly value: string;
  readonly nameRange: TextRange;
  readonly children: readonly NetParameter[];
  /** Whether the name stands in the first column. */
  readonly inFirstColumn: boolean;
}

export interface NetFlaw extends TextRange {
  readonly message: string;
}

const deepest = 32;
const mostNames = 32;

interface Token extends TextRange {
  readonly kind: "(" | ")" | "=" | "," | "word";
  readonly text: string;
  readonly firstColumn: boolean;
}

/**
 * Reads the common syntax of tnsnames.ora and sqlnet.ora (Oracle Net Services Reference, "Syntax rules for
 * configuration files"). Flaws come beside what could be read.
 */
export function readOracleNet(text: string): { parameters: NetParameter[]; flaws: NetFlaw[] } {
  const tokens = tokensOf(text);
  const flaws: NetFlaw[] = [];
  const top: NetParameter[] = [];
  for (let at = 0; at < tokens.length;) {
    const token = tokens[at] as Token;
    if (token.kind !== "word") {
      flaws.push({
        ...token,
        message: l10n.t("“{0}” does not belong here; a name in the first column is expected.", token.text),
      });
      at++;
      // What follows belongs to the same flaw until the next name in the first column.
      while (
        at < tokens.length &&
        !((tokens[at] as Token).kind === "word" && (tokens[at] as Token).firstColumn)
      )
        at++;
      continue;
    }
    // Several names may share one entry: A, B = (...).
    const names = [token];
    at++;
    while (names.length < mostNames && tokens[at]?.kind === "," && tokens[at + 1]?.kind === "word") {
      names.push(tokens[at + 1] as Token);
      at += 2;
    }
    if (tokens[at]?.kind !== "=") {
      flaws.push({ ...token, message: l10n.t("“{0}” is not followed by =.", token.text) });
      continue;
    }
    const { children, value, end, next } = readValue(text, tokens, at + 1, flaws);
    for (const name of names) {
      top.push({
        name: name.text,
        value,
        nameRange: { start: name.start, end: name.end },
        children,
        inFirstColumn: token.firstColumn,
        start: token.start,
        end,
      });
    }
    at = next;
  }
  return { parameters: top, flaws };
}

interface Value {
  readonly children: NetParameter[];
  readonly value: string;
  readonly end: number;
  readonly next: number;
}

/** A word, or groups in parentheses; a stack of its own, so depth never recurses. */
function readValue(text: string, tokens: readonly Token[], from: number, flaws: NetFlaw[]): Value {
  const first = tokens[from];
  if (!first || first.kind !== "(") {
    const words: Token[] = [];
    let at = from;
    // A name in the first column begins the next parameter.
    while (tokens[at]?.kind === "word" || tokens[at]?.kind === ",") {
      const token = tokens[at] as Token;
      if (token.firstColumn) break;
      words.push(token);
      at++;
    }
    const last = words.at(-1);
    const end = last?.end ?? tokens[from - 1]?.end ?? 0;
    return { children: [], value: words.map((word) => word.text).join(" "), end, next: at };
  }
  interface Open {
    readonly open: Token;
    readonly children: NetParameter[];
    name: Token | undefined;
    value: string;
  }
  const root: NetParameter[] = [];
  const stack: Open[] = [];
  const close = (closedAt: number): void => {
    const inner = stack.pop();
    if (!inner) return;
    const { start, end: nameEnd } = inner.name ?? inner.open;
    (stack.at(-1)?.children ?? root).push({
      name: inner.name?.text ?? "",
      value: inner.value,
      nameRange: { start, end: nameEnd },
      children: inner.children,
      inFirstColumn: false,
      start: inner.open.start,
      end: closedAt,
    });
  };
  let at = from;
  let end = first.end;
  for (; at < tokens.length; at++) {
    const token = tokens[at] as Token;
    if (stack.length === 0 && token.kind !== "(") break;
    if (token.firstColumn && token.kind === "word" && tokens[at + 1]?.kind === "=") break;
    end = token.end;
    const inner = stack.at(-1);
    if (token.kind === "(") {
      if (stack.length >= deepest) {
        flaws.push({
          ...token,
          message: l10n.t("Parentheses are nested deeper than {0}; the rest is not read.", deepest),
        });
        return { children: root, value: "", end, next: tokens.length };
      }
      stack.push({ open: token, children: [], name: undefined, value: "" });
    } else if (token.kind === ")" && inner) {
      close(token.end);
    } else if (token.kind === "word" && inner) {
      if (inner.name === undefined && tokens[at + 1]?.kind === "=") inner.name = token;
      else inner.value = inner.value === "" ? token.text : `${inner.value} ${token.text}`;
    }
  }
  const unclosed = stack[0];
  if (unclosed) {
    flaws.push({
      ...unclosed.open,
      message: l10n.t("This parenthesis is never closed; the entry cannot be used."),
    });
  }
  while (stack.length > 0) close(end);
  return { children: root, value: text.slice(first.start, end).replace(/\s+/g, " "), end, next: at };
}

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  const word = /[^\s()=,#"']+|"[^"\n]*"?|'[^'\n]*'?/y;
  let lineStart = 0;
  for (let at = 0; at < text.length;) {
    const char = text.charAt(at);
    if (char === "\n") lineStart = ++at;
    else if (/\s/.test(char)) at++;
    else if (char === "#") {
      const next = text.indexOf("\n", at);
      at = next < 0 ? text.length : next;
    } else if (char === "(" || char === ")" || char === "=" || char === ",") {
      tokens.push({ kind: char, text: char, start: at, end: at + 1, firstColumn: at === lineStart });
      at++;
    } else {
      word.lastIndex = at;
      const found = word.exec(text)?.[0] ?? char;
      tokens.push({
        kind: "word",
        text: found.replace(/^["']|["']$/g, ""),
        start: at,
        end: at + found.length,
        firstColumn: at === lineStart,
      });
      at += found.length;
    }
  }
  return tokens;
}

/** The parameter of a name anywhere inside, in any case. */
export function findInside(parameter: NetParameter, name: string): NetParameter[] {
  const found: NetParameter[] = [];
  const waiting = [...parameter.children];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    if (next.name.toUpperCase() === name) found.push(next);
    for (const child of next.children) waiting.push(child);
  }
  return found.reverse();
}
