const quote = 39; // '
const doubleQuote = 34;
const openBracket = 91;
const closeBracket = 93;
const dash = 45;
const slash = 47;
const star = 42;
const dollar = 36;
const openParenthesis = 40;

const reference = /\$\(([\p{L}\p{N}_-]+)\)/uy;

/** A variable reference in a line: `$(name)` from `start` to before `end`. */
export interface Reference {
  readonly start: number;
  readonly end: number;
  readonly name: string;
}

/**
 * Where sqlcmd is in T-SQL: in plain text, a string, a quoted name or a comment. Lives from line to line.
 * Comments nest, as the server has them.
 */
export class SqlcmdScanner {
  /** The character that ends what is open; 0 in plain text; `*` in a block comment. */
  private closer = 0;
  private depth = 0;
  /** References of the line scanned last. */
  references: Reference[] | undefined;
  /** The line scanned last has a block comment in it. */
  sawComment = false;
  /** The line scanned last ends in a `--` comment. */
  sawLineComment = false;

  get normal(): boolean {
    return this.closer === 0;
  }

  /** What is open, in words. */
  get open(): string {
    switch (this.closer) {
      case quote:
        return "string";
      case doubleQuote:
        return 'quoted name or string ("...")';
      case closeBracket:
        return "quoted name ([...])";
      default:
        return "comment";
    }
  }

  reset(): void {
    this.closer = 0;
    this.depth = 0;
  }

  /**
   * Reads one line. With `substitution`, finds variable references in everything but comments; returns the
   * offset of a `$(` that is none, or -1.
   */
  scan(text: string, substitution: boolean): number {
    const end = text.length;
    let closer = this.closer;
    this.references = undefined;
    this.sawComment = closer === star;
    this.sawLineComment = false;
    for (let at = 0; at < end; at++) {
      const code = text.charCodeAt(at);
      if (closer === star) {
        if (code === star && text.charCodeAt(at + 1) === slash) {
          at++;
          if (--this.depth === 0) closer = 0;
        } else if (code === slash && text.charCodeAt(at + 1) === star) {
          at++;
          this.depth++;
        }
      } else if (code === dollar) {
        if (!substitution || text.charCodeAt(at + 1) !== openParenthesis) continue;
        reference.lastIndex = at;
        const match = reference.exec(text);
        if (!match) {
          this.closer = closer;
          return at;
        }
        (this.references ??= []).push({ start: at, end: reference.lastIndex, name: match[1] ?? "" });
        at = reference.lastIndex - 1;
      } else if (closer !== 0) {
        if (code !== closer) continue;
        // `]]` is a bracket inside the name. Doubled quotes end one string and begin the next: the same thing here.
        if (closer === closeBracket && text.charCodeAt(at + 1) === closeBracket) at++;
        else closer = 0;
      } else if (code === quote || code === doubleQuote) closer = code;
      else if (code === openBracket) closer = closeBracket;
      else if (code === dash && text.charCodeAt(at + 1) === dash) {
        this.sawLineComment = true;
        break;
      } else if (code === slash && text.charCodeAt(at + 1) === star) {
        at++;
        closer = star;
        this.depth = 1;
        this.sawComment = true;
      }
    }
    this.closer = closer;
    return -1;
  }
}

/** The variable references of a command's arguments; undefined when a `$(` is none. */
export function referencesIn(text: string): Reference[] | undefined {
  const found: Reference[] = [];
  for (let start = text.indexOf("$("); start >= 0; start = text.indexOf("$(", reference.lastIndex)) {
    reference.lastIndex = start;
    const match = reference.exec(text);
    if (!match) return undefined;
    found.push({ start, end: reference.lastIndex, name: match[1] ?? "" });
  }
  return found;
}
