import { decodeAnsi } from "./ansi";
import type { IhdFile } from "./file";

/** A string found by its form in bytes that could not be decoded. */
export interface RecoveredText {
  /** Of its first byte in the file, the mark or the length. */
  readonly offset: number;
  readonly text: string;
}

/** A file that stops in its table of types has a thousand names of types before anything else. */
export const mostRecovered = 5_000;
/** Shorter runs of letters are everywhere in ANSI files, where nothing marks a string. */
const shortestAnsi = 4;

/**
 * The strings behind the place where decoding stopped: a mark (`FF FE FF`, Unicode files only), a length, and text
 * that looks like text. They tell a person what else is in the file; nothing is concluded from them.
 */
export function recoverTexts(
  bytes: Buffer,
  from: number,
  { form, ansi }: Pick<IhdFile, "form" | "ansi">,
): RecoveredText[] {
  const found: RecoveredText[] = [];
  const next = (at: number): number => (form === "ansi" ? at : bytes.indexOf(mark, at));
  for (let at = next(from); at !== -1 && at < bytes.length && found.length < mostRecovered;) {
    const one = form === "ansi" ? ansiAt(bytes, at, ansi) : unicodeAt(bytes, at);
    if (one) found.push({ offset: at, text: one.text });
    at = next(one?.end ?? at + 1);
  }
  return found;
}

const mark = Buffer.of(0xff, 0xfe, 0xff);

interface Found {
  readonly text: string;
  readonly end: number;
}

function unicodeAt(bytes: Buffer, at: number): Found | undefined {
  const { length, start } = lengthAt(bytes, at + mark.length);
  const end = start + length * 2;
  if (length === 0 || end > bytes.length) return undefined;
  const text = bytes.toString("utf16le", start, end);
  return looksLikeText(text) ? { text, end } : undefined;
}

function ansiAt(bytes: Buffer, at: number, encoding: string): Found | undefined {
  const { length, start } = lengthAt(bytes, at);
  const end = start + length;
  if (length < shortestAnsi || end > bytes.length) return undefined;
  for (let each = start; each < end; each++) {
    const byte = bytes[each]!;
    if (byte < 0x20 && byte !== 9 && byte !== 10 && byte !== 13) return undefined;
  }
  const text = decodeAnsi(bytes.subarray(start, end), encoding);
  return /\p{L}/u.test(text) ? { text, end } : undefined;
}

/** One byte, or `FF` and two. */
function lengthAt(bytes: Buffer, at: number): { readonly length: number; readonly start: number } {
  const length = bytes[at] ?? 0;
  return length === 0xff && at + 3 <= bytes.length
    ? { length: bytes.readUInt16LE(at + 1), start: at + 3 }
    : { length, start: at + 1 };
}

// eslint-disable-next-line no-control-regex
const looksLikeText = (text: string): boolean => !/[\u0000-\u0008\u000e-\u001f\ufffe\uffff]/.test(text);
