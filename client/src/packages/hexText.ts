/** Bytes of one line. */
const LINE = 16;

/** Most bytes that are shown; the text has five times as many characters. */
export const mostHexBytes = 1024 * 1024;

const hex = Array.from({ length: 256 }, (_, byte) => `${byte.toString(16).padStart(2, "0")} `);
const characters = Array.from({ length: 256 }, (_, byte) =>
  byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : ".",
);

/** Bytes as people read them: offset, hexadecimal, and the characters that are printable ASCII. */
export function hexText(bytes: Uint8Array): string {
  const lines: string[] = [];
  const shown = bytes.subarray(0, mostHexBytes);
  for (let offset = 0; offset < shown.length; offset += LINE) {
    let left = "";
    let right = "";
    for (let at = 0; at < LINE; at++) {
      const byte = shown[offset + at];
      if (at === LINE / 2) left += " ";
      left += byte === undefined ? "   " : hex[byte];
      right += byte === undefined ? "" : characters[byte];
    }
    lines.push(`${offset.toString(16).padStart(8, "0")}  ${left} ${right}`);
  }
  return lines.join("\n");
}
