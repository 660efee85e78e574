import { l10n } from "vscode";

export type Severity = "error" | "warning" | "information" | "hint";

/** What people read for how bad a problem is. */
export const severityName = (severity: Severity): string =>
  ({
    error: l10n.t("error"),
    warning: l10n.t("warning"),
    information: l10n.t("information"),
    hint: l10n.t("hint"),
  })[severity];
