import * as fs from "node:fs";
import { promisify } from "node:util";
import * as l10n from "@vscode/l10n";
import { limits } from "../ihd/limits";

/** A file that could not be opened; the message says which, why, and what to do. */
export class UnreadableFile extends Error {}

export interface Content {
  readonly bytes: Buffer;
  /** See `versionOf`. */
  readonly version: string;
}

/** Why there is nothing to read in a file that could be opened. */
export interface NoContent {
  readonly message: string;
  readonly version: string;
}

/** What has the same modification time and size is taken to be the same version of a file. */
export function versionOf({ mtimeMs, size }: { mtimeMs: number; size: number }): string {
  return `${mtimeMs}:${size}`;
}

const tries = 3;

/** Bytes up to which a file is read without waiting. */
const small = 1 << 20;
/** So many files are waited for after one that was slow; then the disk is tried again. */
const patience = 100;

/**
 * Reads aside where the disk or the network is slow, so that nothing stands still meanwhile, and at once where it is
 * not: going aside and coming back costs more than reading a handler does, four times for each. `quick` is the
 * milliseconds that opening or reading a small file takes on a disk nobody has to wait for.
 */
export class Disk {
  private toWaitFor = 0;

  constructor(private readonly quick = 5) {}

  async open(path: string): Promise<number> {
    if (this.isSlow()) return await open(path, readOnly);
    return this.timed(() => fs.openSync(path, readOnly));
  }

  /** The first `size` bytes, fewer at the end of the file. */
  async read(file: number, size: number): Promise<Buffer> {
    const bytes = Buffer.allocUnsafeSlow(size);
    const isAtOnce = size <= small && !this.isSlow();
    let length = 0;
    while (length < size) {
      const read = isAtOnce
        ? this.timed(() => fs.readSync(file, bytes, length, size - length, length))
        : (await readAside(file, bytes, length, size - length, length)).bytesRead;
      if (read === 0) break;
      length += read;
    }
    return bytes.subarray(0, length);
  }

  private isSlow(): boolean {
    if (this.toWaitFor === 0) return false;
    this.toWaitFor--;
    return true;
  }

  private timed<T>(action: () => T): T {
    const start = performance.now();
    try {
      return action();
    } finally {
      if (performance.now() - start > this.quick) this.toWaitFor = patience;
    }
  }
}

/** A pipe nobody writes to opens at once too; what is no file is told apart then. */
const readOnly = fs.constants.O_RDONLY | (fs.constants.O_NONBLOCK ?? 0);
const open = promisify(fs.open);
const readAside = promisify(fs.read) as (
  file: number,
  bytes: Buffer,
  offset: number,
  length: number,
  position: number,
) => Promise<{ bytesRead: number }>;

const theDisk = new Disk();

/**
 * The bytes of a file as they were at one moment, or a message why they are not to be had. One that changes while it is
 * read is read again, a few times. Throws `UnreadableFile` when it can not be opened.
 */
export async function readStable(path: string, disk = theDisk): Promise<Content | NoContent> {
  for (let attempt = 1; ; attempt++) {
    try {
      const file = await disk.open(path);
      try {
        const before = fs.fstatSync(file);
        if (before.isDirectory())
          throw new UnreadableFile(l10n.t("{0} is a folder; name a handler file in it.", path));
        if (!before.isFile())
          throw new UnreadableFile(l10n.t("{0} is a device or a pipe; name a handler file on disk.", path));
        const version = versionOf(before);
        if (before.size > limits.fileSize) {
          const message = l10n.t(
            "The file has {0} bytes; handlers larger than {1} bytes are not read. Check that it is a handler.",
            before.size,
            limits.fileSize,
          );
          return { message, version };
        }
        const bytes = await disk.read(file, before.size);
        if (bytes.length === before.size && versionOf(fs.fstatSync(file)) === version)
          return { bytes, version };
        if (attempt === tries) {
          const message = l10n.t(
            "The file changed while it was read, each time it was tried. Wait until the program that writes it is done, then open it again.",
          );
          return { message, version: "" };
        }
      } finally {
        fs.closeSync(file);
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
