import { type FileHandle, open } from "node:fs/promises";
import * as l10n from "@vscode/l10n";
import type { JournalRecord } from "./records";

/** Where a journal goes; tests give their own. */
export interface JournalFile {
  /** Adds to the end. */
  readonly append: (text: string) => Promise<void>;
  /** Resolves when everything added is on disk. */
  readonly sync: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** The journal cannot be written: the disk is full, or gone. Nothing more may be sent. */
export class JournalError extends Error {}

/** Writes a journal. Records are in the file at once, which outlives the process, and after `sync` on the disk. */
export class Journal {
  private waiting = false;
  private failed: JournalError | undefined;

  constructor(
    private readonly file: JournalFile,
    private readonly path: string,
  ) {}

  /** Adds a record. Rejects with JournalError when that fails, from then on always. */
  async add(record: JournalRecord): Promise<void> {
    await this.attempt(() => this.file.append(`${JSON.stringify(record)}\n`));
    this.waiting = true;
  }

  /** Waits until every record is on the disk. */
  async sync(): Promise<void> {
    if (this.failed) throw this.failed;
    if (this.waiting) await this.attempt(() => this.file.sync());
    this.waiting = false;
  }

  async close(): Promise<void> {
    await this.file.close().catch(() => undefined);
  }

  private async attempt(act: () => Promise<void>): Promise<void> {
    if (this.failed) throw this.failed;
    try {
      await act();
    } catch (error) {
      const code = (error as { code?: unknown }).code;
      const why =
        code === "ENOSPC"
          ? l10n.t("the disk is full")
          : error instanceof Error
            ? error.message
            : String(error);
      this.failed = new JournalError(l10n.t("the journal {0} cannot be written: {1}", this.path, why));
      throw this.failed;
    }
  }
}

/** Opens a journal on disk, to add to it. */
export async function openJournal(path: string): Promise<Journal> {
  const handle = await open(path, "a", 0o600);
  await endLine(handle, path);
  return new Journal(fileOf(handle), path);
}

function fileOf(handle: FileHandle): JournalFile {
  return {
    append: async (text) => {
      const bytes = Buffer.from(text, "utf8");
      let at = 0;
      while (at < bytes.length) at += (await handle.write(bytes, at)).bytesWritten;
    },
    sync: () => handle.datasync(),
    close: () => handle.close(),
  };
}

/** A record that was cut off by a power loss must not swallow the next one. */
async function endLine(handle: FileHandle, path: string): Promise<void> {
  const { size } = await handle.stat();
  if (size === 0) return;
  const reading = await open(path, "r");
  try {
    const last = Buffer.alloc(1);
    await reading.read(last, 0, 1, size - 1);
    if (last[0] !== 0x0a) await handle.write("\n");
  } finally {
    await reading.close();
  }
}
