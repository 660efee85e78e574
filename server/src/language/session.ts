import * as l10n from "@vscode/l10n";
import {
  type Connection,
  DidChangeWatchedFilesNotification,
  type Disposable,
  FileChangeType,
  type FileEvent,
  type FileSystemWatcher,
  WatchKind,
  type WorkDoneProgressServerReporter,
} from "vscode-languageserver";
import { Rating } from "../analysis/checks/rating";
import {
  FindResourcesRequest,
  HandlersChangedNotification,
  ListingsChangedNotification,
  ReadResourceRequest,
  StateNotification,
  TargetNotification,
} from "../protocol";
import { HandlerIndex, type Indexed } from "../workspace/handlerIndex";
import { type Change, Indexer, type Outcome, type Progress, rootsOf } from "../workspace/indexer";
import { Migration } from "../workspace/migration";
import { type Model, Models } from "../workspace/models";
import { HandlerReader } from "../workspace/reader";
import { defaultSettings, readSettings, section, type Settings } from "../workspace/settings";
import { Summaries } from "../workspace/summary";
import { Listings } from "./listings";
import { handlerUri } from "./listingUri";
import { Problems, type RatedFinding } from "./problems";

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
  readonly migration: Migration;
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
  /** Whether the catalogue or base handlers are among the changes. */
  private targetChanged = false;
  /** Whether the client was told what handlers are compared with. */
  private targetTold = false;
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly connection: Connection) {
    this.reader = new HandlerReader((uri) => connection.sendRequest(ReadResourceRequest.method, { uri }));
    this.models = new Models((uri) => this.reader.read(uri));
    this.listings = new Listings(this.reader, this.models);
    this.migration = new Migration(this.reader);
    this.problems = new Problems(
      this.index,
      this.migration,
      (params) => void connection.sendDiagnostics(params),
    );
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
    if (this.targetTold) this.retarget(false);
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
    const compares = ({ targetCatalogue, baseFolders, encoding }: Settings): string =>
      JSON.stringify([targetCatalogue, baseFolders, encoding]);
    const reindexes = !this.outcome || indexes(settings) !== indexes(before);
    if (compares(settings) !== compares(before) || !this.targetTold) this.retarget(!reindexes);
    if (reindexes) this.reindex();
    else this.refresh();
  }

  /** What is known about tools of handlers that are listed, with the levels of the settings. */
  *findings(): Iterable<{ readonly handler: Indexed; readonly findings: readonly RatedFinding[] }> {
    const rating = new Rating(this.settings);
    for (const handler of this.index.all()) {
      if (handler.isReference) continue;
      yield { handler, findings: [...this.problems.shown(handler, rating, this.isComplete)] };
    }
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
      this.targetChanged ||= this.migration.concerns(uri);
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
    progress.begin(l10n.t("Reading handlers"), 0, undefined, true);
    progress.token.onCancellationRequested(() => run.abort());
    try {
      const outcome = await this.indexer.indexAll(this.folders, this.settings, run.signal, report);
      // Given up for another run, which will say what it found.
      if (this.running !== run) return;
      this.outcome = outcome;
      this.tellOutcome(outcome);
      this.refresh(true);
      if (await this.migration.compareWithBase(this.index, run.signal)) this.refresh();
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
      ...sourceWatchers(this.migration),
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
      progress.report(found === 0 ? 0 : Math.floor((100 * read) / found), l10n.t("{0} of {1}", read, found));
      this.tell({ state: "indexing", read, found, capped: null, unreadable: [] });
    };
  }

  private async update(): Promise<void> {
    const changes = [...this.changes.values()];
    this.changes.clear();
    if (this.targetChanged) this.retarget(true);
    this.targetChanged = false;
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
    if (await this.migration.compareWithBase(this.index, this.running.signal)) this.refresh();
  }

  /** Reads the target's catalogue and the base handlers anew; then, if wanted, says what they make of the handlers. */
  private retarget(refresh: boolean): void {
    this.targetTold = true;
    this.enqueue(async () => {
      await this.migration.load(this.settings, this.folders);
      const state: TargetNotification.Params = this.migration.state;
      void this.connection.sendNotification(TargetNotification.method, state);
      if (!refresh) return;
      await this.watch();
      await this.migration.compareWithBase(this.index, this.running.signal);
      this.refresh(true);
    });
  }

  private get isComplete(): boolean {
    return this.outcome !== undefined && !this.outcome.cancelled && this.outcome.capped === null;
  }

  /** Problems and whatever shows handlers, after the index or the settings changed. */
  private refresh(handlersChanged = false): void {
    const problemsChanged = this.problems.refresh(this.settings, this.isComplete, this.others.values());
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

/** The catalogue and the base folders may be anywhere. */
function sourceWatchers({ sources }: Migration): FileSystemWatcher[] {
  const { catalogue, base } = sources;
  const folders = base.map((baseUri) => ({ globPattern: { baseUri, pattern: "**/*" } }));
  if (catalogue === null) return folders;
  const at = catalogue.lastIndexOf("/");
  const pattern = decodeURIComponent(catalogue.slice(at + 1)).replace(/[[\]{}*?!]/g, "[$&]");
  return [...folders, { globPattern: { baseUri: catalogue.slice(0, at), pattern } }];
}
