import * as l10n from "@vscode/l10n";
import type { Mark, Marks, Proof, StepState } from "./marks";
import type { Phase, Step, Variant } from "./model";
import { type OrderRule, orderRules } from "./orderRules";
import { applies, type NumberedStep, phases, steps } from "./runbook";

/** A step as it stands. */
export interface StepStatus {
  readonly step: Step;
  readonly number: string;
  readonly mark: Mark;
  /** What people say; where they say nothing, what is proved. */
  readonly state: StepState;
  /** Where the state rests on it, or agrees with it. */
  readonly proved: Proof | undefined;
  /** Steps that should be done before, and are not. */
  readonly waits: readonly NumberedStep[];
  /** Hard orders that it breaks: it is done, and these are not. */
  readonly broken: readonly Breach[];
  /** Hard orders that doing it now would break. */
  readonly held: readonly Breach[];
}

export interface Breach {
  readonly rule: OrderRule;
  readonly missing: readonly NumberedStep[];
}

export interface PhaseStatus {
  readonly phase: Phase;
  /** From 0. */
  readonly number: number;
  readonly steps: readonly StepStatus[];
  readonly progress: Progress;
}

/** Of the steps that are needed. */
export interface Progress {
  readonly done: number;
  readonly needed: number;
  readonly proved: number;
  readonly blocked: number;
}

/** The phases and steps that a site has, as they stand. Phases without a step are left out. */
export function evaluate(marks: Marks): PhaseStatus[] {
  const chosen = new Set(marks.choice?.chosen ?? []);
  return phases.flatMap((phase, number): PhaseStatus[] => {
    const own = phase.steps.filter((step) => applies(step, chosen));
    const statuses = own.map((step) => statusOf(step, marks, chosen));
    return own.length > 0 ? [{ phase, number, steps: statuses, progress: progressOf(statuses) }] : [];
  });
}

export function progressOf(statuses: readonly StepStatus[]): Progress {
  const needed = statuses.filter(({ state }) => state !== "notNeeded");
  return {
    done: needed.filter(({ state }) => state === "done").length,
    needed: needed.length,
    proved: needed.filter(({ proved }) => proved !== undefined).length,
    blocked: needed.filter(({ state }) => state === "blocked").length,
  };
}

/** A proof that is older than what somebody says of the step does not speak against them. */
export function stateOf({ state, at = "", proof }: Mark): StepState {
  if (state === undefined) return proof ? "done" : "open";
  return state === "open" && proof && proof.at > at ? "done" : state;
}

function statusOf(step: Step, marks: Marks, chosen: ReadonlySet<Variant>): StepStatus {
  const mark = marks.steps.get(step.id) ?? {};
  const state = stateOf(mark);
  const missing = (ids: readonly string[]): NumberedStep[] =>
    ids.flatMap((id) => {
      const found = steps.get(id);
      if (!found || !applies(found.step, chosen)) return [];
      const their = stateOf(marks.steps.get(id) ?? {});
      return their === "done" || their === "notNeeded" ? [] : [found];
    });
  const breaches = orderRules
    .filter(({ then }) => then.includes(step.id))
    .map((rule) => ({ rule, missing: missing(rule.first) }))
    .filter((breach) => breach.missing.length > 0);
  const isDone = state === "done";
  return {
    step,
    number: steps.get(step.id)?.number ?? "",
    mark,
    state,
    proved: isDone ? mark.proof : undefined,
    waits: missing(step.needs),
    broken: isDone ? breaches : [],
    held: isDone || state === "notNeeded" ? [] : breaches,
  };
}

/** `The inventory of handlers comes before the export. Not done: 1.1 Take an inventory…` */
export function breachText({ rule, missing }: Breach): string {
  const what = missing.map(({ number, step }) => `${number} ${step.title}`).join("; ");
  return l10n.t("{0} Not done: {1}.", rule.text, what);
}
