import type { Dirent } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { excluder } from "../../workspace/find";

export interface Entry {
  readonly path: string;
  readonly name: string;
  readonly isFolder: boolean;
}

const mostEntries = 500_000;

/**
 * Files and folders below a folder, in the order of their names. Does not enter hidden folders or follow links, and
 * passes over folders that cannot be read.
 */
export async function* entriesBelow(
  folder: string,
  { exclude = [], signal }: { readonly exclude?: readonly string[]; readonly signal: AbortSignal },
): AsyncGenerator<Entry> {
  const isExcluded = excluder(exclude);
  const waiting = [""];
  let seen = 0;
  for (let below = waiting.pop(); below !== undefined; below = waiting.pop()) {
    signal.throwIfAborted();
    const entries = await readdir(join(folder, below), { withFileTypes: true }).catch((): Dirent[] => []);
    for (const entry of entries.sort((one, other) => (one.name < other.name ? -1 : 1))) {
      if (++seen > mostEntries) return;
      const path = below === "" ? entry.name : `${below}/${entry.name}`;
      const isFolder = entry.isDirectory();
      if (isExcluded(path) || (isFolder && entry.name.startsWith("."))) continue;
      if (isFolder) waiting.push(path);
      yield { path: join(folder, path), name: entry.name, isFolder };
    }
  }
}
