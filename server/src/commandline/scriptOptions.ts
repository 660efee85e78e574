import type { Dialect } from "../scripts/items";
import { isEncoding } from "../scripts/text/encoding";
import { UsageError } from "./command";

/** Switches of `script plan` and `script run` that say how scripts are read, for `parseArgs`. */
export const readingSwitches = {
  dialect: { type: "string" },
  variable: { type: "string", short: "v", multiple: true },
  arg: { type: "string", multiple: true },
  "allow-folder": { type: "string", multiple: true },
  "allow-outside": { type: "boolean" },
  encoding: { type: "string" },
  "no-substitution": { type: "boolean" },
  "no-environment": { type: "boolean" },
  terminator: { type: "string" },
  ssms: { type: "boolean" },
} as const;

/** The dialect; it has to be named. Throws UsageError. */
export function dialectOf(dialect: string | undefined): Dialect {
  if (dialect === "sqlcmd" || dialect === "sqlplus") return dialect;
  throw new UsageError("--dialect must be sqlcmd (SQL Server) or sqlplus (Oracle)");
}

/** Throws UsageError when there is an encoding and nobody knows it. */
export function checkEncoding(encoding: string | undefined): void {
  if (encoding === undefined || isEncoding(encoding)) return;
  throw new UsageError(`--encoding: '${encoding}' is no encoding known here; windows-1252 is one`);
}
