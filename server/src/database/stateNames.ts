import * as l10n from "@vscode/l10n";
import type { RunState } from "./messages";

/** What people read for the states of runs, which stay as they are in journals. */
export const stateNames: Readonly<Record<RunState | "Running", string>> = {
  Completed: l10n.t("Completed"),
  Incomplete: l10n.t("Incomplete"),
  "Ready for restart": l10n.t("Ready for restart"),
  "User completed": l10n.t("User completed"),
  Failed: l10n.t("Failed"),
  Cancelled: l10n.t("Cancelled"),
  Running: l10n.t("Running"),
};
