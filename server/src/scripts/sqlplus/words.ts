/** The SQL*Plus command a word stands for; commands may be shortened to the part that makes them unique. */
const commands: readonly (readonly [string, number])[] = [
  ["accept", 3],
  ["append", 1],
  ["archive", 7],
  ["attribute", 4],
  ["break", 3],
  ["btitle", 3],
  ["change", 1],
  ["clear", 2],
  ["column", 3],
  ["compute", 4],
  ["connect", 4],
  ["copy", 4],
  ["define", 3],
  ["del", 3],
  ["describe", 4],
  ["disconnect", 4],
  ["document", 3],
  ["edit", 2],
  ["execute", 4],
  ["exit", 4],
  ["get", 3],
  ["help", 4],
  ["history", 4],
  ["host", 2],
  ["input", 1],
  ["list", 1],
  ["newpage", 4],
  ["password", 5],
  ["pause", 3],
  ["print", 3],
  ["prompt", 3],
  ["quit", 4],
  ["recover", 7],
  ["remark", 3],
  ["repfooter", 4],
  ["repheader", 4],
  ["run", 1],
  ["save", 3],
  ["set", 3],
  ["show", 3],
  ["shutdown", 8],
  ["spool", 3],
  ["start", 3],
  ["startup", 7],
  ["store", 5],
  ["timing", 4],
  ["ttitle", 3],
  ["undefine", 5],
  ["variable", 3],
  ["whenever", 8],
  ["xquery", 6],
];

/** Words that begin a SQL statement (SQL*Plus User's Guide: it knows SQL by its first word alone). */
const sql = new Set(
  (
    "select with insert update delete merge create alter drop truncate grant revoke comment rename lock explain " +
    "call analyze audit noaudit flashback purge commit rollback savepoint associate disassociate administer"
  ).split(" "),
);

export type FirstWord =
  | { readonly kind: "sql" }
  | { readonly kind: "plsql" }
  | { readonly kind: "command"; readonly name: string; readonly rest: string }
  | { readonly kind: "unknown" };

/** What the first words of a line make it, where no statement is being entered. */
export function firstWord(line: string): FirstWord {
  if (line.startsWith("<<")) return { kind: "plsql" };
  if (line.startsWith("(")) return { kind: "sql" };
  const word = /^[a-z_][\w$#]*/i.exec(line)?.[0].toLowerCase() ?? "";
  if (sql.has(word)) return { kind: "sql" };
  if (word === "declare" || word === "begin") return { kind: "plsql" };
  const rest = line.slice(word.length);
  const name = expand(word, commands);
  if (name === undefined || !/^(?:$|[\s;:'"&^@/-])/.test(rest)) return { kind: "unknown" };
  if (name === "set" && /^\s+(?:role|transaction|constraints?)\b/i.test(rest)) return { kind: "sql" };
  return { kind: "command", name, rest: rest.trim() };
}

/** The full word that `word` shortens, if it is long enough. */
export function expand(word: string, table: readonly (readonly [string, number])[]): string | undefined {
  if (word === "") return undefined;
  return table.find(([full, least]) => word.length >= least && full.startsWith(word))?.[0];
}
