import * as l10n from "@vscode/l10n";

const closers: Readonly<Record<string, string>> = { "[": "]", "(": ")", "{": "}", "<": ">" };

/**
 * Where a statement is: in plain text, a string, a quoted name or a comment. SQL*Plus has no such thing: it takes
 * every `;` at a line end for the end. This tells the two apart, so that a statement is not cut in a string.
 */
export class SqlplusScanner {
  /** What ends the string, name or comment that is open; empty in plain text. */
  private closer = "";
  /** Of the line scanned last: the last character that is neither blank nor comment, -1 if there is none. */
  lastCode = -1;
  /** The first `;` in plain text with more text of the statement after it on the line, -1 if there is none. */
  inner = -1;

  get normal(): boolean {
    return this.closer === "";
  }

  get open(): string {
    if (this.closer === "*/") return l10n.t("comment");
    return this.closer === '"' ? l10n.t("quoted name") : l10n.t("string");
  }

  scan(text: string, terminator: string | undefined): void {
    const special = specials(terminator);
    let { closer } = this;
    let last = -1;
    let stop = -1;
    for (let at = 0; ;) {
      if (closer !== "") {
        const end = text.indexOf(closer, at);
        if (closer !== "*/") last = end < 0 ? text.length - 1 : end + closer.length - 1;
        if (end < 0) break;
        at = end + closer.length;
        closer = "";
      }
      special.lastIndex = at;
      const found = special.test(text);
      const next = found ? special.lastIndex - 1 : text.length;
      const mark = found ? text.charAt(next) : "";
      // Comments are found by their second character.
      const comment = mark === "-" || mark === "*";
      last = lastText(text, at, comment ? next - 1 : next) ?? last;
      if (!found || mark === "-") break;
      at = next + 1;
      if (mark === "*") closer = "*/";
      else {
        last = next;
        if (mark === '"') closer = '"';
        else if (mark !== "'") stop = stop < 0 ? next : stop;
        else {
          closer = quoteCloser(text, next);
          at += closer.length - 1;
        }
      }
    }
    this.closer = closer;
    this.lastCode = last;
    this.inner = stop >= 0 && last > stop ? stop : -1;
  }
}

const patterns = new Map<string, RegExp>();

/** What plain text is searched for; each match ends on the character that tells what it is. */
function specials(terminator = ""): RegExp {
  let pattern = patterns.get(terminator);
  if (!pattern) {
    const literal = terminator.replace(/[\\\]^-]/g, "\\$&");
    pattern = new RegExp(`['"${literal}]|--|/\\*`, "g");
    patterns.set(terminator, pattern);
  }
  return pattern;
}

/** The last character between `from` and `to` that is no blank. */
function lastText(text: string, from: number, to: number): number | undefined {
  for (let at = to - 1; at >= from; at--) if (text.charCodeAt(at) > 32) return at;
  return undefined;
}

/** What ends the string that begins at `at`: `'`, or for `q'[...]'` the closing delimiter and the quote. */
function quoteCloser(text: string, at: number): string {
  const before = text.charAt(at - 1);
  if (before !== "q" && before !== "Q") return "'";
  const prefix = /[\w$#]*$/.exec(text.slice(Math.max(0, at - 3), at))?.[0].toLowerCase();
  const delimiter = text.charAt(at + 1);
  if ((prefix !== "q" && prefix !== "nq") || delimiter === "" || delimiter <= " ") return "'";
  return (closers[delimiter] ?? delimiter) + "'";
}
