import * as l10n from "@vscode/l10n";
import type { RuleTable } from "../../ruleTable";

/** What is found in calls of `ININ.Migrator.Console`; the codes begin with `console/`. */
export const consoleRules = {
  "too-large": ["warning", l10n.t("The file is too large for a script and was not checked.")],
  quotes: ["error", l10n.t("A quote is not closed on its line.")],
  dash: [
    ["error", "warning"],
    l10n.t("An option does not begin with a plain dash (a warning where the dash is missing)."),
  ],
  "unknown-option": ["error", l10n.t("There is no such option.")],
  twice: ["error", l10n.t("An option is given twice.")],
  stray: ["error", l10n.t("A word is neither an option nor the value of one.")],
  "both-modes": ["error", l10n.t("Export and import are asked for at once.")],
  "no-mode": ["error", l10n.t("Neither export nor import is asked for.")],
  "wrong-mode": ["warning", l10n.t("An option belongs to the other mode and does nothing.")],
  missing: [["error", "warning"], l10n.t("An option is missing (a warning where it is only advised).")],
  value: [["error", "warning"], l10n.t("An option has no value, a wrong one, or one it does not take.")],
  dialer: ["information", l10n.t("The export leaves the Dialer package out.")],
  waits: ["information", l10n.t("The program waits for a key, which a scheduled script cannot press.")],
  password: ["warning", l10n.t("The password stands in the script.")],
  recovery: ["information", l10n.t("Recovery mode has conditions that migration has not.")],
  nodes: ["warning", l10n.t("The list of nodes has something too much.")],
  "partial-ipa": ["warning", l10n.t("Only a part of Interaction Process Automation is chosen.")],
  dependency: ["warning", l10n.t("A node is chosen without another that it needs.")],
  "tracker-config": [
    "warning",
    l10n.t("AdminConfig is chosen without Tracker Config, which it is imported with or after."),
  ],
  "unknown-node": ["information", l10n.t("Whether nodes are spelt right cannot be told.")],
  "relative-path": ["warning", l10n.t("A path is not a full one.")],
  "install-root": ["error", l10n.t("A folder is where CIC is installed, or the root of a drive.")],
  importfile: [["warning", "information"], l10n.t("The file to import is not named as packages are.")],
} as const satisfies RuleTable;

export type ConsoleRule = keyof typeof consoleRules;
export type ConsoleCode = `console/${ConsoleRule}`;
