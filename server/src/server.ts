import "./localisation";

import {
  createConnection,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  type InitializeParams,
  type InitializeResult,
  ProposedFeatures,
  TextDocumentSyncKind,
  WatchKind,
} from "vscode-languageserver/node";
import { registerFeatures } from "./language/features";
import { registerPackages } from "./language/packages";
import { semanticTokensLegend } from "./language/semanticTokens";
import { Session } from "./language/session";
import { createTexts } from "./language/texts/features";
import { section } from "./workspace/settings";

const connection = createConnection(ProposedFeatures.all);
const session = new Session(connection);
const packages = registerPackages(connection, () => session.settings);
const texts = createTexts(connection, session);
let canConfigure = false;
let hasFolders = false;

connection.onInitialize(({ capabilities, workspaceFolders, rootUri }: InitializeParams): InitializeResult => {
  const { workspace } = capabilities;
  session.canWatch = workspace?.didChangeWatchedFiles?.dynamicRegistration ?? false;
  canConfigure = workspace?.didChangeConfiguration?.dynamicRegistration ?? false;
  hasFolders = workspace?.workspaceFolders ?? false;
  const folders = workspaceFolders?.map(({ uri }) => uri) ?? (rootUri ? [rootUri] : []);
  session.setFolders(folders);
  return {
    serverInfo: { name: "Handler Workbench" },
    capabilities: {
      // The server reads handlers itself; that a listing is open is all it needs to know.
      textDocumentSync: { openClose: true, change: TextDocumentSyncKind.None },
      documentSymbolProvider: true,
      foldingRangeProvider: true,
      hoverProvider: true,
      definitionProvider: true,
      referencesProvider: true,
      documentHighlightProvider: true,
      callHierarchyProvider: true,
      workspaceSymbolProvider: true,
      semanticTokensProvider: { legend: semanticTokensLegend, full: true },
      workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
    },
  };
});

connection.onInitialized(async () => {
  if (hasFolders) {
    connection.workspace.onDidChangeWorkspaceFolders(async () => {
      const folders = (await connection.workspace.getWorkspaceFolders()) ?? [];
      session.setFolders(folders.map(({ uri }) => uri));
      session.reindex();
    });
  }
  if (canConfigure) await connection.client.register(DidChangeConfigurationNotification.type, { section });
  if (session.canWatch) {
    // What Dialer configurations are checked against; handlers are watched by the session.
    await connection.client.register(DidChangeWatchedFilesNotification.type, {
      watchers: [{ globPattern: "**/*.{udl,ora,UDL,ORA}", kind: WatchKind.Change }],
    });
  }
  await configure();
});

connection.onDidChangeConfiguration(() => configure());
connection.onDidChangeWatchedFiles(({ changes }) => {
  session.changed(changes);
  texts.filesChanged(changes);
});
connection.onShutdown(async () => {
  session.stop();
  texts.stop();
  await packages.closeAll();
});

async function configure(): Promise<void> {
  await session.configure();
  texts.recheck();
  await packages.recheck();
}

registerFeatures(connection, session, texts);
connection.listen();
