import * as l10n from "@vscode/l10n";
import type { Limits } from "../limits";
import type { Archive, ReadOptions } from "./archive";
import { PackageFailure } from "../failure";
import type { ZipRecord } from "./record";
import { type ByteSource, WindowSource } from "./source";

/** Unpacked zips in memory, the least recently used thrown out first; they are unpacked again when needed. */
export class NestedMemory {
  private readonly held = new Map<NestedSource, Uint8Array>();
  private bytes = 0;

  constructor(private readonly most: number) {}

  get(source: NestedSource): Uint8Array | undefined {
    const bytes = this.held.get(source);
    if (bytes) {
      this.held.delete(source);
      this.held.set(source, bytes);
    }
    return bytes;
  }

  put(source: NestedSource, bytes: Uint8Array): void {
    for (const [oldest, old] of this.held) {
      if (this.bytes + bytes.length <= this.most) break;
      this.held.delete(oldest);
      this.bytes -= old.length;
    }
    this.held.set(source, bytes);
    this.bytes += bytes.length;
  }
}

/** A zip inside a zip, unpacked into memory while it is being read. */
export class NestedSource implements ByteSource {
  readonly size: number;
  private loading: Promise<Uint8Array> | undefined;

  constructor(
    private readonly outer: Archive,
    private readonly record: ZipRecord,
    private readonly memory: NestedMemory,
    private readonly password: () => Uint8Array | undefined,
  ) {
    this.size = record.size;
  }

  async read(offset: number, length: number): Promise<Uint8Array> {
    const bytes = this.memory.get(this) ?? (await this.load());
    // A copy: what the library keeps of a directory must not keep the whole zip in memory.
    return bytes.slice(offset, offset + length);
  }

  load(signal?: AbortSignal): Promise<Uint8Array> {
    this.loading ??= this.unpack({ password: this.password(), signal }).finally(() => {
      this.loading = undefined;
    });
    return this.loading;
  }

  private async unpack(options: ReadOptions): Promise<Uint8Array> {
    const bytes = new Uint8Array(this.size);
    let filled = 0;
    const take = (chunk: Uint8Array): void => {
      bytes.set(chunk, filled);
      filled += chunk.length;
    };
    await this.outer.read(this.record, take, options);
    this.memory.put(this, bytes);
    return bytes;
  }
}

/**
 * Opens the bytes of a zip inside a zip. One that is stored as it is gets read in place, whatever its size.
 * @throws PackageFailure when its content cannot be had or it is no zip
 */
export async function nestedSource(
  around: { readonly archive: Archive; readonly source: ByteSource },
  record: ZipRecord,
  memory: NestedMemory,
  limits: Limits,
  password: () => Uint8Array | undefined,
  signal?: AbortSignal,
): Promise<ByteSource> {
  let source: ByteSource;
  if (isInPlace(record)) {
    if (!around.archive.isSound(record)) {
      throw new PackageFailure(
        "overlapping",
        l10n.t("its data overlaps with another entry's, as in a zip bomb"),
      );
    }
    source = new WindowSource(around.source, await around.archive.dataOffset(record), record.size);
  } else {
    if (record.size > limits.nestedBytes) {
      throw new PackageFailure(
        "too-large",
        l10n.t(
          "it unpacks to {0}, and up to {1} are opened in memory. Extract it and open it by itself",
          megabytes(record.size),
          megabytes(limits.nestedBytes),
        ),
      );
    }
    const nested = new NestedSource(around.archive, record, memory, password);
    await nested.load(signal);
    source = nested;
  }
  const start = await source.read(0, 4);
  if (start[0] !== 0x50 || start[1] !== 0x4b) {
    throw new PackageFailure("not-a-zip", l10n.t("it is named like a zip but is none"));
  }
  return source;
}

export function isInPlace(record: ZipRecord): boolean {
  return record.raw.method === 0 && record.encryption === "none" && record.size === record.packed;
}

function megabytes(bytes: number): string {
  return l10n.t("{0} MB", Math.ceil(bytes / 1024 / 1024).toLocaleString("en"));
}
