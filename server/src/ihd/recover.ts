/** A string found by its mark in bytes that could not be decoded. */
export interface RecoveredText {
  readonly offset: number;
  readonly text: string;
}

const most = 500;

/**
 * The Unicode strings behind the place where decoding stopped: `FF FE FF`, a length, and text that looks like
 * text. They tell a person what else is in the file; nothing is concluded from them.
 */
export function recoverTexts(bytes: Buffer, from: number): RecoveredText[] {
  const found: RecoveredText[] = [];
  for (let at = bytes.indexOf(mark, from); at !== -1 && found.length < most;) {
    let length = bytes[at + 3] ?? 0;
    let start = at + 4;
    if (length === 0xff && start + 2 <= bytes.length) {
      length = bytes.readUInt16LE(start);
      start += 2;
    }
    const end = start + length * 2;
    let next = at + 1;
    if (length > 0 && end <= bytes.length) {
      const text = bytes.toString("utf16le", start, end);
      if (looksLikeText(text)) {
        found.push({ offset: at, text });
        next = end;
      }
    }
    at = bytes.indexOf(mark, next);
  }
  return found;
}

const mark = Buffer.of(0xff, 0xfe, 0xff);

// eslint-disable-next-line no-control-regex
const looksLikeText = (text: string): boolean => !/[\u0000-\u0008\u000e-\u001f\ufffe\uffff]/.test(text);
