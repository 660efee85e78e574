// A bundle of its own: the client has its answer to "initialize" before this is loaded.
import "../localisation";

import {
  type Connection,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  type InitializeParams,
  WatchKind,
} from "vscode-languageserver";
import { section } from "../workspace/settings";
import { registerFeatures } from "./features";
import { registerPackages } from "./packages";
import { Session } from "./session";
import { createTexts } from "./texts/features";

/** Answers what the client asks and tells once the protocol is initialized. */
export async function answer(
  connection: Connection,
  { capabilities, workspaceFolders, rootUri }: InitializeParams,
): Promise<void> {
  const session = new Session(connection);
  const packages = registerPackages(connection, () => session.settings);
  const texts = createTexts(connection, session);
  const { workspace } = capabilities;
  session.canWatch = workspace?.didChangeWatchedFiles?.dynamicRegistration ?? false;
  session.setFolders(workspaceFolders?.map(({ uri }) => uri) ?? (rootUri ? [rootUri] : []));

  const configure = async (): Promise<void> => {
    await session.configure();
    texts.recheck();
    await packages.recheck();
  };

  connection.onDidChangeConfiguration(configure);
  connection.onDidChangeWatchedFiles(({ changes }) => {
    session.changed(changes);
    texts.filesChanged(changes);
  });
  connection.onShutdown(async () => {
    session.stop();
    texts.stop();
    await packages.closeAll();
  });
  registerFeatures(connection, session, texts);

  if (workspace?.workspaceFolders) {
    connection.workspace.onDidChangeWorkspaceFolders(async () => {
      const folders = (await connection.workspace.getWorkspaceFolders()) ?? [];
      session.setFolders(folders.map(({ uri }) => uri));
      session.reindex();
    });
  }
  if (workspace?.didChangeConfiguration?.dynamicRegistration) {
    await connection.client.register(DidChangeConfigurationNotification.type, { section });
  }
  if (session.canWatch) {
    // What Dialer configurations are checked against; handlers are watched by the session.
    await connection.client.register(DidChangeWatchedFilesNotification.type, {
      watchers: [{ globPattern: "**/*.{udl,ora,UDL,ORA}", kind: WatchKind.Change }],
    });
  }
  await configure();
}
