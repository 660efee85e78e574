import { l10n } from "vscode";

/** What a process is told about the language of its texts. Nothing where the editor shows English. */
export const textsEnvironment = (): Readonly<Record<string, string>> =>
  l10n.uri?.scheme === "file" ? { HANDLER_WORKBENCH_TEXTS: l10n.uri.fsPath } : {};
