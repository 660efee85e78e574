import assert from "node:assert/strict";
import { flowResult, flowSvgResult } from "../../../server/src/language/flow";
import type { Argument, Parameter } from "../../../server/src/handler/model";
import { readHandler } from "../../../server/src/handler/read";
import { exit, handler, largeHandler, step } from "../../flowHandlers";

const string = { name: "String", module: "" };
const argument = (label: string, more: Partial<Argument> = {}): Argument => ({
  label,
  direction: "in",
  type: string,
  required: true,
  value: null,
  secret: false,
  ...more,
});
const parameter = (label: string, more: Partial<Parameter> = {}): Parameter => ({
  label,
  direction: "in",
  type: string,
  required: true,
  default: { kind: "none" },
  ...more,
});

describe("flow request", () => {
  it("has arguments as Designer writes them, never a secret", () => {
    const secret = { kind: "literal", type: "String", value: "hunter2" } as const;
    const result = flowResult(
      handler([
        step(0, {
          arguments: [
            argument("Text", {
              value: {
                kind: "call",
                name: "&",
                args: [
                  { kind: "variable", name: "a" },
                  { ...secret, value: "b" },
                ],
              },
            }),
            argument("Password", { value: secret, secret: true }),
            argument("Empty"),
          ],
        }),
      ]),
    );
    assert.deepEqual(
      result.steps[0]!.arguments.map(({ value }) => value),
      ['a & "b"', "********", null],
    );
    assert.doesNotMatch(JSON.stringify(result), /hunter2/);
  });

  it("has the case of an exit whose label says something else", () => {
    const caseOf = { kind: "literal", type: "String", value: "2" } as const;
    const exits = [exit("Two", null, { caseOf }), exit('"2"', null, { caseOf }), exit("Default", null)];
    const [shown] = flowResult(handler([step(0, { exits })])).steps;
    assert.deepEqual(
      shown!.exits.map((each) => each.case),
      ['"2"', undefined, undefined],
    );
  });

  it("cuts what nobody reads in a panel", () => {
    const value = { kind: "literal", type: "String", value: "x".repeat(1_000_000) } as const;
    const result = flowResult(handler([step(0, { arguments: [argument("Text", { value })] })]));
    assert.ok(JSON.stringify(result).length < 20_000);
    assert.match(result.steps[0]!.arguments[0]!.value!, /… \(\d+ more characters\)$/);
  });

  it("gives each signature once", () => {
    const tool = {
      module: "DsLookup",
      name: "Log Event",
      label: "Log Event",
      description: "Writes",
      category: "System",
      version: "2.3",
      parameters: [parameter("Text", { default: { kind: "blank" } })],
      exits: [{ label: "Next", returnValue: 0, isError: false }],
      runtimeModule: "IpU",
      runtimeFunction: "Log",
    };
    const uses = { kind: "tool", tool: { module: "DsLookup", name: "Log Event" } } as const;
    const result = flowResult(
      handler([step(0, uses), step(1, uses), step(2, { ...uses, tool: { module: "X", name: "Y" } })], {
        tools: [tool],
      }),
    );
    assert.deepEqual(
      result.steps.map(({ signature }) => signature),
      [0, 0, null],
    );
    assert.equal(result.signatures.length, 1);
    assert.equal(result.signatures[0]!.runtime, "IpU, Log");
    assert.equal(result.signatures[0]!.parameters[0]!.default, '""');
  });

  it("has a subroutine's own parameters with the variables that carry them", () => {
    const result = flowResult(
      handler(
        [step(0, { kind: "start", parameters: [parameter("Call")], parameterVariables: ["Interaction1"] })],
        { description: "Does it", category: "Custom" },
      ),
    );
    const own = result.signatures[result.steps[0]!.signature!]!;
    assert.deepEqual([own.description, own.category], ["Does it", "Custom"]);
    assert.equal(own.parameters[0]!.variable, "Interaction1");
  });

  it("starts where the handler does, and links by index", () => {
    const result = flowResult(handler([step(7, { exits: [exit("Next", 9)] }), step(9)], { startNode: 9 }));
    assert.equal(result.start, 1);
    assert.equal(result.steps[0]!.exits[0]!.to, 1);
    assert.deepEqual([result.links[0]!.from, result.links[0]!.to], [0, 1]);
  });

  it("says why there is nothing to see", () => {
    const result = flowResult(readHandler(new Uint8Array([1, 2, 3]), { file: "x.ihd" }));
    assert.deepEqual(result.steps, []);
    assert.equal(result.start, null);
    assert.equal(result.problems[0]!.severity, "error");
  });

  it("counts the problems it does not list", () => {
    const problems = Array.from({ length: 1000 }, (_, index) => ({
      code: "x",
      severity: "warning" as const,
      message: `Problem ${index}`,
      place: { offset: index, node: 0 },
    }));
    const result = flowResult(handler([step(0)], { problems }));
    assert.ok(result.problems.length < 300);
    assert.match(result.problems.at(-1)!.message, /800 more/);
    assert.deepEqual(
      { offset: result.problems[5]!.offset, node: result.problems[5]!.node },
      { offset: 5, node: 0 },
    );
  });

  it("sends a picture of 2,000 steps in a few megabytes", () => {
    assert.ok(JSON.stringify(flowResult(largeHandler(2000))).length < 5_000_000);
  });

  it("has the size of the SVG document", () => {
    const { svg, width, height } = flowSvgResult(largeHandler(5), "light");
    assert.match(svg, new RegExp(`width="${width}" height="${height}"`));
  });
});
