import { type BatchItem, type Dialect, type ScriptPlace, sourceLine } from "./items";
import { lineIndex } from "./text/lineIndex";
import { type Token, tokens } from "./tokens";

export type DestructiveKind =
  | "drop"
  | "truncate"
  | "delete-without-where"
  | "update-without-where"
  | "delete-by-merge"
  | "alter-database"
  | "disable-trigger"
  | "shrink"
  | "restore"
  /** Stops or reconfigures the server, or leaves it: SHUTDOWN, KILL, RECONFIGURE, ALTER SYSTEM, xp_cmdshell. */
  | "server";

/** A statement that destroys data or changes the database as a whole. */
export interface Destructive {
  readonly kind: DestructiveKind;
  /** The words that say so, for example `DROP TABLE`. */
  readonly statement: string;
  /** What it is done to, as far as the text says. */
  readonly target?: string;
  /** Line in the text, counted from 1. */
  readonly textLine: number;
  /** The target is a temporary table or a table variable. */
  readonly temporary: boolean;
  /** Inside the definition of a procedure, function, trigger or package: runs when that is called, not now. */
  readonly definition: boolean;
  /** Inside a string that is executed: `EXEC('...')`, `sp_MSforeachtable '...'`, `EXECUTE IMMEDIATE '...'`. */
  readonly dynamic: boolean;
}

/** A destructive statement of a batch, with its place in the script. */
export interface DestructivePlace extends Destructive, ScriptPlace {}

/** The destructive statements of a batch, with the script's lines. */
export function destructiveIn(batch: BatchItem, dialect: Dialect): DestructivePlace[] {
  return findDestructive(batch.text, dialect).map((found) => {
    const place = sourceLine(batch.map, found.textLine);
    return { ...found, file: place?.file ?? batch.file, line: place?.line ?? batch.startLine };
  });
}

/** A look that spares nearly all batches the tokens. */
const worthALook =
  /\b(?:drop|truncate|delete|update|merge|\w*shrink\w*|restore|shutdown|purge|flashback|reconfigure|xp_cmdshell|kill|repair_allow_data_loss|disable)\b|\balter\s|\b[sx]p_(?:drop|delete|detach|dbremove|revoke)/i;

/**
 * Finds DROP, TRUNCATE, DELETE and UPDATE without WHERE, ALTER DATABASE, shrinking and the like in SQL text.
 * Comments and strings do not count, other than literal strings that are executed; text that the script puts
 * together piece by piece is not seen. T-SQL needs no `;`: a statement ends where the next one begins.
 */
export function findDestructive(text: string, dialect: Dialect): Destructive[] {
  return worthALook.test(text) ? new Finder(text, dialect, false).run() : [];
}

/** Words that begin a T-SQL statement, and so end an UPDATE or DELETE before them. */
const starters = new Set(
  (
    "SELECT INSERT UPDATE DELETE MERGE EXEC EXECUTE IF WHILE BEGIN END ELSE DECLARE PRINT RETURN CREATE ALTER DROP " +
    "TRUNCATE COMMIT ROLLBACK SAVE USE GRANT REVOKE DENY WAITFOR RAISERROR THROW BREAK CONTINUE DBCC BACKUP RESTORE " +
    "KILL RECONFIGURE CHECKPOINT GOTO FETCH OPEN CLOSE DEALLOCATE SHUTDOWN BULK"
  ).split(" "),
);

/** After these, DELETE, UPDATE and DROP are part of something else: triggers, foreign keys, rights, cursors. */
const notAfter = new Set(
  "ON FOR AFTER BEFORE OF OR AND NOT IF GRANT REVOKE DENY AUDIT NOAUDIT INSTEAD , =".split(" "),
);

/** Words between a verb and what it is done to. */
const objectWords = new Set(
  (
    "TABLE VIEW INDEX PROCEDURE PROC FUNCTION TRIGGER SEQUENCE SYNONYM DATABASE SCHEMA USER ROLE LOGIN TYPE BODY " +
    "PACKAGE MATERIALIZED COLUMN CONSTRAINT PARTITION SUBPARTITION CLUSTER TABLESPACE LINK PUBLIC STATISTICS RULE " +
    "DEFAULT ASSEMBLY CERTIFICATE MEMBER KEY PRIMARY FOREIGN SERVER LIBRARY DIRECTORY CONTEXT PROFILE RECYCLEBIN " +
    "DBA_RECYCLEBIN TEMPORARY UNIQUE JAVA SOURCE CLASS LOG"
  ).split(" "),
);
const fillers = new Set("FROM TOP PERCENT ONLY IF EXISTS".split(" "));

/** System procedures that drop what their first argument names. */
const dropping = /^(?:SP_DROP\w+|SP_DELETE_\w+|XP_DELETE_FILE|SP_DBREMOVE|SP_REVOKE(?:DBACCESS|LOGIN))$/;

/** What runs every string that it is given, up to the end of its statement. */
const runners: Readonly<Record<Dialect, RegExp>> = {
  sqlcmd: /^SP_MSFOREACH(?:TABLE|DB)$/,
  sqlplus: /^(?:EXEC_DDL_STATEMENT|DBMS_SQL)$/,
};

/** A finding whose target is still being read. */
interface Naming {
  readonly kind: DestructiveKind;
  readonly at: number;
  readonly words: string[];
  readonly depth: number;
  readonly parts: string[];
  /** A procedure: what it is done to is an argument. */
  readonly call?: true;
}

/** An UPDATE or DELETE of which it is not known yet whether a WHERE comes. */
interface Open extends Naming {
  readonly verb: string;
  cases: number;
  where: boolean;
}

const blocks = new Set("PROC PROCEDURE FUNCTION TRIGGER PACKAGE TYPE".split(" "));

class Finder {
  private readonly found: Destructive[] = [];
  private naming: Naming | undefined;
  private open: Open | undefined;
  /** The tokens before, in upper case; empty for strings. */
  private before = "";
  private beforeThat = "";
  /** First words of the text. */
  private readonly head: string[] = [];
  private atStart = true;
  private inMerge = false;
  /** In a call of a procedure by name: the batch's first statement needs no EXEC. */
  private inCall = false;
  /** Strings are executed up to the end of the statement. */
  private running = false;
  private depth = 0;
  private readonly lineOf: (at: number) => number;

  constructor(
    private readonly text: string,
    private readonly dialect: Dialect,
    private readonly dynamic: boolean,
  ) {
    this.lineOf = lineIndex(text);
  }

  run(): Destructive[] {
    for (const token of tokens(this.text, this.dialect)) {
      this.take(token);
      this.beforeThat = this.before;
      this.before = token.kind === "string" ? "" : token.text.toUpperCase();
    }
    this.endStatement();
    return this.found.sort((a, b) => a.textLine - b.textLine);
  }

  private take(token: Token): void {
    const word = token.kind === "word" && !token.afterPoint;
    if (token.text === ")" && token.kind === "mark") this.depth--;
    if (word) this.word(token);
    else if (token.kind === "string") this.string(token);
    if (token.kind === "word") this.procedure(token);
    if (this.naming) this.name(this.naming, token);
    if (token.kind !== "mark") this.atStart = false;
    else if (token.text === "(") this.depth++;
    else if (token.text === ";") this.endStatement();
  }

  private word(token: Token): void {
    const { text } = token;
    if (this.head.length < 8) this.head.push(text);
    const begins = this.begins(text);
    if (begins) {
      const ends = this.dialect === "sqlcmd" || this.atStart;
      if (ends) this.closeOpen(text);
      if (text === "MERGE") this.inMerge = true;
      else if (ends && !(this.before === "THEN" && this.inMerge)) this.inMerge = false;
      if (ends) this.running = false;
      if (this.naming?.call) this.named();
      this.inCall = /^EXEC(?:UTE)?$/.test(text) || (this.head.length === 1 && !starters.has(text));
    }
    if (this.open) this.insideOpen(this.open, text);
    this.verb(token, begins);
  }

  /** Whether a word can begin a statement here. */
  private begins(text: string): boolean {
    if (this.atStart) return true;
    return starters.has(text) && !notAfter.has(this.before) && this.depth <= (this.open?.depth ?? this.depth);
  }

  private verb({ text, at }: Token, begins: boolean): void {
    const { before } = this;
    const tsql = this.dialect === "sqlcmd";
    switch (text) {
      case "DELETE":
      case "UPDATE":
        // Oracle: WHEN MATCHED THEN UPDATE SET ... DELETE WHERE ...
        if (this.inMerge && (before === "THEN" || !tsql)) {
          if (text === "DELETE") this.say("delete-by-merge", "MERGE ... DELETE", at);
        } else if (begins || (this.depth > 0 && !notAfter.has(before))) this.startChange(text, at);
        return;
      case "DROP":
      case "TRUNCATE":
        if (!notAfter.has(before)) this.start(text === "DROP" ? "drop" : "truncate", text, at);
        return;
      case "DATABASE":
      case "LOG":
        if (before === "ALTER" && text === "DATABASE") this.start("alter-database", "ALTER DATABASE", at);
        if (before === "RESTORE") this.start("restore", `RESTORE ${text}`, at);
        return;
      case "TRIGGER":
        if (before === "DISABLE") this.start("disable-trigger", "DISABLE TRIGGER", at);
        return;
      case "TRIGGERS":
        if (before === "ALL" && this.beforeThat === "DISABLE")
          this.say("disable-trigger", "DISABLE ALL TRIGGERS", at);
        return;
      case "SYSTEM":
        if (before === "ALTER" && !tsql) this.say("server", "ALTER SYSTEM", at);
        return;
      case "SHRINKDATABASE":
      case "SHRINKFILE":
        this.say("shrink", `DBCC ${text}`, at);
        return;
      case "SHRINK":
      case "AUTO_SHRINK":
        this.say("shrink", text, at);
        return;
      case "XP_CMDSHELL":
      case "REPAIR_ALLOW_DATA_LOSS":
        this.say("server", text.toLowerCase(), at);
        return;
      case "SHUTDOWN":
      case "RECONFIGURE":
      case "KILL":
        if (tsql && begins) this.say("server", text, at);
        return;
      case "PURGE":
      case "FLASHBACK":
        if (!tsql && this.atStart) this.start("drop", text, at);
    }
  }

  /** Procedures of the server; their names may have a database and an owner before them. */
  private procedure({ text, at }: Token): void {
    if (runners[this.dialect].test(text)) this.running = true;
    if (this.dialect !== "sqlcmd" || !this.inCall) return;
    const kind = dropping.test(text) ? "drop" : text === "SP_DETACH_DB" ? "alter-database" : undefined;
    if (kind === undefined) return;
    this.named();
    this.naming = { kind, at, words: [text.toLowerCase()], depth: this.depth, parts: [], call: true };
  }

  private start(kind: DestructiveKind, words: string, at: number): void {
    this.named();
    this.naming = { kind, at, words: [words], depth: this.depth, parts: [] };
  }

  /** A finding without a name to read. */
  private say(kind: DestructiveKind, words: string, at: number): void {
    this.add({ kind, at, words: [words], depth: this.depth, parts: [] });
  }

  private startChange(verb: string, at: number): void {
    this.named();
    const kind = verb === "DELETE" ? "delete-without-where" : "update-without-where";
    this.open = { kind, verb, at, words: [verb], depth: this.depth, parts: [], cases: 0, where: false };
    this.naming = this.open;
  }

  private insideOpen(open: Open, text: string): void {
    if (this.depth !== open.depth) return;
    if (text === "WHERE") open.where = true;
    else if (text === "CASE") open.cases++;
    else if (text === "END" && open.cases > 0) open.cases--;
    // UPDATE STATISTICS changes no row.
    else if (text === "STATISTICS" && this.before === "UPDATE") this.forget();
  }

  /** Reads the words and the name after a verb. */
  private name(naming: Naming, token: Token): void {
    if (token.at <= naming.at || this.depth > naming.depth) return;
    if (naming.call) return this.argument(naming, token);
    const { parts, words } = naming;
    const last = parts[parts.length - 1];
    if (token.kind === "mark" && token.text === "." && last !== undefined) parts.push(".");
    // What sp_MSforeachtable puts a name in place of.
    else if (token.kind === "mark" && token.text === "?" && last === undefined) parts.push("?");
    else if (token.kind === "word" || token.kind === "name") {
      const written = this.text.slice(
        token.at,
        token.at + token.text.length + (token.kind === "name" ? 2 : 0),
      );
      if (last === ".") parts.push(written);
      else if (last !== undefined) this.nameDone();
      else if (token.kind === "word" && fillers.has(token.text)) return;
      else if (token.kind === "word" && words.length < 3 && objectWords.has(token.text))
        words.push(token.text);
      else parts.push(written);
    } else if (last !== undefined && token.text !== "(") this.nameDone();
  }

  /** The first value given to a procedure: `@name =` before it is not one, nor is a variable. */
  private argument({ parts }: Naming, { kind, text, at }: Token): void {
    if (kind === "string" || kind === "name") parts.push(text);
    else if (kind === "word" && !text.startsWith("@")) parts.push(this.text.slice(at, at + text.length));
    else if (text !== ",") return;
    this.named();
  }

  private nameDone(): void {
    if (this.naming !== this.open) this.named();
    this.naming = undefined;
  }

  /** The name of a finding is complete: it counts. */
  private named(): void {
    const { naming } = this;
    if (naming && naming !== this.open) this.add(naming);
    this.naming = undefined;
  }

  private forget(): void {
    if (this.naming === this.open) this.naming = undefined;
    this.open = undefined;
  }

  private closeOpen(next: string): void {
    const { open } = this;
    if (!open || (open.cases > 0 && (next === "END" || next === "ELSE"))) return;
    if (!open.where) this.add(open);
    this.forget();
  }

  private endStatement(): void {
    this.named();
    this.closeOpen(";");
    this.forget();
    this.inMerge = false;
    this.inCall = false;
    this.running = false;
    this.depth = 0;
    this.atStart = true;
  }

  private string({ text, at }: Token): void {
    const { before, beforeThat } = this;
    const executed =
      this.running ||
      before === "IMMEDIATE" ||
      before === "SP_EXECUTESQL" ||
      (before === "=" && beforeThat === "@STMT") ||
      (before === "(" && (beforeThat === "EXEC" || beforeThat === "EXECUTE"));
    if (!executed || this.dynamic || !worthALook.test(text)) return;
    const line = this.lineOf(at);
    for (const inner of new Finder(text, this.dialect, true).run()) {
      this.found.push({ ...inner, textLine: line + inner.textLine - 1, definition: this.definition });
    }
  }

  private get definition(): boolean {
    const [first, ...rest] = this.head;
    if (first !== "CREATE" && first !== "ALTER") return false;
    const kind = rest.find((word) => !/^(?:OR|REPLACE|ALTER|EDITIONABLE|NONEDITIONABLE)$/.test(word));
    return kind !== undefined && blocks.has(kind);
  }

  private add({ kind, words, parts, at }: Naming): void {
    const target = parts.join("");
    const last = parts[parts.length - 1] ?? "";
    this.found.push({
      kind,
      statement: words.join(" "),
      ...(target !== "" && { target }),
      textLine: this.lineOf(at),
      temporary: /^\[?#|^@/.test(last),
      definition: this.definition,
      dynamic: this.dynamic,
    });
  }
}
