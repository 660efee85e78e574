import { setImmediate } from "node:timers/promises";
import type { Handler } from "../handler/model";
import { hasInferredLayouts, noHandler, readHandler, type ReadHandlerOptions } from "../handler/read";
import type { LayoutMemory } from "../ihd/layoutMemory";
import type { UnreadableFile } from "./stableContent";
import { type Content, type NoContent, readStable } from "./stableContent";

/**
 * Reads a handler from disk. Content problems stand in the handler; a file that can not be opened throws
 * `UnreadableFile`. A file larger than the limit is not read, and one that changes while it is read is read
 * again (a few times).
 */
export async function readHandlerFile(
  path: string,
  options: Omit<ReadHandlerOptions, "file"> = {},
): Promise<Handler> {
  return (await readHandlerVersion(path, options)).handler;
}

/** Files read before their turn: the disk works while the ones before them are decoded. */
const ahead = 4;

/** A handler, or why its file could not be opened. */
export type ReadFile =
  | { readonly path: string; readonly handler: Handler; readonly error?: undefined }
  | { readonly path: string; readonly handler?: undefined; readonly error: UnreadableFile };

export interface ReadFilesOptions extends Omit<ReadHandlerOptions, "file"> {
  /** When it is aborted, reading ends with its reason. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Reads handlers from disk in the order of their paths, as `readHandlerFile` does.
 * Decoding keeps to the order too, so that what inference learns does not depend on the disk.
 */
export async function* readHandlerFiles(
  paths: readonly string[],
  { signal, ...options }: ReadFilesOptions = {},
): AsyncGenerator<ReadFile> {
  const started: Promise<Content | NoContent | UnreadableFile>[] = [];
  const start = (path: string | undefined): void => {
    if (path !== undefined) started.push(readStable(path).catch((error: UnreadableFile) => error));
  };
  for (const path of paths.slice(0, ahead)) start(path);
  for (const [i, path] of paths.entries()) {
    await setImmediate(); // requests and signals get their turn, however fast the disk is
    signal?.throwIfAborted();
    const content = (await started.shift())!;
    start(paths[i + ahead]);
    if (content instanceof Error) yield { path, error: content };
    else yield { path, handler: decoded(path, content, options) };
  }
}

/**
 * As `readHandlerFiles`, but no handler depends on the order: where a layout is inferred for one, the files
 * behind it are read once more, first for what they teach and then in their turn.
 */
export async function* readSettledHandlerFiles(
  paths: readonly string[],
  options: ReadFilesOptions & { readonly memory: LayoutMemory },
): AsyncGenerator<ReadFile> {
  let at = 0;
  let isSettled = false;
  for await (const read of readHandlerFiles(paths, options)) {
    at++;
    if (isSettled || !read.handler || !hasInferredLayouts(read.handler)) {
      yield read;
      continue;
    }
    isSettled = true;
    const { generation } = options.memory;
    const behind = readHandlerFiles(paths.slice(at), options);
    while (!(await behind.next()).done);
    if (options.memory.generation === generation) yield read;
    else yield* readHandlerFiles([read.path], options);
  }
}

/** As `readHandlerFile`, with the version of the file that was read; see `versionOf`. */
export async function readHandlerVersion(
  path: string,
  options: Omit<ReadHandlerOptions, "file"> = {},
): Promise<{ readonly handler: Handler; readonly version: string }> {
  const content = await readStable(path);
  return { handler: decoded(path, content, options), version: content.version };
}

function decoded(
  path: string,
  content: Content | NoContent,
  options: Omit<ReadHandlerOptions, "file">,
): Handler {
  return "message" in content
    ? noHandler(path, content.message)
    : readHandler(content.bytes, { ...options, file: path });
}
