import assert from "node:assert/strict";
import * as l10n from "@vscode/l10n";
import fc from "fast-check";
import { differencesText, inWords } from "../../../../server/src/analysis/compare/changeText";
import { compareHandlers } from "../../../../server/src/analysis/compare/compareHandlers";
import { diffKinds } from "../../../../server/src/analysis/compare/kinds";
import { arbitraryBuild } from "../../../builder/arbitrary";
import { Choices } from "../../../builder/edit";
import { edits, prepare } from "../../../builder/edits";
import { toModel } from "../../../builder/model";

const everyKind = new Set(diffKinds.map(({ id }) => id));

/** Every text of another language: the English one, marked. */
const marked = new Proxy({}, { get: (_, text) => `«${String(text)}»` });
const marks = /[«»]/g;

describe("A change in words", () => {
  const seen = new Set<string>();
  afterEach(() => l10n.config({ contents: {} }));

  for (const { name, make } of edits) {
    it(`${name}: is said in the reader's language and kept in the same words`, () => {
      const choices = fc.array(fc.nat(1_000_000), { minLength: 6, maxLength: 6 });
      fc.assert(
        fc.property(arbitraryBuild({ maxSteps: 12 }), choices, (build, numbers) => {
          const [one, other] = [prepare(build()), prepare(build())];
          fc.pre(make(other, new Choices(numbers)) !== undefined);
          const [old, now] = [toModel(one), toModel(other)];
          const plain = [
            ...compareHandlers(old, now, everyKind).changes,
            ...compareHandlers(now, old, everyKind).changes,
          ];
          for (const { kind } of plain) seen.add(kind);
          assert.deepEqual(plain.map(inWords), plain);

          l10n.config({ contents: marked });
          const kept = [
            ...compareHandlers(old, now, everyKind).changes,
            ...compareHandlers(now, old, everyKind).changes,
          ];
          const shown = kept.map(inWords);
          l10n.config({ contents: {} });
          assert.deepEqual(kept, plain);
          for (const [at, { what }] of plain.entries()) {
            assert.match(shown[at]!.what, /^«.*»$/s, what);
            assert.equal(shown[at]!.what.replace(marks, ""), what.replace(marks, ""));
          }
        }),
        { seed: 7, numRuns: 10, maxSkipsPerRun: 20 },
      );
    });
  }

  it("says what no edit makes", () => {
    const rest = [...everyKind].filter((kind) => !seen.has(kind));
    assert.deepEqual(rest, ["initiator", "tool", "type-table"]);
    l10n.config({ contents: marked });
    const about = { kind: "tool", node: 2, oldNode: 2, label: "Greet", old: "a", new: "b" } as const;
    for (const what of ["initiator", "tool", "class", "number of types"])
      assert.equal(inWords({ ...about, what }).what, `«${what}»`);
  });

  it("says where an exit leads, and leaves alone what only reads like it", () => {
    l10n.config({ contents: marked });
    const about = { node: 2, oldNode: 2, label: "Greet" };
    const words = (change: Parameters<typeof inWords>[0]): unknown[] => {
      const { what, old, new: now } = inWords(change);
      return [what, old, now];
    };
    assert.deepEqual(
      words({
        ...about,
        kind: "connections",
        what: 'exit "Next" leads to',
        old: "not connected",
        new: "Say (3)",
      }),
      ['«exit "Next" leads to»', "«not connected»", "Say (3)"],
    );
    assert.deepEqual(
      words({
        ...about,
        kind: "exits",
        what: 'exit "Next" removed',
        old: "leads to a step that is not there (9)",
        new: null,
      }),
      ['«exit "Next" removed»', "«leads to «a step that is not there (9)»»", null],
    );
    assert.deepEqual(
      words({ ...about, kind: "notes", what: "notes", old: "not connected", new: "leads to nothing" }),
      ["«notes»", "not connected", "leads to nothing"],
    );
  });

  it("counts", () => {
    assert.deepEqual([0, 1, 2].map(differencesText), ["0 differences", "1 difference", "2 differences"]);
  });
});
