/**
 * How strings and names of a handler are written on one line, so that any of them can be read back: line
 * breaks, tabs, control, format (bidi, zero width) and private characters, spaces that look like a plain one and
 * lone surrogates are escaped as `\n`, `\r`, `\t` or `\uXXXX`, one escape a UTF-16 unit.
 */

const plainAscii = /^[ !#-[\]-_a-~]*$/; // printable, without " ` and backslash
const plainNote = /^[ -[\]-~]*$/;
const odd = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}\u00a0\u1680\u2000-\u200a\u202f\u205f\\]/gu;

/** `"text"`, with `\"` and `\\` as Designer writes them. */
export function quote(text: string): string {
  if (plainAscii.test(text)) return `"${text}"`;
  return `"${escape(text).replaceAll('"', '\\"')}"`;
}

/** A name between back quotes, for names that would read as something else. */
export function quoteName(name: string): string {
  return `\`${escape(name).replaceAll("`", "\\`")}\``;
}

/** One line of free text: escaped, not quoted. */
export function escapeLine(text: string): string {
  return plainNote.test(text) ? text : escape(text);
}

/** Any text on one line of a terminal: as it is, but for what would break the line or control the terminal. */
export function escapeControls(text: string): string {
  return plainNote.test(text)
    ? text
    : text.replace(odd, (found) => (found === "\\" ? found : escapeOne(found)));
}

function escape(text: string): string {
  return text.replace(odd, escapeOne);
}

function escapeOne(found: string): string {
  switch (found) {
    case "\\":
      return "\\\\";
    case "\n":
      return "\\n";
    case "\r":
      return "\\r";
    case "\t":
      return "\\t";
  }
  let units = "";
  for (let at = 0; at < found.length; at++) {
    units += `\\u${found.charCodeAt(at).toString(16).padStart(4, "0")}`;
  }
  return units;
}

const identifier = /^[\p{L}\p{Nl}_][\p{L}\p{Nl}\p{M}\p{Nd}_]*$/u;
const asciiIdentifier = /^[A-Za-z_]\w*$/;
const reserved = /^(?:and|or|not|true|false)$/i;

/** Whether an expression can hold the name as it is: letters, digits and `_`, and no word of the language. */
export function isIdentifier(name: string): boolean {
  return (asciiIdentifier.test(name) || identifier.test(name)) && !reserved.test(name);
}

/** A variable's name as expressions write it. */
export function variableName(name: string): string {
  return isIdentifier(name) ? name : quoteName(name);
}

const asciiLabel = /^\w(?:[\w .,/()?'&#+-]*[\w.)?'#+])?$/;
const label = /^[\p{L}\p{N}_](?:[\p{L}\p{M}\p{N}_ .,/()?'&#+-]*[\p{L}\p{M}\p{N}_.)?'#+])?$/u;

/**
 * A label or name as it is when it is made of words, else quoted. What is not quoted holds none of `:`, `=`, `>`,
 * quotes and double spaces, which the listing uses to end a name.
 */
export function labelText(text: string): string {
  return (asciiLabel.test(text) || label.test(text)) && !text.includes("  ") ? text : quote(text);
}
