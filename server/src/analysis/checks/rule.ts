import * as l10n from "@vscode/l10n";
import type { Handler, Parameter } from "../../handler/model";
import type { Severity } from "../../problem";

/** How much a finding proves: it cannot be otherwise; it nearly always is so; it may be so; it is a matter of taste. */
export type Certainty = "certain" | "likely" | "possible" | "habit";

/** What a rule is, for settings, reports and people. */
export interface RuleInfo {
  /** Stable; users name it in their settings. */
  readonly id: string;
  /** Unless the settings say otherwise. */
  readonly severity: Severity;
  /** One sentence: what a finding means. */
  readonly meaning: string;
  readonly certainty: Certainty;
  /** Where the rule comes from; without it, from the handlers themselves. */
  readonly source?: string;
}

/** The part of a handler that a finding is about: the first that is given, from the end of this list. */
export interface Spot {
  /** Node id of the step; none = the handler as a whole. */
  readonly node?: number;
  readonly label?: string;
  /** Index in the step's arguments. */
  readonly argument?: number;
  /** Index in the step's exits. */
  readonly exit?: number;
  /** Name of a declared variable. */
  readonly variable?: string;
}

/** One thing that a rule found. The message names the step, says what is wrong and what to do. */
export interface Finding {
  readonly rule: string;
  readonly message: string;
  readonly at: Spot;
  /** Only where one rule has findings of different weight (problems of reading). */
  readonly severity?: Severity;
}

/** A rule that needs nothing but the handler. */
export interface HandlerRule extends RuleInfo {
  check(handler: Handler): Iterable<Omit<Finding, "rule">>;
}

/** A call step, with the signature the subroutine had when the caller was saved. */
export interface Call {
  readonly node: number;
  readonly label: string;
  /** Name of the subroutine. */
  readonly name: string;
  /** null: the caller does not say. */
  readonly parameters: readonly Parameter[] | null;
}

/** A handler as its callers see it. */
export interface Callee {
  readonly name: string;
  /** Where it was found, for messages. */
  readonly where: () => string;
  /** false: too little of it could be read to compare anything. */
  readonly isWhole: boolean;
  /** The parameters of a subroutine; null for a handler that an event starts. */
  readonly parameters: readonly Parameter[] | null;
}

/** A rule about a call and the handlers that have the called name; there is none when `callees` is empty. */
export interface CallRule extends RuleInfo {
  checkCall(call: Call, callees: readonly Callee[]): Iterable<Omit<Finding, "rule">>;
}

/** Designer's logs name steps by label and id; so do our messages. */
export function stepName(step: { readonly label: string; readonly node: number }): string {
  return step.label.trim() === "" ? l10n.t("Step {0}", step.node) : `${shorten(step.label)} (${step.node})`;
}

/** A text from a handler, short enough for a message. */
export function shorten(text: string, most = 80): string {
  const oneLine = text.replace(/\s+/g, " ").trim();
  return oneLine.length <= most ? oneLine : `${oneLine.slice(0, most - 1)}…`;
}
