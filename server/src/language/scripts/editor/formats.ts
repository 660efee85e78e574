import * as l10n from "@vscode/l10n";
import type { TextFormat } from "../../../protocol";
import type { Dialect } from "../../../scripts/items";

/** Formats of script files: never recognised by name or content, only because the editor part says so. */
export const scriptTextFormats: readonly (TextFormat & { readonly dialect: Dialect })[] = [
  { id: "sqlcmd-script", title: l10n.t("SQL Server script (sqlcmd)"), dialect: "sqlcmd" },
  { id: "sqlplus-script", title: l10n.t("Oracle script (SQL*Plus)"), dialect: "sqlplus" },
];

export function scriptDialectOf(format: string): Dialect | undefined {
  return scriptTextFormats.find(({ id }) => id === format)?.dialect;
}
