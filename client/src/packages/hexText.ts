/** Bytes of one line. */
const LINE = 16;

/** Most bytes that are shown; the text has five times as many characters. */
export const mostHexBytes = 4 * 1024 * 1024;

/** Bytes as people read them: offset, hexadecimal, and the characters that are printable ASCII. */
export function hexText(bytes: Uint8Array): string {
  const lines: string[] = [];
  for (let offset = 0; offset < Math.min(bytes.length, mostHexBytes); offset += LINE) {
    const line = bytes.subarray(offset, offset + LINE);
    let hex = "";
    let characters = "";
    for (let at = 0; at < LINE; at++) {
      const byte = line[at];
      if (at === LINE / 2) hex += " ";
      hex += byte === undefined ? "   " : `${byte.toString(16).padStart(2, "0")} `;
      if (byte !== undefined) characters += byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : ".";
    }
    lines.push(`${offset.toString(16).padStart(8, "0")}  ${hex} ${characters}`);
  }
  return lines.join("\n");
}
