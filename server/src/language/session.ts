import {
  type Connection,
  DidChangeWatchedFilesNotification,
  type Disposable,
  FileChangeType,
  type FileEvent,
  WatchKind,
  type WorkDoneProgressServerReporter,
} from "vscode-languageserver";
import {
  FindResourcesRequest,
  HandlersChangedNotification,
  ListingsChangedNotification,
  ReadResourceRequest,
  StateNotification,
} from "../protocol";
import { HandlerIndex, type Indexed } from "../workspace/handlerIndex";
import { type Change, Indexer, type Outcome, type Progress, rootsOf } from "../workspace/indexer";
import { type Model, Models } from "../workspace/models";
import { HandlerReader } from "../workspace/reader";
import { defaultSettings, readSettings, section, type Settings } from "../workspace/settings";
import { Summaries } from "../workspace/summary";
import { Listings } from "./listings";
import { handlerUri } from "./listingUri";
import { Problems } from "./problems";

/** Milliseconds that changes are gathered before they are dealt with. */
const gathering = 100;
/** Milliseconds between two messages about the same progress. */
const beat = 200;

/** One editor window: its folders, their handlers, and what it was told about them. */
export class Session {
  readonly index = new HandlerIndex();
  readonly reader: HandlerReader;
  readonly models: Models;
  readonly listings: Listings;
  readonly problems: Problems;
  private readonly indexer: Indexer;
  private readonly summaries = new Summaries();
  /** Handlers whose listings are open but that are not in the index, for example older versions. */
  private readonly others = new Map<string, Indexed>();
  /** Whether the client tells about changed files when it is asked to. */
  canWatch = false;
  private watching: Disposable | undefined;
  /** URIs of the workspace folders. */
  folders: readonly string[] = [];
  settings: Settings = defaultSettings;
  private outcome: Outcome | undefined;
  private running = new AbortController();
  /** Work on the index, one after another. */
  private work: Promise<void> = Promise.resolve();
  private readonly changes = new Map<string, Change>();
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly connection: Connection) {
    this.reader = new HandlerReader((uri) => connection.sendRequest(ReadResourceRequest.method, { uri }));
    this.models = new Models((uri) => this.reader.read(uri));
    this.listings = new Listings(this.reader, this.models);
    this.problems = new Problems(this.index, (params) => void connection.sendDiagnostics(params));
    this.indexer = new Indexer(this.index, this.reader, this.models, {
      find: async (folder, exclude, limit) => {
        const params: FindResourcesRequest.Params = { folder, exclude, limit };
        const answer = await connection.sendRequest<FindResourcesRequest.Result>(
          FindResourcesRequest.method,
          params,
        );
        return answer.uris;
      },
    });
  }

  setFolders(folders: readonly string[]): void {
    this.folders = [...folders];
  }

  /** Reads the settings; reads the handlers again where they say so. */
  async configure(): Promise<void> {
    const before = this.settings;
    const value: unknown = await this.connection.workspace.getConfiguration(section);
    const settings = readSettings(value);
    this.settings = settings;
    const indexes = (each: Settings): string =>
      JSON.stringify([each.exclude, each.maximumFiles, each.referenceFolders, each.encoding]);
    if (settings.encoding !== before.encoding) {
      this.reader.ansi = settings.encoding;
      this.models.clear();
      for (const { uri } of [...this.index.all()]) this.index.delete(uri);
    }
    if (!this.outcome || indexes(settings) !== indexes(before)) this.reindex();
    else this.refresh();
  }

  /** Starts reading what is new; a run that is under way is given up. */
  reindex(): void {
    this.running.abort();
    const run = (this.running = new AbortController());
    this.enqueue(() => this.watch());
    this.enqueue(() => this.indexAll(run));
  }

  /** Called for each file that changed; deals with them together a moment later. */
  changed(events: readonly FileEvent[]): void {
    for (const { uri, type } of events) {
      this.changes.set(uri, { uri, deleted: type === FileChangeType.Deleted });
    }
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      this.enqueue(() => this.update());
    }, gathering);
  }

  /** The editor opened a listing: its problems are to be seen at once, in the index or not. */
  async opened(listing: string): Promise<void> {
    const model = await this.listings.model(listing);
    if (this.index.get(model.uri)) return;
    this.others.set(model.uri, this.summarised(model));
    this.refresh();
  }

  closed(listing: string): void {
    this.listings.close(listing);
    if (this.others.delete(handlerUri(listing))) this.refresh();
  }

  /** Ends what is under way. */
  stop(): void {
    this.running.abort();
    clearTimeout(this.timer);
  }

  private async indexAll(run: AbortController): Promise<void> {
    if (run.signal.aborted) return;
    this.outcome = undefined;
    const progress = await this.connection.window.createWorkDoneProgress();
    const report = this.reporter(progress);
    progress.begin("Reading handlers", 0, undefined, true);
    progress.token.onCancellationRequested(() => run.abort());
    try {
      const outcome = await this.indexer.indexAll(this.folders, this.settings, run.signal, report);
      // Given up for another run, which will say what it found.
      if (this.running !== run) return;
      this.outcome = outcome;
      this.tellOutcome(outcome);
      this.refresh(true);
    } finally {
      progress.done();
    }
  }

  /** Files of the workspace, and of reference folders wherever they are. */
  private async watch(): Promise<void> {
    if (!this.canWatch) return;
    const references = rootsOf(this.folders, this.settings.referenceFolders)
      .filter(({ isReference }) => isReference)
      .map(({ uri }) => ({ globPattern: { baseUri: uri, pattern: "**/*" } }));
    const watchers = [
      { globPattern: "**/*.{ihd,xml,IHD,XML}" },
      // A folder that comes or goes is not told file by file.
      { globPattern: "**/*", kind: WatchKind.Create | WatchKind.Delete },
      ...references,
    ];
    this.watching?.dispose();
    this.watching = await this.connection.client.register(DidChangeWatchedFilesNotification.type, {
      watchers,
    });
  }

  private reporter(progress: WorkDoneProgressServerReporter): (progress: Progress) => void {
    let next = 0;
    return ({ read, found }) => {
      const now = performance.now();
      if (now < next) return;
      next = now + beat;
      progress.report(found === 0 ? 0 : Math.floor((100 * read) / found), `${read} of ${found}`);
      this.tell({ state: "indexing", read, found, capped: null, unreadable: [] });
    };
  }

  private async update(): Promise<void> {
    const changes = [...this.changes.values()];
    this.changes.clear();
    const touched = await this.indexer.update(changes, new AbortController().signal);
    for (const { uri } of changes) if (this.others.has(uri)) touched.push(uri);
    if (touched.length === 0) return;
    for (const uri of touched) {
      if (!this.others.delete(uri) || this.index.get(uri)) continue;
      this.others.set(uri, this.summarised(await this.models.get(uri, "")));
    }
    const outdated = await this.listings.outdated(touched);
    if (outdated.length > 0) {
      void this.connection.sendNotification(ListingsChangedNotification.method, { uris: outdated });
    }
    if (this.outcome) this.tellOutcome(this.outcome);
    this.refresh(true);
  }

  /** Problems and whatever shows handlers, after the index or the settings changed. */
  private refresh(handlersChanged = false): void {
    const isComplete = this.outcome !== undefined && !this.outcome.cancelled && this.outcome.capped === null;
    const problemsChanged = this.problems.refresh(this.settings, isComplete, this.others.values());
    if (handlersChanged || problemsChanged) {
      void this.connection.sendNotification(HandlersChangedNotification.method);
    }
  }

  private tellOutcome({ cancelled, found, capped, unreadable }: Outcome): void {
    const read = this.index.size;
    this.tell({
      state: cancelled ? "cancelled" : "ready",
      read,
      found: cancelled ? found : read,
      capped,
      unreadable,
    });
  }

  private tell(params: StateNotification.Params): void {
    void this.connection.sendNotification(StateNotification.method, params);
  }

  private summarised({ uri, version, handler, listing }: Model): Indexed {
    const { generation } = this.reader.memory;
    return { uri, version, isReference: false, generation, summary: this.summaries.of(handler, listing) };
  }

  private enqueue(job: () => Promise<void>): void {
    this.work = this.work.then(job).catch((error: unknown) => {
      this.connection.console.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
    });
  }
}
