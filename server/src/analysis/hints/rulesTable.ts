import * as l10n from "@vscode/l10n";
import { rules } from "../checks/checks";
import type { Certainty, RuleInfo } from "../checks/rule";
import { cell } from "./markdown";

const words: Readonly<Record<Certainty, string>> = {
  certain: l10n.t("certain"),
  likely: l10n.t("likely"),
  possible: l10n.t("possible: look"),
  habit: l10n.t("a matter of habit"),
};

/** The page that lists every rule: what a finding means, how sure it is, where the rule comes from. */
export function rulesTable(all: readonly RuleInfo[] = rules): string {
  const rows = all.map(({ id, meaning, severity, certainty, source }) => [
    `\`${id}\``,
    severity,
    words[certainty],
    escape(meaning),
    escape(source ?? l10n.t("The handlers themselves")),
  ]);
  return [
    [
      l10n.t("Rule"),
      l10n.t("Default"),
      l10n.t("How sure"),
      l10n.t("What it means"),
      l10n.t("Where it comes from"),
    ],
    Array(5).fill("---"),
    ...rows,
  ]
    .map((cells: string[]) => `| ${cells.join(" | ")} |\n`)
    .join("");
}

/** Our own texts need less than those of handlers. */
function escape(text: string): string {
  return /[<>|*]/.test(text) ? cell(text) : text;
}
