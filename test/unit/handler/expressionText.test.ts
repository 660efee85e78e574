import assert from "node:assert/strict";
import fc from "fast-check";
import type { Expression } from "../../../server/src/handler/expression";
import { parseExpression } from "../../../server/src/handler/expressionParser";
import {
  CUT,
  expressionText,
  printExpression,
  type VariableUse,
} from "../../../server/src/handler/expressionText";
import { functionId, functionName, functions } from "../../../server/src/handler/functions";
import { anyExpression, call, integer, text, variable } from "./expressions";

/** Texts of the notes and exit labels of real handlers, and of the help pages; what is printed for each. */
const samples: [written: string, printed: string][] = [
  [
    "StrMid(JSONString, NextNameIndex+1, NextNameEndIndex-1)",
    "StrMid(JSONString, NextNameIndex + 1, NextNameEndIndex - 1)",
  ],
  [
    'StrMid(FirstLine, StrLen(Method) + 1, StrPos(FirstLine, " ", StrLen(Method) + 1))\r\n',
    'StrMid(FirstLine, StrLen(Method) + 1, StrPos(FirstLine, " ", StrLen(Method) + 1))',
  ],
  [
    "Test(Test(NextBracket = - 1, StrLen(J), NextBracket) < Test(NextComma = -1, 2, NextComma), 3, 4)",
    "Test(Test(NextBracket = -1, StrLen(J), NextBracket) < Test(NextComma = -1, 2, NextComma), 3, 4)",
  ],
  [
    'SubstStrRegEx(ParameterValue, "[\\\\D^\\\\.]", " ")',
    'SubstStrRegEx(ParameterValue, "[\\\\D^\\\\.]", " ")',
  ],
  ['JSON & "\\"" & GetHead(Names) & "\\","', 'JSON & "\\"" & GetHead(Names) & "\\","'],
  ["StrLen (I>S(5*5) & UserName)", "StrLen(I>S(5 * 5) & UserName)"],
  ['"Disconnect" = actionType', '"Disconnect" = actionType'],
  ['"c:\\\\root\\\\foos"', '"c:\\\\root\\\\foos"'],
  ["? + ?", "? + ?"],
  ["AddDays($Now, 1)", "AddDays($Now, 1)"],
  ["not InStr(a, b) AND (c Or TRUE)", "not InStr(a, b) and (c or true)"],
];

describe("expression text", () => {
  it("reads and prints what Designer shows", () => {
    for (const [written, printed] of samples) {
      const { expression, problems } = parseExpression(written);
      assert.deepEqual(problems, [], written);
      assert.equal(expressionText(expression), printed);
    }
  });

  it("reads the tree that a real file holds for a formula", () => {
    assert.deepEqual(
      parseExpression("a & toS(StrLen(b)) = -1").expression,
      call("=", call("&", variable("a"), call("toS", call("StrLen", variable("b")))), call("-", integer(1))),
    );
    assert.equal(functionId("-", 1), 0x30);
    assert.equal(functionId("-"), 0x0b);
  });

  it("puts parentheses only where the tree needs them", () => {
    const [a, b, c] = ["a", "b", "c"].map(variable) as [Expression, Expression, Expression];
    const cases: [Expression, string][] = [
      [call("-", call("-", a, b), c), "a - b - c"],
      [call("-", a, call("-", b, c)), "a - (b - c)"],
      [call("*", call("+", a, b), c), "(a + b) * c"],
      [call("+", call("*", a, b), c), "a * b + c"],
      [call("&", a, call("+", b, c)), "a & b + c"],
      [call("=", call("&", a, b), c), "a & b = c"],
      [call("or", call("and", a, b), c), "a and b or c"],
      [call("and", call("or", a, b), c), "(a or b) and c"],
      [call("not", call("=", a, b)), "not (a = b)"],
      [call("-", call("+", a, b)), "-(a + b)"],
      [call("=", call("=", a, b), c), "(a = b) = c"],
      [call("StrLen", call("&", a, b)), "StrLen(a & b)"],
    ];
    for (const [tree, printed] of cases) {
      assert.equal(expressionText(tree), printed);
      assert.deepEqual(parseExpression(printed).expression, tree);
    }
  });

  it("tells Integer from Numeric, and a negative literal from a minus", () => {
    const numeric = (value: number): Expression => ({ kind: "literal", type: "Numeric", value });
    assert.equal(expressionText(integer(20)), "20");
    assert.equal(expressionText(numeric(20)), "20.0");
    assert.equal(expressionText(numeric(1e300)), "1e+300");
    assert.equal(expressionText(integer(-1)), "#Integer(-1)");
    assert.equal(expressionText(call("-", integer(1))), "-1");
  });

  it("names unknown functions by number, and operators with the wrong number of operands too", () => {
    assert.equal(expressionText({ kind: "call", id: 0x41, name: "x", args: [variable("a")] }), "fn_0x41(a)");
    assert.equal(expressionText({ kind: "call", id: 3, name: "=", args: [variable("a")] }), "fn_0x03(a)");
    assert.equal(functionName(0xabcdef), "fn_0xABCDEF");
    assert.deepEqual(parseExpression("FN_0x41(a)").expression, {
      kind: "call",
      name: "fn_0x41",
      id: 0x41,
      args: [variable("a")],
    });
  });

  it("prints on one line whatever a string holds", () => {
    assert.equal(expressionText(text("a\r\n\tb\u202ec\ud800")), '"a\\r\\n\\tb\\u202ec\\ud800"');
    assert.equal(expressionText(text("Grüße 😀 日本")), '"Grüße 😀 日本"');
  });

  it("says where it names variables", () => {
    const uses: VariableUse[] = [];
    const printed = printExpression(call("&", variable("x y"), call("StrLen", variable("b"))), uses, 10);
    assert.equal(printed, "`x y` & StrLen(b)");
    assert.deepEqual(uses, [
      { name: "x y", start: 10, end: 15 },
      { name: "b", start: 25, end: 26 },
    ]);
  });

  it("parses back to the same tree", () => {
    fc.assert(
      fc.property(anyExpression, (tree) => {
        const printed = expressionText(tree);
        assert.doesNotMatch(printed, /[\n\r\u2028]/);
        assert.deepEqual(parseExpression(printed), { expression: tree, problems: [] });
      }),
      { seed: 20240501, numRuns: 3000 },
    );
  });

  it("keeps any depth", () => {
    const depth = 100_000;
    let right: Expression = variable("x");
    let left: Expression = variable("x");
    let calls: Expression = variable("x");
    for (let level = 0; level < depth; level++) {
      right = call("-", variable("y"), right);
      left = call("and", left, variable("y"));
      calls = call("not", { kind: "call", name: "StrLen", id: 0x22, args: [calls] });
    }
    for (const tree of [right, left, calls]) {
      const printed = expressionText(tree);
      assert.equal(expressionText(parseExpression(printed).expression), printed);
    }
    assert.equal(parseExpression("(".repeat(depth) + "x" + ")".repeat(depth)).expression?.kind, "variable");
  });

  it("cuts what shared parts would make endless", () => {
    let tree: Expression = variable("x");
    for (let level = 0; level < 60; level++) tree = call("&", tree, tree);
    const printed = expressionText(tree);
    assert.ok(printed.endsWith(CUT));
    assert.ok(printed.length < 20_000_000);
  });
});

describe("expression parser", () => {
  const broken: [text: string, column: number, reason: RegExp][] = [
    ["f(", 3, /a value is missing at its end/],
    ["f(a,)", 5, /a value is missing before '\)'/],
    ["(a", 3, /a '\)' is missing/],
    ["a)", 2, /no '\('/],
    ["1 2", 3, /an operator is missing/],
    ["a, b", 2, /outside a call/],
    ["a and", 6, /a value is missing/],
    ["or b", 1, /a value is missing before 'or'/],
    ['a & "b', 5, /no closing quote/],
    ["12abc", 1, /ends in letters/],
    ["a @ b", 3, /'@' has no meaning here/],
    ["#Foo(1)", 1, /no type of a literal/],
    ["#Integer(a)", 1, /needs a string, a number/],
  ];

  it("says what is wrong and where, and keeps the text", () => {
    for (const [written, column, reason] of broken) {
      const { expression, problems } = parseExpression(written);
      assert.deepEqual(expression, { kind: "text", text: written });
      assert.equal(problems.length, 1, written);
      assert.equal(problems[0]!.severity, "error");
      assert.match(problems[0]!.message, reason);
      assert.equal(problems[0]!.place?.column, column, written);
    }
  });

  it("gives null for blank text", () => {
    assert.deepEqual(parseExpression(" \r\n"), { expression: null, problems: [] });
  });

  it("warns of what it reads with a loss", () => {
    assert.deepEqual(parseExpression('"a\\d"').expression, text("a\\d"));
    assert.match(parseExpression('"a\\d"').problems[0]!.message, /'\\d', which is no escape/);
    assert.match(parseExpression("12345678901234567890").problems[0]!.message, /more digits/);
  });

  it("never throws", () => {
    const bits = fc.constantFrom(...'()`",?-+#$\\ae1. \n', "and", "not", "#Integer(", "f(", "I>S(", "$`");
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: "binary" }), fc.string({ unit: bits })), (written) => {
        const { expression } = parseExpression(written);
        assert.equal(expression === null, written.trim() === "");
        if (expression) assert.deepEqual(parseExpression(expressionText(expression)).expression, expression);
      }),
      { seed: 7, numRuns: 5000 },
    );
  });
});

describe("function table", () => {
  it("has each number and each name (of one arity) once", () => {
    const ids = functions.flatMap(({ id }) => id ?? []);
    assert.equal(new Set(ids).size, ids.length);
    const names = functions.map(({ name, operator }) => `${name}/${operator?.arity}`);
    assert.equal(new Set(names).size, names.length);
    for (const { id, evidence } of functions) assert.equal(id === undefined, evidence === "text-only");
  });
});
