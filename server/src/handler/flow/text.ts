/**
 * Text for a picture that is drawn without knowing the reader's fonts: widths are estimated, on the wide side
 * (DejaVu rather than Segoe), and what does not fit is cut with an ellipsis.
 */

/** Widths in em of a common sans serif face; everything else counts as `OTHER`, from U+1100 on as `FULL`. */
const WIDTHS: readonly (readonly [string, number])[] = [
  [" .,:;'|!ijl", 0.3],
  ['()[]{}-/\\I"`rtf', 0.42],
  ["mwMW@%", 0.95],
  ["ABCDGHKNOPQRUVXYZ&+=<>~#", 0.73],
  ["EFJLST?_", 0.62],
];
const OTHER = 0.6;
const FULL = 1;

/** By character code, for ASCII. */
const table = new Float64Array(128).fill(OTHER);
for (const [letters, width] of WIDTHS) for (const letter of letters) table[letter.charCodeAt(0)] = width;

/** Estimated width in pixels. */
export function widthOf(text: string, size: number): number {
  let width = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    // The second half of a surrogate pair has no width of its own.
    if (code < 0xdc00 || code > 0xdfff) width += code < 128 ? table[code]! : code >= 0x1100 ? FULL : OTHER;
  }
  return width * size;
}

/** The text, or as much of it as fits with an ellipsis; "" where not even three letters do. */
export function fitted(text: string, room: number, size: number): string {
  const line = oneLine(text);
  if (line.length * size * 0.3 <= room && widthOf(line, size) <= room) return line;
  let width = widthOf("…", size);
  let kept = "";
  for (const letter of line) {
    width += widthOf(letter, size);
    if (width > room) break;
    kept += letter;
  }
  return kept.length < 3 ? "" : `${kept.trimEnd()}…`;
}

/** The text in at most `most` lines: broken after spaces and in compound names, the last line cut if need be. */
export function wrapped(text: string, room: number, size: number, most: number): string[] {
  const line = oneLine(text);
  const lines: string[] = [];
  let current = "";
  let rest = line;
  for (const piece of line.match(PIECES) ?? []) {
    if (current !== "" && widthOf((current + piece).trimEnd(), size) > room) {
      if (lines.length === most - 1) break;
      lines.push(current.trimEnd());
      rest = rest.slice(current.length);
      current = "";
    }
    current += piece;
  }
  if (rest !== "") lines.push(fitted(rest, room, size));
  return lines.filter((one) => one !== "");
}

/** Words with what follows them, and the parts of names like `DynamicIVR_SetCallAttributes`. */
const PIECES = /[\s_\-.:/\\]+|[^\s_\-.:/\\]+?(?:[\s_\-.:/\\]+|(?<=\p{Ll})(?=\p{Lu})|$)/gu;

/** Longer labels than this (a damaged or hostile file) are cut before anything is measured. */
const LONGEST = 2_000;

/** Printable ASCII without blanks in a row; and without what XML gives a meaning: nearly every label. */
const PLAIN = /^(?:[!-~]| (?! ))*$/;
const HARMLESS = /^[ !#-%'-;=?-~]*$/;

/** Without line breaks, control characters, unpaired surrogates and bidirectional overrides. */
export function oneLine(text: string): string {
  if (PLAIN.test(text) && text.length <= LONGEST) return text.trim();
  return clean(text.slice(0, LONGEST)).replace(/\s+/gu, " ").trim();
}

function clean(text: string): string {
  return (
    text
      // eslint-disable-next-line no-control-regex -- XML 1.0 has no place for these
      .replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F\uFFFE\uFFFF]/g, "\uFFFD")
      .replace(/[\u202A-\u202E\u2066-\u2069]/g, "")
      .replace(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g, "\uFFFD")
  );
}

/** Text for XML content and for attribute values in double quotes. */
export function escaped(text: string): string {
  if (HARMLESS.test(text)) return text;
  return clean(text).replace(/[&<>"]/g, (sign) => ENTITIES[sign]!);
}

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
