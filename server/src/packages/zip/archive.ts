import * as l10n from "@vscode/l10n";
import { configure, type Entry, type FileEntry, Reader, ZipReader } from "@zip.js/zip.js";
import type { Limits } from "../limits";
import { PackageFailure } from "../failure";
import { directoryFailure, entryFailure } from "./failure";
import { recordOf, type ZipRecord } from "./record";
import { singleEntry } from "./single";
import type { ByteSource } from "./source";

// No web workers: they cannot be bundled, and Node has none. The pool only bounds how many entries are read at a time.
configure({ useWebWorkers: false, maxWorkers: 8 });

/** Takes content piece by piece; the next piece comes when the promise is fulfilled. */
export type Sink = (chunk: Uint8Array) => void | Promise<void>;

export interface ReadOptions {
  /** As bytes: how a password becomes bytes is not settled for all programs. */
  readonly password?: Uint8Array | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** One zip. Its directory is read once into small records, content on request. */
export class Archive {
  /** Complete, unless `failure` says where the directory stopped making sense. */
  readonly records: ZipRecord[] = [];
  failure: PackageFailure | undefined;
  private readonly overlapping = new Set<number>();
  /** By index: where the next entry starts, or the zip ends. */
  private ends = new Float64Array();

  private constructor(
    private readonly source: ByteSource,
    private readonly limits: Limits,
  ) {}

  /**
   * Reads the directory. Content never makes it throw: what is wrong is in `failure`.
   * @param room how many entries may still be read for the whole package
   * @throws when `signal` is aborted or the disk cannot be read
   */
  static async open(
    source: ByteSource,
    limits: Limits,
    room = limits.entries,
    signal?: AbortSignal,
  ): Promise<Archive> {
    const archive = new Archive(source, limits);
    try {
      signal?.throwIfAborted();
      for await (const entry of archive.entriesOf(source)) {
        signal?.throwIfAborted();
        if (archive.records.length >= room) {
          throw new PackageFailure(
            "too-large",
            l10n.t(
              "there are more than {0} entries; reading stops here",
              limits.entries.toLocaleString("en"),
            ),
          );
        }
        archive.records.push(recordOf(entry, archive.records.length));
      }
    } catch (error) {
      const failure = signal?.aborted ? signal.reason : directoryFailure(error);
      if (!(failure instanceof PackageFailure)) throw failure;
      archive.failure = await sharpened(failure, source);
    }
    archive.measure();
    return archive;
  }

  /** False for an entry whose data another entry also claims: that is how zip bombs are built. */
  isSound(record: ZipRecord): boolean {
    return !this.overlapping.has(record.index);
  }

  /**
   * Unpacks one entry into `sink`. What the sink got is proven (CRC-32, AES authentication code) only when the
   * promise is fulfilled.
   * @throws PackageFailure for content, the signal's reason when aborted, and whatever `sink` throws
   */
  async read(record: ZipRecord, sink: Sink, { password, signal }: ReadOptions = {}): Promise<void> {
    if (record.folder) return;
    let refused: { readonly error: unknown } | undefined;
    // The library stops at the size that the directory states, so limits and disk space checked by it hold.
    const writable = new WritableStream<Uint8Array>({
      async write(chunk) {
        try {
          await sink(chunk);
        } catch (error) {
          refused = { error };
          throw error;
        }
      },
    });
    try {
      signal?.throwIfAborted();
      const entry = await this.entry(record);
      await entry.getData(writable, {
        checkCrc32: true,
        ...(password === undefined ? {} : { rawPassword: password }),
        ...(signal ? { signal } : {}),
      });
    } catch (error) {
      if (signal?.aborted) throw signal.reason;
      throw refused ? refused.error : entryFailure(error);
    }
  }

  /** Tests the password by the entry's verifier alone: 2 bytes of AES, 1 byte of ZipCrypto. */
  async passwordFits(record: ZipRecord, password: Uint8Array): Promise<boolean> {
    try {
      const entry = await this.entry(record);
      await entry.getData(new WritableStream(), { rawPassword: password, checkPasswordOnly: true });
      return true;
    } catch (error) {
      const failure = entryFailure(error);
      if (failure instanceof PackageFailure && failure.code === "wrong-password") return false;
      throw failure;
    }
  }

  /** Where the packed bytes of an entry start. */
  async dataOffset(record: ZipRecord): Promise<number> {
    const header = await this.source.read(record.offset, 30);
    const view = new DataView(header.buffer, header.byteOffset, header.byteLength);
    if (header.length < 30 || view.getUint32(0, true) !== 0x04034b50) {
      throw new PackageFailure("damaged", l10n.t("its local header is not where the directory says"));
    }
    return record.offset + 30 + view.getUint16(26, true) + view.getUint16(28, true);
  }

  private async entry(record: ZipRecord): Promise<FileEntry> {
    if (!this.isSound(record)) {
      throw new PackageFailure(
        "overlapping",
        l10n.t("its data overlaps with another entry's, as in a zip bomb"),
      );
    }
    const single = singleEntry(this.source, record, this.ends[record.index] ?? this.source.size);
    for await (const entry of this.entriesOf(single)) {
      if (!entry.directory) return entry;
    }
    throw new PackageFailure("damaged", l10n.t("its data cannot be found"));
  }

  private entriesOf(source: ByteSource): AsyncGenerator<Entry, boolean> {
    const reader = new ZipReader(new SourceReader(source, this.limits.directoryBytes), {
      // Unsafe names are listed and refused on extraction, where users can see them.
      filenameValidation: "tolerant",
    });
    return reader.getEntriesGenerator();
  }

  /** Finds out where each entry ends, and which ones claim the bytes of others. */
  private measure(): void {
    this.ends = new Float64Array(this.records.length).fill(this.source.size);
    let before: ZipRecord | undefined;
    let end = 0;
    for (const record of [...this.records].sort((a, b) => a.offset - b.offset)) {
      if (before) {
        if (record.offset < end) {
          this.overlapping.add(before.index);
          this.overlapping.add(record.index);
        }
        this.ends[before.index] = record.offset;
      }
      const recordEnd = record.offset + record.headerBytes + record.packed;
      if (recordEnd >= end) {
        end = recordEnd;
        before = record;
      }
    }
  }
}

/** Our sources as the library wants them; no single read is larger than a directory may be. */
class SourceReader extends Reader<null> {
  constructor(
    private readonly source: ByteSource,
    private readonly most: number,
  ) {
    super(null);
    this.size = source.size;
  }

  override async readUint8Array(offset: number, length: number): Promise<Uint8Array> {
    if (Math.min(length, this.size - offset) > this.most) {
      throw new PackageFailure(
        "too-large",
        l10n.t("the directory of the zip is larger than {0} MB", Math.round(this.most / 1024 / 1024)),
      );
    }
    return this.source.read(offset, length);
  }
}

/** A zip that lacks its end is most often a copy that stopped; say so, because the remedy is another one. */
async function sharpened(failure: PackageFailure, source: ByteSource): Promise<PackageFailure> {
  if (failure.code !== "not-a-zip") return failure;
  if (source.size === 0) return new PackageFailure("truncated", l10n.t("the file is empty"));
  const start = await source.read(0, 4);
  if (start[0] === 0x50 && start[1] === 0x4b && start[2] === 0x03 && start[3] === 0x04) {
    return new PackageFailure(
      "truncated",
      l10n.t(
        "it starts like a zip but its end is missing: the copy or the export was cut short. Copy it again and compare the sizes",
      ),
    );
  }
  return failure;
}
