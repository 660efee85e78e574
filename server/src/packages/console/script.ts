import * as l10n from "@vscode/l10n";
import { consoleCalls } from "./calls";
import { checkConsoleLine, type ConsoleFinding, choosesTracker } from "./check";
import { logicalLines } from "./line";

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
  const trackerBefore = new Set<string>();
  for (const line of logicalLines(text.replace(/^\uFEFF/, ""))) {
    for (const variable of variablesSet(line.text)) setHere.add(variable);
    for (const call of consoleCalls(line)) {
      findings.push(...checkConsoleLine(call, { setHere, inScript: true, trackerBefore }));
      const chosenBy = choosesTracker(call);
      if (chosenBy !== undefined) trackerBefore.add(chosenBy);
    }
  }
  return findings;
}

/** `set NAME=text`; not `set /p NAME=`, which asks, nor what only passes another variable on. */
function* variablesSet(line: string): Generator<string> {
  for (const { groups } of line.matchAll(
    /(?:^|[\s@(&|])set\s+(?:"(?<quoted>[^\s="/][^="]{0,255})=(?<text>[^"]*)|(?<name>[^\s="/][^="]{0,255})=(?<value>[^"&|]*))/gi,
  )) {
    const value = groups?.["text"] ?? groups?.["value"] ?? "";
    const name = groups?.["quoted"] ?? groups?.["name"];
    if (name !== undefined && !/[%!]/.test(value) && value.trim() !== "") yield name.trim().toLowerCase();
  }
}
