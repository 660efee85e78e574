// `tsx test/makeRulesPage.ts`: writes the list of rules into media/readme/rules.md, between the two marks.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { rulesTable } from "../server/src/analysis/hints/rulesTable";

const page = join(__dirname, "../media/readme/rules.md");
const marks = /(<!-- rules -->\n)[^]*(\n<!-- end of rules -->)/;
writeFileSync(
  page,
  readFileSync(page, "utf8").replace(marks, (_, start, end) => `${start}\n${rulesTable()}${end}`),
);
