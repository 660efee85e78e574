import "./localisation";

import {
  createConnection,
  type InitializeParams,
  type InitializeResult,
  ProposedFeatures,
  TextDocumentSyncKind,
} from "vscode-languageserver/node";
import type * as Language from "./language/language";
import { semanticTokensLegend } from "./language/semanticTokensLegend";

const connection = createConnection(ProposedFeatures.all);

/** Milliseconds after which the answer to "initialize" has been written. */
const written = 10;

connection.onInitialize((params: InitializeParams): InitializeResult => {
  setTimeout(language, written); // while the client reads the answer
  // The protocol's first message after the answer; those behind it find everything there.
  connection.onInitialized(() => language().answer(connection, params));
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

/** What answers everything else: loaded at once, not by `import()`, so that nothing is asked before it is there. */
function language(): typeof Language {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  return require("./language/language") as typeof Language;
}

connection.listen();
