import type { Phase, Step, Variant } from "./model";
import { configuration } from "./phases/configuration";
import { databases } from "./phases/databases";
import { devices } from "./phases/devices";
import { prepare } from "./phases/prepare";
import { products } from "./phases/products";
import { servers } from "./phases/servers";

const [exportPhase, target] = servers;
const [plan, handlers] = prepare;

/**
 * A migration from CIC 2.4 or 3.0 to 2015 R1 or later. The guide's own checklist is not part of it any more; the order
 * is that of the guide's chapters and of what they say of each other.
 */
export const phases: readonly Phase[] = [
  plan,
  handlers,
  exportPhase,
  target,
  ...databases,
  ...configuration,
  ...devices,
  ...products,
];

export interface NumberedStep {
  readonly step: Step;
  readonly phase: Phase;
  /** `4.2`: phase from 0, step from 1, the same whatever is chosen. */
  readonly number: string;
}

/** All steps in their order, by id. */
export const steps: ReadonlyMap<string, NumberedStep> = new Map(
  phases.flatMap((phase, at) =>
    phase.steps.map((step, index) => [step.id, { step, phase, number: `${at}.${index + 1}` }] as const),
  ),
);

/** Whether a site with these variants has the step. */
export function applies({ variants }: Step, chosen: ReadonlySet<Variant>): boolean {
  return variants.length === 0 || variants.some((variant) => chosen.has(variant));
}
