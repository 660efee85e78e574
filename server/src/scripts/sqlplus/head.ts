/** What the first words of a statement make it. `opaque`: source of another language, up to the `/`. */
export type StatementType = "sql" | "plsql" | "with-plsql" | "opaque";

const blocks = new Set(["function", "procedure", "package", "trigger", "type", "library"]);

/** Words between CREATE and the kind of object. */
const fillers = new Set(
  "or replace editionable noneditionable and resolve compile noforce force no editioning if not exists".split(
    " ",
  ),
);

const word = /[\w$#]+/y;

/**
 * Reads the first words of a statement, over lines and comments, until it is known whether `;` ends it. (SQL*Plus
 * User's Guide, "Running PL/SQL Blocks": CREATE of a stored unit; since 12.1 also WITH FUNCTION.) SQL*Plus itself
 * is misled by a comment between these words; this is not.
 */
export class StatementHead {
  /** Undefined as long as more words are needed. */
  type: StatementType | undefined;
  /** A comment stands between the words. */
  sawComment = false;
  private state: "first" | "create" | "java" | "view" | "with" = "first";
  private inComment = false;

  line(text: string): void {
    for (let at = 0; at < text.length && this.type === undefined;) {
      if (this.inComment) {
        const end = text.indexOf("*/", at);
        if (end < 0) return;
        this.inComment = false;
        at = end + 2;
      } else if (text.startsWith("/*", at)) {
        this.inComment = true;
        this.sawComment = true;
        at += 2;
      } else if (text.startsWith("--", at)) {
        this.sawComment = true;
        return;
      } else {
        const length = wordLength(text, at);
        if (length > 0) this.word(text.slice(at, at + length).toLowerCase());
        else if (text.charAt(at) > " ") this.other();
        at += Math.max(1, length);
      }
    }
  }

  private word(word: string): void {
    switch (this.state) {
      case "first":
        if (word === "create") this.state = "create";
        else if (word === "with") this.state = "with";
        else this.type = word === "declare" || word === "begin" ? "plsql" : "sql";
        return;
      case "create":
        if (blocks.has(word)) this.type = "plsql";
        else if (word === "java") this.state = "java";
        else if (word === "view") this.state = "view";
        else if (!fillers.has(word)) this.type = "sql";
        return;
      case "java":
        this.type = word === "source" ? "opaque" : "sql";
        return;
      case "view":
        // A view's own WITH comes right before its query: `AS WITH FUNCTION ...`.
        if (word === "with") this.state = "with";
        else if (word === "select") this.type = "sql";
        return;
      case "with":
        this.type = word === "function" || word === "procedure" ? "with-plsql" : "sql";
    }
  }

  /** Something that is no word: it settles everything but a view's list of columns. */
  private other(): void {
    if (this.state === "first")
      this.type = "plsql"; // a <<label>>
    else if (this.state !== "view") this.type = "sql";
  }
}

function wordLength(text: string, at: number): number {
  word.lastIndex = at;
  return word.test(text) ? word.lastIndex - at : 0;
}
