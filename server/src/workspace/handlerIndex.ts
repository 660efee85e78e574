import type { HandlerSummary } from "./summary";

/** A handler the index knows. */
export interface Indexed {
  /** Of the file, as `URI.toString()` writes it. */
  readonly uri: string;
  /** Modification time and size; what has the same is not read again. */
  readonly version: string;
  /** true: from a reference folder; it is called, but neither listed nor checked. */
  readonly isReference: boolean;
  /** Of the memory of inference, when it was read. */
  readonly generation: number;
  readonly summary: HandlerSummary;
}

/** All handlers that were read, by URI and by name. */
export class HandlerIndex {
  private readonly byUri = new Map<string, Indexed>();
  private readonly byName = new Map<string, Namesakes>();

  get size(): number {
    return this.byUri.size;
  }

  all(): Iterable<Indexed> {
    return this.byUri.values();
  }

  get(uri: string): Indexed | undefined {
    return this.byUri.get(uri);
  }

  put(handler: Indexed): void {
    this.delete(handler.uri);
    this.byUri.set(handler.uri, handler);
    const key = nameKey(handler.summary.name);
    let namesakes = this.byName.get(key);
    if (!namesakes) this.byName.set(key, (namesakes = new Namesakes()));
    namesakes.add(handler);
  }

  delete(uri: string): boolean {
    const handler = this.byUri.get(uri);
    if (!handler) return false;
    this.byUri.delete(uri);
    const key = nameKey(handler.summary.name);
    const namesakes = this.byName.get(key);
    namesakes?.delete(handler);
    if (namesakes?.all.size === 0) this.byName.delete(key);
    return true;
  }

  /** Other handlers of a handler's name in its folder. */
  twins({ uri, summary }: Indexed): Indexed[] {
    const folder = folderOf(uri);
    const below = this.byName.get(nameKey(summary.name))?.below(folder) ?? [];
    return below.filter((each) => each.uri !== uri && folderOf(each.uri) === folder);
  }

  /** URIs of a folder's handlers, at any depth; also the folder itself, should it be a handler. */
  within(folder: string): string[] {
    const prefix = folder.endsWith("/") ? folder : `${folder}/`;
    return [...this.byUri.keys()].filter((uri) => uri === folder || uri.startsWith(prefix));
  }

  /**
   * The handlers a call may mean: those of the name that are nearest to the caller. A folder often holds several
   * versions of all handlers, one below the other; then the one beside the caller is meant.
   */
  resolve(name: string, caller: string): readonly Indexed[] {
    return this.byName.get(nameKey(name))?.nearest(caller) ?? [];
  }

  /** Handlers that call `name` and mean `target`. */
  *callersOf(target: Indexed): Iterable<Indexed> {
    const key = nameKey(target.summary.name);
    for (const caller of this.byUri.values()) {
      const calls = caller.summary.calls.some((call) => nameKey(call.name) === key);
      if (calls && this.resolve(target.summary.name, caller.uri).includes(target)) yield caller;
    }
  }
}

/** Handlers are files on Windows servers: names differ by more than case. */
export function nameKey(name: string): string {
  return name.toLowerCase();
}

const nobody: readonly Indexed[] = [];

/** The handlers of one name. */
class Namesakes {
  readonly all = new Set<Indexed>();
  /** Those below each folder that is above one of them; made when it is asked for. References are not in it. */
  private byFolder: Map<string, Indexed[]> | undefined;

  add(handler: Indexed): void {
    this.all.add(handler);
    this.byFolder = undefined;
  }

  delete(handler: Indexed): void {
    this.all.delete(handler);
    this.byFolder = undefined;
  }

  /** Those below a folder, at any depth; without references. */
  below(folder: string): readonly Indexed[] {
    return (this.byFolder ??= this.makeFolders()).get(folder) ?? nobody;
  }

  /** Those in the first folder above the caller that has any; a reference is farther than anything else. */
  nearest(caller: string): readonly Indexed[] {
    if (this.all.size < 2) return [...this.all];
    for (let folder = folderOf(caller); folder.length > 1; folder = folderOf(folder)) {
      const found = this.below(folder);
      if (found.length > 0) return found;
    }
    const own = [...this.all].filter(({ isReference }) => !isReference);
    return own.length > 0 ? own : [...this.all];
  }

  private makeFolders(): Map<string, Indexed[]> {
    const folders = new Map<string, Indexed[]>();
    for (const handler of this.all) {
      if (handler.isReference) continue;
      for (let folder = folderOf(handler.uri); folder.length > 1; folder = folderOf(folder)) {
        const others = folders.get(folder);
        if (others) others.push(handler);
        else folders.set(folder, [handler]);
      }
    }
    return folders;
  }
}

/** With the slash at its end; of a folder, the one above it. */
const folderOf = (uri: string): string => uri.slice(0, uri.lastIndexOf("/", uri.length - 2) + 1);
