import * as l10n from "@vscode/l10n";
import type { Dialect, ScriptPlace } from "../../../scripts/items";

const secretName = /passw|pwd|secret/i;

/** A use of a variable in a line. */
export interface VariableUse {
  readonly name: string;
  /** UTF-16 units of the line. */
  readonly start: number;
  readonly end: number;
}

/** The variable at a place of a line: `$(NAME)` of sqlcmd, `&NAME` and `&&NAME` of SQL*Plus. */
export function variableAt(line: string, character: number, dialect: Dialect): VariableUse | undefined {
  const pattern = dialect === "sqlcmd" ? /\$\(([^()\s]+)\)/g : /&&?([\w$#]+)\.?/g;
  for (const match of line.matchAll(pattern)) {
    const start = match.index;
    const end = start + match[0].length;
    if (character >= start && character <= end) return { name: match[1] ?? "", start, end };
  }
  return undefined;
}

/** What is known of a variable, as Markdown. */
export function variableHover(
  name: string,
  found: { readonly value: string | undefined; readonly first: ScriptPlace } | undefined,
  dialect: Dialect,
): string {
  const code = (text: string): string => `\`${text.replaceAll("`", "'").slice(0, 200)}\``;
  const head = `**${dialect === "sqlcmd" ? `$(${name})` : `&${name}`}**`;
  if (!found) return l10n.t("{0}: not used in what would run", head);
  const where = l10n.t("first used in line {0}", found.first.line);
  if (found.value === undefined) {
    const how =
      dialect === "sqlcmd"
        ? l10n.t("It has no value in the script: it is asked for before a run (`-v` of sqlcmd).")
        : l10n.t("It has no value in the script: it is an argument, or asked for while the script runs.");
    return `${l10n.t("{0}: no value; {1}", head, where)}\n\n${how}`;
  }
  const value = secretName.test(name) ? "***" : code(found.value);
  return l10n.t("{0} = {1} at the end of the script; {2}", head, value, where);
}
