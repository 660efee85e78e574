import assert from "node:assert/strict";
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { ResultFile } from "../../../server/src/database/resultFile";
import { csvLine } from "../../../server/src/database/run/batchOutput";

describe("result files", () => {
  let folder = "";
  before(() => (folder = mkdtempSync(join(tmpdir(), "hw-results-"))));
  after(() => rmSync(folder, { recursive: true, force: true }));

  it("give rows anywhere in them, as they were written", async () => {
    const path = join(folder, "many.csv");
    const rows = Array.from({ length: 3000 }, (_, index) => [
      String(index),
      index % 3 === 0 ? null : `a "b",\n${index}`,
      "",
    ]);
    writeFileSync(path, [["n", "text", "empty"], ...rows].map(csvLine).join(""));
    const file = new ResultFile(path);
    for (const [from, count] of [
      [0, 3],
      [254, 4],
      [255, 600],
      [1499, 2],
      [2999, 10],
      [3000, 5],
    ] as const) {
      const page = await file.page(from, count);
      assert.deepEqual(page.columns, ["n", "text", "empty"]);
      assert.equal(page.total, 3000);
      assert.deepEqual(page.rows, rows.slice(from, from + count));
    }
  });

  it("keep any value", async () => {
    const cell = fc.oneof(
      fc.constant(null),
      fc.string({ unit: "grapheme" }),
      fc.constantFrom("", '"', "\r\n", ",", '""'),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(cell, cell), { maxLength: 20 }), async (rows) => {
        const path = join(folder, "any.csv");
        writeFileSync(path, [["a", "b"], ...rows].map(csvLine).join(""));
        const page = await new ResultFile(path).page(0, 100);
        assert.deepEqual(page.rows, rows);
      }),
      { seed: 7, numRuns: 200 },
    );
  });

  it("grow while they are read; a row that is not whole yet is not there yet", async () => {
    const path = join(folder, "growing.csv");
    writeFileSync(path, "a\n1\n2");
    const file = new ResultFile(path);
    assert.deepEqual(await file.page(0, 10), { columns: ["a"], rows: [["1"]], total: 1 });
    appendFileSync(path, '2\n"x\ny');
    assert.deepEqual((await file.page(0, 10)).rows, [["1"], ["22"]]);
    appendFileSync(path, '"\n');
    assert.deepEqual((await file.page(1, 10)).rows, [["22"], ["x\ny"]]);
  });
});
