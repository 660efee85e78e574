const quote = 39;
const doubleQuote = 34;
const dash = 45;
const slash = 47;
const star = 42;

const closers: Readonly<Record<string, string>> = { "[": "]", "(": ")", "{": "}", "<": ">" };

/**
 * Where a statement is: in plain text, a string, a quoted name or a comment. SQL*Plus has no such thing: it takes
 * every `;` at a line end for the end. This tells the two apart, so that a statement is not cut in a string.
 */
export class SqlplusScanner {
  /** `'`, `"`, `*` for a comment, or the two characters that end a q-quoted string; empty in plain text. */
  private closer = "";
  /** Of the line scanned last: the last character that is neither blank nor comment, -1 if there is none. */
  lastCode = -1;
  /** The first `;` in plain text with more text of the statement after it on the line, -1 if there is none. */
  inner = -1;

  get normal(): boolean {
    return this.closer === "";
  }

  get open(): string {
    return this.closer === "*" ? "comment" : this.closer === '"' ? "quoted name" : "string";
  }

  scan(text: string, terminator: string | undefined): void {
    const end = text.length;
    const stop = terminator?.charCodeAt(0);
    let last = -1;
    let lastStop = -1;
    this.inner = -1;
    for (let at = 0; at < end; at++) {
      if (this.closer !== "") {
        const close = this.closer === "*" ? "*/" : this.closer;
        const found = text.indexOf(close, at);
        if (found < 0) {
          if (this.closer !== "*") last = end - 1;
          break;
        }
        at = found + close.length - 1;
        if (this.closer !== "*") last = at;
        this.closer = "";
        continue;
      }
      const code = text.charCodeAt(at);
      if (code <= 32) continue;
      if (code === dash && text.charCodeAt(at + 1) === dash) break;
      if (code === slash && text.charCodeAt(at + 1) === star) {
        this.closer = "*";
        at++;
        continue;
      }
      if (lastStop >= 0 && this.inner < 0) this.inner = lastStop;
      last = at;
      if (code === quote) {
        this.closer = quoteCloser(text, at);
        if (this.closer.length === 2) at += 1;
      } else if (code === doubleQuote) this.closer = '"';
      else if (code === stop) lastStop = at;
    }
    this.lastCode = last;
  }
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
