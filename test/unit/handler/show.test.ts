import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import type { Expression } from "../../../server/src/handler/expression";
import { listing } from "../../../server/src/handler/listing";
import type { Handler } from "../../../server/src/handler/model";
import { readHandler } from "../../../server/src/handler/read";
import { DEEPEST, showFull, showJson } from "../../../server/src/handler/show";
import { corpus, needsCorpus } from "../../corpus";
import { call, text, variable } from "./expressions";
import { eventHandler, menuHandler } from "./handlers";

/** The menu handler with another value for the first argument of step 2, and what JSON shows of it. */
function shownValue(
  value: Expression,
  show: (handler: Handler) => { steps: { args: unknown }[] } = showJson,
): unknown {
  const handler = menuHandler();
  const steps = handler.steps.map((step) =>
    step.node === 2 ? { ...step, arguments: [{ ...step.arguments[0]!, value }] } : step,
  );
  return (show({ ...handler, steps }).steps[1]!.args as unknown[])[0];
}

describe("handler as JSON", () => {
  it("is what is expected of every real handler", function () {
    needsCorpus(this);
    const files = corpus();
    assert.equal(files.length, 15);
    for (const { name, path, expected } of files) {
      const {
        problems,
        name: handlerName,
        ...shown
      } = showJson(readHandler(readFileSync(path), { file: path }));
      assert.deepEqual(shown, expected, name);
      assert.deepEqual(problems, []);
      assert.ok(name.endsWith(`${handlerName}.ihd`));
    }
  });

  it("lists real handlers without a loose end", function () {
    needsCorpus(this);
    for (const { path } of corpus()) {
      const handler = readHandler(readFileSync(path), { file: path });
      const result = listing(handler);
      assert.doesNotMatch(result.text, /\(incomplete|\(untyped\)|\(unknown\)|class /);
      for (const { node, exits, arguments: all } of handler.steps) {
        exits.forEach((_, at) => assert.ok(result.lineOfExit(node, at)! > result.lineOfStep(node)!));
        all.forEach((_, at) => assert.ok(result.lineOfArgument(node, at)! > result.lineOfStep(node)!));
      }
      for (const { name } of handler.variables) assert.ok(result.lineOfVariable(name));
    }
  });

  it("has the documented form", () => {
    const shown = showJson(menuHandler());
    assert.deepEqual(Object.keys(shown), [
      "name",
      "category",
      "types",
      "subroutines",
      "initiator",
      "tools",
      "toolVersions",
      "variables",
      "steps",
      "problems",
    ]);
    assert.deepEqual(
      shown.steps.map(({ node, args }) => [node, args]),
      [
        [0, null],
        [2, [{ var: "Interaction1" }, null, { var: "Digits" }]],
        [3, null],
        [4, [{ fn: 0x29, args: [{ lit: "Digits: " }, { var: "Digits" }] }]],
        [5, null],
        [6, null],
      ],
    );
    assert.deepEqual(shown.steps[1]!.exits, [
      { label: "Success", to: 3 },
      { label: "Failure", to: null },
    ]);
    assert.deepEqual(shown.steps[1]!.rect, [200, 30, 300, 119]);
    assert.deepEqual(showJson(eventHandler()).initiator, ["TCP/IP Connection Accepted"]);
    assert.deepEqual(showJson(eventHandler()).steps[0]!.args, [{ var: "Digits" }, null]);
  });

  it("writes every kind of expression", () => {
    assert.deepEqual(shownValue({ kind: "literal", type: "Boolean", value: true }), { lit: 1 });
    assert.deepEqual(shownValue({ kind: "call", name: "InStr", args: [] }), { fn: "InStr", args: [] });
    assert.deepEqual(shownValue({ kind: "constant", name: "$Now" }), { constant: "$Now" });
    assert.deepEqual(shownValue({ kind: "unfilled" }), { unfilled: true });
    assert.deepEqual(shownValue({ kind: "text", text: "a b" }), { text: "a b" });
    assert.deepEqual(shownValue({ kind: "literal", type: "Numeric", value: Number.NaN }), {
      text: "#Numeric(NaN)",
    });
    const long = call("StrLen", text("a"));
    assert.deepEqual(shownValue(long, showFull), {
      fn: 0x22,
      name: "StrLen",
      args: [{ lit: "a", type: "String" }],
    });
  });

  it("ends in text below the deepest nesting, and after the most parts", () => {
    let deep = variable("x");
    for (let level = 0; level < 50_000; level++) deep = call("StrTrim", deep);
    let value = shownValue(deep) as { args?: unknown[]; text?: string };
    for (let level = 0; level <= DEEPEST; level++) value = value.args![0] as typeof value;
    assert.match(value.text!, /^StrTrim\(StrTrim\(/);
    assert.match(value.text!, /x\)+$/);

    let shared = variable("x");
    for (let level = 0; level < 60; level++) shared = call("&", shared, shared);
    assert.match(JSON.stringify(shownValue(shared)), /cut: too many parts/);
  });

  it("holds everything of the model when asked to, but no secret", () => {
    for (const handler of [menuHandler(), eventHandler()]) {
      assert.doesNotMatch(JSON.stringify([showJson(handler), showFull(handler)]), /hunter2/);
    }
    const full = showFull(menuHandler());
    assert.deepEqual(full.steps[4]!.arguments[1], {
      label: "Password",
      direction: "in",
      type: { name: "", module: "" },
      required: false,
      value: { lit: "********" },
      secret: true,
    });
    assert.deepEqual(full.steps[0]!.exits[0]!.bends, [{ x: 1, y: 2 }]);
    assert.deepEqual(
      full.steps[0]!.parameters.map((each) => each.variable),
      ["Interaction1", "Digits"],
    );
    assert.deepEqual(full.steps[2]!.exits[1]!.caseOf, {
      fn: 3,
      name: "=",
      args: [{ lit: "2", type: "String" }, { var: "Digits" }],
    });
    assert.equal(full.signatures.tools[0]!.runtimeFunction, "GetAttribute");
    assert.equal(full.signatures.subroutines[0]!.compiledName, "Log__Choice_1748400787");
    assert.deepEqual(full.variables[1], {
      name: "Interaction1",
      type: "CallId",
      module: "Telephony",
      initial: null,
    });
    assert.deepEqual(full.steps[5]!.inferred[0]!.values, [{ var: "Count" }]);
    assert.deepEqual(showFull(eventHandler()).signatures.initiators[0]!.eventIds, ["{all}", "TcpConnection"]);
  });
});
