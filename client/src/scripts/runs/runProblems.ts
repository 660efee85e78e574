import { Diagnostic, DiagnosticSeverity, type Disposable, languages, Range, Uri } from "vscode";
import type { RunEvent } from "../../../../server/src/protocol";
import type { ActiveRun } from "./activeRun";
import { errorText } from "./messages";

/** A script that fails everywhere must not fill the Problems view. */
const mostInFile = 500;

/** Errors of the latest run of each script, in the Problems view. */
export class RunProblems implements Disposable {
  private readonly collection = languages.createDiagnosticCollection("handlerWorkbench.runs");

  /** Shows what a run meets from now on; what earlier runs of its scripts met goes away. */
  follow(run: ActiveRun): void {
    for (const { path, files } of run.survey?.scripts ?? [])
      for (const file of [path, ...files.map((each) => each.path)]) this.collection.delete(Uri.file(file));
    run.onDidHappen((events) => this.take(events));
  }

  clear(): void {
    this.collection.clear();
  }

  dispose(): void {
    this.collection.dispose();
  }

  private take(events: readonly RunEvent[]): void {
    const added = new Map<string, Diagnostic[]>();
    for (const event of events) {
      const isError = event.kind === "error";
      if (!isError && !(event.kind === "note" && event.severity !== "information")) continue;
      if (!event.place) continue;
      const { file, line } = event.place;
      const at = Math.max(0, line - 1);
      const diagnostic = new Diagnostic(
        new Range(at, 0, at, Number.MAX_SAFE_INTEGER),
        isError ? errorText({ ...event, place: undefined }) : event.text,
        isError ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning,
      );
      diagnostic.source = "Handler Workbench";
      if (isError && event.code !== undefined) diagnostic.code = event.code;
      added.set(file, [...(added.get(file) ?? []), diagnostic]);
    }
    for (const [file, diagnostics] of added) {
      const uri = Uri.file(file);
      this.collection.set(uri, [...(this.collection.get(uri) ?? []), ...diagnostics].slice(0, mostInFile));
    }
  }
}
