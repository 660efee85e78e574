import { commands, l10n, window, workspace } from "vscode";

/** In Restricted Mode nothing connects and nothing runs: says so, and answers whether it may go on. */
export function isTrusted(): boolean {
  if (workspace.isTrusted) return true;
  const manage = l10n.t("Manage Workspace Trust");
  void window
    .showWarningMessage(trustedOnly(), manage)
    .then((chosen) => (chosen === manage ? commands.executeCommand("workbench.trust.manage") : undefined));
  return false;
}

/** Why nothing happens in Restricted Mode. */
export function trustedOnly(): string {
  return l10n.t("Scripts run and databases are connected to in a trusted workspace only.");
}
