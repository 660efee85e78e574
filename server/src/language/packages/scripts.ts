import {
  type Connection,
  type Diagnostic,
  DidChangeTextDocumentNotification,
  DidCloseTextDocumentNotification,
  DidOpenTextDocumentNotification,
  type TextDocumentContentChangeEvent,
  type TextDocumentItem,
  TextDocumentSyncKind,
} from "vscode-languageserver";
import type { ConsoleFinding } from "../../packages/console/check";
import { checkConsoleScript } from "../../packages/console/script";
import { severities } from "../severities";

/** What Windows runs line by line. */
const selector = [{ language: "bat" }, { pattern: "**/*.{bat,cmd,BAT,CMD}" }];

/** Milliseconds after the last key that a script is checked. */
const SETTLED = 200;

/** Problems of the calls of `ININ.Migrator.Console` in the scripts that are open. */
export class MigratorScripts {
  private readonly texts = new Map<string, string>();
  private readonly timers = new Map<string, NodeJS.Timeout>();

  constructor(private readonly connection: Connection) {
    connection.onDidChangeTextDocument(({ textDocument, contentChanges }) =>
      this.changed(textDocument.uri, contentChanges),
    );
  }

  /** Asks the editor for scripts: of all other text the server wants to know no more than that it is open. */
  async register(): Promise<void> {
    const { client } = this.connection;
    await client.register(DidOpenTextDocumentNotification.type, { documentSelector: selector });
    await client.register(DidCloseTextDocumentNotification.type, { documentSelector: selector });
    await client.register(DidChangeTextDocumentNotification.type, {
      documentSelector: selector,
      syncKind: TextDocumentSyncKind.Full,
    });
  }

  /** Answers whether the document is a script. */
  opened({ uri, languageId, text }: TextDocumentItem): boolean {
    if (languageId !== "bat" && !/\.(bat|cmd)$/i.test(uri)) return false;
    this.texts.set(uri, text);
    this.check(uri);
    return true;
  }

  /** Answers whether the document was a script. */
  closed(uri: string): boolean {
    clearTimeout(this.timers.get(uri));
    this.timers.delete(uri);
    if (!this.texts.delete(uri)) return false;
    void this.connection.sendDiagnostics({ uri, diagnostics: [] });
    return true;
  }

  private changed(uri: string, changes: readonly TextDocumentContentChangeEvent[]): void {
    const last = changes.at(-1);
    if (!last || !this.texts.has(uri)) return;
    this.texts.set(uri, last.text);
    clearTimeout(this.timers.get(uri));
    this.timers.set(
      uri,
      setTimeout(() => this.check(uri), SETTLED),
    );
  }

  private check(uri: string): void {
    const text = this.texts.get(uri);
    if (text === undefined) return;
    void this.connection.sendDiagnostics({ uri, diagnostics: checkConsoleScript(text).map(diagnosticOf) });
  }
}

function diagnosticOf({ code, severity, message, place, length }: ConsoleFinding): Diagnostic {
  const [line, character] = [(place?.line ?? 1) - 1, (place?.column ?? 1) - 1];
  return {
    range: { start: { line, character }, end: { line, character: character + length } },
    severity: severities[severity],
    source: "Handler Workbench",
    code,
    message,
  };
}
