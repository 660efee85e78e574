import { open } from "node:fs/promises";
import type { Handler } from "../handler/model";
import { noHandler, readHandler, type ReadHandlerOptions } from "../handler/read";
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
  const content = await readStable(path);
  if (typeof content === "string") return noHandler(path, content);
  return readHandler(content, { ...options, file: path });
}

const tries = 3;

/** The bytes of a file as they were at one moment, or a message why they are not to be had. */
async function readStable(path: string): Promise<Buffer | string> {
  for (let attempt = 1; ; attempt++) {
    try {
      await using file = await open(path, "r");
      const before = await file.stat();
      if (before.isDirectory()) throw new UnreadableFile(`${path} is a folder; name a handler file in it.`);
      if (before.size > limits.fileSize) {
        return `The file has ${before.size} bytes; handlers larger than ${limits.fileSize} bytes are not read. Check that it is a handler.`;
      }
      const bytes = await file.readFile();
      const after = await file.stat();
      if (bytes.length === after.size && before.mtimeMs === after.mtimeMs && before.size === after.size)
        return bytes;
      if (attempt === tries) {
        return "The file changed while it was read, each time it was tried. Wait until the program that writes it is done, then open it again.";
      }
    } catch (error) {
      throw error instanceof UnreadableFile ? error : new UnreadableFile(explain(path, error));
    }
  }
}

function explain(path: string, error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code;
  switch (code) {
    case "ENOENT":
      return `${path} does not exist. Check the name; names with blanks need quotes.`;
    case "EACCES":
    case "EPERM":
      return `${path} may not be read (${code}). Ask for read access to the file and its folder.`;
    case "EISDIR":
      return `${path} is a folder; name a handler file in it.`;
    case "EBUSY":
      return `${path} is in use by another program (${code}). Close it there, then try again.`;
    case "EMFILE":
    case "ENFILE":
      return `${path} could not be opened: too many files are open (${code}). Close other programs, then try again.`;
    default:
      return `${path} could not be read: ${error instanceof Error ? error.message : String(error)}`;
  }
}
