import assert from "node:assert/strict";
import fc from "fast-check";
import type { Change } from "../../../../server/src/analysis/compare/change";
import { compareHandlers } from "../../../../server/src/analysis/compare/compareHandlers";
import { diffKinds } from "../../../../server/src/analysis/compare/kinds";
import type { Handler } from "../../../../server/src/handler/model";
import { readHandler } from "../../../../server/src/handler/read";
import { arbitraryBuild } from "../../../builder/arbitrary";
import { Choices, type Expected } from "../../../builder/edit";
import { edits, prepare } from "../../../builder/edits";
import type { HandlerBuilder } from "../../../builder/handler";
import { toIhd } from "../../../builder/ihd";
import { toXml } from "../../../builder/xml";

const everyKind = new Set(diffKinds.map(({ id }) => id));

const fromIhd = (built: HandlerBuilder): Handler => readHandler(toIhd(built), { file: `${built.name}.ihd` });
const fromXml = (built: HandlerBuilder): Handler =>
  readHandler(Buffer.from(toXml(built)), { file: `${built.name}.xml` });

/** What is said must differ, else nobody could see the difference. */
function said(changes: readonly Change[]): string[] {
  for (const { what, old, new: now } of changes) assert.notEqual(old, now, what);
  return changes.map(({ kind, node, label }) => `${kind} ${node ?? label}`).sort();
}

const expected = (all: readonly Expected[]): string[] =>
  all.map(({ kind, node, label }) => `${kind} ${node ?? label}`).sort();

const choices = fc.array(fc.nat(1_000_000), { minLength: 6, maxLength: 6 });

describe("An edit is reported once, as what it is, and nothing else is", () => {
  for (const { name, make } of edits) {
    it(name, () => {
      fc.assert(
        fc.property(arbitraryBuild({ maxSteps: 12 }), choices, (build, numbers) => {
          const [one, other] = [prepare(build()), prepare(build())];
          const wanted = make(other, new Choices(numbers));
          fc.pre(wanted !== undefined);
          const [old, now] = [fromIhd(one), fromIhd(other)];
          const { changes } = compareHandlers(old, now, everyKind);
          assert.deepEqual(said(changes), expected(wanted));
          // The other way round, all is the same but the sides.
          const back = compareHandlers(now, old, everyKind).changes;
          assert.deepEqual(sides(back, true), sides(changes, false));
        }),
        { numRuns: 25, maxSkipsPerRun: 20 },
      );
    });
  }
});

/** What is said of both sides, without the words, which name things as the new side does. */
function sides(changes: readonly Change[], swapped: boolean): string[] {
  const added: Record<string, string> = {
    "step-added": "step-removed",
    "step-removed": "step-added",
    "variable-added": "variable-removed",
    "variable-removed": "variable-added",
  };
  return changes
    .map(({ kind, node, oldNode, old, new: now }) => {
      if (!swapped) return [kind, oldNode ?? node, node, old, now];
      return [added[kind] ?? kind, node, oldNode ?? node, now, old];
    })
    .map((each) => JSON.stringify(each))
    .sort();
}

describe("An edit between sources", () => {
  for (const { name, make, inXml = true } of edits) {
    it(`${name}: ${inXml ? "is reported between two exports" : "is in no export"}`, () => {
      fc.assert(
        fc.property(arbitraryBuild({ maxSteps: 8, xml: true }), choices, (build, numbers) => {
          const [one, other] = [prepare(build()), prepare(build())];
          const wanted = make(other, new Choices(numbers));
          fc.pre(wanted !== undefined);
          const { changes } = compareHandlers(fromXml(one), fromXml(other), everyKind);
          assert.deepEqual(said(changes), expected(inXml ? wanted : []));
          const mixed = compareHandlers(fromIhd(one), fromXml(other), everyKind).changes;
          assert.deepEqual(said(mixed), said(changes));
        }),
        { numRuns: 8, maxSkipsPerRun: 20 },
      );
    });
  }
});
