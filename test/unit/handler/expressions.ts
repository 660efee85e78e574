import fc from "fast-check";
import type { Expression, LiteralType } from "../../../server/src/handler/expression";
import { functionId, functionName, functions } from "../../../server/src/handler/functions";

/** Any string of UTF-16 units: lone surrogates, controls, quotes, backslashes. */
export const anyString = fc.oneof(
  fc.string({ unit: "binary", maxLength: 12 }),
  fc.string({
    unit: fc.constantFrom('"', "\\", "`", "\n", "\r", "\t", "\ud800", "\udc00", "\u202e", "n", "u", "0", " "),
  }),
);

const anyName = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      "a",
      "Digits",
      "p_Call",
      "and",
      "Not",
      "TRUE",
      "StrMid",
      "fn_0x41",
      "I",
      "été",
      "x y",
      "",
    ),
  },
  { weight: 1, arbitrary: anyString },
);

const literalType = fc.constantFrom<LiteralType>("String", "Integer", "Numeric", "Boolean", "DateTime");

const literal = fc.record(
  {
    kind: fc.constant("literal" as const),
    type: literalType,
    value: fc.oneof(
      anyString,
      fc.integer(),
      fc.double(),
      fc.boolean(),
      fc.constantFrom(-0, Number.NaN, 2 ** 53, 20),
    ),
  },
  { noNullPrototype: true },
);

const atom: fc.Arbitrary<Expression> = fc.oneof(
  anyName.map((name): Expression => ({ kind: "variable", name })),
  literal,
  anyName.map((name): Expression => ({ kind: "constant", name: `$${name}` })),
  fc.constant<Expression>({ kind: "unfilled" }),
  anyString.map((text): Expression => ({ kind: "text", text })),
);

/** A function by number (known, unknown, with any number of arguments), or by name alone. */
const callee = fc.oneof(
  fc.constantFrom(...functions.flatMap(({ id }) => id ?? [])).map((id) => ({ id, name: functionName(id) })),
  fc.nat(0xffffffff).map((id) => ({ id, name: functionName(id) })),
  fc
    .constantFrom(...functions.map(({ name }) => name), "I>S", "Foo", "fn_0x41", "fn_0xZZ")
    .map((name) => ({ name })),
  anyName.map((name) => ({ name })),
);

/** Any expression, as a reader could give it: numbers are there where the table knows them. */
export const anyExpression: fc.Arbitrary<Expression> = fc.letrec<{ tree: Expression }>((tie) => ({
  tree: fc.oneof(
    { depthSize: "medium", withCrossShrink: true },
    atom,
    fc.tuple(callee, fc.array(tie("tree"), { maxLength: 4 })).map(([{ name, ...rest }, args]): Expression => {
      const id = "id" in rest ? rest.id : functionId(name, args.length);
      return id === undefined ? { kind: "call", name, args } : { kind: "call", name, id, args };
    }),
  ),
})).tree;

/** A call with its number filled in from the table. */
export function call(name: string, ...args: Expression[]): Expression {
  const id = functionId(name, args.length);
  return id === undefined ? { kind: "call", name, args } : { kind: "call", name, id, args };
}

export const variable = (name: string): Expression => ({ kind: "variable", name });
export const text = (value: string): Expression => ({ kind: "literal", type: "String", value });
export const integer = (value: number): Expression => ({ kind: "literal", type: "Integer", value });
