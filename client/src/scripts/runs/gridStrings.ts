import { l10n } from "vscode";
import type { GridStrings } from "../../../../server/src/protocol";

/** The texts of the result grid in the user's language; the view itself has none. */
export function gridStrings(): GridStrings {
  return {
    grid: l10n.t("Result"),
    help: l10n.t("Arrow keys move, Shift extends the selection, Ctrl+A selects all, Ctrl+C copies"),
    copy: l10n.t("Copy"),
    copyWithNames: l10n.t("Copy with Names"),
    save: l10n.t("Save as CSV..."),
    rows: l10n.t("{0} rows"),
    rowsOf: l10n.t("{0} of {1} rows"),
    position: l10n.t("row {0}, column {1}"),
    selected: l10n.t("{0} rows and {1} columns selected"),
    null: l10n.t("NULL"),
    empty: l10n.t("No rows"),
    row: l10n.t("Row"),
  };
}
