import iconv from "iconv-lite";

/** How the strings of an ANSI build of Designer are encoded; `windows-1252` unless a setting says otherwise. */
export const defaultAnsi = "windows-1252";

/** Whether an encoding name is one that can be used for ANSI strings. */
export const isAnsiEncoding = (name: string): boolean => iconv.encodingExists(name);

/** Bytes to text. Bytes that mean nothing in the encoding become U+FFFD; the reader then keeps the bytes too. */
export function decodeAnsi(bytes: Buffer, encoding: string): string {
  return isAscii(bytes) ? bytes.toString("latin1") : iconv.decode(bytes, encoding);
}

/** Text to bytes; a character the encoding does not have becomes `?`. */
export const encodeAnsi = (text: string, encoding: string): Buffer => iconv.encode(text, encoding);

function isAscii(bytes: Uint8Array): boolean {
  for (let i = 0; i < bytes.length; i++) if (bytes[i]! >= 0x80) return false;
  return true;
}
