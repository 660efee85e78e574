import { evaluate } from "../evaluate";
import type { Change, Marks } from "../marks";
import type { Provable } from "../model";
import type { Finding } from "./finding";

/** Proofs that the file does not have yet; of the step that somebody asked for, also one that it has. */
export function newlyProved(
  marks: Marks,
  findings: ReadonlyMap<Provable, Finding>,
  asked?: string,
): Change[] {
  return evaluate(marks).flatMap((phase) =>
    phase.steps.flatMap(({ step, mark, state }): Change[] => {
      const finding = step.provable && findings.get(step.provable);
      if (finding?.outcome !== "proved" || state === "notNeeded") return [];
      if (step.id !== asked && mark.proof !== undefined) return [];
      return [{ what: "proof", step: step.id, from: finding.text }];
    }),
  );
}
