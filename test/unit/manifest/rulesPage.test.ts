import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { rules } from "../../../server/src/analysis/checks/checks";
import { rulesTable } from "../../../server/src/analysis/hints/rulesTable";

describe("the rules page", () => {
  it("lists every rule as the program has it (npx tsx test/makeRulesPage.ts writes it)", () => {
    const page = readFileSync(join(__dirname, "../../../media/readme/rules.md"), "utf8");
    assert.ok(page.includes(rulesTable()));
    for (const { id } of rules) assert.ok(page.includes(`| \`${id}\` |`), id);
  });

  it("names a source for every rule that rests on more than the handler", () => {
    const hints = rules.filter(({ id }) => /^(?:tool|mail|handler)-/.test(id));
    assert.ok(hints.length >= 19);
    for (const { id, source } of hints) assert.ok(source && source.length > 10, id);
  });

  it("has rules with ids that differ", () => {
    assert.equal(new Set(rules.map(({ id }) => id)).size, rules.length);
  });
});
