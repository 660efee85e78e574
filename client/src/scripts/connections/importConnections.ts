import { l10n, type QuickPickItem, type Uri, window } from "vscode";
import { ImportConnectionsRequest } from "../../../../server/src/protocol";
import type { Server } from "../../server";
import type { Connections } from "./connections";

/** Takes over what `.udl` and `tnsnames.ora` files name. Passwords in them are left where they are. */
export async function importConnections(
  connections: Connections,
  server: Server,
  given?: Uri,
  all = false,
): Promise<readonly string[]> {
  const files = given ? [given] : await chooseFiles();
  const found: ImportConnectionsRequest.Result["connections"][number][] = [];
  const problems: string[] = [];
  for (const { fsPath: path } of files) {
    const params: ImportConnectionsRequest.Params = { path };
    const answer = await server.request<ImportConnectionsRequest.Result>(
      ImportConnectionsRequest.method,
      params,
    );
    found.push(...answer.connections);
    problems.push(...answer.problems);
  }
  if (problems.length > 0) void window.showWarningMessage(problems.slice(0, 5).join(" "));
  if (found.length === 0) return [];
  const items = found.map((connection): QuickPickItem & { readonly connection: typeof connection } => ({
    label: connection.name,
    description: connection.target.server,
    detail: connection.notes.join(" "),
    picked: true,
    connection,
  }));
  const chosen = all
    ? items
    : await window.showQuickPick(items, {
        title: l10n.t("Import Connections"),
        placeHolder: l10n.t("Passwords are not taken over; they are asked for"),
        canPickMany: true,
        ignoreFocusOut: true,
      });
  const names: string[] = [];
  for (const { connection } of chosen ?? []) {
    const name = freeName(connections, connection.name);
    await connections.save({ name, target: connection.target });
    names.push(name);
  }
  return names;
}

async function chooseFiles(): Promise<readonly Uri[]> {
  const chosen = await window.showOpenDialog({
    title: l10n.t("Import Connections"),
    openLabel: l10n.t("Import"),
    canSelectMany: true,
    filters: { [l10n.t("Data links and tnsnames.ora")]: ["udl", "ora"] },
  });
  return chosen ?? [];
}

function freeName(connections: Connections, wanted: string): string {
  for (let number = 1; ; number++) {
    const name = number === 1 ? wanted : `${wanted} (${number})`;
    if (connections.refusalOf(name) === undefined) return name;
  }
}
