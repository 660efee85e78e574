import { l10n } from "vscode";

/** How many errors a run had; nothing where it had none. */
export function errorCount(errors: number): string {
  if (errors === 0) return "";
  return errors === 1 ? l10n.t("1 error") : l10n.t("{0} errors", errors);
}
