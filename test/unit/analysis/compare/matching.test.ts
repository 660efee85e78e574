import assert from "node:assert/strict";
import fc from "fast-check";
import { compareHandlers } from "../../../../server/src/analysis/compare/compareHandlers";
import { diffKinds } from "../../../../server/src/analysis/compare/kinds";
import type { Handler } from "../../../../server/src/handler/model";
import { arbitraryBuild } from "../../../builder/arbitrary";
import { prepare } from "../../../builder/edits";
import { handler } from "../../../builder/handler";
import { toModel } from "../../../builder/model";
import { getAttribute, playString } from "../../../builder/signatures";

const everyKind = new Set(diffKinds.map(({ id }) => id));

/** The handler with other node ids, as after rebuilding it; the order of steps in the file changes too. */
function renumbered(handler: Handler, node: (old: number) => number): Handler {
  const steps = handler.steps.map((step) => ({
    ...step,
    node: node(step.node),
    exits: step.exits.map((exit) => ({ ...exit, to: exit.to === null ? null : node(exit.to) })),
  }));
  const startNode = handler.startNode === null ? null : node(handler.startNode);
  return { ...handler, steps: steps.reverse(), startNode };
}

const said = (old: Handler, now: Handler): string[] =>
  compareHandlers(old, now, everyKind).changes.map(
    ({ kind, node, oldNode, label }) => `${kind} ${oldNode ?? "-"}>${node ?? "-"} ${label}`,
  );

/** A chain of steps with labels, each setting `x` to its label. */
function chain(...labels: string[]): Handler {
  const built = handler("Chain").variable("x", "String");
  let last = built.start();
  for (const label of labels) {
    const step = built.assign("x", label).label(label);
    last.to(step);
    last = step;
  }
  return toModel(built);
}

describe("Matching of steps", () => {
  it("finds all steps of a handler whose node ids are all others", () => {
    fc.assert(
      fc.property(arbitraryBuild(), fc.integer({ min: 1, max: 60 }), (build, seed) => {
        const old = toModel(prepare(build()));
        const count = old.steps.length;
        // Some of the new ids are old ones, of other steps.
        const now = renumbered(old, (node) => (node * 7 + seed) % 10_007 || count + 10_007);
        const { changes, match } = compareHandlers(old, now, everyKind);
        assert.deepEqual(changes, []);
        assert.equal(match.pairs.length, count);
      }),
      { numRuns: 200 },
    );
  });

  it("finds them when the ids are the same ones in another order", () => {
    fc.assert(
      fc.property(arbitraryBuild({ maxSteps: 30 }), (build) => {
        const old = toModel(prepare(build()));
        const now = renumbered(old, (node) => old.steps.length - 1 - node);
        assert.deepEqual(said(old, now), []);
      }),
      { numRuns: 100 },
    );
  });

  it("tells how many steps it matched by content", () => {
    const old = chain("a", "b", "c", "d");
    const { match } = compareHandlers(
      old,
      renumbered(old, (node) => (node < 2 ? node : node + 10)),
    );
    assert.equal(match.byContent, 3);
    assert.equal(compareHandlers(old, old).match.byContent, 0);
  });

  it("finds what else changed in a renumbered handler", () => {
    const old = chain("a", "b", "c", "d", "e", "f");
    const now = renumbered(chain("a", "b", "new", "c", "changed", "e", "f"), (node) => 3 * node + 40);
    assert.deepEqual(
      said(old, now).filter((each) => !each.startsWith("position")),
      ["connections 2>46 b", "step-added ->49 new", "label 4>55 changed", "arguments 4>55 changed"],
    );
  });

  it("keeps to node ids where they tell something, whatever else changed", () => {
    const old = chain("a", "b", "c", "d");
    const swapped = chain("a", "c", "b", "d");
    assert.deepEqual(said(old, swapped), [
      "label 2>2 c",
      "arguments 2>2 c",
      "label 3>3 b",
      "arguments 3>3 b",
    ]);
  });

  it("takes steps of one id and another tool for two steps", () => {
    const build = (last: "say" | "ask"): Handler => {
      const built = handler("Branch").declare("CallId", "call").declare("String", "x", "y");
      const first = built.assign("x", "1").label("One");
      built.start().to(first);
      const second = built.assign("y", "2").label("Two");
      first.to(second);
      const third =
        last === "say"
          ? built.tool(playString, { Text: "Hello" }).label("Say")
          : built.tool(getAttribute, { "Call Attribute Name": "Eic_Name" }).label("Ask");
      second.to(third);
      return toModel(built);
    };
    assert.deepEqual(said(build("say"), build("ask")), [
      "uses ->- I3_TextToSpeech:PlayString",
      "uses ->- Telephony:Get Attribute",
      "connections 2>2 Two",
      "step-removed 3>3 Say",
      "step-added ->3 Ask",
    ]);
  });

  it("takes a step with the same label and another tool for the same step", () => {
    const build = (tool: string): Handler => {
      const built = handler("Tools").declare("String", "x");
      built.start().to(built.assign("x", "1").label("One").to(built.native(tool, {}).label("Same")));
      return toModel(built);
    };
    assert.deepEqual(said(build("DB Close"), build("DB Fetch")), ["tool 2>2 Same"]);
  });

  it("recognises a step that was cut and pasted, which gives it a new id", () => {
    const old = chain("a", "b", "c", "d");
    const pasted = renumbered(old, (node) => (node === 2 ? 9 : node));
    const { changes, match } = compareHandlers(old, pasted, everyKind);
    assert.deepEqual(changes, []);
    assert.equal(match.byContent, 1);
  });

  it("is the same from both sides, for handlers that have little in common", () => {
    fc.assert(
      fc.property(arbitraryBuild(), arbitraryBuild(), (one, other) => {
        const [a, b] = [toModel(one()), toModel(other())];
        const there = compareHandlers(a, b).match.pairs.map(([x, y]) => [x.node, y.node]);
        const back = compareHandlers(b, a).match.pairs.map(([y, x]) => [x.node, y.node]);
        assert.deepEqual(back.sort(), there.sort());
      }),
      { numRuns: 150 },
    );
  });

  it("copes with many steps that nothing tells apart", () => {
    const old = chain(...Array.from({ length: 1500 }, () => "same"));
    const now = renumbered(old, (node) => node + 5000);
    assert.deepEqual(said(old, now), []);
  });
});
