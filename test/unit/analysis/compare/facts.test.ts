import assert from "node:assert/strict";
import fc from "fast-check";
import { compareHandlers } from "../../../../server/src/analysis/compare/compareHandlers";
import { diffKinds } from "../../../../server/src/analysis/compare/kinds";
import type { Handler } from "../../../../server/src/handler/model";
import { readHandler } from "../../../../server/src/handler/read";
import { arbitraryBuild } from "../../../builder/arbitrary";
import { toIhd } from "../../../builder/ihd";
import { toModel } from "../../../builder/model";
import { toXml } from "../../../builder/xml";
import * as ivr from "../../../fixtures/handlers/ivr";
import { changes as allChanges } from "../../handler/changes";

const everyKind = new Set(diffKinds.map(({ id }) => id));

const said = (old: Handler, now: Handler): string[] =>
  compareHandlers(old, now, everyKind).changes.map(({ kind, node, label }) => `${kind} ${node ?? label}`);

/** Facts that make no difference, with the reason. */
const noDifference: readonly (readonly [path: RegExp, why: string])[] = [
  [/^name$/, "handlers are paired by name"],
  [/^source$/, "where it was read from"],
  [/^problems/, "about reading"],
  [/^canvas\.nextNode$/, "follows the steps"],
  [/^initiators\.\d+\.idLabels/, "their order is not known"],
  [/^steps\.0\.tool\./, "is the initiator's name, which is a difference"],
  [/^steps\.\d+\.complete$/, "such a handler is unreadable"],
  [/^steps\.\d+\.arguments\.\d+\.(direction|required|secret|type\..*)$/, "follows the signature"],
  [/^steps\.\d+\.arguments\.\d+\.label$/, "follows the signature"],
  [/^steps\.\d+\.inferred\.\d+\.(type|undecided|name)$/, "a guess of the reader"],
  [/\(of a numbered call\)$/, "the number is the fact"],
  // An empty one at the end: nothing was given, nothing is lost.
  [/^steps\.\d+\.arguments\.\(last\)$/, "reported where it holds a value"],
];

describe("Facts of a handler", () => {
  it("are each a difference, or it is said why not", () => {
    for (const build of [ivr.mainMenu, ivr.incoming, ivr.transfer]) {
      const handler = toModel(build());
      const all = [...allChanges(handler)].filter(
        ({ path }) => !noDifference.some(([pattern]) => pattern.test(path)),
      );
      const silent = all.filter(({ changed }) => said(handler, changed).length === 0);
      assert.deepEqual(
        silent.map(({ path }) => path),
        [],
        handler.name,
      );
      assert.ok(all.length > 100, handler.name);
    }
  });

  it("that only one source holds are no differences between a file and its export", () => {
    fc.assert(
      fc.property(arbitraryBuild({ xml: true }), (build) => {
        const ihd = readHandler(toIhd(build()), { file: "a.ihd" });
        const xml = readHandler(Buffer.from(toXml(build())), { file: "a.xml" });
        assert.deepEqual(said(ihd, xml), []);
        assert.deepEqual(said(xml, ihd), []);
      }),
      { numRuns: 150 },
    );
  });

  it("written by another release of Designer, with ANSI strings, are the same facts", () => {
    fc.assert(
      fc.property(arbitraryBuild({ strings: "ansi" }), (build) => {
        const unicode = readHandler(toIhd(build()), { file: "a.ihd" });
        const ansi = readHandler(toIhd(build(), { form: "ansi" }), { file: "a.ihd" });
        assert.deepEqual(said(unicode, ansi), []);
      }),
      { numRuns: 60 },
    );
  });
});
