import * as l10n from "@vscode/l10n";
import iconv from "iconv-lite";
import { isUtf8 } from "node:buffer";
import { createHash } from "node:crypto";
import { StringDecoder } from "node:string_decoder";

/** `utf-8`, `utf-16le`, `utf-16be`, or the name of the fallback encoding (`windows-1252` unless chosen otherwise). */
export type ScriptEncoding = string;

/** Whether a name can be used for the fallback encoding. */
export function isEncoding(name: string): boolean {
  return iconv.encodingExists(name);
}

/** What one pass over a script's bytes tells. */
export interface TextFacts {
  readonly encoding: ScriptEncoding;
  readonly bytes: number;
  /** Hexadecimal. */
  readonly sha256: string;
  /** Set when this is no text: what it looks like, and where. */
  readonly binary?: string;
  /** Where the first byte is that UTF-8 does not allow, when the fallback encoding had to be taken. */
  readonly notUtf8At?: number;
}

const sampleSize = 4096;

/** First bytes of files that are taken for scripts by mistake. */
const signatures: readonly (readonly [string, string])[] = [
  ["PK\x03\x04", l10n.t("a ZIP archive")],
  ["MZ", l10n.t("a Windows program")],
  ["TAPE", l10n.t("a SQL Server backup")],
  ["%PDF", l10n.t("a PDF document")],
  ["\x1f\x8b", l10n.t("a gzip archive")],
  ["\xd0\xcf\x11\xe0", l10n.t("an Office document")],
  ["\xff\xfe\x00\x00", l10n.t("UTF-32 text, which neither sqlcmd nor SQL*Plus reads")],
  ["\x00\x00\xfe\xff", l10n.t("UTF-32 text, which neither sqlcmd nor SQL*Plus reads")],
];

/**
 * Reads all bytes once, with flat memory, to know the encoding before the first statement is run: a byte order
 * mark, else UTF-16 by its zero bytes, else UTF-8 where the whole file is valid, else `fallback`.
 */
export async function inspect(
  chunks: AsyncIterable<Uint8Array>,
  fallback: ScriptEncoding,
): Promise<TextFacts> {
  const hash = createHash("sha256");
  let bytes = 0;
  let head: Buffer | undefined = Buffer.alloc(0);
  let check: Check | undefined;
  for await (const part of chunks) {
    const chunk = Buffer.from(part.buffer, part.byteOffset, part.byteLength);
    hash.update(chunk);
    bytes += chunk.length;
    if (head) {
      head = Buffer.concat([head, chunk]);
      if (head.length < sampleSize) continue;
      check = new Check(head, fallback);
      head = undefined;
    } else check?.feed(chunk);
  }
  check ??= new Check(head ?? Buffer.alloc(0), fallback);
  check.end();
  return { ...check.facts(), bytes, sha256: hash.digest("hex") };
}

class Check {
  private readonly utf16: "utf-16le" | "utf-16be" | undefined;
  private offset = 0;
  private tail = Buffer.alloc(0);
  private binary: string | undefined;
  private notUtf8At: number | undefined;

  constructor(
    head: Buffer,
    private readonly fallback: ScriptEncoding,
  ) {
    const start = head.toString("latin1", 0, 8);
    const known = signatures.find(([signature]) => start.startsWith(signature));
    // Two letters are not much: a script may begin with "MZ" or "TAPE", a program holds zero bytes as well.
    if (known && head.includes(0)) this.binary = l10n.t("it looks like {0}", known[1]);
    this.utf16 = utf16(head);
    this.feed(head);
  }

  feed(chunk: Buffer): void {
    if (this.utf16 === undefined && this.binary === undefined) {
      const zero = chunk.indexOf(0);
      if (zero >= 0) this.binary = l10n.t("it holds a zero byte at offset {0}", this.offset + zero);
    }
    if (this.utf16 === undefined && this.notUtf8At === undefined) this.utf8(chunk);
    this.offset += chunk.length;
  }

  end(): void {
    if (this.tail.length > 0) this.notUtf8At ??= this.offset - this.tail.length;
    if (this.utf16 !== undefined && this.offset % 2 === 1) {
      this.binary ??= l10n.t("its {0} bytes do not make whole UTF-16 characters", this.offset);
    }
  }

  facts(): Omit<TextFacts, "bytes" | "sha256"> {
    const encoding = this.utf16 ?? (this.notUtf8At === undefined ? "utf-8" : this.fallback);
    return {
      encoding,
      ...(this.binary !== undefined && { binary: this.binary }),
      ...(this.notUtf8At !== undefined && { notUtf8At: this.notUtf8At }),
    };
  }

  private utf8(chunk: Buffer): void {
    const start = this.offset - this.tail.length;
    const bytes = this.tail.length > 0 ? Buffer.concat([this.tail, chunk]) : chunk;
    const cut = wholeCharacters(bytes);
    if (!isUtf8(bytes.subarray(0, cut))) this.notUtf8At = start + firstInvalid(bytes.subarray(0, cut));
    else this.tail = Buffer.from(bytes.subarray(cut));
  }
}

/** The length without a character that the chunk's end cuts. */
function wholeCharacters(bytes: Buffer): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return bytes.length;
    if (byte >= 0xc0) {
      const need = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return back < need ? bytes.length - back : bytes.length;
    }
  }
  return bytes.length;
}

/** Where an invalid UTF-8 text goes wrong: halves first, then character by character. */
function firstInvalid(bytes: Buffer): number {
  let good = 0;
  let bad = bytes.length;
  while (bad - good > 64) {
    const middle = (good + bad) >> 1;
    const cut = good + wholeCharacters(bytes.subarray(good, middle));
    if (isUtf8(bytes.subarray(good, cut))) good = cut;
    else bad = middle;
  }
  while (good < bytes.length) {
    const byte = bytes[good] ?? 0;
    const size = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
    if (!isUtf8(bytes.subarray(good, good + size))) break;
    good += size;
  }
  return good;
}

/** UTF-16 by its mark, or by zero bytes that stand on one side of the characters only. */
function utf16(head: Buffer): "utf-16le" | "utf-16be" | undefined {
  if (head[0] === 0xff && head[1] === 0xfe) return "utf-16le";
  if (head[0] === 0xfe && head[1] === 0xff) return "utf-16be";
  const pairs = head.length >> 1;
  let even = 0;
  let odd = 0;
  for (let index = 0; index + 1 < head.length; index += 2) {
    const first = head[index] ?? 0;
    const second = head[index + 1] ?? 0;
    // A zero byte beside anything but a character of text is no UTF-16.
    if (first === 0 && second < 32 && !isBreak(second)) return undefined;
    if (second === 0 && first < 32 && !isBreak(first)) return undefined;
    if (first === 0) even++;
    if (second === 0) odd++;
  }
  if (pairs > 1 && odd > pairs / 3 && even * 20 < odd) return "utf-16le";
  if (pairs > 1 && even > pairs / 3 && odd * 20 < even) return "utf-16be";
  return undefined;
}

/** Tab, line feed, form feed, carriage return. */
function isBreak(byte: number): boolean {
  return byte === 9 || byte === 10 || byte === 12 || byte === 13;
}

/** Turns a file's bytes into text, chunk by chunk; the byte order mark is dropped. */
export interface TextDecoding {
  readonly write: (chunk: Uint8Array) => string;
  readonly end: () => string;
}

export function decoding(encoding: ScriptEncoding): TextDecoding {
  let first = true;
  const inner = plainDecoding(encoding);
  const unmarked = (text: string): string => {
    if (!first || text === "") return text;
    first = false;
    return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  };
  return { write: (chunk) => unmarked(inner.write(chunk)), end: () => unmarked(inner.end()) };
}

function plainDecoding(encoding: ScriptEncoding): TextDecoding {
  if (encoding === "utf-8" || encoding === "utf-16le") {
    const decoder = new StringDecoder(encoding === "utf-8" ? "utf8" : "utf16le");
    return { write: (chunk) => decoder.write(asBuffer(chunk)), end: () => decoder.end() };
  }
  if (encoding === "utf-16be") return bigEndian();
  const decoder = iconv.getDecoder(encoding);
  return { write: (chunk) => decoder.write(asBuffer(chunk)), end: () => decoder.end() ?? "" };
}

function bigEndian(): TextDecoding {
  const decoder = new StringDecoder("utf16le");
  let rest = Buffer.alloc(0);
  return {
    write: (chunk) => {
      const bytes = Buffer.concat([rest, chunk]);
      const even = bytes.length & ~1;
      rest = bytes.subarray(even);
      return decoder.write(bytes.subarray(0, even).swap16());
    },
    end: () => decoder.end(),
  };
}

function asBuffer(chunk: Uint8Array): Buffer {
  return Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
}
