import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import fc from "fast-check";
import type { Catalogue } from "../../../server/src/catalogue/catalogue";
import { readCatalogue, writeCatalogue } from "../../../server/src/catalogue/catalogueFile";
import { Learner } from "../../../server/src/catalogue/learn";
import type { Handler } from "../../../server/src/handler/model";
import { readHandler } from "../../../server/src/handler/read";
import { readXmlHandler } from "../../../server/src/handler/xml";
import { arbitraryHandler } from "../../builder/arbitrary";
import { handler } from "../../builder/handler";
import { toModel } from "../../builder/model";
import { getKey, input, tool } from "../../builder/signatures";
import { toXml } from "../../builder/xml";
import { corpus, needsCorpus } from "../../corpus";

const old = tool("M:T", { label: "T", category: "C", version: "1.0" }, [input("A", "String")]);
const newer = tool("M:T", { label: "T", category: "C", version: "2.0" }, [
  input("A", "String"),
  input("B", "String"),
]);

function user(name: string, ...tools: (typeof old)[]): Handler {
  const built = handler(name);
  let last = built.start();
  for (const each of tools) {
    const step = built.tool(each);
    last.to(step);
    last = step;
  }
  return toModel(built);
}

function learn(...handlers: Handler[]): Catalogue {
  const learner = new Learner();
  for (const each of handlers) learner.add(each);
  return learner.catalogue("2018 R5");
}

function reread(catalogue: Catalogue): Catalogue {
  const read = readCatalogue(writeCatalogue(catalogue), "c.json");
  assert.ok("catalogue" in read, JSON.stringify(read));
  return read.catalogue;
}

describe("a learned catalogue", () => {
  it("counts handlers, not steps, and trusts the highest version most", () => {
    const catalogue = learn(user("One", old, old), user("Two", newer), user("Three", old, getKey));
    assert.equal(catalogue.handlers, 3);
    const found = catalogue.find({ kind: "tool", module: "M", name: "T" })!;
    assert.equal(found.handlers, 3);
    assert.deepEqual(
      found.variants.map(({ signature, handlers }) => [signature.version, handlers]),
      [
        ["2.0", 1],
        ["1.0", 2],
      ],
    );
    assert.equal(catalogue.find({ kind: "initiator", module: "M", name: "T" }), undefined);
  });

  it("does not learn a form without parameters from an export that leaves them out", () => {
    const export_ = toXml(withTool("FromXml", newer)).replace(/<Parameter [^>]*label="[AB]"[^>]*\/>/g, "");
    const bare = readXmlHandler(export_, { file: "FromXml.xml" });
    assert.equal(bare.tools[0]?.parameters.length, 0);
    const catalogue = learn(bare, user("Whole", newer));
    const found = catalogue.find({ kind: "tool", module: "M", name: "T" })!;
    assert.deepEqual([found.handlers, found.variants.length], [2, 1]);
    assert.equal(found.variants[0]!.signature.parameters.length, 2);
  });

  it("is the same from the two sources of a handler, but for labels", () => {
    const built = withTool("Twin", newer);
    const both = learn(toModel(built), readXmlHandler(toXml(built), { file: "Twin.xml" }));
    const found = both.find({ kind: "tool", module: "M", name: "T" })!;
    assert.deepEqual([found.variants.length, found.variants[0]!.handlers], [1, 2]);
    const xmlFirst = learn(readXmlHandler(toXml(built), { file: "Twin.xml" }), toModel(built));
    assert.equal(xmlFirst.tools[0]!.variants[0]!.signature.label, "T");
  });

  it("survives being written and read", () => {
    const catalogue = learn(user("One", old), user("Two", newer), user("Three", getKey));
    assert.deepEqual(reread(catalogue).tools, catalogue.tools);
    assert.deepEqual([reread(catalogue).target, reread(catalogue).handlers], ["2018 R5", 3]);
    assert.equal(writeCatalogue(reread(catalogue)), writeCatalogue(catalogue));
  });

  it("survives it with any handlers", () => {
    fc.assert(
      fc.property(fc.array(arbitraryHandler(), { maxLength: 3 }), (all) => {
        const catalogue = learn(...all.map((each) => toModel(each)));
        assert.deepEqual(reread(catalogue).tools, catalogue.tools);
      }),
      { numRuns: 60, seed: 5 },
    );
  });

  it("learns the real handlers", function () {
    needsCorpus(this);
    const catalogue = learn(...corpus().map(({ path }) => readHandler(readFileSync(path), { file: path })));
    const found = catalogue.find({ kind: "tool", module: "Telephony", name: "Get Attribute" })!;
    assert.deepEqual([found.handlers, found.variants.length], [4, 1]);
    assert.ok(catalogue.tools.every(({ variants }) => variants.length === 1));
  });
});

describe("a file that is no catalogue", () => {
  const good = JSON.parse(writeCatalogue(learn(user("One", newer)))) as Record<string, unknown>;
  const refusals: [string, string, RegExp][] = [
    ["no JSON", "<Handler/>", /c\.json is not used: it is no JSON .*"catalogue learn"/],
    ["foreign JSON", '{"tools":[]}', /it is no tool catalogue/],
    ["a list", "[]", /it is no tool catalogue/],
    [
      "of a later version",
      JSON.stringify({ ...good, version: 2 }),
      /its version is 2, .*reads version 1\. .*update/,
    ],
    ["without tools", JSON.stringify({ ...good, tools: undefined }), /tools is no list/],
    [
      "damaged inside",
      JSON.stringify(good).replace('"required":true', '"required":"yes"'),
      /tools\[0\]\.variants\[0\]\.parameters\[0\]\.required/,
    ],
    [
      "with a return value that is none",
      JSON.stringify(good).replace('"returnValue":0', '"returnValue":null'),
      /exits\[0\]\.returnValue is no integer/,
    ],
    [
      "with a tool of no form",
      JSON.stringify(good).replace(/"variants":\[.*\]/, '"variants":[]}]'),
      /variants is empty/,
    ],
  ];
  for (const [what, text, message] of refusals) {
    it(`is refused: ${what}`, () => {
      const read = readCatalogue(text, "c.json");
      assert.ok("problem" in read, what);
      assert.match(read.problem.message, message);
    });
  }

  it("may have fields that are not known, and a byte order mark", () => {
    const read = readCatalogue(`\uFEFF${JSON.stringify({ ...good, madeBy: "someone" })}`, "c.json");
    assert.ok("catalogue" in read);
  });

  it("never throws, whatever stands in it", () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        assert.ok("problem" in readCatalogue(text, "c.json"));
      }),
      { numRuns: 200, seed: 7 },
    );
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (tools) => {
        readCatalogue(JSON.stringify({ ...good, tools }), "c.json");
      }),
      { numRuns: 200, seed: 8 },
    );
  });
});

function withTool(name: string, of: typeof old) {
  const built = handler(name);
  built.start().to(built.tool(of, { A: "x" }));
  return built;
}
