import { DiagnosticSeverity } from "vscode-languageserver";
import type { Severity } from "../problem";

/** How bad problems are, as the protocol counts it. */
export const severities: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};
