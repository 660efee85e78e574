import iconv from "iconv-lite";

/** A text file as read, with what is needed to write it back the same way. */
export interface Decoded {
  readonly text: string;
  readonly encoding: "utf-8" | "utf-16le" | "utf-16be" | "windows-1252" | "iso-8859-1";
  readonly bom: boolean;
}

/**
 * Text of bytes: by byte order mark, else by zero bytes as UTF-16 has them, else by an XML declaration, else
 * as UTF-8, and where that is not valid as windows-1252. Never throws.
 */
export function decodeText(bytes: Uint8Array): Decoded {
  const [a, b, c] = bytes;
  if (a === 0xff && b === 0xfe) return decoded(bytes.subarray(2), "utf-16le", true);
  if (a === 0xfe && b === 0xff) return decoded(bytes.subarray(2), "utf-16be", true);
  if (a === 0xef && b === 0xbb && c === 0xbf) return decoded(bytes.subarray(3), "utf-8", true);
  const head = bytes.subarray(0, 256);
  const zeros = [0, 0];
  head.forEach((byte, index) => {
    if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1;
  });
  if ((zeros[1] ?? 0) > head.length / 4) return decoded(bytes, "utf-16le", false);
  if ((zeros[0] ?? 0) > head.length / 4) return decoded(bytes, "utf-16be", false);
  const declared = /^<\?xml[^>]*encoding\s*=\s*["']([\w-]+)/i.exec(
    iconv.decode(head as Buffer, "latin1"),
  )?.[1];
  if (/^windows-1252$/i.test(declared ?? "")) return decoded(bytes, "windows-1252", false);
  if (/^iso-8859-1$/i.test(declared ?? "")) return decoded(bytes, "iso-8859-1", false);
  return decoded(bytes, isUtf8(bytes) ? "utf-8" : "windows-1252", false);
}

/** The bytes of a text in the encoding and with the mark it was read with. */
export function encodeText(text: string, { encoding, bom }: Omit<Decoded, "text">): Uint8Array {
  return iconv.encode(text, encoding, { addBOM: bom });
}

function decoded(bytes: Uint8Array, encoding: Decoded["encoding"], bom: boolean): Decoded {
  return { text: iconv.decode(bytes as Buffer, encoding, { stripBOM: false }), encoding, bom };
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}
