import * as l10n from "@vscode/l10n";
import type { RuleTable } from "../../ruleTable";

/** What is said of a handler's picture; the codes begin with `flow/`. */
export const flowRules = {
  "too-many-steps": ["warning", l10n.t("The handler has more steps than are drawn.")],
  "automatic-layout": ["information", l10n.t("The file holds no positions; the arrangement is automatic.")],
  "node-twice": ["warning", l10n.t("Two steps have the same node id; lines lead to the first.")],
  "out-of-bounds": ["warning", l10n.t("A step's position or size is not on Designer's canvas.")],
  "no-size": ["warning", l10n.t("A step's rectangle is empty.")],
  "line-out-of-bounds": ["warning", l10n.t("A line has bend points that are not on Designer's canvas.")],
  "target-missing": ["warning", l10n.t("An exit leads to a step that the file does not hold.")],
  "more-problems": ["information", l10n.t("There are more problems than are shown.")],
} as const satisfies RuleTable;

export type FlowCode = `flow/${keyof typeof flowRules}`;
