import { type FileHandle, open } from "node:fs/promises";
import * as l10n from "@vscode/l10n";

/** Bytes that can be read anywhere; offsets and lengths in bytes. Reads past the end come back shorter. */
export interface ByteSource {
  readonly size: number;
  read(offset: number, length: number): Promise<Uint8Array>;
}

/** A file on disk, read piece by piece, so that its size does not matter. */
export class FileSource implements ByteSource {
  private constructor(
    private readonly handle: FileHandle,
    readonly size: number,
  ) {}

  /** @throws what the file system says, for example `ENOENT`, or an error when it is not a file. */
  static async open(file: string): Promise<FileSource> {
    const handle = await open(file, "r");
    try {
      const stat = await handle.stat();
      if (!stat.isFile()) throw new Error(l10n.t("not a file: {0}", file));
      return new FileSource(handle, stat.size);
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  async read(offset: number, length: number): Promise<Uint8Array> {
    const wanted = Math.max(0, Math.min(length, this.size - offset));
    const bytes = new Uint8Array(wanted);
    let done = 0;
    while (done < wanted) {
      const { bytesRead } = await this.handle.read(bytes, done, wanted - done, offset + done);
      if (bytesRead === 0) break;
      done += bytesRead;
    }
    return done < wanted ? bytes.subarray(0, done) : bytes;
  }

  close(): Promise<void> {
    return this.handle.close();
  }
}

/** A part of another source: a zip that lies unpacked and unencrypted inside a zip. */
export class WindowSource implements ByteSource {
  constructor(
    private readonly outer: ByteSource,
    private readonly start: number,
    readonly size: number,
  ) {}

  read(offset: number, length: number): Promise<Uint8Array> {
    return this.outer.read(this.start + offset, Math.max(0, Math.min(length, this.size - offset)));
  }
}
