/** What a folder of generated scripts holds: types only, the protocol takes them from here. */
import type { Problem } from "../../problem";
import type { Dialect } from "../script";

/** A `Name = Value` line of the header comment. */
export interface HeaderField {
  readonly name: string;
  /** Undefined for `NONE`. */
  readonly value: string | undefined;
  readonly line: number;
}

/** The comment at the top of a generated script. */
export interface GeneratedHeader {
  /** In the order of the file. */
  readonly fields: readonly HeaderField[];
  /** When the script was generated (UTC), as written: `YYYY-MM-DD HH:MM:SS.fraction`. */
  readonly generated?: { readonly time: string; readonly line: number };
  /** The table that a comment says is empty, `schema.table`. */
  readonly emptyTable?: { readonly name: string; readonly line: number };
}

/** A variable that `sqlcmd -v NAME=value` sets. */
export interface BatchVariable {
  readonly name: string;
  /** Undefined for a secret, and where only a run of the batch file would know it. */
  readonly value?: string;
}

/** A script on a line of a `.bat` file. */
export interface BatchScript {
  /** As written, relative to the command's `folder` unless absolute; variables that the batch file sets are put in. */
  readonly name: string;
  /** For SQL*Plus, what follows the script: `&1`, `&2`... A `%NAME%` in it got its value somewhere else. */
  readonly arguments: readonly string[];
  /** For sqlcmd, what `-v` sets; undefined when it sets nothing. */
  readonly variables?: readonly BatchVariable[];
}

/** A line of a `.bat` file that starts a database tool or another program, or works on files. */
export interface BatchFileCommand {
  readonly line: number;
  /** `sqlplus`, `sqlcmd`, `osql`, or the program's name as written. */
  readonly tool: string;
  /** The line with passwords masked. */
  readonly text: string;
  readonly scripts: readonly BatchScript[];
  /** The folder that `cd` and `pushd` lines led to, relative to the batch file's own; empty there. */
  readonly folder: string;
  /** A password stands on the line in clear text. */
  readonly hasPassword: boolean;
  /** What removes data, as far as the line itself says: `del`, or the statement after -Q with its target. */
  readonly destructive: readonly string[];
}

/** One script of the migration assistant. */
export interface GeneratedScript {
  /** Relative to the folder, with `/`. */
  readonly path: string;
  /** The folder it lies in: a table group, or for Dialer a workflow. Empty at the top. */
  readonly group: string;
  /** The target table by the header, else the file's name. */
  readonly table: string;
  /** Its place in ExecuteMigrationScripts.bat, from 1; undefined when it is not in there. */
  readonly order?: number;
  readonly dialect?: Dialect;
  readonly header?: GeneratedHeader;
  /** Link names in the statements. */
  readonly links: readonly string[];
  /**
   * `&1`, `&2`... as ExecuteMigrationScripts.bat gives them (`%NAME%`: only its user knows), else, for a script that
   * spools to `&1`, its own name with `.log`. Empty for a script that gets none.
   */
  readonly arguments: readonly string[];
  /** What ExecuteMigrationScripts.bat sets with `sqlcmd -v` each time that it runs the script. */
  readonly variables: readonly (BatchVariable & { readonly line: number })[];
}

export interface GeneratedGroup {
  readonly name: string;
  readonly scripts: readonly GeneratedScript[];
}

/** A batch file of the folder. It is read, never started. */
export interface GeneratedBatch {
  readonly path: string;
  readonly commands: readonly BatchFileCommand[];
  /** Scripts that it runs, in order, as paths of the folder; those that are not there are in `problems`. */
  readonly scripts: readonly string[];
}

/** The folder that one run of the migration assistant writes. */
export interface GeneratedFolder {
  readonly path: string;
  /** `<date_time>` of the run, as the folder is called. */
  readonly name: string;
  /** In the order of their first script. */
  readonly groups: readonly GeneratedGroup[];
  /** All scripts: those of ExecuteMigrationScripts.bat in its order, then the others by name. */
  readonly scripts: readonly GeneratedScript[];
  /** ExecuteMigrationScripts.bat: there when the run was set to be executed manually. */
  readonly execute?: GeneratedBatch;
  /** MigrationCleanup.bat: for after a crash or power loss. */
  readonly cleanup?: GeneratedBatch;
  readonly problems: readonly Problem[];
}
