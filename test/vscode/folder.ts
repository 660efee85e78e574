import { cpSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { cleanUp } from "./cleanup";

export interface OpenFolder {
  readonly folder: string;
  /** Removes the copy, where one was made. */
  readonly remove: () => void;
}

export function folderItself(source: string): OpenFolder {
  return { folder: resolve(source), remove: () => undefined };
}

/** A copy of a folder with the same name, in a new temporary place: what tests may change. */
export function copyOfFolder(source: string): OpenFolder {
  if (!existsSync(source)) throw new Error(`The folder to open, ${source}, is not there.`);
  const parent = mkdtempSync(join(tmpdir(), "hw-folder-"));
  const folder = join(parent, basename(resolve(source)));
  const kill = (): void => rmSync(parent, { recursive: true, force: true });
  const forget = cleanUp({ stop: () => Promise.resolve(), kill });
  cpSync(source, folder, { recursive: true });
  return {
    folder,
    remove: () => {
      forget();
      kill();
    },
  };
}
