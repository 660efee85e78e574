import type { ScriptPlace } from "../items";

/** How the tool was started, as far as scripts can tell. */
export interface SqlcmdOptions {
  /** As given by `-v`. */
  readonly variables?: Readonly<Record<string, string>>;
  /** Environment variables that scripts may read; none unless given. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** Names of variables whose values are secrets. */
  readonly secrets?: readonly string[];
  /** False for `-x`: `$(...)` is plain text. */
  readonly substitution?: boolean;
  /** The word that ends a batch (`-c`). Default `GO`. */
  readonly terminator?: string;
  /**
   * EXIT, QUIT, RESET, ED, ON ERROR and !! are commands without a colon too, as in sqlcmd. False for scripts
   * written for Management Studio, where such a line is T-SQL.
   */
  readonly colonlessCommands?: boolean;
}

/** A variable as `:listvar` shows it. */
export interface ScriptVariable {
  readonly name: string;
  readonly value: string;
}

const readOnly = new Set([
  "SQLCMDDBNAME",
  "SQLCMDINI",
  "SQLCMDPACKETSIZE",
  "SQLCMDSERVER",
  "SQLCMDUSER",
  "SQLCMDWORKSTATION",
]);

/** sqlcmd utility reference, "Use sqlcmd with scripting variables". */
const defaults: readonly (readonly [string, string])[] = [
  ["SQLCMDUSER", ""],
  ["SQLCMDSERVER", ""],
  ["SQLCMDWORKSTATION", ""],
  ["SQLCMDDBNAME", ""],
  ["SQLCMDLOGINTIMEOUT", "8"],
  ["SQLCMDSTATTIMEOUT", "0"],
  ["SQLCMDHEADERS", "0"],
  ["SQLCMDCOLSEP", " "],
  ["SQLCMDCOLWIDTH", "0"],
  ["SQLCMDPACKETSIZE", "4096"],
  ["SQLCMDERRORLEVEL", "0"],
  ["SQLCMDMAXVARTYPEWIDTH", "256"],
  ["SQLCMDMAXFIXEDTYPEWIDTH", "0"],
  ["SQLCMDEDITOR", "edit.com"],
  ["SQLCMDINI", ""],
];

const builtIn = new Map(defaults);

/**
 * Variables of one sqlcmd run: one table for all its files and connections. Names ignore case. The values of
 * `:setvar` win over those of `-v`, and both over the environment.
 */
export class SqlcmdSession {
  readonly dialect = "sqlcmd";
  readonly substitution: boolean;
  readonly terminator: string;
  readonly colonlessCommands: boolean;
  /** Where each name (upper case) was first asked for, whether it had a value or not. */
  readonly uses = new Map<string, ScriptPlace>();
  private readonly values = new Map<string, ScriptVariable>();
  private readonly environment = new Map<string, string>();
  private readonly secrets = new Set<string>();

  constructor(options: SqlcmdOptions = {}) {
    this.substitution = options.substitution ?? true;
    this.terminator = options.terminator ?? "GO";
    this.colonlessCommands = options.colonlessCommands ?? true;
    for (const [name, value] of Object.entries(options.environment ?? {})) {
      if (value !== undefined) this.environment.set(name.toUpperCase(), value);
    }
    for (const [name, value] of Object.entries(options.variables ?? {})) this.set(name, value);
    for (const name of options.secrets ?? []) this.hide(name);
  }

  get(name: string): string | undefined {
    const key = name.toUpperCase();
    return this.values.get(key)?.value ?? this.environment.get(key) ?? builtIn.get(key);
  }

  /** Sets a variable, built-in ones too: a runner says the server and user here. */
  set(name: string, value: string): void {
    this.values.set(name.toUpperCase(), { name, value });
  }

  /** Marks a variable as holding a secret: batches that use it say so. */
  hide(name: string): void {
    this.secrets.add(name.toUpperCase());
  }

  isSecret(name: string): boolean {
    return this.secrets.has(name.toUpperCase());
  }

  /** Whether scripts may not set it. */
  isReadOnly(name: string): boolean {
    return readOnly.has(name.toUpperCase());
  }

  /** Forgets a variable; a built-in one goes back to its default. False when there was none. */
  remove(name: string): boolean {
    const key = name.toUpperCase();
    return this.values.delete(key) || builtIn.has(key);
  }

  /** As `:listvar` prints: the built-in ones first, then the script's own by name. Secrets come as `***`. */
  list(): ScriptVariable[] {
    const own = [...this.values.entries()]
      .filter(([key]) => !builtIn.has(key))
      .map(([, variable]) => variable);
    own.sort((a, b) => (a.name.toUpperCase() < b.name.toUpperCase() ? -1 : 1));
    const all = [...builtIn.keys()].map((name) => ({ name, value: this.get(name) ?? "" })).concat(own);
    return all.map(({ name, value }) => ({ name, value: this.isSecret(name) ? "***" : value }));
  }
}
