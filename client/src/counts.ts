import { l10n } from "vscode";

export const stepsCount = (count: number): string =>
  count === 1 ? l10n.t("1 step") : l10n.t("{0} steps", count);

export const handlersCount = (count: number): string =>
  count === 1 ? l10n.t("1 handler") : l10n.t("{0} handlers", count);

export const callersCount = (count: number): string =>
  count === 1 ? l10n.t("1 caller") : l10n.t("{0} callers", count);
