import * as l10n from "@vscode/l10n";

/** What ends plain text; each match ends on the character that tells what it is. */
const special = /['"[]|--|\/\*/g;
const commentMark = /\*\/|\/\*/g;
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
  /** What ends the string, name or comment that is open; empty in plain text. */
  private closer = "";
  private depth = 0;
  /** Where the next `$(` of the line is; Infinity after the last one. */
  private next = Infinity;
  /** References of the line scanned last. */
  references: Reference[] | undefined;
  /** The line scanned last has a block comment in it. */
  sawComment = false;
  /** The line scanned last ends in a `--` comment. */
  sawLineComment = false;

  get normal(): boolean {
    return this.closer === "";
  }

  /** What is open, in words. */
  get open(): string {
    switch (this.closer) {
      case "'":
        return l10n.t("string");
      case '"':
        return l10n.t('quoted name or string ("...")');
      case "]":
        return l10n.t("quoted name ([...])");
      default:
        return l10n.t("comment");
    }
  }

  reset(): void {
    this.closer = "";
    this.depth = 0;
  }

  /**
   * Reads one line. With `substitution`, finds variable references in everything but comments; returns the
   * offset of a `$(` that is none, or -1.
   */
  scan(text: string, substitution: boolean): number {
    this.references = undefined;
    this.sawComment = this.closer === "*/";
    this.sawLineComment = false;
    this.next = substitution ? indexOrEnd(text, 0) : Infinity;
    for (let at = 0; ;) {
      const end = this.closer === "*/" ? this.commentEnd(text, at) : this.quoteEnd(text, at);
      if (this.closer !== "*/" && this.closer !== "") {
        const malformed = this.take(text, at, end);
        if (malformed >= 0) return malformed;
      }
      if (end > text.length) return -1;
      this.closer = "";
      special.lastIndex = at = end;
      const mark = special.test(text) ? text.charAt(special.lastIndex - 1) : "";
      const stop = mark === "" ? text.length : special.lastIndex;
      const malformed = this.take(text, at, stop);
      if (malformed >= 0) return malformed;
      at = stop;
      this.sawLineComment = mark === "-";
      if (mark === "" || mark === "-") return -1;
      if (mark === "*") {
        this.closer = "*/";
        this.depth = 1;
        this.sawComment = true;
      } else this.closer = mark === "[" ? "]" : mark;
    }
  }

  /** Takes the references that begin between `from` and `to`; returns the offset of one that is none, or -1. */
  private take(text: string, from: number, to: number): number {
    while (this.next < to) {
      if (this.next >= from) {
        reference.lastIndex = this.next;
        const name = reference.exec(text)?.[1];
        if (name === undefined) return this.next;
        (this.references ??= []).push({ start: this.next, end: reference.lastIndex, name });
      }
      this.next = indexOrEnd(text, Math.max(from, this.next + 1));
    }
    return -1;
  }

  /** Where the comment ends that is open at `from`; beyond the text when it goes on. */
  private commentEnd(text: string, from: number): number {
    commentMark.lastIndex = from;
    while (commentMark.test(text)) {
      if (text.charAt(commentMark.lastIndex - 1) === "*") this.depth++;
      else if (--this.depth === 0) return commentMark.lastIndex;
    }
    return text.length + 1;
  }

  /** Where plain text begins again: `from` in plain text, after the closing quote in a string or name. */
  private quoteEnd(text: string, from: number): number {
    const { closer } = this;
    if (closer === "") return from;
    let at = text.indexOf(closer, from);
    // `]]` is a bracket inside the name. Doubled quotes end one string and begin the next: the same thing here.
    while (at >= 0 && closer === "]" && text.charAt(at + 1) === "]") at = text.indexOf(closer, at + 2);
    return at < 0 ? text.length + 1 : at + 1;
  }
}

function indexOrEnd(text: string, from: number): number {
  const found = text.indexOf("$(", from);
  return found < 0 ? Infinity : found;
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
