import type { Expression } from "./expression";
import { ATOM, functionName, numberOf, numberedName, operatorByName } from "./functions";
import { isIdentifier, quote, quoteName, variableName } from "./quoting";
import { withoutPasswords } from "./secrets";

/** Where a printed expression names a variable; offsets in UTF-16 units. */
export interface VariableUse {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/** How many parts (names, literals, calls) may still be printed; shared parts count each time they are. */
export interface PrintBudget {
  parts: number;
}

/** Most parts that one text shows. A file can share parts so that printing all of them would never end. */
export const MOST_PARTS = 1_000_000;

/** Stands where a text was cut because of `MOST_PARTS`. */
export const CUT = " (cut: too many parts)";

/** What an old help text calls a conversion, for example `I>S`. */
export const conversion = /^[A-Z]{1,2}>[A-Z]{1,2}$/;

/**
 * The expression on one line as Designer shows it, with parentheses only where they are needed; "" for null. What
 * Designer has no known text for gets one that `parseExpression` reads back: `` `odd name` ``, `fn_0x41(a)`,
 * `#DateTime(41640.5)`, `#Integer(-1)` (`-1` is the minus operator: that is how real files hold it), `\n`.
 * Passwords in connection strings are masked. Any depth is fine; above `MOST_PARTS` parts the text ends with `CUT`.
 */
export function expressionText(expression: Expression | null): string {
  return expression === null ? "" : printExpression(expression);
}

/** As `expressionText`; adds to `uses` where the text names variables, offsets counted from `offset`. */
export function printExpression(
  expression: Expression,
  uses?: VariableUse[],
  offset = 0,
  budget: PrintBudget = { parts: MOST_PARTS },
): string {
  if (expression.kind !== "call" && --budget.parts >= 0) return printAtom(expression, uses, offset);
  let text = "";
  // What is left to print, last first: texts, and expressions with the precedence that needs no parentheses.
  const left: (string | Expression)[] = [expression];
  const precedences = [0];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    const precedence = precedences.pop()!;
    if (typeof next === "string") {
      text += next;
      continue;
    }
    if (--budget.parts < 0) return text + CUT;
    if (next.kind === "call") {
      pushCall(next, precedence, left, precedences);
      continue;
    }
    text += printAtom(next, uses, offset + text.length);
  }
  return text;
}

type Call = Extract<Expression, { kind: "call" }>;
type Atom = Exclude<Expression, Call>;

function printAtom(atom: Atom, uses: VariableUse[] | undefined, start: number): string {
  const text = atomText(atom);
  if (atom.kind === "variable") uses?.push({ name: atom.name, start, end: start + text.length });
  return text;
}

function pushCall(
  call: Call,
  precedence: number,
  left: (string | Expression)[],
  precedences: number[],
): void {
  const push = (part: string | Expression, needed: number): void => {
    left.push(part);
    precedences.push(needed);
  };
  const { args } = call;
  const name = call.id === undefined ? call.name : functionName(call.id);
  const known = operatorByName(name, args.length);
  const how = known?.operator;
  if (!how || (call.id !== undefined && call.id !== known.id)) {
    push(")", 0);
    for (let at = args.length - 1; at >= 0; at--) {
      push(args[at]!, 0);
      if (at > 0) push(", ", 0);
    }
    push(`${functionText(call, name)}(`, 0);
    return;
  }
  const parentheses = how.precedence < precedence;
  if (parentheses) push(")", 0);
  if (how.arity === 1) {
    // One prefix operator below another, or a comparison below `not`, is clearer with parentheses.
    push(args[0]!, ATOM);
    push(name === "-" ? "-" : `${name} `, 0);
  } else {
    // Comparisons do not chain, so that nobody has to know how a chain is read.
    push(args[1]!, how.precedence + 1);
    push(` ${name} `, 0);
    push(args[0]!, how.precedence === COMPARISON ? COMPARISON + 1 : how.precedence);
  }
  if (parentheses) push("(", 0);
}

const COMPARISON = operatorByName("=", 2)!.operator!.precedence;

function functionText(call: Call, name: string): string {
  if (call.id !== undefined) return isIdentifier(name) ? name : numberedName(call.id);
  const plain = (isIdentifier(name) && numberOf(name) === undefined) || conversion.test(name);
  return plain ? name : quoteName(name);
}

const plainConstant = /^\$[A-Za-z_]\w*$/;

function atomText(atom: Atom): string {
  switch (atom.kind) {
    case "variable":
      return variableName(atom.name);
    case "constant":
      return plainConstant.test(atom.name) ? atom.name : `$${quoteName(atom.name.replace(/^\$/, ""))}`;
    case "unfilled":
      return "?";
    case "text":
      return `#Text(${quote(withoutPasswords(atom.text))})`;
    case "literal":
      return literalText(atom);
  }
}

function literalText({ type, value }: Extract<Expression, { kind: "literal" }>): string {
  if (typeof value === "string") {
    const text = quote(withoutPasswords(value));
    return type === "String" ? text : `#${type}(${text})`;
  }
  if (typeof value === "boolean") return type === "Boolean" ? String(value) : `#${type}(${value})`;
  const text = Object.is(value, -0) ? "-0" : String(value);
  if (type === "Integer" && Number.isSafeInteger(value) && !text.startsWith("-")) return text;
  if (type === "Numeric" && Number.isFinite(value) && !text.startsWith("-")) {
    return /[.e]/.test(text) ? text : `${text}.0`;
  }
  return `#${type}(${text})`;
}
