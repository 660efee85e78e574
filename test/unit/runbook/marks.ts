import fc from "fast-check";
import type { Change, Marks } from "../../../server/src/runbook/marks";
import { changed, noMarks, stepStates } from "../../../server/src/runbook/marks";
import { variants } from "../../../server/src/runbook/model";
import { steps } from "../../../server/src/runbook/runbook";

const ids = [...steps.keys()].slice(0, 6);
const text = fc.oneof(
  fc.constantFrom("", "fine", "see report", "two\nlines", 'quote " and \\', "<<<<<<< no marker"),
  fc.string({ maxLength: 12 }),
);

/** Any change of a few steps, so that changes meet. */
export const change: fc.Arbitrary<Change> = fc.oneof(
  fc.record({
    what: fc.constant("state" as const),
    step: fc.constantFrom(...ids),
    state: fc.constantFrom(...stepStates),
  }),
  fc.record({ what: fc.constant("note" as const), step: fc.constantFrom(...ids), note: text }),
  fc.record({ what: fc.constant("evidence" as const), step: fc.constantFrom(...ids), evidence: text }),
  fc.record({ what: fc.constant("proof" as const), step: fc.constantFrom(...ids), from: text }),
  fc.record({
    what: fc.constant("variants" as const),
    chosen: fc.uniqueArray(fc.constantFrom(...variants.map(({ id }) => id))),
  }),
);

/** Of few moments, so that some are the same. */
export const moment = fc
  .integer({ min: 0, max: 30 })
  .map((second) => new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString());

export const history = fc.array(fc.record({ change, at: moment, by: fc.constantFrom("Ann", "Bob") }), {
  maxLength: 12,
});

export const marksAfter = (
  past: readonly { readonly change: Change; readonly at: string; readonly by: string }[],
  start: Marks = noMarks,
): Marks => past.reduce((marks, { change, at, by }) => changed(marks, change, by, at), start);

export const marks: fc.Arbitrary<Marks> = history.map((past) => marksAfter(past));
