import type { Handler } from "../../handler/model";
import { baseRules } from "../hints/baseRules";
import { documentedRules } from "../hints/documentedRules";
import { mailboxRule } from "../hints/mail/mailboxRule";
import { migrationRules } from "../hints/migrationRules";
import { argumentType, emptyArgument } from "./arguments";
import { callSignature, callsOf, parameterLabel, subroutineNotFound } from "./calls";
import { openErrorExit, unreachableStep } from "./flow";
import { nameTwice } from "./names";
import { readingFindings, readingRules } from "./reading";
import type { Call, Callee, CallRule, Finding, HandlerRule, RuleInfo } from "./rule";
import { unusedVariable } from "./variables";

/** Rules that look at one handler. */
export const handlerRules: readonly HandlerRule[] = [
  emptyArgument,
  argumentType,
  unreachableStep,
  openErrorExit,
  unusedVariable,
  ...documentedRules,
  mailboxRule,
];

/** Rules that look at a call and at the handlers of the called name. */
export const callRules: readonly CallRule[] = [subroutineNotFound, callSignature, parameterLabel];

/** Every rule, for settings and reports. */
export const rules: readonly RuleInfo[] = [
  ...readingRules,
  ...callRules,
  nameTwice,
  ...handlerRules,
  ...Object.values(migrationRules),
  ...baseRules,
];

const byId = new Map(rules.map((rule) => [rule.id, rule]));

export function ruleById(id: string): RuleInfo | undefined {
  return byId.get(id);
}

/** What can be said about a handler by itself, its reading included. */
export function checkHandler(handler: Handler): Finding[] {
  const findings = readingFindings(handler);
  for (const rule of handlerRules) {
    for (const finding of rule.check(handler)) findings.push({ ...finding, rule: rule.id });
  }
  return findings;
}

/** What can be said about calls when the other handlers are known. */
export function checkCalls(
  calls: readonly Call[],
  calleesOf: (name: string) => readonly Callee[],
): Finding[] {
  const findings: Finding[] = [];
  for (const call of calls) {
    const callees = calleesOf(call.name);
    for (const rule of callRules) {
      for (const finding of rule.checkCall(call, callees)) findings.push({ ...finding, rule: rule.id });
    }
  }
  return findings;
}

export { callsOf };
