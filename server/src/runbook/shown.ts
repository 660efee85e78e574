import type { RunbookStep, ShownRunbook } from "../protocol";
import { breachText, evaluate, progressOf, type StepStatus } from "./evaluate";
import type { ReadRunbook } from "./file";
import { links } from "./links";
import { type Provable, sourceText, variants } from "./model";
import { snapshotAdvice } from "./orderRules";
import type { Finding } from "./proofs/finding";

/** The runbook as the editor shows it. */
export function shownRunbook(
  { marks, problems, conflict }: ReadRunbook,
  findings: ReadonlyMap<Provable, Finding>,
): ShownRunbook {
  const chosen = new Set<string>(marks.choice?.chosen ?? []);
  const phases = evaluate(marks);
  const { done, needed } = progressOf(phases.flatMap(({ steps }) => steps));
  return {
    started: marks.choice !== undefined,
    variants: variants.map((variant) => ({ ...variant, chosen: chosen.has(variant.id) })),
    phases: phases.map(({ phase: { id, title }, number, steps, progress }) => ({
      id,
      number,
      title,
      done: progress.done,
      needed: progress.needed,
      blocked: progress.blocked,
      steps: steps.map((status) => shownStep(status, findings)),
    })),
    done,
    needed,
    problems: problems.map(({ message }) => message),
    conflict,
    snapshotAdvice,
  };
}

function shownStep(status: StepStatus, findings: ReadonlyMap<Provable, Finding>): RunbookStep {
  const { step, number, mark, state, proved, waits, broken, held } = status;
  const { id, title, detail, tool, proof, source, provable } = step;
  const said = mark.state === state;
  return {
    id,
    number,
    title,
    detail,
    tool,
    proof,
    source: sourceText(source),
    state,
    by: said ? (mark.by ?? "") : "",
    at: said ? (mark.at ?? "") : "",
    note: mark.note ?? "",
    evidence: mark.evidence ?? "",
    proved: proved ?? null,
    look: (provable && findings.get(provable)) ?? null,
    provable: provable !== undefined,
    waits: waits.map((each) => ({ id: each.step.id, number: each.number, title: each.step.title })),
    broken: broken.map(breachText),
    held: held.map(breachText),
    links: links[id] ?? [],
  };
}
