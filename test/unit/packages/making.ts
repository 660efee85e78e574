import { execFileSync, spawnSync } from "node:child_process";
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { crc32 } from "node:zlib";
import { Uint8ArrayReader, Uint8ArrayWriter, ZipWriter, type ZipWriterAddDataOptions } from "@zip.js/zip.js";

/** A folder that is gone after the test. */
export function scratch(): { readonly folder: string; readonly remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), "packages-"));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

export function put(folder: string, path: string, content: string | Uint8Array): string {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
  return file;
}

/** The second, independent program, under one of its names; undefined when it is not installed. */
export const sevenZip = ["7zz", "7z", "7za"].find((name) => spawnSync(name, ["i"]).status === 0);

/** For titles of tests that need it. */
export const why7 = sevenZip === undefined ? " (skipped: 7-Zip is not installed)" : "";

export function run7z(folder: string, ...args: string[]): string {
  if (sevenZip === undefined) throw new Error("7-Zip is not installed");
  return execFileSync(sevenZip, args, { cwd: folder, encoding: "utf8", maxBuffer: 1 << 28 });
}

/** A zip in memory by the library, for packages that we make ourselves. */
export async function zipped(
  files: Readonly<Record<string, string | Uint8Array>>,
  options: ZipWriterAddDataOptions = {},
): Promise<Uint8Array> {
  const writer = new ZipWriter(new Uint8ArrayWriter());
  for (const [path, content] of Object.entries(files)) {
    const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
    await writer.add(path, path.endsWith("/") ? undefined : new Uint8ArrayReader(bytes), {
      useWebWorkers: false,
      ...options,
    });
  }
  return writer.close();
}

export interface RawEntry {
  readonly name: string | Uint8Array;
  readonly data?: Uint8Array;
  /** Default: stored. */
  readonly method?: number;
  readonly flags?: number;
  readonly size?: number;
  readonly packed?: number;
  readonly crc?: number;
  /** Made by: high byte is the system, 3 Unix, 0 DOS. */
  readonly madeBy?: number;
  readonly attributes?: number;
  /** Points the directory elsewhere. */
  readonly offset?: number;
  /** A second directory line for the entry before, without data of its own. */
  readonly sameData?: boolean;
}

/** A zip by hand, so that every field can be wrong. */
export function rawZip(entries: readonly RawEntry[]): Uint8Array {
  const body: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  let last = 0;
  for (const entry of entries) {
    const name = typeof entry.name === "string" ? Buffer.from(entry.name, "utf8") : Buffer.from(entry.name);
    const data = Buffer.from(entry.data ?? new Uint8Array());
    const { method = 0, flags = 0x800, size = data.length, packed = data.length, crc = crcOf(data) } = entry;
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(flags, 2);
    fields.writeUInt16LE(method, 4);
    fields.writeUInt32LE(0x3f_86_49_d0, 6);
    fields.writeUInt32LE(crc, 10);
    fields.writeUInt32LE(packed, 14);
    fields.writeUInt32LE(size, 18);
    fields.writeUInt16LE(name.length, 22);
    if (!entry.sameData) {
      last = offset;
      const local = Buffer.concat([Buffer.from("PK\x03\x04", "latin1"), fields, name, data]);
      body.push(local);
      offset += local.length;
    }
    const head = Buffer.alloc(6);
    head.write("PK\x01\x02", "latin1");
    head.writeUInt16LE(entry.madeBy ?? 20, 4);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(entry.attributes ?? 0, 6);
    tail.writeUInt32LE(entry.offset ?? last, 10);
    directory.push(head, fields, tail, name);
  }
  const lines = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", "latin1");
  const count = Math.min(entries.length, 0xffff);
  end.writeUInt16LE(count, 8);
  end.writeUInt16LE(count, 10);
  end.writeUInt32LE(lines.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...body, lines, end]);
}

/** A package with one file of so many zeros, stored; on disk it takes next to nothing. */
export function writeZeros(file: string, name: string, size: number): void {
  const block = Buffer.alloc(16 * 1024 * 1024);
  let crc = 0;
  for (let done = 0; done < size; done += block.length)
    crc = crc32(block.subarray(0, Math.min(block.length, size - done)), crc);
  const zip = Buffer.from(rawZip([{ name, crc, size, packed: size }]));
  const content = 30 + Buffer.byteLength(name);
  zip.writeUInt32LE(content + size, zip.length - 6);
  const handle = openSync(file, "w");
  writeSync(handle, zip, 0, content, 0);
  writeSync(handle, zip, content, zip.length - content, content + size);
  closeSync(handle);
}

/** A package with one AES-256 file of so many zeros, made piece by piece. */
export async function writeEncryptedZeros(
  file: string,
  name: string,
  size: number,
  password: string,
): Promise<void> {
  const block = new Uint8Array(1024 * 1024);
  let left = size;
  const zeros = new ReadableStream<Uint8Array>({
    pull(controller) {
      const piece = block.slice(0, Math.min(left, block.length));
      left -= piece.length;
      controller.enqueue(piece);
      if (left === 0) controller.close();
    },
  });
  const handle = openSync(file, "w");
  try {
    const out = new WritableStream<Uint8Array>({ write: (piece) => void writeSync(handle, piece) });
    const writer = new ZipWriter(out, { useWebWorkers: false, level: 0 });
    await writer.add(name, zeros, { password, encryptionStrength: 3 });
    await writer.close();
  } finally {
    closeSync(handle);
  }
}

function crcOf(data: Uint8Array): number {
  return typeof crc32 === "function" ? crc32(data) : 0;
}

/** The start of the first place where `wanted` stands. */
export function indexOf(bytes: Uint8Array, wanted: string): number {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).indexOf(wanted);
}
