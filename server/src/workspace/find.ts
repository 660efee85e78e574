import type { Dirent } from "node:fs";
import { open, readdir } from "node:fs/promises";
import { extname, join } from "node:path";
import * as l10n from "@vscode/l10n";
import picomatch from "picomatch";

export interface FindOptions {
  /** Globs of what is left out, relative to the folder. */
  readonly exclude?: readonly string[];
  /** Most files that are found. */
  readonly limit?: number;
  readonly signal?: AbortSignal;
}

/** Handlers below a folder, and folders that could not be looked into. */
export interface FoundHandlers {
  /** Paths that start with the folder's, sorted by their text, so that every machine gives one order. */
  readonly files: readonly string[];
  /** What to tell about each folder that could not be read. */
  readonly unreadable: readonly { readonly folder: string; readonly message: string }[];
  /** true: the limit left some out. */
  readonly capped: boolean;
}

/** Most files and folders that are looked at below one folder. */
const MOST_ENTRIES = 1_000_000;

/**
 * All `.ihd` files below a folder, and the `.xml` files that are handler exports. Does not enter hidden folders
 * (`.git`) and does not follow links to folders, so it ends. The folder itself must exist.
 */
export async function findHandlers(folder: string, options: FindOptions = {}): Promise<FoundHandlers> {
  const { limit = Infinity, signal } = options;
  const isExcluded = excluder(options.exclude ?? []);
  const files: string[] = [];
  const unreadable: { folder: string; message: string }[] = [];
  const left = [""];
  let seen = 0;
  for (let next = left.pop(); next !== undefined && seen < MOST_ENTRIES; next = left.pop()) {
    if (signal?.aborted || files.length > limit) break;
    let entries: Dirent[];
    try {
      entries = await readdir(join(folder, next), { withFileTypes: true });
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      unreadable.push({ folder: join(folder, next), message });
      continue;
    }
    for (const entry of entries) {
      seen++;
      const path = next === "" ? entry.name : `${next}/${entry.name}`;
      if (isExcluded(path)) continue;
      if (entry.isDirectory()) {
        if (!entry.name.startsWith(".")) left.push(path);
      } else if ((entry.isFile() || entry.isSymbolicLink()) && (await isHandlerFile(join(folder, path)))) {
        files.push(join(folder, path));
      }
    }
  }
  if (seen >= MOST_ENTRIES) {
    unreadable.push({
      folder,
      message: l10n.t("more than {0} files; choose a smaller folder", MOST_ENTRIES),
    });
  }
  files.sort();
  return { files: files.slice(0, limit), unreadable, capped: files.length > limit };
}

/** Matches paths relative to a folder, written with `/`. */
export function excluder(globs: readonly string[]): (path: string) => boolean {
  if (globs.length === 0) return () => false;
  // `**/x/**` leaves out the folder x itself too: what is in it need not be looked at.
  const patterns = globs.flatMap((glob) => (glob.endsWith("/**") ? [glob, glob.slice(0, -3)] : [glob]));
  return picomatch(patterns, { dot: true, nocase: process.platform === "win32" });
}

/** By its name alone: whether a file may be a handler. */
export function mayBeHandler(name: string): boolean {
  return /\.(?:ihd|xml)$/i.test(name);
}

/** By the ending; an XML file must be a handler export, as folders hold other XML too. */
export async function isHandlerFile(path: string): Promise<boolean> {
  switch (extname(path).toLowerCase()) {
    case ".ihd":
      return true;
    case ".xml":
      return isExport(await head(path));
    default:
      return false;
  }
}

/** Whether the first element is `<Handler>`. */
export function isExport(start: string): boolean {
  return /^\s*(?:<\?[^]*?\?>\s*|<!--[^]*?-->\s*)*<Handler[\s/>]/.test(start);
}

const HEAD = 4096;

/** The first characters of a file, in UTF-8 or UTF-16; "" if it cannot be read, which reading it would report. */
async function head(path: string): Promise<string> {
  try {
    await using file = await open(path, "r");
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD), 0, HEAD, 0);
    return headText(buffer.subarray(0, bytesRead));
  } catch {
    return "";
  }
}

function headText(bytes: Uint8Array): string {
  const encoding = bytes[0] === 0xfe ? "utf-16be" : bytes[0] === 0xff ? "utf-16le" : "utf-8";
  return new TextDecoder(encoding).decode(bytes);
}
