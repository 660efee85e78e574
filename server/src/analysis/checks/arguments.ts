import type { Expression } from "../../handler/expression";
import type { TypeRef } from "../../handler/model";
import { parts } from "./expressions";
import { type HandlerRule, shorten, stepName } from "./rule";
import { signaturesOf } from "./signatures";

export const emptyArgument: HandlerRule = {
  id: "argument-empty",
  severity: "warning",
  certainty: "certain",
  meaning: "A required argument of a step is empty, or its expression has an operand nobody filled in.",
  *check(handler) {
    const signatures = signaturesOf(handler);
    for (const step of handler.steps) {
      const parameters = signatures(step);
      for (const [argument, { label, required, value }] of step.arguments.entries()) {
        const at = { node: step.node, label: step.label, argument };
        const hasDefault = (parameters?.[argument]?.default.kind ?? "none") !== "none";
        if (value === null && required && !hasDefault) {
          yield {
            at,
            message: `${stepName(step)}: the required argument "${shorten(label)}" is empty. Give it a value in Interaction Designer.`,
          };
        }
        if (value !== null && hasUnfilled(value)) {
          yield {
            at,
            message: `${stepName(step)}: the expression of "${shorten(label)}" has an operand nobody filled in, shown as "?". Complete it in Interaction Designer.`,
          };
        }
      }
    }
  },
};

export const argumentType: HandlerRule = {
  id: "argument-type",
  severity: "warning",
  certainty: "likely",
  meaning: "The variable given to a parameter has another type than the parameter.",
  *check(handler) {
    const variables = new Map(handler.variables.map(({ name, type }) => [name, type]));
    for (const step of handler.steps) {
      for (const [argument, { label, direction, type, value }] of step.arguments.entries()) {
        if (value?.kind !== "variable") continue;
        const given = variables.get(value.name);
        if (!given || isSameType(given, type)) continue;
        const goes = direction === "in" ? "is given to" : "receives";
        yield {
          at: { node: step.node, label: step.label, argument },
          message: `${stepName(step)}: the variable ${shorten(value.name)} (${typeName(given)}) ${goes} "${shorten(label)}" (${typeName(type)}). Use a variable of the parameter's type.`,
        };
      }
    }
  },
};

/** Types are known by name and module; a source that leaves one of them out is not at odds with another. */
export function isSameType(one: TypeRef, other: TypeRef): boolean {
  if (one.name === "" || other.name === "") return true;
  if (one.name !== other.name) return false;
  return one.module === other.module || one.module === "" || other.module === "";
}

export function typeName({ name, module }: TypeRef): string {
  return module === "" ? name : `${module}:${name}`;
}

function hasUnfilled(value: Expression): boolean {
  for (const { kind } of parts([value])) if (kind === "unfilled") return true;
  return false;
}
