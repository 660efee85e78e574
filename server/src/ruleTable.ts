import type { Severity } from "./problem";

/**
 * The codes of a room's findings: how bad each is (all severities it can have, where that differs), and what it means
 * to users. Code that finds refers to the type of a table only, so that no table is in a bundle; the page of rules
 * (test/rulesPage.ts) is made from their values.
 */
export type RuleTable = Readonly<
  Record<string, readonly [severity: Severity | readonly Severity[], meaning: string]>
>;

/** The severities that a finding of one of the codes may have. */
export type SeverityOf<Table, Code extends keyof Table> = Severity & SeverityIn<Table[Code]>;

type SeverityIn<Rule> = Rule extends readonly [infer Found, string]
  ? Found extends readonly (infer Each)[]
    ? Each
    : Found
  : never;
