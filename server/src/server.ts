import {
  createConnection,
  DidChangeConfigurationNotification,
  type InitializeParams,
  type InitializeResult,
  ProposedFeatures,
  TextDocumentSyncKind,
} from "vscode-languageserver/node";
import { registerFeatures } from "./language/features";
import { registerPackages } from "./language/packages";
import { MigratorScripts } from "./language/packages/scripts";
import { semanticTokensLegend } from "./language/semanticTokens";
import { Session } from "./language/session";
import { section } from "./workspace/settings";

const connection = createConnection(ProposedFeatures.all);
const session = new Session(connection);
const packages = registerPackages(connection);
const migratorScripts = new MigratorScripts(connection);
let canConfigure = false;
let canSync = false;
let hasFolders = false;

connection.onInitialize(({ capabilities, workspaceFolders, rootUri }: InitializeParams): InitializeResult => {
  const { workspace, textDocument } = capabilities;
  canSync = textDocument?.synchronization?.dynamicRegistration ?? false;
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
  if (canSync) await migratorScripts.register();
  await session.configure();
});

connection.onDidChangeConfiguration(() => session.configure());
connection.onDidChangeWatchedFiles(({ changes }) => session.changed(changes));
connection.onShutdown(async () => {
  session.stop();
  await packages.closeAll();
});

registerFeatures(connection, session, migratorScripts);
connection.listen();
