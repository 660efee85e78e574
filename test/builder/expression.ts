import type { Expression } from "../../server/src/handler/expression";

/** What the builder takes for an expression: plain values stand for literals. */
export type Value = Expression | string | number | boolean;

/** A variable. */
export const v = (name: string): Expression => ({ kind: "variable", name });

/** A Numeric literal, also for whole numbers (a plain 20 is an Integer). */
export const numeric = (value: number): Expression => ({ kind: "literal", type: "Numeric", value });

/** `$Now` and the like; text only, no `.ihd` with one has been seen. */
export const constant = (name: string): Expression => ({ kind: "constant", name });

export const eq = (left: Value, right: Value): Expression => call("=", left, right);
export const ne = (left: Value, right: Value): Expression => call("<>", left, right);
export const lt = (left: Value, right: Value): Expression => call("<", left, right);
export const gt = (left: Value, right: Value): Expression => call(">", left, right);
export const plus = (left: Value, right: Value): Expression => call("+", left, right);
export const minus = (left: Value, right: Value): Expression => call("-", left, right);
/** Not in an `.ihd`: the number of `and` is not known. */
export const and = (left: Value, right: Value): Expression => call("and", left, right);

/** `a & b & c`, left to right. */
export function join(first: Value, ...others: Value[]): Expression {
  return others.reduce<Expression>((left, right) => call("&", left, right), lift(first));
}

/** A function by Designer's name, or an operator. */
export function call(name: string, ...values: Value[]): Expression {
  const args = values.map(lift);
  const id = functionIds[args.length === 1 && name === "-" ? "negate" : name];
  return id === undefined ? { kind: "call", name, args } : { kind: "call", name, id, args };
}

export function lift(value: Value): Expression {
  switch (typeof value) {
    case "string":
      return { kind: "literal", type: "String", value };
    case "boolean":
      return { kind: "literal", type: "Boolean", value };
    case "number":
      // Designer has no negative literals: real files hold the minus operator.
      if (value < 0) return call("-", -value);
      return { kind: "literal", type: Number.isInteger(value) ? "Integer" : "Numeric", value };
    default:
      return value;
  }
}

/** Function numbers of real `.ihd` files; a list of its own, so that the product's table is tested by it. */
const functionIds: Readonly<Record<string, number>> = {
  "=": 0x03,
  "<": 0x04,
  ">": 0x05,
  "<>": 0x08,
  "+": 0x0a,
  "-": 0x0b,
  toS: 0x10,
  StrLen: 0x22,
  StrTrim: 0x25,
  StrLeft: 0x26,
  StrRight: 0x27,
  StrMid: 0x28,
  "&": 0x29,
  GetAt: 0x2a,
  GetHead: 0x2b,
  GetCount: 0x2d,
  StrPos: 0x2f,
  negate: 0x30,
  Test: 0x32,
  StrEqlNoCase: 0x35,
  SQLStr: 0x36,
  SubstStr: 0x6f,
  SubstStrRegEx: 0x70,
};

const booleans = new Set(["=", "<", ">", "<>", "<=", ">=", "and", "or", "not", "StrEqlNoCase", "InStr"]);
const strings = new Set([
  ...["&", "toS", "StrTrim", "StrLeft", "StrRight", "StrMid", "SQLStr", "SubstStr", "SubstStrRegEx"],
]);
const integers = new Set(["StrLen", "StrPos", "GetCount"]);

/** The type of an expression, as an `.ihd` records it for every part; unknown functions give a String. */
export function typeOf(expression: Expression, variableType: (name: string) => string): string {
  switch (expression.kind) {
    case "variable":
      return variableType(expression.name);
    case "literal":
      return expression.type;
    case "call": {
      const { name, args } = expression;
      if (booleans.has(name)) return "Boolean";
      if (strings.has(name)) return "String";
      if (integers.has(name)) return "Integer";
      const decides = name === "Test" ? args[1] : args[0];
      if (decides === undefined) return "String";
      const type = typeOf(decides, variableType);
      return name === "GetAt" || name === "GetHead" ? type.replace(/^List of /, "") : type;
    }
    default:
      return "String";
  }
}
