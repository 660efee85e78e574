import { existsSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { join, relative, sep } from "node:path";
import {
  extractPackage,
  type Extraction,
  type ExtractOptions,
} from "../../../server/src/packages/extraction/extract";
import { openPackage, type OpenOptions } from "../../../server/src/packages/package";
import { put, scratch } from "./making";

/** A scratch folder with packages in it and folders to extract them into. */
export function extracting() {
  const { folder, remove } = scratch();
  let count = 0;

  /** A path at which nothing is yet. */
  const fresh = (): string => join(folder, `out${count++}`);

  /** Extracts and closes. */
  async function extract(
    bytes: Uint8Array,
    options: ExtractOptions,
    opening: OpenOptions = {},
  ): Promise<Extraction> {
    const opened = await openPackage(put(folder, `p${count++}.ininmigr`, bytes), opening);
    try {
      return await extractPackage(opened, options);
    } finally {
      await opened.close();
    }
  }

  return { folder, remove, fresh, extract };
}

/** False where users may not make links (Windows without developer mode). */
export function link(target: string, path: string): boolean {
  try {
    symlinkSync(target, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EPERM") return false;
    throw error;
  }
}

/** Everything below a folder: files with content, folders with a slash. */
export function tree(root: string): Record<string, string> {
  const result: Record<string, string> = {};
  if (!existsSync(root)) return result;
  for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const name = relative(root, path).split(sep).join("/");
    if (entry.isFile()) result[name] = readFileSync(path, "utf8");
    else result[`${name}/`] = "";
  }
  return result;
}
