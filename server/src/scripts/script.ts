/** What everybody who deals with scripts speaks of: types only, the protocol takes them from here. */

/** `sqlcmd`: scripts for SQL Server's sqlcmd. `sqlplus`: scripts for Oracle's SQL*Plus. */
export type Dialect = "sqlcmd" | "sqlplus";

/** A line of a script file, counted from 1. */
export interface ScriptPlace {
  readonly file: string;
  readonly line: number;
}

/** A value that a script takes: an argument of SQL*Plus by its place, a variable of sqlcmd by its name. */
export interface ScriptArgument {
  /** For sqlcmd the variable's name, as `-v` takes it. */
  readonly name: string;
  /** What people read for a name of ours; values are kept under the name. */
  readonly title?: string;
  /** A password: asked each time, never kept. */
  readonly secret?: true;
}
