import { l10n } from "vscode";
import type { RunbookLink, RunbookPhase, RunbookStep, ShownRunbook } from "../../../server/src/protocol";

/** A row of the runbook view. */
export type RunbookNode =
  | { readonly kind: "problem"; readonly text: string; readonly conflict: boolean }
  | PhaseNode
  | StepNode
  | FactNode;

export interface PhaseNode {
  readonly kind: "phase";
  readonly phase: RunbookPhase;
  readonly steps: readonly StepNode[];
}

export interface StepNode {
  readonly kind: "step";
  readonly step: RunbookStep;
  readonly of: PhaseNode;
  readonly facts: readonly FactNode[];
}

/** Something to know of a step, or to do for it. */
export interface FactNode {
  readonly kind: "fact";
  readonly of: StepNode;
  /** Differs within the step. */
  readonly id: string;
  readonly fact: Fact;
}

export type Fact =
  | {
      readonly is: "detail" | "proof" | "tool" | "source" | "note" | "evidence" | "broken" | "held";
      readonly text: string;
    }
  | { readonly is: "proved" | "failed" | "unknown"; readonly text: string }
  | { readonly is: "waits"; readonly text: string; readonly step: string }
  | { readonly is: "link"; readonly link: RunbookLink };

/** The rows of a runbook; with `open` only steps that are neither done nor not needed. */
export function runbookTree(runbook: ShownRunbook, open: boolean): RunbookNode[] {
  const problems = runbook.problems.map((text): RunbookNode => ({
    kind: "problem",
    text,
    conflict: runbook.conflict,
  }));
  if (!runbook.started) return problems;
  const phases = runbook.phases.map((phase) => phaseNode(phase, open));
  return [...problems, ...phases.filter(({ steps }) => steps.length > 0)];
}

function phaseNode(phase: RunbookPhase, open: boolean): PhaseNode {
  const steps: StepNode[] = [];
  const node: PhaseNode = { kind: "phase", phase, steps };
  for (const step of phase.steps) if (!open || isOpen(step)) steps.push(stepNode(step, node));
  return node;
}

/** Also where it counts as done and should not. */
export function isOpen(step: RunbookStep): boolean {
  return step.state === "open" || step.state === "blocked" || step.broken.length > 0 || isDoubtful(step);
}

/** It was proved, and what can be seen now says otherwise. */
export function isDoubtful({ proved, look }: RunbookStep): boolean {
  return proved !== null && look?.outcome === "failed";
}

function stepNode(step: RunbookStep, of: PhaseNode): StepNode {
  const facts: FactNode[] = [];
  const node: StepNode = { kind: "step", step, of, facts };
  for (const [at, fact] of factsOf(step).entries())
    facts.push({ kind: "fact", of: node, id: `${fact.is} ${at}`, fact });
  return node;
}

function factsOf(step: RunbookStep): Fact[] {
  const { look, proved } = step;
  const text = (is: "detail" | "tool" | "proof" | "source" | "note" | "evidence", value: string): Fact[] =>
    value === "" ? [] : [{ is, text: value }];
  return [
    ...step.broken.map((each): Fact => ({ is: "broken", text: each })),
    ...step.held.map((each): Fact => ({ is: "held", text: each })),
    ...step.waits.map(({ id, number, title }): Fact => ({
      is: "waits",
      text: `${number} ${title}`,
      step: id,
    })),
    ...text("detail", step.detail),
    ...text("tool", step.tool),
    ...text("proof", step.proof),
    ...(proved
      ? [{ is: "proved", text: l10n.t("{0}: {1}", shownTime(proved.at), proved.from) } as Fact]
      : []),
    ...(look && !(proved && look.outcome === "proved")
      ? [{ is: look.outcome, text: look.text } as Fact]
      : []),
    ...step.links.map((link): Fact => ({ is: "link", link })),
    ...text("note", step.note),
    ...text("evidence", step.evidence),
    ...text("source", step.source),
  ];
}

/** In the user's own time and form; what is no time as it is. */
export function shownTime(time: string): string {
  const date = new Date(time);
  if (Number.isNaN(date.getTime())) return time;
  return date.toLocaleString(undefined, { dateStyle: "medium", timeStyle: "short" });
}

/** The same without the hour. */
export function shownDay(time: string): string {
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? time : date.toLocaleDateString(undefined, { dateStyle: "medium" });
}
