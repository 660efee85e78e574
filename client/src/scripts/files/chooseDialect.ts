import { basename } from "node:path";
import { l10n, type QuickPickItem, QuickPickItemKind, window } from "vscode";
import type { Dialect } from "../../../../server/src/protocol";
import type { Connections } from "../connections/connections";
import type { ScriptFiles } from "./scriptFiles";

type Item = QuickPickItem & { readonly dialect?: Dialect | ""; readonly connection?: string };

/** Lets the user say what the script in the editor is for, and on which connection it is to run. */
export async function chooseScriptDialect(files: ScriptFiles, connections: Connections): Promise<void> {
  const document = window.activeTextEditor?.document;
  if (document?.uri.scheme !== "file") {
    void window.showInformationMessage(l10n.t("Open a script that is saved as a file first."));
    return;
  }
  const { uri } = document;
  const dialect = files.dialectOf(uri);
  const kind = dialect === "sqlplus" ? "oracle" : "sqlserver";
  const now = (is: boolean): string | undefined => (is ? l10n.t("as it is now") : undefined);
  const connection = files.connectionOf(uri);
  const items: Item[] = [
    { label: "SQL Server (sqlcmd)", description: now(dialect === "sqlcmd"), dialect: "sqlcmd" },
    { label: "Oracle (SQL*Plus)", description: now(dialect === "sqlplus"), dialect: "sqlplus" },
    ...(dialect ? [{ label: l10n.t("Leave This File Alone"), dialect: "" as const }] : []),
    { label: l10n.t("Connection"), kind: QuickPickItemKind.Separator },
    ...(dialect
      ? connections.all
          .filter(({ target }) => target.kind === kind)
          .map(({ id, name }) => ({ label: name, description: now(id === connection?.id), connection: id }))
      : []),
  ];
  const picked = await window.showQuickPick(items, {
    title: l10n.t("Dialect and connection of {0}", basename(uri.fsPath)),
  });
  if (picked?.dialect !== undefined) await files.choose(document, { dialect: picked.dialect });
  else if (picked?.connection !== undefined) await files.choose(document, { connection: picked.connection });
}
