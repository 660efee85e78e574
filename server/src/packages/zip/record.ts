import type { Entry } from "@zip.js/zip.js";

export type Encryption = "none" | "ZipCrypto" | "AES-128" | "AES-192" | "AES-256" | "unknown";

/**
 * One line of a zip's directory, reduced to what is needed: the library's own entries take some 8 KB each,
 * which 50,000 of them cannot be allowed.
 */
export interface ZipRecord {
  /** Position in the directory, from 0. */
  readonly index: number;
  /** Name as stored, decoded; may hold anything. */
  readonly name: string;
  readonly folder: boolean;
  /** A symbolic link or Windows reparse point: its content is a path, not data. */
  readonly link: boolean;
  /** Unpacked and packed bytes, as the directory states them. */
  readonly size: number;
  readonly packed: number;
  /** Where its local header starts. */
  readonly offset: number;
  /** Bytes of the local header that are certain: fixed part and name. */
  readonly headerBytes: number;
  readonly encryption: Encryption;
  /** CRC-32 of the content; absent when the entry is proven by its AES authentication code alone (AE-2). */
  readonly crc32?: number;
  /** ISO 8601; with `Z` when the zip states universal time, without zone when it only has local time. */
  readonly modified?: string;
  /** The fields that unpacking needs, as they stand in the directory. */
  readonly raw: RawFields;
}

export interface RawFields {
  readonly version: number;
  readonly flags: number;
  /** Compression method below the encryption: 0 stored, 8 deflate. */
  readonly method: number;
  /** DOS time and date. */
  readonly time: number;
  /** Content of the extra field of AES. */
  readonly aes?: Uint8Array;
}

export const AES_EXTRA = 0x9901;
const NTFS_EXTRA = 0x000a;
const EXTENDED_TIMESTAMP_EXTRA = 0x5455;
const LOCAL_HEADER_BYTES = 30;
const REPARSE_POINT = 0x400;

export function recordOf(entry: Entry, index: number): ZipRecord {
  const crc32 = entry.directory ? undefined : entry.crc32;
  const time = Number(entry.rawLastModDate);
  const modified = modifiedOf(entry, time);
  const aes = entry.encrypted ? entry.extraField?.get(AES_EXTRA)?.data : undefined;
  return {
    index,
    name: entry.filename,
    folder: entry.directory,
    link: entry.symlink || (entry.msDosCompatible && (entry.externalFileAttributes & REPARSE_POINT) !== 0),
    size: entry.uncompressedSize,
    packed: entry.compressedSize,
    offset: entry.offset,
    headerBytes: LOCAL_HEADER_BYTES + entry.rawFilename.length,
    encryption: encryptionOf(entry, aes),
    ...(crc32 === undefined ? {} : { crc32 }),
    ...(modified === undefined ? {} : { modified }),
    raw: {
      version: entry.version,
      flags: entry.rawBitFlag ?? 0,
      method: entry.compressionMethod,
      time,
      // A copy, or every record would keep its line of the directory in memory.
      ...(aes ? { aes: aes.slice() } : {}),
    },
  };
}

/** WinZip's AES specification: the strength is in the fifth byte of the extra field. */
function encryptionOf(entry: Entry, aes: Uint8Array | undefined): Encryption {
  if (!entry.encrypted) return "none";
  if (!aes) return entry.zipCrypto ? "ZipCrypto" : "unknown";
  return (["AES-128", "AES-192", "AES-256"] as const)[(aes[4] ?? 0) - 1] ?? "unknown";
}

function modifiedOf(entry: Entry, raw: number): string | undefined {
  if (entry.extraField?.has(NTFS_EXTRA) || entry.extraField?.has(EXTENDED_TIMESTAMP_EXTRA)) {
    const time = entry.lastModDate.getTime();
    return Number.isNaN(time) ? undefined : entry.lastModDate.toISOString().replace(/\.\d+Z$/, "Z");
  }
  const two = (value: number): string => String(value).padStart(2, "0");
  const [date, time] = [raw >>> 16, raw & 0xffff];
  const [month, day] = [(date >>> 5) & 15, date & 31];
  if (month < 1 || month > 12 || day < 1) return undefined;
  return (
    `${1980 + (date >>> 9)}-${two(month)}-${two(day)}` +
    `T${two(time >>> 11)}:${two((time >>> 5) & 63)}:${two((time & 31) * 2)}`
  );
}
