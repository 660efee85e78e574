import {
  BulkRegistration,
  type BulkUnregistration,
  CompletionRequest,
  type Connection,
  DefinitionRequest,
  DidChangeTextDocumentNotification,
  DidCloseTextDocumentNotification,
  DidOpenTextDocumentNotification,
  DocumentSymbolRequest,
  FoldingRangeRequest,
  HoverRequest,
  ReferencesRequest,
  type TextDocumentRegistrationOptions,
  TextDocumentSyncKind,
} from "vscode-languageserver";
import { URI } from "vscode-uri";
import { dialerFormat } from "../../protocol";

/**
 * Registers single documents, by their path: the editor tells the server about those, and about no other file
 * that happens to be XML or plain text.
 */
export class Registrations {
  private readonly registered = new Map<string, { format: string; done: Promise<BulkUnregistration> }>();

  constructor(private readonly connection: Connection) {}

  /** Resolves when the editor knows. `path` is what the editor matches patterns against. */
  async add(uri: string, path: string, format: string): Promise<void> {
    const before = this.registered.get(uri);
    if (before?.format === format) return void (await before.done);
    this.remove(uri);
    const options: TextDocumentRegistrationOptions = {
      documentSelector: [{ scheme: URI.parse(uri).scheme, pattern: path }],
    };
    const done = this.connection.client.register(registrationOf(format, options));
    this.registered.set(uri, { format, done });
    await done;
  }

  remove(uri: string): void {
    const before = this.registered.get(uri);
    this.registered.delete(uri);
    // Where it was never registered there is nothing to take back.
    void before?.done.then((registration) => registration.dispose()).catch(() => undefined);
  }
}

function registrationOf(format: string, options: TextDocumentRegistrationOptions): BulkRegistration {
  const bulk = BulkRegistration.create();
  bulk.add(HoverRequest.type, options);
  bulk.add(DocumentSymbolRequest.type, options);
  if (format === dialerFormat) {
    bulk.add(FoldingRangeRequest.type, options);
    bulk.add(DefinitionRequest.type, options);
    bulk.add(ReferencesRequest.type, options);
  } else {
    bulk.add(CompletionRequest.type, options);
  }
  bulk.add(DidChangeTextDocumentNotification.type, {
    ...options,
    syncKind: TextDocumentSyncKind.Incremental,
  });
  bulk.add(DidCloseTextDocumentNotification.type, options);
  // Last: the document is sent at once, and by then everything else is in place.
  bulk.add(DidOpenTextDocumentNotification.type, options);
  return bulk;
}
