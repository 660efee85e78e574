import type { ScriptPlace } from "../items";
import { defaultSettings, type ReadingSettings } from "./settings";

/** A value that the script asks its user for. */
export interface Question {
  /** Lower case. */
  readonly name: string;
  /** What to show: `Enter value for name:`, or the text of ACCEPT. */
  readonly prompt: string;
  /** ACCEPT ... DEFAULT. */
  readonly default?: string;
  /** ACCEPT ... HIDE: the answer is a secret. */
  readonly hidden: boolean;
  readonly place: ScriptPlace;
}

/** Answers a question; undefined when there is nobody to answer. */
export type Ask = (question: Question) => Promise<string | undefined>;

export interface SqlplusOptions {
  /** What stands after the script's name on the command line: `&1`, `&2`... */
  readonly arguments?: readonly string[];
  /** As if given by DEFINE before the script. */
  readonly variables?: Readonly<Record<string, string>>;
  /** Names of variables whose values are secrets. */
  readonly secrets?: readonly string[];
  readonly ask?: Ask;
}

/** Variables that SQL*Plus fills from the connection; a runner sets them once it is connected. */
const predefined = new Set(
  "_connect_identifier _date _editor _o_release _o_version _privilege _rc _sqlplus_release _user".split(" "),
);

/**
 * Substitution variables and settings of one SQL*Plus run: one table for all its scripts and connections. Names
 * ignore case.
 */
export class SqlplusSession {
  readonly dialect = "sqlplus";
  readonly settings: ReadingSettings = defaultSettings();
  readonly ask: Ask | undefined;
  /** Where each name (lower case) was first asked for, whether it had a value or not. */
  readonly uses = new Map<string, ScriptPlace>();
  /** Variables that COLUMN ... NEW_VALUE or OLD_VALUE fills from query results: the runner's work. */
  readonly fromQueries = new Map<string, ScriptPlace>();
  private readonly values = new Map<string, string>();
  private readonly secrets = new Set<string>();

  constructor(options: SqlplusOptions = {}) {
    this.ask = options.ask;
    for (const [name, value] of Object.entries(options.variables ?? {})) this.set(name, value);
    for (const name of options.secrets ?? []) this.hide(name);
    options.arguments?.forEach((value, index) => this.set(String(index + 1), value));
  }

  get(name: string): string | undefined {
    return this.values.get(name.toLowerCase());
  }

  /** Sets a variable, as DEFINE does; a runner sets the predefined ones and those of COLUMN ... NEW_VALUE. */
  set(name: string, value: string): void {
    this.values.set(name.toLowerCase(), value);
  }

  /** Sets a variable to what a script has put together: with a secret in it, it is one as well. */
  derive(name: string, value: string): void {
    this.set(name, value);
    if (this.holdsSecret(value)) this.hide(name);
  }

  /** Whether the value of a secret variable is in a text. */
  holdsSecret(text: string): boolean {
    for (const name of this.secrets) {
      const value = this.values.get(name);
      if (value && text.includes(value)) return true;
    }
    return false;
  }

  remove(name: string): boolean {
    return this.values.delete(name.toLowerCase());
  }

  /** Marks a variable as holding a secret: batches that use it say so. */
  hide(name: string): void {
    this.secrets.add(name.toLowerCase());
  }

  isSecret(name: string): boolean {
    return this.secrets.has(name.toLowerCase());
  }

  /** Whether the value comes with the connection or from a query, so that only a run knows it. */
  knownOnlyInRun(name: string): boolean {
    return predefined.has(name.toLowerCase()) || this.fromQueries.has(name.toLowerCase());
  }

  /** All variables by name. Secrets come as `***`. */
  list(): { name: string; value: string }[] {
    const all = [...this.values].map(([name, value]) => ({
      name,
      value: this.isSecret(name) ? "***" : value,
    }));
    return all.sort((a, b) => (a.name < b.name ? -1 : 1));
  }
}
