import type { Diagnostic, Range } from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";
import type { TextProblem } from "../../problem";
import type { Settings } from "../../workspace/settings";
import { severities } from "../severities";

/** The problems of a text as the settings rate them, by the rule's name. */
export function diagnosticsOf(
  document: TextDocument,
  problems: readonly TextProblem[],
  { rules }: Settings,
): Diagnostic[] {
  return problems.flatMap(({ code, severity, message, start, end }) => {
    const level = rules.get(code) ?? severity;
    if (level === "off") return [];
    return [
      {
        range: rangeOf(document, { start, end }),
        severity: severities[level],
        source: "Handler Workbench",
        code,
        message,
      },
    ];
  });
}

/** Offsets as the places that editors count in. */
export function rangeOf(
  document: TextDocument,
  { start, end }: { readonly start: number; readonly end: number },
): Range {
  return { start: document.positionAt(start), end: document.positionAt(end) };
}
