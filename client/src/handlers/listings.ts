import {
  Disposable,
  EventEmitter,
  RelativePattern,
  type TextDocument,
  type TextDocumentContentProvider,
  Uri,
  workspace,
} from "vscode";
import { ListingRequest, listingScheme } from "../../../server/src/protocol";
import type { Server } from "../server";
import { handlerUri } from "./listingUri";

/** Gives the editor the text of listings, and tells it when one has changed. */
export class Listings implements TextDocumentContentProvider, Disposable {
  private readonly changed = new EventEmitter<Uri>();
  readonly onDidChange = this.changed.event;
  /** Handlers outside the workspace, by the URI of their open listing: the server does not watch those. */
  private readonly watchers = new Map<string, Disposable>();
  private readonly registrations: Disposable;

  constructor(private readonly server: Server) {
    this.registrations = Disposable.from(
      workspace.registerTextDocumentContentProvider(listingScheme, this),
      server.onDidChangeListings((uris) => uris.forEach((uri) => this.changed.fire(Uri.parse(uri, true)))),
      // A server that started anew is asked for the text, so that it knows what is shown.
      server.onDidStart(() => this.open().forEach(({ uri }) => this.changed.fire(uri))),
      workspace.onDidOpenTextDocument((document) => this.watch(document)),
      workspace.onDidCloseTextDocument(({ uri }) => this.unwatch(uri)),
    );
  }

  async provideTextDocumentContent(uri: Uri): Promise<string> {
    const params: ListingRequest.Params = { uri: uri.toString() };
    return (await this.server.request<ListingRequest.Result>(ListingRequest.method, params)).text;
  }

  dispose(): void {
    this.registrations.dispose();
    for (const watcher of this.watchers.values()) watcher.dispose();
    this.changed.dispose();
  }

  private open(): readonly TextDocument[] {
    return workspace.textDocuments.filter(({ uri }) => uri.scheme === listingScheme);
  }

  private watch({ uri }: TextDocument): void {
    if (uri.scheme !== listingScheme || this.watchers.has(uri.toString())) return;
    const handler = handlerUri(uri);
    if (handler.scheme !== "file" || workspace.getWorkspaceFolder(handler)) return;
    const name = handler.path.slice(handler.path.lastIndexOf("/") + 1);
    const pattern = new RelativePattern(Uri.joinPath(handler, ".."), name.replace(/[[\]{}*?]/g, "[$&]"));
    const watcher = workspace.createFileSystemWatcher(pattern);
    const fire = (): void => this.changed.fire(uri);
    this.watchers.set(
      uri.toString(),
      Disposable.from(
        watcher,
        watcher.onDidChange(fire),
        watcher.onDidCreate(fire),
        watcher.onDidDelete(fire),
      ),
    );
  }

  private unwatch(uri: Uri): void {
    this.watchers.get(uri.toString())?.dispose();
    this.watchers.delete(uri.toString());
  }
}
