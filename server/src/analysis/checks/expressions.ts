import type { Expression } from "../../handler/expression";
import type { Handler, Step } from "../../handler/model";

/** Every part of the expressions once, however often it is shared; no recursion. */
export function* parts(expressions: Iterable<Expression | null>): Iterable<Expression> {
  const met = new Set<Expression>();
  const open: Expression[] = [];
  for (const expression of expressions) {
    if (expression) open.push(expression);
    for (let next = open.pop(); next; next = open.pop()) {
      if (met.has(next)) continue;
      met.add(next);
      yield next;
      if (next.kind === "call") open.push(...next.args);
    }
  }
}

/** All expressions a step holds. */
export function* expressionsOf(step: Step): Iterable<Expression | null> {
  for (const { value } of step.arguments) yield value;
  for (const { caseOf } of step.exits) yield caseOf;
  for (const { values } of step.inferred) {
    for (const value of values) if (typeof value === "object") yield value;
  }
}

/** All expressions of a handler. */
export function* expressionsOfHandler({ steps }: Handler): Iterable<Expression | null> {
  for (const step of steps) yield* expressionsOf(step);
}
