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
  /** Stored without compression. */
  readonly stored: boolean;
  readonly encryption: Encryption;
  /** CRC-32 of the content; absent when the entry is proven by its AES authentication code alone (AE-2). */
  readonly crc32?: number;
  /** ISO 8601; with `Z` when the zip states universal time, without zone when it only has local time. */
  readonly modified?: string;
}

const AES_EXTRA = 0x9901;
const EXTENDED_TIMESTAMP_EXTRA = 0x5455;
const LOCAL_HEADER_BYTES = 30;
const REPARSE_POINT = 0x400;

export function recordOf(entry: Entry, index: number): ZipRecord {
  const crc32 = entry.directory ? undefined : entry.crc32;
  const modified = modifiedOf(entry);
  return {
    index,
    name: entry.filename,
    folder: entry.directory,
    link: entry.symlink || (entry.msDosCompatible && (entry.externalFileAttributes & REPARSE_POINT) !== 0),
    size: entry.uncompressedSize,
    packed: entry.compressedSize,
    offset: entry.offset,
    headerBytes: LOCAL_HEADER_BYTES + entry.rawFilename.length,
    stored: entry.compressionMethod === 0,
    encryption: encryptionOf(entry),
    ...(crc32 === undefined ? {} : { crc32 }),
    ...(modified === undefined ? {} : { modified }),
  };
}

/** WinZip's AES specification: extra field 0x9901, strength in its fifth byte. */
function encryptionOf(entry: Entry): Encryption {
  if (!entry.encrypted) return "none";
  const aes = entry.extraField?.get(AES_EXTRA);
  if (!aes) return entry.zipCrypto ? "ZipCrypto" : "unknown";
  return (["AES-128", "AES-192", "AES-256"] as const)[(aes.data[4] ?? 0) - 1] ?? "unknown";
}

function modifiedOf(entry: Entry): string | undefined {
  const raw = entry.rawLastModDate;
  if (typeof raw === "bigint" || entry.extraField?.has(EXTENDED_TIMESTAMP_EXTRA)) {
    const time = entry.lastModDate.getTime();
    return Number.isNaN(time) ? undefined : entry.lastModDate.toISOString().replace(".000Z", "Z");
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
