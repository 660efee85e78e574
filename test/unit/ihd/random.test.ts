import assert from "node:assert/strict";
import fc from "fast-check";
import { decodeIhd } from "../../../server/src/ihd/decode";
import { LayoutMemory } from "../../../server/src/ihd/layoutMemory";
import { layouts } from "../../../server/src/ihd/layouts";
import { writeIhd } from "../../../server/src/ihd/writer";
import { arbitraryHandler } from "../../builder/arbitrary";
import { toIhd } from "../../builder/ihd";

describe("random handlers", function () {
  this.timeout(120_000);
  const form = fc.constantFrom("unicode" as const, "ansi" as const);

  it("written again are the same bytes", () => {
    fc.assert(
      fc.property(form, arbitraryHandler({ strings: "ansi" }), (strings, handler) => {
        const bytes = Buffer.from(toIhd(handler, { form: strings }));
        const decoded = decodeIhd(bytes);
        assert.deepEqual([decoded.exact, decoded.problems], [true, []]);
        assert.ok(writeIhd(decoded.file).equals(bytes));
      }),
      { numRuns: 150, seed: 4 },
    );
  });

  it("keep their steps and connections without their step classes", () => {
    const steps = [...layouts.values()]
      .filter(({ slot }) => slot === "step")
      .map(({ className }) => className);
    fc.assert(
      fc.property(fc.constantFrom(...steps), arbitraryHandler({ maxSteps: 8 }), (className, handler) => {
        const bytes = Buffer.from(toIhd(handler, { form: "unicode" }));
        const known = new Map(layouts);
        known.delete(className);
        const decoded = decodeIhd(bytes, { layouts: known, memory: new LayoutMemory(), inference: 5000 });
        const truth = decodeIhd(bytes);
        const shape = ({ file }: typeof truth) =>
          file.steps.map((step) => [step["node"], step["label"], (step["outgoing"] as unknown[]).length]);
        assert.ok(decoded.exact, decoded.problems[0]?.message);
        assert.deepEqual(shape(decoded), shape(truth));
      }),
      { numRuns: 60, seed: 5 },
    );
  });
});
