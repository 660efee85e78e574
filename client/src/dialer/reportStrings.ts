import { l10n } from "vscode";
import type { ReportView } from "../../../server/src/protocol";

/** The texts of a report in the user's language; the view itself has none. */
export function reportStrings(): ReportView.Strings {
  return {
    loading: l10n.t("Loading"),
    filter: l10n.t("Filter rows"),
    filterHelp: l10n.t("Rows that hold all of these words"),
    shown: l10n.t("{0} of {1} rows"),
    showAll: l10n.t("Show all {0} rows"),
    noMatch: l10n.t("No row matches the filter."),
  };
}
