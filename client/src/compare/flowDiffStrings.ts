import { l10n } from "vscode";
import type { FlowDiffView } from "../../../server/src/protocol";

/** The texts of the flow diff in the user's language; the view itself has none. */
export function flowDiffStrings(): FlowDiffView.Strings {
  return {
    view: l10n.t("Arrangement of the pictures"),
    sideBySide: l10n.t("Side by Side"),
    overlaid: l10n.t("Overlaid"),
    changes: l10n.t("Changes ({0})"),
    noChanges: l10n.t("No differences of the chosen kinds"),
    previousChange: l10n.t("Previous Change (Shift+F7)"),
    nextChange: l10n.t("Next Change (F7)"),
    changeOf: l10n.t("{0} of {1}"),
    openListingDiff: l10n.t("Open Listing Diff (Enter)"),
    oldPicture: l10n.t("Old: {0}"),
    newPicture: l10n.t("New: {0}"),
    bothPictures: l10n.t("{0} and {1}, overlaid"),
    help: l10n.t(
      "N or F7 goes to the next change, P or Shift+F7 to the previous one. O switches between side by side and overlaid. Plus and minus zoom, 0 shows everything, arrows move the picture, Enter opens the listing diff.",
    ),
    added: l10n.t("added"),
    removed: l10n.t("removed"),
    changed: l10n.t("changed"),
    legend: l10n.t("Legend"),
    oldValue: l10n.t("Old"),
    newValue: l10n.t("New"),
    nothing: l10n.t("(nothing)"),
    handlerItself: l10n.t("Handler"),
    stepOf: l10n.t("{0} ({1})"),
    details: l10n.t("Selected change"),
    failed: l10n.t("The flows cannot be compared"),
  };
}
