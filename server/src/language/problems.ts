import { type Diagnostic, DiagnosticTag, type PublishDiagnosticsParams } from "vscode-languageserver";
import type { Level } from "../analysis/checks/rating";
import { Rating } from "../analysis/checks/rating";
import type { ProblemCounts } from "../protocol";
import { findingsOf } from "../workspace/findings";
import type { HandlerIndex, Indexed } from "../workspace/handlerIndex";
import type { Migration } from "../workspace/migration";
import type { Settings } from "../workspace/settings";
import type { PlacedFinding } from "../workspace/summary";
import { listingUri } from "./listingUri";
import { range } from "./ranges";
import { severities } from "./severities";

/** A damaged file may have any number; beyond this they help nobody. */
const mostOfOne = 500;

export interface RatedFinding {
  readonly finding: PlacedFinding;
  readonly level: Exclude<Level, "off">;
}

interface Published {
  /** To tell whether anything changed. */
  readonly key: string;
  readonly counts: ProblemCounts;
}

/**
 * Publishes the problems of all handlers, each on the handler's listing: there every problem has a line, and a
 * click opens it. Sends only what changed.
 */
export class Problems {
  private readonly published = new Map<string, Published>();

  constructor(
    private readonly index: HandlerIndex,
    private readonly migration: Migration,
    private readonly publish: (params: PublishDiagnosticsParams) => void,
  ) {}

  countsOf(handler: string): ProblemCounts {
    return this.published.get(handler)?.counts ?? { error: 0, warning: 0, information: 0 };
  }

  /** `others` are handlers that are shown but not in the index. Answers whether anything changed. */
  refresh(settings: Settings, isComplete: boolean, others: Iterable<Indexed> = []): boolean {
    const rating = new Rating(settings);
    const seen = new Set<string>();
    let changed = false;
    for (const handlers of [this.index.all(), others]) {
      for (const handler of handlers) {
        if (handler.isReference || seen.has(handler.uri)) continue;
        seen.add(handler.uri);
        changed = this.update(handler, rating, isComplete) || changed;
      }
    }
    for (const uri of [...this.published.keys()]) {
      if (seen.has(uri)) continue;
      this.published.delete(uri);
      this.publish({ uri: listingUri(uri), diagnostics: [] });
      changed = true;
    }
    return changed;
  }

  /** What is shown of a handler. */
  *shown(handler: Indexed, rating: Rating, isComplete: boolean): Iterable<RatedFinding> {
    const { hints } = this.migration;
    const besideBase = this.migration.besideBase(handler.uri);
    for (const finding of findingsOf(handler, this.index, isComplete, hints, besideBase)) {
      const level = rating.of(handler.summary.name, finding);
      if (level !== "off") yield { finding, level };
    }
  }

  private update(handler: Indexed, rating: Rating, isComplete: boolean): boolean {
    const { uri } = handler;
    const diagnostics: Diagnostic[] = [];
    const counts = { error: 0, warning: 0, information: 0 };
    for (const { finding, level } of this.shown(handler, rating, isComplete)) {
      if (level !== "hint") counts[level]++;
      if (diagnostics.length < mostOfOne) diagnostics.push(diagnosticOf(finding, level));
    }
    const before = this.published.get(uri);
    if (!before && diagnostics.length === 0) return false;
    const key = JSON.stringify(diagnostics);
    if (before?.key === key) return false;
    if (diagnostics.length === 0) this.published.delete(uri);
    else this.published.set(uri, { key, counts });
    this.publish({ uri: listingUri(uri), diagnostics });
    return true;
  }
}

function diagnosticOf(finding: PlacedFinding, level: Exclude<Level, "off">): Diagnostic {
  return {
    range: range(finding.range),
    severity: severities[level],
    source: "Handler Workbench",
    code: finding.rule,
    message: finding.message,
    ...(finding.rule === "variable-unused" ? { tags: [DiagnosticTag.Unnecessary] } : {}),
  };
}
