import type { Dialect, ScriptArgument } from "../script";

/** One step of a list. */
export interface ListedScript {
  readonly file: string;
  readonly arguments: readonly ScriptArgument[];
  /** Who must be connected, when it is not the schema's owner. */
  readonly connectAs?: "system" | "sysdba";
  /** What to know before running it. */
  readonly note?: string;
}

/** Scripts that the guide has run one after another, never at the same time. */
export interface ScriptList {
  /** Stable, for settings and history. */
  readonly id: string;
  readonly dialect: Dialect;
  readonly title: string;
  /** The section of the CIC Migration guide 2018 R5 that prints the list; `…` stands for words that vary. */
  readonly section: string;
  /** Where the scripts lie below the assistant's `Scripts` folder. */
  readonly folder: readonly string[];
  /** Which database they run on. */
  readonly database: "source" | "target" | "both";
  readonly scripts: readonly ListedScript[];
  /** Stored procedures to run after the scripts, in order. */
  readonly procedures: readonly string[];
  /** Other scripts of the folder may stand beside these: the folder holds more than this list. */
  readonly partOfFolder: boolean;
  /** The scripts are alternatives: one of them is run, which one depends on the database. */
  readonly onlyOne?: true;
}

/** A step of a list beside what the folder has for it. */
export interface FoundScript {
  readonly script: ListedScript;
  /** `misspelt`: `name` is close to the listed name, and nothing else in the list. */
  readonly status: "found" | "misspelt" | "missing";
  /** The file's name in the folder. */
  readonly name?: string;
}

/** A list beside a folder. */
export interface ListBinding {
  readonly list: ScriptList;
  readonly scripts: readonly FoundScript[];
  /** Scripts of the folder that the list does not know. */
  readonly extra: readonly string[];
  /** Scripts of the folder that were taken out of the product: do not run them. */
  readonly removed: readonly string[];
}

/** Names of scripts that the product no longer has (guide's change log, January 2015). */
const removedNames: ReadonlySet<string> = new Set([
  "delete_dups_ivrinterval.sql",
  "delete_nulls_userobjectsecurity.sql",
  "delete_dups_userobjectsecurity.sql",
]);

/**
 * Lays a list beside the names of a folder's files. Upper and lower case do not matter: the guide itself prints
 * both. A name that is missing is taken for misspelt where exactly one left-over name is nearly the same.
 */
export function bindList(list: ScriptList, fileNames: readonly string[]): ListBinding {
  const scripts = fileNames.filter((name) => /\.(?:sql|sp)$/i.test(name));
  const removed = scripts.filter((name) => removedNames.has(name.toLowerCase()));
  const left = new Set(scripts.filter((name) => !removedNames.has(name.toLowerCase())));
  const exact = list.scripts.map((script) => {
    const same = [...left].find((name) => name.toLowerCase() === script.file.toLowerCase());
    if (same !== undefined) left.delete(same);
    return same;
  });
  const bound = list.scripts.map((script, index): FoundScript => {
    const name = exact[index];
    if (name !== undefined) return { script, status: "found", name };
    const near = [...left].filter((each) => nearlySame(each, script.file));
    const only = near[0];
    if (near.length !== 1 || only === undefined) return { script, status: "missing" };
    left.delete(only);
    return { script, status: "misspelt", name: only };
  });
  return { list, scripts: bound, extra: [...left].sort(), removed };
}

/** At most two letters apart, case, points, blanks and underscores aside. */
function nearlySame(a: string, b: string): boolean {
  const plain = (name: string): string =>
    name
      .toLowerCase()
      .replace(/\.[^.]*$/, "")
      .replace(/[\s._-]/g, "");
  return distance(plain(a), plain(b), 2) <= 2;
}

/** How many letters must be added, dropped or changed; anything above `most` when there are more. */
function distance(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? most + 1;
}
