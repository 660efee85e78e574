import * as l10n from "@vscode/l10n";
import type { Problem } from "../../problem";
import type { SeverityOf } from "../../ruleTable";
import type { StatementFacts } from "./facts";
import { dialerFields, headerFields, type HeaderName, valueOf } from "./header";
import type { GeneratedHeader } from "./model";
import type { GeneratedCode, generatedRules } from "./rules";

/**
 * Compares a generated script's header with its statements: what disagrees was edited by hand, or damaged. The
 * facts are those of the sample in the CIC Migration guide 2018 R5, "Migrate the Dialer 2.4/3.0 database".
 */
export function checkGenerated(
  file: string,
  header: GeneratedHeader | undefined,
  facts: StatementFacts,
): Problem[] {
  const problems: Problem[] = [];
  const say: Say = (severity, code, line, message) => {
    problems.push({ code, severity, message, place: { file, line } });
  };
  if (header) {
    checkFields(header, say);
    checkTarget(header, facts, say);
    checkVariables(header, facts, say);
    checkDates(header, say);
    checkHasData(header, facts, say);
  } else {
    say(
      "warning",
      "generated-no-header",
      1,
      l10n.t(
        "there is no header comment with Name = Value lines: is this a script of the migration assistant?",
      ),
    );
  }
  for (const { value, line } of facts.links) {
    if (/^\p{L}/u.test(value)) continue;
    say(
      "error",
      "generated-link-name",
      line,
      l10n.t('the link "{0}" does not begin with a letter: the assistant\'s links must', value),
    );
  }
  if (facts.ampersand !== undefined) {
    say(
      "error",
      "generated-define",
      facts.ampersand,
      l10n.t('there is an "&" and no SET DEFINE OFF before it: SQL*Plus would ask for a value'),
    );
  }
  return problems;
}

type Say = <Code extends GeneratedCode>(
  severity: SeverityOf<typeof generatedRules, Code>,
  code: Code,
  line: number,
  message: string,
) => void;

function lineOf(header: GeneratedHeader, name: HeaderName): number {
  return header.fields.find((field) => field.name === name)?.line ?? header.fields[0]?.line ?? 1;
}

function checkFields(header: GeneratedHeader, say: Say): void {
  const there = header.fields.map(({ name }) => name);
  const first = header.fields[0]?.line ?? 1;
  const missing = headerFields.filter((name) => !there.includes(name) && !dialerFields.has(name));
  if (missing.length > 0) {
    say("information", "generated-header-fields", first, l10n.t("the header has no {0}", missing.join(", ")));
  }
  const seen = new Set<string>();
  for (const { name, line } of header.fields) {
    if (seen.has(name))
      say(
        "warning",
        "generated-header-fields",
        line,
        l10n.t("the header has {0} twice; the first one counts", name),
      );
    seen.add(name);
  }
  const order = there.map((name) => headerFields.indexOf(name as HeaderName)).filter((index) => index >= 0);
  const turned = order.findIndex((index, at) => at > 0 && index < (order[at - 1] ?? 0));
  if (turned > 0) {
    say(
      "information",
      "generated-header-fields",
      first,
      l10n.t(
        "the header's fields are not in the assistant's order ({0} comes too late)",
        headerFields[order[turned] ?? 0] ?? "",
      ),
    );
  }
}

function same(a: string, b: string): boolean {
  return a.trim().toLowerCase() === b.trim().toLowerCase();
}

/** Header, INSERT and variables must name one table. */
function checkTarget(header: GeneratedHeader, facts: StatementFacts, say: Say): void {
  const table = valueOf(header, "TargetTable");
  const schema = valueOf(header, "TargetSchema");
  if (table === undefined) return;
  const wanted = schema === undefined ? table : `${schema}.${table}`;
  const fits = (name: string): boolean => {
    const parts = name.split(".");
    const owner = parts[parts.length - 2];
    return (
      same(parts[parts.length - 1] ?? "", table) &&
      (schema === undefined || owner === undefined || same(owner, schema))
    );
  };
  const first = facts.inserts[0];
  if (first && !facts.inserts.some(({ value }) => fits(value))) {
    say(
      "error",
      "generated-target",
      first.line,
      l10n.t("rows go into {0}, the header says {1}", first.value, wanted),
    );
  }
  const empty = header.emptyTable;
  if (empty && !fits(empty.name)) {
    say(
      "warning",
      "generated-target",
      empty.line,
      l10n.t("the comment speaks of {0}, the header of {1}", empty.name, wanted),
    );
  }
}

/** Each header field that the DECLARE block repeats. */
function checkVariables(header: GeneratedHeader, facts: StatementFacts, say: Say): void {
  const pairs: readonly (readonly [
    HeaderName,
    string,
    "generated-target" | "generated-time-zone" | "generated-workflow",
  ])[] = [
    ["TargetSchema", "TargetSchema", "generated-target"],
    ["TargetTable", "TargetTable", "generated-target"],
    ["TimeZone", "ZoneName", "generated-time-zone"],
    ["DialerWorkflow", "DialerWorkflow", "generated-workflow"],
  ];
  for (const [field, variable, code] of pairs) {
    const value = valueOf(header, field);
    const found = [...facts.variables].find(([name]) => same(name, variable))?.[1];
    if (value === undefined || found === undefined || same(value, found.value)) continue;
    say(
      "error",
      code,
      found.line,
      l10n.t('{0} is "{1}" in the script, the header says {2} = {3}', variable, found.value, field, value),
    );
  }
}

/** The assistant refuses an end date that includes the day of the run. */
function checkDates(header: GeneratedHeader, say: Say): void {
  const [start, end] = (["StartDateTime", "EndDateTime"] as const).map((name) => {
    const value = valueOf(header, name);
    return value !== undefined && /^\d{4}-\d\d-\d\d/.test(value) ? value : undefined;
  });
  if (start !== undefined && end !== undefined && start > end) {
    say(
      "error",
      "generated-dates",
      lineOf(header, "StartDateTime"),
      l10n.t("the range begins ({0}) after its end ({1})", start, end),
    );
  }
  const day = header.generated?.time.slice(0, 10);
  if (end === undefined || day === undefined || end <= `${day} 00:00:00`) return;
  say(
    "warning",
    "generated-dates",
    lineOf(header, "EndDateTime"),
    l10n.t(
      "EndDateTime {0} lies after the beginning of {1}, the day the script was generated: rows of an unfinished day would be missing later",
      end,
      day,
    ),
  );
}

/** An empty target needs no NOT EXISTS, any other does. */
function checkHasData(header: GeneratedHeader, facts: StatementFacts, say: Say): void {
  const value = valueOf(header, "TableHasData");
  const line = lineOf(header, "TableHasData");
  if (value === undefined || facts.inserts.length === 0) return;
  const empty = /^(?:0|n|no|false)$/i.test(value);
  if (empty && facts.notExists) {
    say(
      "warning",
      "generated-has-data",
      line,
      l10n.t("TableHasData = {0}, and yet the INSERT has a NOT EXISTS", value),
    );
  }
  if (!empty && !facts.notExists) {
    say(
      "error",
      "generated-has-data",
      line,
      l10n.t(
        "TableHasData = {0}, and the INSERT has no NOT EXISTS: rows that are there already come twice, or end the script",
        value,
      ),
    );
  }
  if (!empty && header.emptyTable) {
    say(
      "warning",
      "generated-has-data",
      header.emptyTable.line,
      l10n.t("the comment says that the table is empty, the header TableHasData = {0}", value),
    );
  }
}
