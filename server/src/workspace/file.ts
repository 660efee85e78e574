import * as fs from "node:fs";
import { promisify } from "node:util";
import * as l10n from "@vscode/l10n";
import type { Handler } from "../handler/model";
import { hasInferredLayouts, noHandler, readHandler, type ReadHandlerOptions } from "../handler/read";
import type { LayoutMemory } from "../ihd/layoutMemory";
import { limits } from "../ihd/limits";

/** A file that could not be opened; the message says which, why, and what to do. */
export class UnreadableFile extends Error {}

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

/** What has the same modification time and size is taken to be the same version of a file. */
export function versionOf({ mtimeMs, size }: { mtimeMs: number; size: number }): string {
  return `${mtimeMs}:${size}`;
}

const tries = 3;

// Plain descriptors: for small files, the handles of `fs.promises` cost more than the reading.
const open = promisify(fs.open);
const stat = promisify(fs.fstat);
const read = promisify(fs.read) as (
  file: number,
  bytes: Buffer,
  offset: number,
  length: number,
  position: number,
) => Promise<{ bytesRead: number }>;
const close = promisify(fs.close);

type Content = { readonly bytes: Buffer; readonly version: string };
type NoContent = { readonly message: string; readonly version: string };

/** The bytes of a file as they were at one moment, or a message why they are not to be had. */
async function readStable(path: string): Promise<Content | NoContent> {
  for (let attempt = 1; ; attempt++) {
    try {
      const file = await open(path, "r");
      try {
        const before = await stat(file);
        if (before.isDirectory())
          throw new UnreadableFile(l10n.t("{0} is a folder; name a handler file in it.", path));
        const version = versionOf(before);
        if (before.size > limits.fileSize) {
          const message = l10n.t(
            "The file has {0} bytes; handlers larger than {1} bytes are not read. Check that it is a handler.",
            before.size,
            limits.fileSize,
          );
          return { message, version };
        }
        const bytes = await readBytes(file, before.size);
        if (bytes.length === before.size && versionOf(await stat(file)) === version)
          return { bytes, version };
        if (attempt === tries) {
          const message = l10n.t(
            "The file changed while it was read, each time it was tried. Wait until the program that writes it is done, then open it again.",
          );
          return { message, version: "" };
        }
      } finally {
        await close(file);
      }
    } catch (error) {
      throw error instanceof UnreadableFile ? error : new UnreadableFile(explain(path, error));
    }
  }
}

/** The first `size` bytes, fewer at the end of the file. */
async function readBytes(file: number, size: number): Promise<Buffer> {
  const bytes = Buffer.allocUnsafeSlow(size);
  let length = 0;
  while (length < size) {
    const { bytesRead } = await read(file, bytes, length, size - length, length);
    if (bytesRead === 0) break;
    length += bytesRead;
  }
  return bytes.subarray(0, length);
}

function explain(path: string, error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code;
  switch (code) {
    case "ENOENT":
      return l10n.t("{0} does not exist. Check the name; names with blanks need quotes.", path);
    case "EACCES":
    case "EPERM":
      return l10n.t("{0} may not be read ({1}). Ask for read access to the file and its folder.", path, code);
    case "EISDIR":
      return l10n.t("{0} is a folder; name a handler file in it.", path);
    case "EBUSY":
      return l10n.t("{0} is in use by another program ({1}). Close it there, then try again.", path, code);
    case "EMFILE":
    case "ENFILE":
      return l10n.t(
        "{0} could not be opened: too many files are open ({1}). Close other programs, then try again.",
        path,
        code,
      );
    default:
      return l10n.t(
        "{0} could not be read: {1}",
        path,
        error instanceof Error ? error.message : String(error),
      );
  }
}
