import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { constants, copyFile, lstat, mkdir, readdir, rename, rm, unlink } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import * as l10n from "@vscode/l10n";
import type { FileFact, FolderFacts, FolderPlan, Operation } from "../analysis/inventory/folderPlan";

const mostFiles = 200_000;

/**
 * The files below a folder with their hashes (SHA-256); a folder that is not there has none. Links are passed over.
 * Throws when something can not be read: a backup that leaves files out is none.
 */
export async function folderFacts(
  path: string,
  isWanted: (path: string) => boolean = () => true,
  signal?: AbortSignal,
): Promise<FolderFacts> {
  const files: FileFact[] = [];
  const left = [""];
  for (let folder = left.pop(); folder !== undefined; folder = left.pop()) {
    for (const entry of await entriesOf(join(path, folder), folder === "")) {
      signal?.throwIfAborted();
      const below = folder === "" ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) left.push(below);
      else if (entry.isFile() && isWanted(below)) {
        if (files.length >= mostFiles)
          throw new Error(l10n.t("{0} has more than {1} files. Choose a smaller folder.", path, mostFiles));
        const file = join(path, below);
        files.push({ path: below, size: (await lstat(file)).size, hash: await hashOf(file) });
      }
    }
  }
  return { path, files };
}

async function entriesOf(folder: string, mayBeMissing: boolean) {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    if (mayBeMissing && (error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}

/** What became of an operation. */
export interface Done {
  readonly operation: Operation;
  /**
   * - `done`: copied or moved, and the hash of what is there now is the right one
   * - `kept`: nothing was to be done, or the user kept what is there
   * - `failed`: nothing was changed at the target, or what was begun was taken back
   */
  readonly outcome: "done" | "kept" | "failed";
  /** Why it failed; else "". */
  readonly message: string;
}

/** What only the user can decide. Whatever is not answered with true is left as it is. */
export interface Questions {
  /** The target holds something else: may it be replaced? */
  replace(operation: Operation): Promise<boolean>;
  /** A moved handler is at the target already: may the one that waits be deleted? */
  remove(operation: Operation): Promise<boolean>;
}

export interface CarryOutOptions {
  readonly progress?: (done: number, total: number, operation: Operation) => void;
  readonly signal?: AbortSignal;
}

/**
 * Carries a plan out, file by file. Every copy is checked by its hash; a source that has changed since the plan was made is left alone; nothing is replaced or deleted unasked. A
 * file that fails does not stop the others. Throws only the signal's reason, when it is aborted.
 */
export async function carryOut(
  { operations }: FolderPlan,
  questions: Questions,
  { progress, signal }: CarryOutOptions = {},
): Promise<Done[]> {
  const all: Done[] = [];
  for (const [done, operation] of operations.entries()) {
    signal?.throwIfAborted();
    progress?.(done, operations.length, operation);
    try {
      all.push({ operation, outcome: await carryOutOne(operation, questions), message: "" });
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      all.push({ operation, outcome: "failed", message });
    }
  }
  return all;
}

async function carryOutOne(operation: Operation, questions: Questions): Promise<"done" | "kept"> {
  const { kind, from, to, state, hash } = operation;
  if (kind === "copy" && state === "same") return "kept";
  if ((await hashOf(from)) !== hash)
    throw new Error(l10n.t("{0} has changed since the plan was made. Plan again.", from));
  if (state === "new") await putNew(from, to, hash);
  else if (state === "differs" && (await questions.replace(operation))) await replace(from, to, hash);
  // A move whose handler is there already has only the waiting one left to delete.
  else if (kind === "copy" || !(await questions.remove(operation))) return "kept";
  else {
    await unlink(from);
    return "done";
  }
  if (kind === "move") await unlink(from);
  return "done";
}

/** Copies to a place where nothing is; what came there in the meantime stays. */
async function putNew(from: string, to: string, hash: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true });
  try {
    await copyFile(from, to, constants.COPYFILE_EXCL);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    throw new Error(l10n.t("{0} has come into being since the plan was made. Plan again.", to), {
      cause: error,
    });
  }
  await check(from, to, hash);
}

/** The new content is there whole before the old one goes. */
async function replace(from: string, to: string, hash: string): Promise<void> {
  const part = join(dirname(to), `.${basename(to)}.${process.pid}.part`);
  await copyFile(from, part, constants.COPYFILE_EXCL);
  await check(from, part, hash);
  try {
    await rename(part, to);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}

/** Takes a copy away that is not what was copied. */
async function check(from: string, copy: string, hash: string): Promise<void> {
  if ((await hashOf(copy)) === hash) return;
  await rm(copy, { force: true });
  throw new Error(
    l10n.t(
      "The copy of {0} is not what it was copied from; it was taken away again. Check the disk, then try again.",
      from,
    ),
  );
}

async function hashOf(file: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
  return hash.digest("hex");
}
