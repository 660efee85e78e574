import { createReadStream } from "node:fs";
import { readdir, realpath, stat } from "node:fs/promises";
import { isAbsolute, join, relative, resolve, sep } from "node:path";

/** Where scripts are read from; tests give their own. Paths are absolute. Every function may reject. */
export interface ScriptFiles {
  /** The file's bytes, in chunks of any size. Closing the iterator closes the file. */
  readonly read: (path: string) => AsyncIterable<Uint8Array>;
  /** The path with symbolic links resolved. */
  readonly realPath: (path: string) => Promise<string>;
  /** Something that changes when the file does; undefined when this is no regular file. */
  readonly version: (path: string) => Promise<string | undefined>;
  /** Names in a folder. */
  readonly names: (folder: string) => Promise<readonly string[]>;
}

const chunkSize = 256 * 1024;

/** The files of this computer. */
export const nodeFiles: ScriptFiles = {
  read: (path) => createReadStream(path, { highWaterMark: chunkSize }),
  realPath: (path) => realpath(path),
  version: async (path) => {
    const facts = await stat(path);
    return facts.isFile() ? `${facts.size} ${facts.mtimeMs}` : undefined;
  },
  names: (folder) => readdir(folder),
};

/** Whether a path lies in one of the folders (or is one of them). Paths are absolute and normalised. */
export function inside(path: string, folders: readonly string[]): boolean {
  return folders.some((folder) => {
    const way = relative(folder, path);
    return way === "" || (way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way));
  });
}

/** A script file that was found. */
export interface FoundFile {
  readonly kind: "file";
  readonly path: string;
  readonly realPath: string;
  /** Its name on disk differs in upper and lower case. */
  readonly otherCase: boolean;
}

/** What was found for an include. */
export type Found =
  | FoundFile
  | { readonly kind: "missing" }
  | { readonly kind: "not a file" }
  | { readonly kind: "outside"; readonly path: string };

/** Which folders includes may come from. */
export interface Bounds {
  /** Absolute folders. */
  readonly folders: readonly string[];
  /** Any file of the computer, whatever the folders say. */
  readonly allowOutside: boolean;
}

/**
 * Looks for a script file. `base` is an absolute folder, `written` the name in the script: absolute or relative,
 * with either slash. The way is checked before the disk is touched (a network path in a script must not even be
 * looked at), and again with symbolic links resolved. Where case matters, another case is accepted when it is the
 * only one: vendor scripts were written for Windows.
 */
export async function find(
  files: ScriptFiles,
  base: string,
  written: string,
  bounds: Bounds,
): Promise<Found> {
  const native = sep === "/" ? written.replaceAll("\\", "/") : written;
  const path = resolve(base, native);
  if (!bounds.allowOutside && !inside(path, bounds.folders)) return { kind: "outside", path };
  try {
    return await check(files, path, bounds, false);
  } catch {
    const other = await otherCase(files, base, native);
    if (other === undefined) return { kind: "missing" };
    try {
      return await check(files, other, bounds, true);
    } catch {
      return { kind: "missing" };
    }
  }
}

async function check(files: ScriptFiles, path: string, bounds: Bounds, otherCase: boolean): Promise<Found> {
  const realPath = await files.realPath(path);
  if (!bounds.allowOutside) {
    const real = await Promise.all(
      bounds.folders.map((folder) => files.realPath(folder).catch(() => folder)),
    );
    if (!inside(realPath, real)) return { kind: "outside", path: realPath };
  }
  if ((await files.version(path)) === undefined) return { kind: "not a file" };
  return { kind: "file", path, realPath, otherCase };
}

async function otherCase(files: ScriptFiles, base: string, written: string): Promise<string | undefined> {
  if (isAbsolute(written)) return undefined;
  let path = base;
  for (const part of written.split(/[\\/]/)) {
    if (part === "" || part === ".") continue;
    if (part === "..") {
      path = join(path, part);
      continue;
    }
    const names = await files.names(path).catch((): string[] => []);
    const same = names.filter((name) => name.toLowerCase() === part.toLowerCase());
    const name = names.includes(part) ? part : same.length === 1 ? same[0] : undefined;
    if (name === undefined) return undefined;
    path = join(path, name);
  }
  return path;
}
