import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { decodeIhd } from "../../../server/src/ihd/decode";
import { TypeTables } from "../../../server/src/ihd/typeTable";
import { writeIhd } from "../../../server/src/ihd/writer";
import { corpus, needsCorpus } from "../../corpus";

describe("real .ihd files", function () {
  before(function () {
    needsCorpus(this);
  });

  it("decode to the last byte, with every structural rule and nothing unusual", () => {
    for (const { name, path } of corpus()) {
      const decoded = decodeIhd(readFileSync(path), { typeTables: new TypeTables() });
      assert.deepEqual([decoded.exact, decoded.problems, decoded.inferred], [true, [], []], name);
    }
  });

  it("written again are the same bytes, with the type table decoded anew and known", () => {
    const tables = new TypeTables();
    for (const { name, path } of [...corpus(), ...corpus()]) {
      const bytes = readFileSync(path);
      const { file } = decodeIhd(bytes, { typeTables: tables });
      assert.ok(writeIhd(file).equals(bytes), name);
      assert.ok(file.canonical && file.oddForms.size === 0, name);
    }
  });

  it("share one decoded type table where its bytes are the same", () => {
    const tables = new TypeTables();
    const roots = corpus().map(({ path }) => decodeIhd(readFileSync(path), { typeTables: tables }).file.root);
    const tablesSeen = new Set(roots.map((root) => root.types));
    assert.ok(tablesSeen.size < roots.length / 3, `${tablesSeen.size} tables in ${roots.length} files`);
    assert.ok([...tablesSeen].every((types) => types.every((each) => Object.isFrozen(each))));
    // Same length is not same bytes: the shared objects must be right for each file.
    for (const [i, { expected }] of corpus().entries()) {
      assert.equal(roots[i]!.types.length, expected["types"]);
    }
  });
});
