import * as l10n from "@vscode/l10n";
import { type Diagnostic, DiagnosticSeverity } from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";
import type { Problem, Severity } from "../../../problem";
import type { Settings } from "../../../workspace/settings";
import type { OpenScript } from "./readOpenScript";

const mostProblems = 1000;

const severities: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

/** Values may come with the run: that there is none yet is no error in the editor. */
const laxer: ReadonlySet<string> = new Set(["undefined-variable", "unanswered-question"]);

/** Words that a problem is about, by its code: they are marked instead of the whole line. */
const aboutVariable = /\$\(([^()\s]+)\)|&&?([\w$#]+)/g;

/** The problems of a script, each at its line; those of its includes are told where they are included. */
export function problemsOf(
  document: TextDocument,
  path: string,
  { problems }: OpenScript,
  { rules }: Settings,
): Diagnostic[] {
  return problems.slice(0, mostProblems).flatMap((problem) => {
    const level = rules.get(problem.code) ?? (laxer.has(problem.code) ? "warning" : problem.severity);
    if (level === "off") return [];
    const inside = problem.place?.file === undefined || problem.place.file === path;
    const line = ((inside ? problem.place?.line : problem.includedAt) ?? 1) - 1;
    const message = inside
      ? problem.message
      : l10n.t("{0}, line {1}: {2}", problem.place?.file ?? "", problem.place?.line ?? 1, problem.message);
    return [
      {
        range: rangeOf(document, Math.min(Math.max(0, line), document.lineCount - 1), problem),
        severity: severities[level],
        source: "Handler Workbench",
        code: problem.code,
        message,
      },
    ];
  });
}

/** The variable that the problem names, or the line without the blanks around it. */
function rangeOf(document: TextDocument, line: number, { code, message }: Problem): Diagnostic["range"] {
  const text = document
    .getText({ start: { line, character: 0 }, end: { line: line + 1, character: 0 } })
    .replace(/[\r\n]+$/, "");
  if (code === "undefined-variable") {
    const lower = message.toLowerCase();
    for (const match of text.matchAll(aboutVariable)) {
      const name = (match[1] ?? match[2] ?? "").toLowerCase();
      // As sqlcmd and SQL*Plus say it, in every language.
      if (!lower.includes(`'${name}' scripting`) && !lower.includes(`enter value for ${name}:`)) continue;
      return {
        start: { line, character: match.index },
        end: { line, character: match.index + match[0].length },
      };
    }
  }
  const start = text.length - text.trimStart().length;
  return {
    start: { line, character: start },
    end: { line, character: Math.max(start, text.trimEnd().length) },
  };
}
