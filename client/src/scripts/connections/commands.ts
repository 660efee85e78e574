import { Disposable, l10n, window } from "vscode";
import type { Uri } from "vscode";
import type { Server } from "../../server";
import type { Register } from "../register";
import type { RunnerPlace } from "../runnerProcess";
import { isTrusted } from "../trust";
import type { ConnectionEditor } from "./connectionEditor";
import { testConnection } from "./connectionEditor";
import type { Connection, Connections } from "./connections";
import { importConnections } from "./importConnections";

export interface ConnectionParts {
  readonly server: Server;
  readonly connections: Connections;
  readonly editor: ConnectionEditor;
  readonly runner: RunnerPlace;
}

export function registerConnectionCommands(
  register: Register,
  { server, connections, editor, runner }: ConnectionParts,
): Disposable {
  return Disposable.from(
    register("addConnection", () => editor.show()),
    register("editConnection", async (given?: Connection) => {
      const connection = await chosen(connections, given);
      if (connection) await editor.show(connection);
    }),
    register("testConnection", async (given?: Connection) => {
      if (!isTrusted()) return;
      const connection = await chosen(connections, given);
      const password = connection && (await connections.password(connection));
      if (!connection || password === undefined) return;
      const { text, good } = await testConnection(runner, { target: connection.target, password });
      // A wrong password that was typed must not be used again.
      if (!good) connections.forgetEntered(connection.id);
      void (good ? window.showInformationMessage(text) : window.showErrorMessage(text));
    }),
    register("removeConnection", async (given?: Connection) => {
      const connection = await chosen(connections, given);
      if (!connection) return;
      const remove = l10n.t("Remove");
      const answer = await window.showWarningMessage(
        l10n.t("Remove the connection {0} and its password?", connection.name),
        { modal: true },
        remove,
      );
      if (answer === remove) await connections.remove(connection);
    }),
    register("forgetPassword", async (given?: Connection) => {
      const connection = await chosen(connections, given);
      if (connection) await connections.forgetPassword(connection.id);
    }),
    register("importConnections", async (given?: Uri) => {
      const names = await importConnections(connections, server, given);
      if (names.length > 0)
        void window.showInformationMessage(
          l10n.t("Imported: {0}. Check user and protection before use.", names.join(", ")),
        );
    }),
  );
}

async function chosen(
  connections: Connections,
  given: Connection | undefined,
): Promise<Connection | undefined> {
  if (given) return connections.get(given.id);
  const items = connections.all.map((connection) => ({
    label: connection.name,
    description: connection.target.server,
    connection,
  }));
  if (items.length === 0) {
    void window.showInformationMessage(l10n.t("There are no connections yet. Add one first."));
    return undefined;
  }
  return (await window.showQuickPick(items, { title: l10n.t("Connections") }))?.connection;
}
