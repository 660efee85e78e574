import type { BatchScript } from "./model";
import { soundsSecret, sqlcmdVariables } from "./sqlcmdVariables";

/** A variable of a batch file, `%NAME%`; `%1` and `%~dp0` are none. */
const variable = /%([^%\s~\d][^%\s]*)%/g;

/** What `set` commands say. Values that may be secrets, or that only a run of the batch file would know, are not taken. */
export class BatchVariables {
  private readonly values = new Map<string, string>();

  /** Takes a `set` command; false for any other one. `sometimes`: it is carried out under a condition only. */
  set(command: string, sometimes: boolean): boolean {
    const found = /^set\s+(\/[ap]\s+)?(?:"([^=]+)=(.*)"\s*|([^=]+)=(.*))$/i.exec(command);
    if (!found) return /^set\b/i.test(command);
    const name = (found[2] ?? found[4] ?? "").trim().toLowerCase();
    const value = this.expand(found[3] ?? found[5] ?? "");
    const unknown = sometimes || found[1] !== undefined || value === "" || soundsSecret(name);
    if (unknown) this.values.delete(name);
    else this.values.set(name, value);
    return true;
  }

  /** Puts values in; variables without one stay as they are. */
  expand(text: string): string {
    return text.replace(variable, (whole, name: string) => this.values.get(name.toLowerCase()) ?? whole);
  }
}

/**
 * The scripts among the words of a command. What follows a script of SQL*Plus, up to a redirection, are its arguments.
 * What sqlcmd's -v sets holds for all scripts of the command. `own`: what `%~dp0` stands for.
 */
export function scriptsOf(
  words: readonly string[],
  tool: string,
  variables: BatchVariables,
  own: string,
): BatchScript[] {
  const oracle = tool.startsWith("sqlplus");
  const found: { name: string; arguments: string[] }[] = [];
  for (const [index, word] of words.entries()) {
    const current = found[found.length - 1];
    if (oracle && current) {
      const end = redirection(word);
      if (end !== 0) current.arguments.push(argument(word.slice(0, end), variables, own));
      if (end !== undefined) break;
      continue;
    }
    const name = scriptOf(variables.expand(word.replaceAll('"', "")), oracle && index > 0);
    if (name !== undefined) found.push({ name, arguments: [] });
  }
  const set =
    tool === "sqlcmd" ? sqlcmdVariables(beforeRedirection(words), (word) => variables.expand(word)) : [];
  return set.length === 0 ? found : found.map((script) => ({ ...script, variables: set }));
}

function beforeRedirection(words: readonly string[]): readonly string[] {
  const at = words.findIndex((word) => redirection(word) !== undefined);
  const last = words[at];
  return last === undefined ? words : [...words.slice(0, at), last.slice(0, redirection(last))];
}

/** Where `>`, `<` or `|` ends what the tool gets to see; undefined when nothing does. */
function redirection(word: string): number | undefined {
  const bare = word.replace(/"[^"]*"/g, (quoted) => "x".repeat(quoted.length));
  const at = bare.search(/\d?[<>]|[|&]/);
  return at < 0 ? undefined : at;
}

/** The batch file's own arguments, `%1` or `%~1`, are written like its other variables without a value: `%1%`. */
function argument(word: string, variables: BatchVariables, own: string): string {
  return variables
    .expand(word.replaceAll('"', ""))
    .replaceAll(/%~dp0\\?/gi, () => own)
    .replace(/%~?(\d)(?!\d*%)/g, "%$1%");
}

function scriptOf(word: string, oracle: boolean): string | undefined {
  const starts = /^@+./.test(word);
  const name = word
    .replace(/^-i/, "")
    .replace(/^@+/, "")
    .replace(/%~dp0\\?/gi, "");
  if (name.includes("*")) return undefined;
  if (/\.(?:sql|sp)$/i.test(name)) return name;
  // SQL*Plus adds the ending itself.
  return oracle && starts && !/\.[^.\\/]*$/.test(name) ? `${name}.sql` : undefined;
}
