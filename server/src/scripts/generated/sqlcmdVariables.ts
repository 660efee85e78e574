import type { BatchVariable } from "./model";

/** A variable that is called a password holds one. */
export function soundsSecret(name: string): boolean {
  return /passw|pwd|secret/i.test(name);
}

/**
 * What `-v NAME=value NAME="other value"` sets among the words of a sqlcmd command; `-V` is something else. A value
 * with a `%`, `!`, `^` or a quote in it is known only when the batch file runs. `expand` puts in what the batch file
 * has set itself.
 */
export function sqlcmdVariables(
  words: readonly string[],
  expand: (word: string) => string,
): readonly BatchVariable[] {
  const found: BatchVariable[] = [];
  let setting = false;
  for (const word of words) {
    const option = /^"?[-/]([a-z])(.*)$/i.exec(word);
    if (option) setting = option[1] === "v";
    const variable = setting ? variableOf((option ? option[2] : word) ?? "", expand) : undefined;
    if (variable) found.push(variable);
    // The list of -v ends at the first word that sets nothing.
    else if (!option) setting = false;
  }
  return found;
}

function variableOf(word: string, expand: (word: string) => string): BatchVariable | undefined {
  const [, name, given = ""] = /^"?([^\s"$()=]+)=(.*)$/.exec(word) ?? [];
  if (name === undefined) return undefined;
  const value = expand(given.replaceAll('"', ""));
  const unknown = /\\"|""/.test(given) || value === "" || /[%!^]/.test(value) || soundsSecret(name);
  return { name, ...(!unknown && { value }) };
}
