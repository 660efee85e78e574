import * as l10n from "@vscode/l10n";
import type { QueryAnswer } from "../messages";
import type { Target } from "../target";
import { Answer, type Check, type CheckContext, type Judgement } from "./check";
import { oracleChecks } from "./oracle";
import { sqlServerChecks } from "./sqlServer";

/** A check with the query that it sends. */
export interface PlannedCheck extends Pick<Check, "id" | "title" | "why" | "source"> {
  readonly sql: string;
}

function checksFor(kind: Target["kind"]): readonly Check[] {
  return kind === "oracle" ? oracleChecks : sqlServerChecks;
}

/** The checks that apply, with their queries: shown before any is sent. */
export function plannedChecks(kind: Target["kind"], context: CheckContext): PlannedCheck[] {
  return checksFor(kind).flatMap(({ id, title, why, source, sql }) => {
    const text = sql(context);
    return text === undefined ? [] : [{ id, title, why, source, sql: text }];
  });
}

/** What the answers mean, in the order of the checks. */
export function judged(
  kind: Target["kind"],
  context: CheckContext,
  answers: readonly QueryAnswer[],
): (Judgement & { readonly id: string; readonly title: string })[] {
  return checksFor(kind).flatMap(({ id, title, judge }) => {
    const answer = answers.find((each) => each.id === id);
    if (!answer) return [];
    if (answer.error !== undefined) {
      const message = l10n.t("The server does not answer: {0}. Ask an administrator.", answer.error);
      return [{ id, title, state: "unknown" as const, message }];
    }
    return [{ id, title, ...judge(new Answer(answer), context) }];
  });
}
