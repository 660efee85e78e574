import * as l10n from "@vscode/l10n";
import type { RuleTable } from "../../ruleTable";

/** What is found in scripts that the Database Migration Assistant made. These codes have no prefix. */
export const generatedRules = {
  // The folder of a run.
  "generated-no-scripts": ["error", l10n.t("The folder holds no scripts.")],
  "generated-several-runs": ["error", l10n.t("The folder holds several runs; one must be chosen.")],
  "generated-many-files": ["warning", l10n.t("The folder holds more files than are looked at.")],
  "generated-unreadable": ["error", l10n.t("A folder or file cannot be read.")],
  "generated-no-order": ["information", l10n.t("The order of the scripts is not known.")],
  "generated-not-run": ["warning", l10n.t("A script is not run by the batch file.")],
  "generated-missing-script": ["error", l10n.t("The batch file runs a script that is not there.")],
  "generated-twice": ["warning", l10n.t("The batch file runs a script twice.")],
  "generated-password": ["warning", l10n.t("A password stands in the batch file.")],
  "generated-left-out": ["warning", l10n.t("The batch file does something that a run from here leaves out.")],
  "generated-variables": [
    "information",
    l10n.t("A value that the batch file gives a variable of sqlcmd is not taken over."),
  ],
  // A script's header against its statements.
  "generated-no-header": ["warning", l10n.t("The script has no header of the assistant.")],
  "generated-header-fields": [
    ["warning", "information"],
    l10n.t("The header's fields are not as the assistant writes them (a warning where one is there twice)."),
  ],
  "generated-target": [
    ["error", "warning"],
    l10n.t(
      "Rows go to another table or schema than the header says (a warning where only a comment differs).",
    ),
  ],
  "generated-time-zone": ["error", l10n.t("The time zone is not the header's.")],
  "generated-workflow": ["error", l10n.t("The workflow is not the header's.")],
  "generated-dates": [
    ["error", "warning"],
    l10n.t("The range of dates is turned round, or includes an unfinished day (a warning)."),
  ],
  "generated-has-data": [
    ["error", "warning"],
    l10n.t("Rows that are there already come twice, or the header does not fit the statement (a warning)."),
  ],
  "generated-link-name": ["error", l10n.t("A database link has a name that the assistant does not take.")],
  "generated-cut-off": ["error", l10n.t("The script ends before its block does.")],
  "generated-no-insert": ["error", l10n.t("The script has no INSERT.")],
  "generated-define": ["error", l10n.t("SQL*Plus would ask for a value where an ampersand stands.")],
} as const satisfies RuleTable;

export type GeneratedCode = keyof typeof generatedRules;
