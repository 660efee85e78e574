import { commands, l10n, type QuickPickItem, window } from "vscode";
import type { Dialect } from "../../../../server/src/protocol";
import type { Connection, Connections } from "./connections";

/**
 * Lets the user choose a connection for a dialect; where there is none, offers to make one. The only one that fits is
 * taken: what it is, the preview says.
 */
export async function chooseConnection(
  connections: Connections,
  dialect: Dialect,
  { title, chosen }: { readonly title: string; readonly chosen?: string },
): Promise<Connection | undefined> {
  const kind = dialect === "sqlcmd" ? "sqlserver" : "oracle";
  const fitting = connections.all.filter(({ target }) => target.kind === kind);
  if (fitting.length === 1) return fitting[0];
  const add: QuickPickItem & { readonly connection?: Connection } = {
    label: l10n.t("$(add) New Connection..."),
    alwaysShow: true,
  };
  const items = [
    ...fitting.map((connection) => ({
      label: connection.name,
      description: `${connection.target.server}${connection.target.database === undefined ? "" : `, ${connection.target.database}`}`,
      detail: connection.id === chosen ? l10n.t("used last time") : undefined,
      connection,
    })),
    add,
  ];
  const picked = await window.showQuickPick(items, {
    title,
    placeHolder: dialect === "sqlcmd" ? l10n.t("Connection to SQL Server") : l10n.t("Connection to Oracle"),
    ignoreFocusOut: true,
  });
  if (picked === add) await commands.executeCommand("handlerWorkbench.addConnection");
  return picked?.connection;
}
