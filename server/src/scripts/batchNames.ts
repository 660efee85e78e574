import * as l10n from "@vscode/l10n";
import type { BatchItem } from "./items";

/** What people read for what a script sends at once. */
export const batchNames: Readonly<Record<BatchItem["type"], string>> = {
  batch: l10n.t("batch"),
  sql: l10n.t("statement"),
  plsql: l10n.t("PL/SQL block"),
};
