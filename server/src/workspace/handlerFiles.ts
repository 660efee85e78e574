import { createHash } from "node:crypto";
import { open, readFile } from "node:fs/promises";
import { basename, extname, relative, sep } from "node:path";
import * as l10n from "@vscode/l10n";
import type { HandlerFile } from "../analysis/compare/handlerFiles";
import { handlerName } from "../handler/fromIhd";
import type { ReadHandlerOptions } from "../handler/read";
import { decodeXmlText } from "../handler/xmlEncoding";
import { readHandlerFile } from "./file";
import { findHandlers } from "./find";

export type ReadOptions = Omit<ReadHandlerOptions, "file">;

/** The handlers of one side of a comparison, and what could not be looked at. */
export interface Side {
  readonly files: readonly HandlerFile[];
  readonly problems: readonly string[];
}

/** All handlers below a folder, to be read when their turn comes. The folder must exist. */
export async function handlersBelow(folder: string, options: ReadOptions = {}): Promise<Side> {
  const found = await findHandlers(folder);
  const files: HandlerFile[] = [];
  for (const file of found.files) {
    files.push(await handlerAt(file, relative(folder, file).split(sep).join("/"), options));
  }
  const problems = found.unreadable.map(({ folder: unread, message }) =>
    l10n.t("The folder {0} cannot be read: {1}", unread, message),
  );
  return { files, problems };
}

/** One file; `path` is how it is shown. */
export async function handlerAt(
  file: string,
  path = basename(file),
  options: ReadOptions = {},
): Promise<HandlerFile> {
  return {
    name: await nameOf(file, options),
    path,
    read: () => readHandlerFile(file, options),
    hash: async () => blobId(await readFile(file)),
  };
}

/** The id that git gives to such a content, so that a file can be held against a commit without reading from it. */
export function blobId(bytes: Uint8Array): string {
  return createHash("sha1").update(`blob ${bytes.length}\0`).update(bytes).digest("hex");
}

/** An export says its handler's name inside; a file has the handler's. */
async function nameOf(file: string, options: ReadOptions): Promise<string> {
  if (extname(file).toLowerCase() !== ".xml") return handlerName(file);
  try {
    return exportName(await head(file)) ?? (await readHandlerFile(file, options)).name;
  } catch {
    return handlerName(file); // reading it says what is wrong
  }
}

/** The name in the first tag of an export; undefined where that takes more than a look. */
export function exportName(start: Uint8Array): string | undefined {
  const { text } = decodeXmlText(start);
  const attributes = /<Handler\s([^<>]*)/.exec(text)?.[1] ?? "";
  const found = /(?:^|\s)name\s*=\s*(?:"([^"&\s]+)"|'([^'&\s]+)')/.exec(attributes);
  return found?.[1] ?? found?.[2];
}

const HEAD = 4096;

async function head(file: string): Promise<Uint8Array> {
  await using opened = await open(file, "r");
  const { buffer, bytesRead } = await opened.read(Buffer.alloc(HEAD), 0, HEAD, 0);
  return buffer.subarray(0, bytesRead);
}
