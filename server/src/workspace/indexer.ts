import { stat } from "node:fs/promises";
import { isAbsolute, join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { URI } from "vscode-uri";
import { listing } from "../handler/listing";
import { excluder, findHandlers, isHandlerFile, mayBeHandler } from "./find";
import type { HandlerIndex } from "./handlerIndex";
import type { Models } from "./models";
import type { HandlerReader } from "./reader";
import type { Settings } from "./settings";
import { Summaries } from "./summary";

/** A folder whose handlers are indexed. */
export interface Root {
  readonly uri: string;
  readonly isReference: boolean;
}

export interface Progress {
  readonly read: number;
  readonly found: number;
}

export interface Outcome extends Progress {
  readonly cancelled: boolean;
  /** The file cap, when it left handlers out. */
  readonly capped: number | null;
  /** Folders that could not be read, with the reason. */
  readonly unreadable: readonly string[];
}

/** A resource that was created, changed or deleted; a folder stands for all that is in it. */
export interface Change {
  readonly uri: string;
  readonly deleted: boolean;
}

export interface Remote {
  /** Handlers of a folder that is not on disk. */
  find(folder: string, exclude: readonly string[], limit: number): Promise<readonly string[]>;
}

/** Files read at the same time: waiting for the disk overlaps with decoding, memory stays small. */
const atOnce = 4;
/** Milliseconds of work after which requests get a turn. */
const slice = 10;

/** Keeps the index in step with the folders: all of them once, then what changes. */
export class Indexer {
  private roots: readonly Root[] = [];
  private settings: Settings | undefined;
  private readonly summaries = new Summaries();
  private sliceEnd = 0;

  constructor(
    private readonly index: HandlerIndex,
    private readonly reader: HandlerReader,
    private readonly models: Models,
    private readonly remote: Remote,
  ) {}

  /** Reads what is new or changed in the folders, and forgets what is gone from them. */
  async indexAll(
    folders: readonly string[],
    settings: Settings,
    signal: AbortSignal,
    report: (progress: Progress) => void,
  ): Promise<Outcome> {
    this.settings = settings;
    this.roots = rootsOf(folders, settings.referenceFolders);
    const { handlers, capped, unreadable } = await this.find(signal);
    if (!signal.aborted) {
      for (const { uri } of [...this.index.all()]) if (!handlers.has(uri)) this.index.delete(uri);
    }
    const found = handlers.size;
    let read = 0;
    report({ read, found });
    await this.each(handlers, signal, async ([uri, isReference]) => {
      await this.readOne(uri, isReference);
      report({ read: ++read, found });
    });
    await this.readInferredAgain(signal);
    const cap = capped ? settings.maximumFiles : null;
    return { read, found, cancelled: signal.aborted, capped: cap, unreadable };
  }

  /** Brings the index up to date after changes; answers the handlers that came, changed or went. */
  async update(changes: readonly Change[], signal: AbortSignal): Promise<string[]> {
    const touched = new Set<string>();
    const toRead = new Map<string, boolean>();
    for (const { uri, deleted } of changes) {
      // A file that is replaced may be reported as deleted.
      if (deleted && !(await this.reader.version(uri))) {
        for (const gone of this.index.within(uri)) {
          this.index.delete(gone);
          this.models.forget(gone);
          touched.add(gone);
        }
      } else {
        for (const [each, isReference] of await this.handlersAt(uri)) toRead.set(each, isReference);
      }
    }
    await this.each(toRead, signal, async ([uri, isReference]) => {
      if (await this.readOne(uri, isReference)) touched.add(uri);
    });
    for (const uri of await this.readInferredAgain(signal)) touched.add(uri);
    return [...touched];
  }

  private async find(signal: AbortSignal): Promise<{
    handlers: Map<string, boolean>;
    capped: boolean;
    unreadable: string[];
  }> {
    const handlers = new Map<string, boolean>();
    const unreadable: string[] = [];
    let capped = false;
    const { exclude, maximumFiles } = this.settings!;
    // Reference folders first: one inside the workspace is a reference all the same.
    for (const { uri, isReference } of this.roots) {
      const limit = maximumFiles - handlers.size;
      if (signal.aborted) break;
      const parsed = URI.parse(uri);
      if (parsed.scheme === "file") {
        const found = await findHandlers(parsed.fsPath, { exclude, limit, signal });
        capped ||= found.capped;
        unreadable.push(...found.unreadable.map((each) => `${each.folder}: ${each.message}`));
        for (const path of found.files) put(handlers, URI.file(path).toString(), isReference);
      } else {
        const uris = await this.remote.find(uri, exclude, limit + 1).catch(() => []);
        capped ||= uris.length > limit;
        for (const each of uris.slice(0, limit)) put(handlers, each, isReference);
      }
    }
    return { handlers, capped, unreadable };
  }

  /** The handlers a changed resource stands for, as far as they belong into the index. */
  private async handlersAt(uri: string): Promise<Map<string, boolean>> {
    const handlers = new Map<string, boolean>();
    const root = this.rootOf(uri);
    const { exclude, maximumFiles } = this.settings ?? {};
    if (!root || !exclude || maximumFiles === undefined) return handlers;
    const { scheme, fsPath } = URI.parse(uri);
    const inRoot = decodeURIComponent(uri.slice(root.uri.length + 1));
    if (excluder(exclude)(inRoot)) return handlers;
    const room = maximumFiles - this.index.size + (this.index.get(uri) ? 1 : 0);
    if (scheme !== "file") {
      if (mayBeHandler(inRoot) && room > 0) handlers.set(uri, root.isReference);
      return handlers;
    }
    const what = await stat(fsPath).catch(() => undefined);
    if (what?.isFile() && room > 0 && mayBeHandler(fsPath)) {
      if (await isHandlerFile(fsPath)) handlers.set(uri, root.isReference);
      else this.index.delete(uri);
    } else if (what?.isDirectory()) {
      const { files } = await findHandlers(fsPath, { exclude, limit: room });
      for (const path of files) handlers.set(URI.file(path).toString(), root.isReference);
    }
    return handlers;
  }

  private rootOf(uri: string): Root | undefined {
    return this.roots.find((root) => uri === root.uri || uri.startsWith(`${root.uri}/`));
  }

  /** Answers whether the index changed; what it has in this version is not read again. */
  private async readOne(uri: string, isReference: boolean, always = false): Promise<boolean> {
    const known = this.index.get(uri);
    if (known && !always) {
      const version = await this.reader.version(uri);
      if (version === undefined) return this.index.delete(uri);
      if (version !== "" && known.version === version && known.isReference === isReference) return false;
    }
    const { generation } = this.reader.memory;
    const { handler, version: now } = await this.reader.read(uri);
    this.models.forget(uri);
    // On disk other XML files are left out by their first bytes; elsewhere they show by having no steps.
    if (!uri.startsWith("file:") && /\.xml$/i.test(uri) && handler.steps.length === 0) {
      return this.index.delete(uri);
    }
    const summary = this.summaries.of(handler, listing(handler));
    this.index.put({ uri, version: now, isReference, generation, summary });
    return true;
  }

  /** What one handler taught may decide what was left open, or was decided otherwise, in another. */
  private async readInferredAgain(signal: AbortSignal): Promise<string[]> {
    const again = new Set<string>();
    for (let pass = 0; pass < 3; pass++) {
      const { generation } = this.reader.memory;
      const outdated = [...this.index.all()].filter(
        (each) => each.summary.inferred && each.generation !== generation,
      );
      if (outdated.length === 0) break;
      await this.each(outdated, signal, async ({ uri, isReference }) => {
        if (await this.readOne(uri, isReference, true)) again.add(uri);
      });
    }
    return [...again];
  }

  private async each<Item>(
    items: Iterable<Item>,
    signal: AbortSignal,
    action: (item: Item) => Promise<void>,
  ): Promise<void> {
    const left = items[Symbol.iterator]();
    const worker = async (): Promise<void> => {
      for (let next = left.next(); !next.done && !signal.aborted; next = left.next()) {
        await action(next.value);
        if (performance.now() > this.sliceEnd) {
          await setImmediate();
          this.sliceEnd = performance.now() + slice;
        }
      }
    };
    await Promise.all(Array.from({ length: atOnce }, worker));
  }
}

function put(handlers: Map<string, boolean>, uri: string, isReference: boolean): void {
  if (!handlers.has(uri)) handlers.set(uri, isReference);
}

/** The folders to index; reference folders may be relative to each workspace folder. */
export function rootsOf(folders: readonly string[], references: readonly string[]): Root[] {
  const roots = new Map<string, Root>();
  const add = (uri: URI, isReference: boolean): void => {
    const text = uri.toString().replace(/\/$/, "");
    if (!roots.has(text)) roots.set(text, { uri: text, isReference });
  };
  for (const reference of references) {
    if (isAbsolute(reference)) add(URI.file(reference), true);
    else
      for (const folder of folders.map((each) => URI.parse(each))) {
        if (folder.scheme === "file") add(URI.file(join(folder.fsPath, reference)), true);
      }
  }
  for (const folder of folders) add(URI.parse(folder), false);
  return [...roots.values()];
}
