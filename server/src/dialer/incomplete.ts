import * as l10n from "@vscode/l10n";
import { placesIn, type TextFinding } from "../problem";
import type { Incomplete } from "./model";

/** The flaw by which a text was not read in full, of what reading it found. */
export function incompleteBy(text: string, findings: readonly TextFinding[]): Incomplete | undefined {
  const flaw = findings.find(({ severity }) => severity === "error");
  if (!flaw) return undefined;
  const { code, message, start } = flaw;
  return { code, message, line: placesIn(text.slice(0, start))(start).line };
}

/** What stands above everything that is told of such a file; `file` is the name to show. */
export function incompleteNote({ line, message }: Incomplete, file: string): string {
  return l10n.t(
    "{0} could not be read in full: line {1}: {2} Objects, or parts of them, may be missing from what follows. Copy or export the file again.",
    file,
    line,
    message,
  );
}

/** The notes of the files that were not read in full. */
export function incompleteNotes(
  ...files: readonly (readonly [file: string, incomplete: Incomplete | undefined])[]
): string[] {
  return files.flatMap(([file, incomplete]) => (incomplete ? [incompleteNote(incomplete, file)] : []));
}
