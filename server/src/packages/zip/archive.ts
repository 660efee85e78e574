import { configure, type Entry, type FileEntry, Reader, ZipReader } from "@zip.js/zip.js";
import type { Limits } from "../limits";
import { directoryFailure, entryFailure, PackageFailure } from "./failure";
import { recordOf, type ZipRecord } from "./record";
import type { ByteSource } from "./source";

// No web workers: they cannot be bundled, and Node has none. The pool only bounds how many entries are read at a time.
configure({ useWebWorkers: false, maxWorkers: 8 });

/** Takes content piece by piece; the next piece comes when the promise is fulfilled. */
export type Sink = (chunk: Uint8Array) => void | Promise<void>;

export interface ReadOptions {
  readonly password?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** The library's entries that are kept at a time; others are found again by reading the directory once more. */
const KEPT_ENTRIES = 512;

/** One zip. Its directory is read once into small records, content on request. */
export class Archive {
  /** Complete, unless `failure` says where the directory stopped making sense. */
  readonly records: ZipRecord[] = [];
  failure: PackageFailure | undefined;
  private readonly overlapping = new Set<number>();
  private readonly kept = new Map<number, Entry>();
  private cursor: AsyncGenerator<Entry, boolean> | undefined;
  private next = 0;
  private turn: Promise<unknown> = Promise.resolve();

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
      for (;;) {
        signal?.throwIfAborted();
        const entry = await archive.advance();
        if (!entry) break;
        if (archive.records.length >= room) {
          throw new PackageFailure(
            "too-large",
            `there are more than ${limits.entries.toLocaleString("en")} entries; reading stops here`,
          );
        }
        archive.records.push(recordOf(entry, archive.records.length));
      }
    } catch (error) {
      const failure = directoryFailure(error);
      if (!(failure instanceof PackageFailure)) throw failure;
      archive.failure = await sharpened(failure, source);
    }
    archive.findOverlaps();
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
    const entry = await this.entry(record, signal);
    let size = 0;
    let refused: { readonly error: unknown } | undefined;
    const writable = new WritableStream<Uint8Array>({
      async write(chunk) {
        size += chunk.length;
        try {
          // The directory's size is what was checked against limits and disk space, so it is a promise.
          if (size > record.size) {
            throw new PackageFailure("damaged", "it unpacks to more bytes than the directory states");
          }
          await sink(chunk);
        } catch (error) {
          refused = { error };
          throw error;
        }
      },
    });
    try {
      await entry.getData(writable, {
        checkCrc32: true,
        ...(password === undefined ? {} : { password }),
        ...(signal ? { signal } : {}),
      });
    } catch (error) {
      if (signal?.aborted) throw signal.reason;
      throw refused ? refused.error : entryFailure(error);
    }
  }

  /** Tests the password by the entry's verifier alone: 2 bytes of AES, 1 byte of ZipCrypto. */
  async passwordFits(record: ZipRecord, password: string): Promise<boolean> {
    const entry = await this.entry(record);
    try {
      await entry.getData(new WritableStream(), { password, checkPasswordOnly: true });
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
      throw new PackageFailure("damaged", "its local header is not where the directory says");
    }
    return record.offset + 30 + view.getUint16(26, true) + view.getUint16(28, true);
  }

  /** Lets go of the library's entries; they are found again when needed. */
  forget(): void {
    void this.inTurn(async () => this.rewind());
  }

  private rewind(): void {
    this.kept.clear();
    this.cursor = undefined;
    this.next = 0;
  }

  private async entry(record: ZipRecord, signal?: AbortSignal): Promise<FileEntry> {
    signal?.throwIfAborted();
    if (!this.isSound(record)) {
      throw new PackageFailure("overlapping", "its data overlaps with another entry's, as in a zip bomb");
    }
    const entry = await this.inTurn(() => this.find(record.index));
    if (!entry || entry.directory) {
      throw new PackageFailure("damaged", "it is not in the directory any more: the file was changed");
    }
    return entry;
  }

  private async find(index: number): Promise<Entry | undefined> {
    const kept = this.kept.get(index);
    if (kept) return kept;
    if (index < this.next) this.rewind();
    try {
      while (this.next <= index) {
        const entry = await this.advance();
        if (!entry) return undefined;
        if (this.next - 1 === index) return entry;
      }
    } catch (error) {
      throw directoryFailure(error);
    }
    return undefined;
  }

  private async advance(): Promise<Entry | undefined> {
    this.cursor ??= new ZipReader(new SourceReader(this.source, this.limits.directoryBytes), {
      // Unsafe names are listed and refused on extraction, where users can see them.
      filenameValidation: "tolerant",
    }).getEntriesGenerator();
    const { value, done } = await this.cursor.next();
    if (done) return undefined;
    this.kept.set(this.next++, value);
    if (this.kept.size > KEPT_ENTRIES) {
      for (const oldest of this.kept.keys()) {
        this.kept.delete(oldest);
        break;
      }
    }
    return value;
  }

  /** The cursor has one position: searches take turns. */
  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.turn.then(work);
    this.turn = result.catch(() => undefined);
    return result;
  }

  private findOverlaps(): void {
    const byOffset = [...this.records].sort((a, b) => a.offset - b.offset);
    let before: ZipRecord | undefined;
    let end = 0;
    for (const record of byOffset) {
      if (before && record.offset < end) {
        this.overlapping.add(before.index);
        this.overlapping.add(record.index);
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
        `the directory of the zip is larger than ${Math.round(this.most / 1024 / 1024)} MB`,
      );
    }
    return this.source.read(offset, length);
  }
}

/** A zip that lacks its end is most often a copy that stopped; say so, because the remedy is another one. */
async function sharpened(failure: PackageFailure, source: ByteSource): Promise<PackageFailure> {
  if (failure.code !== "not-a-zip") return failure;
  if (source.size === 0) return new PackageFailure("truncated", "the file is empty");
  const start = await source.read(0, 4);
  if (start[0] === 0x50 && start[1] === 0x4b && start[2] === 0x03 && start[3] === 0x04) {
    return new PackageFailure(
      "truncated",
      "it starts like a zip but its end is missing: the copy or the export was cut short. Copy it again and compare the sizes",
    );
  }
  return failure;
}
