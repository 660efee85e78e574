import { stat } from "node:fs/promises";
import { basename, dirname, resolve } from "node:path";
import { encodingExists } from "iconv-lite";
import { escapeControls } from "../handler/quoting";
import { LayoutMemory } from "../ihd/layoutMemory";
import { handlersInCommit } from "../workspace/gitFiles";
import { handlerAt, handlersBelow, type ReadOptions, type Side } from "../workspace/handlerFiles";
import { type Io, UsageError } from "./command";

/** Options for reading all sides of a comparison: what inference learns on one side helps on the other. */
export function readOptions(ansi: string | undefined): ReadOptions & { readonly memory: LayoutMemory } {
  if (ansi !== undefined && !encodingExists(ansi)) {
    throw new UsageError(`'${ansi}' is no known encoding; try windows-1252, windows-1250 or shift_jis.`);
  }
  return { memory: new LayoutMemory(), ...(ansi === undefined ? {} : { ansi }) };
}

/** Whether the path is a folder. Throws a usage error when nothing is there. */
export async function isFolder(path: string, io: Io): Promise<boolean> {
  const found = await stat(resolve(io.cwd, path)).catch(() => undefined);
  if (!found) throw new UsageError(`${path}: there is no such file or folder`);
  return found.isDirectory();
}

/** All handlers of a folder, or the one file. */
export async function sideOf(path: string, io: Io, options: ReadOptions): Promise<Side> {
  const absolute = resolve(io.cwd, path);
  if (await isFolder(path, io)) return handlersBelow(absolute, options);
  return { files: [await handlerAt(absolute, path, options)], problems: [] };
}

/** What a commit has of a folder or file that is on disk. */
export async function sideInCommit(
  revision: string,
  path: string,
  io: Io,
  options: ReadOptions,
): Promise<Side> {
  const absolute = resolve(io.cwd, path);
  if (await isFolder(path, io)) return handlersInCommit(absolute, revision, ".", options);
  return handlersInCommit(dirname(absolute), revision, basename(absolute), options);
}

/** Says what could not be looked at; true when there was something. */
export function tellProblems(sides: readonly Side[], io: Io): boolean {
  const problems = sides.flatMap((side) => side.problems);
  for (const problem of problems) io.err(`${escapeControls(problem)}\n`);
  return problems.length > 0;
}
