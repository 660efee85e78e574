import type { Problem } from "../problem";
import type { ScriptPlace } from "./script";
import type { SqlcmdCommand } from "./sqlcmd/commands";
import type { SqlplusCommand } from "./sqlplus/commands";
import type { ScriptEncoding } from "./text/encoding";

export type { Dialect, ScriptPlace } from "./script";

/**
 * From batch line `at` (counted from 1) on, the batch's lines come from `file`, starting at `line`, one by one,
 * until the next segment's `at`. `sourceLine` reads the map.
 */
export interface MapSegment {
  readonly at: number;
  readonly file: string;
  readonly line: number;
}

/** Text to send to the server, exactly as it must be sent. */
export interface BatchItem {
  readonly kind: "batch";
  /** `batch`: a T-SQL batch. `sql`: one Oracle statement, without its terminator. `plsql`: an Oracle block, with its last `;`. */
  readonly type: "batch" | "sql" | "plsql";
  /** Variables substituted, lines joined by `\n`. */
  readonly text: string;
  /** How often it is sent, each time as a batch of its own (`GO n`). */
  readonly count: number;
  /** The file of the first line; `startLine` and `endLine` are the first and last of the batch's lines in that file. */
  readonly file: string;
  readonly startLine: number;
  readonly endLine: number;
  readonly map: readonly MapSegment[];
  /** The line that makes it run: GO, the line with `;`, the `/`; the last line of the script where its end does. */
  readonly runBy: ScriptPlace;
  /** The text as written, where substitution changed it. Log this one when `secrets` is not empty. */
  readonly original?: string;
  /** Names without a value, left in the text as written. Such a batch must not be sent unless the user said so. */
  readonly undefined: readonly string[];
  /** Names of variables in the text whose value is a secret: never log or store `text` then. */
  readonly secrets: readonly string[];
  /** A `/` that runs again what has run already. */
  readonly rerun: boolean;
  /** `EXIT(query)`: the first column of the last row is the run's exit code. */
  readonly givesExitCode: boolean;
}

/** A command of the tool itself. Variables in its arguments are substituted; `text` is the line as written, secrets masked. */
export interface CommandItem {
  readonly kind: "command";
  readonly command: SqlcmdCommand | SqlplusCommand;
}

/**
 * Something wrong at this point of the run. `trigger` says which rule of the dialect it fires: `error` is what
 * sqlcmd's `:on error exit` and `-b` look at, `oserror` is SQL*Plus' WHENEVER OSERROR. Without a trigger the
 * official tool goes on.
 */
export interface ProblemItem {
  readonly kind: "problem";
  readonly problem: Problem;
  readonly trigger?: "error" | "oserror";
}

/** A script file is being opened: the first item is the main script, later ones are includes. */
export interface FileItem {
  readonly kind: "file";
  /** Absolute path as reached, and with symbolic links resolved. */
  readonly path: string;
  readonly realPath: string;
  readonly bytes: number;
  /** Hash of the bytes, hexadecimal. */
  readonly sha256: string;
  readonly encoding: ScriptEncoding;
  readonly includedBy?: ScriptPlace;
}

/**
 * The last item, always there. `end`: the script ended (SQL*Plus commits, as for EXIT). `exit`: EXIT or QUIT,
 * the command came just before. `stopped`: a limit, or the file changed while it was read: nothing after this
 * point is known. `unreadable`: the main script could not be read at all.
 */
export interface EndItem {
  readonly kind: "end";
  readonly reason: "end" | "exit" | "stopped" | "unreadable";
  readonly file: string;
  readonly line: number;
}

/** What a script does, in order. */
export type Item = FileItem | BatchItem | CommandItem | ProblemItem | EndItem;

/** The script's place of a line of a batch (counted from 1), as servers report it in errors. */
export function sourceLine(map: readonly MapSegment[], line: number): ScriptPlace | undefined {
  let low = 0;
  let high = map.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((map[middle]?.at ?? Infinity) <= line) low = middle;
    else high = middle - 1;
  }
  const segment = map[low];
  if (!segment || segment.at > line) return undefined;
  return { file: segment.file, line: segment.line + line - segment.at };
}
