import { l10n } from "vscode";
import type { InventoryView } from "../../../server/src/protocol";

/** The texts of the inventory in the user's language; the view itself has none. */
export function inventoryStrings(): InventoryView.Strings {
  return {
    loading: l10n.t("Loading"),
    filter: l10n.t("Filter rows"),
    filterHelp: l10n.t("Rows that hold all of these words"),
    shown: l10n.t("{0} of {1} rows"),
    showAll: l10n.t("Show all {0} rows"),
    noMatch: l10n.t("No row matches the filter."),
    everyClass: l10n.t("Every class"),
    again: l10n.t("Take Again"),
    export: l10n.t("Export..."),
    columns: l10n.t("Columns..."),
    compare: l10n.t("Compare"),
    cell: l10n.t("{0} of {1}"),
    handler: l10n.t("Handler"),
    class: l10n.t("Class"),
    startedBy: l10n.t("Started By"),
    steps: l10n.t("Steps"),
    known: l10n.t("What Is Known"),
    path: l10n.t("Path"),
    customizationPoint: l10n.t("customization point"),
  };
}
