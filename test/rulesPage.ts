import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { rulesTable } from "../server/src/analysis/hints/rulesTable";
import { commonRules, configRules } from "../server/src/config/rules";
import { dialerRules } from "../server/src/dialer/rules";
import { flowRules } from "../server/src/handler/flow/rules";
import { consoleRules } from "../server/src/packages/console/rules";
import { packageRules } from "../server/src/packages/rules";
import type { RuleTable } from "../server/src/ruleTable";
import { generatedRules } from "../server/src/scripts/generated/rules";
import { scriptRules } from "../server/src/scripts/rules";

/** Codes of one kind of files; `sources` is where they are said, below server/src. */
export interface CodeSection {
  /** In the marks of the page. */
  readonly id: string;
  readonly codes: RuleTable;
  readonly sources: readonly string[];
}

function prefixed(prefix: string, rules: RuleTable): RuleTable {
  return Object.fromEntries(Object.entries(rules).map(([code, rule]) => [`${prefix}/${code}`, rule]));
}

/** All codes but the rules of handlers, in the order of the page. */
export const sections: readonly CodeSection[] = [
  { id: "dialer", codes: prefixed("dialer", dialerRules), sources: ["dialer", "language/dialer"] },
  {
    id: "config",
    codes: Object.assign(
      {},
      ...Object.entries(configRules).map(([format, rules]) => prefixed(format, { ...rules, ...commonRules })),
    ) as RuleTable,
    sources: ["config"],
  },
  { id: "packages", codes: prefixed("package", packageRules), sources: ["packages"] },
  { id: "console", codes: prefixed("console", consoleRules), sources: ["packages/console"] },
  { id: "scripts", codes: scriptRules, sources: ["scripts"] },
  { id: "generated", codes: generatedRules, sources: ["scripts/generated"] },
  { id: "flow", codes: prefixed("flow", flowRules), sources: ["handler/flow", "language"] },
];

const path = join(__dirname, "../media/readme/rules.md");

export const rulesPage = (): string => readFileSync(path, "utf8");

/** What stands between the marks of the page, by the marks. */
export function lists(): ReadonlyMap<string, string> {
  return new Map([
    ["rules", rulesTable()],
    ...sections.map(({ id, codes }): [string, string] => [`codes: ${id}`, codeTable(codes)]),
  ]);
}

/** The page with its lists as the program has them. */
export function pageWith(text: string): string {
  let page = text;
  for (const [mark, list] of lists()) {
    const [start, end] = [`<!-- ${mark} -->\n`, `\n<!-- end of ${mark} -->`];
    const [before, rest, ...more] = page.split(start);
    const at = rest?.indexOf(end) ?? -1;
    if (rest === undefined || at < 0 || more.length > 0)
      throw new Error(`The marks of ${mark} are not on the page once`);
    page = `${before}${start}\n${list}${rest.slice(at)}`;
  }
  return page;
}

export function writeRulesPage(): void {
  writeFileSync(path, pageWith(rulesPage()));
}

function codeTable(codes: RuleTable): string {
  const rows = Object.entries(codes).map(([code, [severity, meaning]]) => [
    `\`${code}\``,
    [severity].flat().join(" or "),
    meaning.replaceAll("|", "\\|"),
  ]);
  return [["Code", "Severity", "What it means"], ["---", "---", "---"], ...rows]
    .map((cells) => `| ${cells.join(" | ")} |\n`)
    .join("");
}
