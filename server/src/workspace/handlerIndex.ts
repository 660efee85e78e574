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
  private readonly byName = new Map<string, Set<Indexed>>();

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
    const others = this.byName.get(key);
    if (others) others.add(handler);
    else this.byName.set(key, new Set([handler]));
  }

  delete(uri: string): boolean {
    const handler = this.byUri.get(uri);
    if (!handler) return false;
    this.byUri.delete(uri);
    const key = nameKey(handler.summary.name);
    const others = this.byName.get(key);
    others?.delete(handler);
    if (others?.size === 0) this.byName.delete(key);
    return true;
  }

  /** All handlers of a name, upper and lower case alike. */
  named(name: string): Iterable<Indexed> {
    return this.byName.get(nameKey(name)) ?? [];
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
  resolve(name: string, caller: string): Indexed[] {
    const candidates = [...this.named(name)];
    if (candidates.length < 2) return candidates;
    let nearest: Indexed[] = [];
    let best = -Infinity;
    for (const candidate of candidates) {
      const near = nearness(candidate, caller);
      if (near > best) nearest = [];
      if (near >= best) nearest.push(candidate);
      best = Math.max(best, near);
    }
    return nearest;
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

/** How many folders of the paths agree from the root; a reference is farther than anything else. */
function nearness({ uri, isReference }: Indexed, caller: string): number {
  if (isReference) return -1;
  // Asked for every call of every handler: no pieces of text are made.
  let same = 0;
  for (let at = 0; at < uri.length && uri.charCodeAt(at) === caller.charCodeAt(at); at++) {
    if (uri.charCodeAt(at) === slash) same++;
  }
  return same;
}

const slash = "/".charCodeAt(0);
