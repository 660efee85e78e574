import * as l10n from "@vscode/l10n";
import { checkConsoleLine, type ConsoleFinding } from "./check";
import { logicalLines, parseConsoleLine } from "./line";

/** Longer scripts are not written by hand. */
const SCRIPT_CHARACTERS = 4 * 1024 * 1024;

/**
 * Checks every call of `ININ.Migrator.Console` in a `.bat` or `.cmd` file. Messages never repeat a password.
 * @returns findings with line and column from 1
 */
export function checkConsoleScript(text: string): ConsoleFinding[] {
  if (text.length > SCRIPT_CHARACTERS) {
    const message = l10n.t("the file is too large for a script; it was not checked");
    return [
      { code: "console/too-large", severity: "warning", message, place: { line: 1, column: 1 }, length: 1 },
    ];
  }
  const findings: ConsoleFinding[] = [];
  const setHere = new Set<string>();
  for (const line of logicalLines(text.replace(/^\uFEFF/, ""))) {
    const variable = variableSet(line.text);
    if (variable !== undefined) setHere.add(variable);
    const call = parseConsoleLine(line);
    if (call) findings.push(...checkConsoleLine(call, { setHere, inScript: true }));
  }
  return findings;
}

/** `set NAME=text`; not `set /p NAME=`, which asks, nor what only passes another variable on. */
function variableSet(line: string): string | undefined {
  const match = /^[\s@(]*set\s+"?(?<name>[^\s="/][^="]*)=(?<value>[^"]*)/i.exec(line)?.groups;
  if (!match || /[%!]/.test(match["value"] ?? "") || (match["value"] ?? "").trim() === "") return undefined;
  return match["name"]?.trim().toLowerCase();
}
