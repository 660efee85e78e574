import { open, readdir, realpath, stat } from "node:fs/promises";
import { join } from "node:path";
import picomatch from "picomatch";

export interface FoundHandlers {
  /** In the order of their names, folder by folder. */
  readonly paths: readonly string[];
  /** true: the limit left some out. */
  readonly capped: boolean;
  /** Folders that could not be read, with the reason. */
  readonly unreadable: readonly string[];
}

export interface FindOptions {
  readonly exclude: readonly string[];
  readonly limit: number;
  readonly signal?: AbortSignal;
}

const deepest = 64;

/**
 * The handlers below a folder: `.ihd` files, and `.xml` files that look like a handler export. Links to folders
 * are followed, each folder once.
 */
export async function findHandlers(folder: string, options: FindOptions): Promise<FoundHandlers> {
  const isExcluded = excluder(options.exclude);
  const paths: string[] = [];
  const unreadable: string[] = [];
  const visited = new Set<string>();
  const open = [{ path: folder, relative: "", depth: 0 }];
  for (let next = open.pop(); next; next = open.pop()) {
    if (options.signal?.aborted) break;
    try {
      const entries = await readdir(next.path, { withFileTypes: true });
      const real = await realpath(next.path);
      if (visited.has(real)) continue;
      visited.add(real);
      const folders: typeof open = [];
      for (const entry of entries.sort((one, other) => (one.name < other.name ? -1 : 1))) {
        const path = join(next.path, entry.name);
        const relative = next.relative === "" ? entry.name : `${next.relative}/${entry.name}`;
        if (isExcluded(relative)) continue;
        const isLink = entry.isSymbolicLink();
        const target = isLink ? await stat(path).catch(() => undefined) : entry;
        if (target?.isDirectory() && next.depth < deepest) {
          if (!isExcluded(`${relative}/`)) folders.push({ path, relative, depth: next.depth + 1 });
        } else if (target?.isFile() && mayBeHandler(entry.name) && (await isHandlerFile(path))) {
          if (paths.length >= options.limit) return { paths, capped: true, unreadable };
          paths.push(path);
        }
      }
      open.push(...folders.reverse());
    } catch (error) {
      unreadable.push(`${next.path}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return { paths, capped: false, unreadable };
}

/** By its name alone. */
export function mayBeHandler(name: string): boolean {
  return /\.(?:ihd|xml)$/i.test(name);
}

/** Matches paths relative to the folder, with `/`; a folder's own path ends with one. */
export function excluder(globs: readonly string[]): (relative: string) => boolean {
  if (globs.length === 0) return () => false;
  // `**/x/**` is meant to leave out the folder x itself, not only what is in it: reading it would be in vain.
  const patterns = globs.flatMap((glob) => (glob.endsWith("/**") ? [glob, glob.slice(0, -3)] : [glob]));
  const matches = picomatch(patterns, { dot: true, nocase: process.platform === "win32" });
  return (relative) => matches(relative.replace(/\/$/, ""));
}

/** Of the many XML files a folder may hold, only handler exports are read: their first element is `Handler`. */
export async function isHandlerFile(path: string): Promise<boolean> {
  if (!/\.xml$/i.test(path)) return true;
  try {
    await using file = await open(path, "r");
    const head = Buffer.alloc(4096);
    const { bytesRead } = await file.read(head, 0, head.length, 0);
    return isHandlerXml(head.subarray(0, bytesRead));
  } catch {
    return false;
  }
}

/** Whether the first bytes of an XML file are those of a handler export, in any of the encodings it may have. */
export function isHandlerXml(head: Uint8Array): boolean {
  const text = Buffer.from(head).toString("latin1").replaceAll("\0", "");
  return /<Handler[\s>/]/.test(text);
}
