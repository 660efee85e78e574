import type { Variant } from "./model";

export const stepStates = ["open", "done", "notNeeded", "blocked"] as const;
export type StepState = (typeof stepStates)[number];

/** What people, and proofs, say of one step. Times are ISO 8601 in UTC; what is not there was never said. */
export interface Mark {
  readonly state?: StepState;
  /** Who set the state, and when. */
  readonly by?: string;
  readonly at?: string;
  readonly note?: string;
  readonly noted?: string;
  /** Path below the workspace folder, or an address. */
  readonly evidence?: string;
  readonly linked?: string;
  readonly proof?: Proof;
  /** Fields that this version does not know; they are kept. */
  readonly more?: Readonly<Record<string, unknown>>;
}

/** The editor has seen it. */
export interface Proof {
  readonly at: string;
  /** What it has looked at, in words. */
  readonly from: string;
}

/** What the site has, and who said so, when. */
export interface Choice {
  readonly chosen: readonly Variant[];
  readonly by: string;
  readonly at: string;
}

/** Everything that the workspace's file says. */
export interface Marks {
  readonly choice?: Choice;
  /** By id of step; also steps that this version does not know. */
  readonly steps: ReadonlyMap<string, Mark>;
  /** Fields of the file that this version does not know; they are kept. */
  readonly more: Readonly<Record<string, unknown>>;
}

export const noMarks: Marks = { steps: new Map(), more: {} };

/** One thing that somebody does. "" takes a note or evidence away. */
export type Change =
  | { readonly what: "variants"; readonly chosen: readonly Variant[] }
  | { readonly what: "state"; readonly step: string; readonly state: StepState }
  | { readonly what: "note"; readonly step: string; readonly note: string }
  | { readonly what: "evidence"; readonly step: string; readonly evidence: string }
  | { readonly what: "proof"; readonly step: string; readonly from: string };

/**
 * The marks after a change. Nothing else than what the change is about is touched, and it is later than what it
 * replaces, whatever the clocks of two computers say.
 */
export function changed(marks: Marks, change: Change, by: string, now: string): Marks {
  if (change.what === "variants") {
    return { ...marks, choice: { chosen: change.chosen, by, at: after(now, marks.choice?.at) } };
  }
  const before = marks.steps.get(change.step) ?? {};
  const steps = new Map(marks.steps);
  steps.set(change.step, { ...before, ...said(change, before, by, now) });
  return { ...marks, steps };
}

function said(change: Exclude<Change, { what: "variants" }>, before: Mark, by: string, now: string): Mark {
  switch (change.what) {
    case "state":
      return { state: change.state, by, at: after(now, before.at) };
    case "note":
      return { note: change.note, noted: after(now, before.noted) };
    case "evidence":
      return { evidence: change.evidence, linked: after(now, before.linked) };
    case "proof":
      return { proof: { from: change.from, at: after(now, before.proof?.at) } };
  }
}

/** `now`, or a millisecond after `before` where that is later. */
function after(now: string, before: string | undefined): string {
  if (before === undefined || now > before) return now;
  const time = Date.parse(before);
  return Number.isNaN(time) ? now : new Date(time + 1).toISOString();
}
