import type { Dirent } from "node:fs";
import { open, readdir } from "node:fs/promises";
import { extname, join } from "node:path";

/** Handlers below a folder, and folders that could not be looked into. */
export interface FoundHandlers {
  /** Paths that start with the folder's, sorted by their text, so that every machine gives one order. */
  readonly files: readonly string[];
  /** What to tell about each folder that could not be read. */
  readonly unreadable: readonly { readonly folder: string; readonly message: string }[];
}

/** Most files and folders that are looked at below one folder. */
const MOST_ENTRIES = 1_000_000;

/**
 * All `.ihd` files below a folder, and the `.xml` files that are handler exports. Does not enter hidden folders
 * (`.git`) and does not follow links to folders, so it ends. The folder itself must exist.
 */
export async function findHandlers(folder: string): Promise<FoundHandlers> {
  const files: string[] = [];
  const unreadable: { folder: string; message: string }[] = [];
  const left = [folder];
  let seen = 0;
  for (let next = left.pop(); next !== undefined && seen < MOST_ENTRIES; next = left.pop()) {
    let entries: Dirent[];
    try {
      entries = await readdir(next, { withFileTypes: true });
    } catch (error) {
      unreadable.push({ folder: next, message: error instanceof Error ? error.message : String(error) });
      continue;
    }
    for (const entry of entries) {
      seen++;
      const path = join(next, entry.name);
      if (entry.isDirectory()) {
        if (!entry.name.startsWith(".")) left.push(path);
      } else if ((entry.isFile() || entry.isSymbolicLink()) && (await isHandler(path))) {
        files.push(path);
      }
    }
  }
  if (seen >= MOST_ENTRIES) {
    unreadable.push({ folder, message: `more than ${MOST_ENTRIES} files; choose a smaller folder` });
  }
  return { files: files.sort(), unreadable };
}

/** By the ending; an XML file must be a handler export, as folders hold other XML too. */
async function isHandler(path: string): Promise<boolean> {
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
    const bytes = buffer.subarray(0, bytesRead);
    const encoding = bytes[0] === 0xfe ? "utf-16be" : bytes[0] === 0xff ? "utf-16le" : "utf-8";
    return new TextDecoder(encoding).decode(bytes);
  } catch {
    return "";
  }
}
