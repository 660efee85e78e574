import assert from "node:assert/strict";
import type { Expression } from "../../../server/src/handler/expression";
import { expressionText } from "../../../server/src/handler/expressionText";
import { factName, facts, holds, project } from "../../../server/src/handler/facts";
import type { Handler, Step } from "../../../server/src/handler/model";
import { call, variable } from "./expressions";
import { eventHandler, menuHandler } from "./handlers";

const stepOf = (handler: Handler, node: number): Step => handler.steps.find((step) => step.node === node)!;

describe("facts a source holds", () => {
  it("are held by one of the two", () => {
    for (const fact of facts) {
      assert.notEqual(holds("ihd", fact), holds("xml", fact));
      assert.ok(factName(fact).length > 10);
    }
    assert.ok(holds("ihd", "linkBends"));
    assert.ok(holds("xml", "unseenNativeFields"));
  });

  it("are all that is left for an export", () => {
    const { tools, subroutines, canvas, typeCount, steps, ...rest } = project(menuHandler(), "xml");
    assert.deepEqual([canvas, typeCount, rest.source], [null, 0, "xml"]);
    const { label, category, runtimeModule, runtimeFunction, version, parameters, exits } = tools[0]!;
    assert.deepEqual([label, category, runtimeModule, runtimeFunction, version], ["", "", "", "", ""]);
    assert.equal(parameters.length, 3);
    assert.deepEqual(exits[1], { label: "Failure", returnValue: 1, isError: false });
    assert.equal(subroutines[0]!.compiledName, "");
    assert.equal(rest.variables.find(({ name }) => name === "Digits")!.initial, null);
    assert.deepEqual(
      steps.map(({ node }) => node),
      [0, 2, 3, 4, 5, 6],
    );
    assert.deepEqual(steps[0]!.exits[0]!.bends, []);
    assert.equal(steps[0]!.notes, "First line\n\n\tthird \\ line");
    assert.deepEqual(
      steps[0]!.parameters.map(({ required }) => required),
      [false, false],
    );
    assert.deepEqual(steps[3]!.arguments[0]!.value, {
      kind: "call",
      name: "&",
      args: [{ kind: "literal", type: "String", value: "Digits: " }, variable("Digits")],
    });
    assert.deepEqual([steps[5]!.className, steps[5]!.inferred], ["", []]);
    assert.deepEqual(steps[4]!.arguments, [], "no .ihd with a DB Open has been seen");
  });

  it("leave an initiator the ids of its step, and drop signatures that nobody uses", () => {
    const { initiators, tools, subroutines } = project(eventHandler(), "xml");
    const { objectType, objectIds, eventIds, idLabels } = initiators[0]!;
    assert.deepEqual([objectType, objectIds, eventIds, idLabels], ["", ["{all}"], ["TcpConnection"], []]);
    assert.deepEqual([tools, subroutines], [[], []]);
    assert.equal(project(eventHandler(), "ihd").tools.length, 1);
  });

  it("make twins of both kinds equal", () => {
    const ihd = menuHandler();
    // What an export of the same handler gives: no facts of the .ihd, but the fields of DB Open.
    const frobnicate = { ...stepOf(project(ihd, "xml"), 6), arguments: stepOf(ihd, 5).arguments };
    const xml: Handler = {
      ...project(ihd, "xml"),
      steps: [frobnicate, ...project(ihd, "xml").steps.slice(0, 4), { ...stepOf(ihd, 5) }],
    };
    assert.notDeepEqual(project(xml, "xml"), project(ihd, "xml"));
    assert.deepEqual({ ...project(xml, "ihd"), source: "xml" }, project(ihd, "xml"));
  });

  it("can be taken away twice, and change nothing between equal sources but order and problems", () => {
    for (const handler of [menuHandler(), eventHandler()]) {
      const once = project(handler, "xml");
      assert.deepEqual(project(once, "xml"), once);
      const same = project({ ...handler, problems: [{ code: "x", severity: "hint", message: "" }] }, "ihd");
      const byNode = handler.steps.toSorted((one, other) => one.node - other.node);
      assert.deepEqual({ ...same, variables: [] }, { ...handler, variables: [], steps: byNode });
    }
  });

  it("know a DateTime's initial value from one side only", () => {
    const type = { name: "DateTime", module: "" };
    const initials = (source: "ihd" | "xml", initial: number | string): unknown =>
      project(
        { ...menuHandler(), source, variables: [{ name: "d", type, initial }] },
        source === "ihd" ? "xml" : "ihd",
      ).variables[0]!.initial;
    assert.equal(initials("ihd", 41640.5), null);
    assert.equal(initials("xml", "1/1/2014"), null);
  });

  it("are dropped from any depth, and parts stay shared", () => {
    let deep: Expression = variable("x");
    for (let level = 0; level < 100_000; level++) deep = call("StrTrim", deep);
    let shared: Expression = variable("x");
    for (let level = 0; level < 60; level++) shared = call("&", shared, shared);
    const handler = menuHandler();
    const [first, ...others] = handler.steps as [Step, ...Step[]];
    const argument = first.arguments[0]!;
    const values = [deep, shared].map((value) => ({ ...argument, value }));
    const [one, other] = stepOf(
      project({ ...handler, steps: [{ ...first, arguments: values }, ...others] }, "xml"),
      4,
    ).arguments;
    assert.equal(expressionText(one!.value), expressionText(deep));
    assert.ok(other);
    assert.ok(other.value?.kind === "call" && other.value.args[0] === other.value.args[1]);
    assert.equal(other.value.id, undefined);
  });
});
