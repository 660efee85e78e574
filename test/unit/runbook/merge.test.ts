import assert from "node:assert/strict";
import fc from "fast-check";
import type { Mark, Marks } from "../../../server/src/runbook/marks";
import { merged } from "../../../server/src/runbook/merge";
import { formatRunbook } from "../../../server/src/runbook/file";
import { history, marks, marksAfter } from "./marks";

const seed = 20260101;
const text = (each: Marks): string => formatRunbook(each);
const markOf = (each: Marks, step: string): Mark => each.steps.get(step) ?? {};

describe("merging two copies of a runbook", () => {
  it("gives the same whichever comes first, and nothing new when done again", () => {
    fc.assert(
      fc.property(marks, marks, (one, other) => {
        const both = merged(one, other);
        assert.equal(text(both), text(merged(other, one)));
        assert.equal(text(merged(both, one)), text(both));
        assert.equal(text(merged(other, both)), text(both));
        assert.equal(text(merged(one, one)), text(one));
      }),
      { seed, numRuns: 500 },
    );
  });

  it("takes of each step the later state, evidence and proof, each for itself", () => {
    fc.assert(
      fc.property(marks, marks, (one, other) => {
        const both = merged(one, other);
        for (const step of new Set([...one.steps.keys(), ...other.steps.keys()])) {
          const [a, b, c] = [markOf(one, step), markOf(other, step), markOf(both, step)];
          for (const [time, value] of [
            ["at", "state"],
            ["linked", "evidence"],
          ] as const) {
            const latest = [a[time] ?? "", b[time] ?? ""].sort()[1];
            assert.equal(c[time] ?? "", latest);
            const of = [a, b].filter((each) => (each[time] ?? "") === latest).map((each) => each[value]);
            assert.ok(of.includes(c[value]));
          }
          assert.equal(c.proof?.at ?? "", [a.proof?.at ?? "", b.proof?.at ?? ""].sort()[1]);
        }
      }),
      { seed, numRuns: 300 },
    );
  });

  it("loses no note that was not taken away later", () => {
    fc.assert(
      fc.property(marks, marks, (one, other) => {
        const both = merged(one, other);
        for (const step of both.steps.keys()) {
          const [a, b] = [markOf(one, step), markOf(other, step)];
          const note = markOf(both, step).note ?? "";
          if (a.note && b.note)
            for (const line of `${a.note}\n${b.note}`.split("\n")) assert.ok(note.includes(line));
          const [later, earlier] = (a.noted ?? "") > (b.noted ?? "") ? [a, b] : [b, a];
          if (later.noted !== earlier.noted && !later.note) assert.equal(note, later.note ?? "");
        }
      }),
      { seed, numRuns: 300 },
    );
  });

  it("has everything of two people who began with the same file and worked on different steps", () => {
    fc.assert(
      fc.property(history, history, history, (past, anns, bobs) => {
        const start = marksAfter(past);
        const own = (list: typeof anns, mine: boolean): typeof anns =>
          list.filter(({ change }) => change.what !== "variants" && change.step < "plan/scenario" === mine);
        const [ann, bob] = [own(anns, true), own(bobs, false)];
        const both = merged(marksAfter(ann, start), marksAfter(bob, start));
        const inTurn = marksAfter(bob, marksAfter(ann, start));
        for (const step of inTurn.steps.keys()) {
          const { state, evidence, proof } = markOf(inTurn, step);
          const found = markOf(both, step);
          assert.deepEqual([found.state, found.evidence, found.proof], [state, evidence, proof], step);
        }
      }),
      { seed, numRuns: 300 },
    );
  });
});
