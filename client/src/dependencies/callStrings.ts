import { l10n } from "vscode";
import type { CallView } from "../../../server/src/protocol";

/** The texts of the picture of calls in the user's language; the view itself has none. */
export function callStrings(): CallView.Strings {
  return {
    picture: l10n.t("Picture of the calls"),
    help: l10n.t(
      "Arrow keys follow calls, Enter opens the flow, F shows one handler's calls only, A all; + and - zoom, 0 fits.",
    ),
    loading: l10n.t("Loading"),
    empty: l10n.t("There are no handlers to draw."),
    search: l10n.t("Find a handler"),
    found: l10n.t("{0} of {1}"),
    zoomIn: l10n.t("Zoom In"),
    zoomOut: l10n.t("Zoom Out"),
    fit: l10n.t("Fit in Window"),
    open: l10n.t("Open Flow"),
    focus: l10n.t("Only Its Calls"),
    all: l10n.t("All Calls"),
    export: l10n.t("Export..."),
    handlers: l10n.t("{0} handlers, {1} calls drawn"),
    leftOutHandlers: l10n.t("{0} handlers with few calls are left out"),
    leftOutCalls: l10n.t("{0} calls are shown as numbers"),
    handler: l10n.t("started by an event"),
    subroutine: l10n.t("subroutine"),
    missing: l10n.t("not there"),
    dead: l10n.t("nothing here starts it"),
    cycle: l10n.t("calls in a circle"),
    calls: l10n.t("calls {0}"),
    callers: l10n.t("called by {0}"),
    hub: l10n.t("the lines of its callers are left out"),
  };
}
