import * as l10n from "@vscode/l10n";
import type { Expression } from "../../handler/expression";
import type { TypeRef } from "../../handler/model";
import { parts } from "./expressions";
import { type HandlerRule, shorten, stepName } from "./rule";
import { signaturesOf } from "./signatures";

export const emptyArgument: HandlerRule = {
  id: "argument-empty",
  severity: "warning",
  certainty: "certain",
  meaning: l10n.t(
    "A required argument of a step is empty, or its expression has an operand nobody filled in.",
  ),
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
            message: l10n.t(
              '{0}: the required argument "{1}" is empty. Give it a value in Interaction Designer.',
              stepName(step),
              shorten(label),
            ),
          };
        }
        if (value !== null && hasUnfilled(value)) {
          yield {
            at,
            message: l10n.t(
              '{0}: the expression of "{1}" has an operand nobody filled in, shown as "?". Complete it in Interaction Designer.',
              stepName(step),
              shorten(label),
            ),
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
  meaning: l10n.t("The variable given to a parameter has another type than the parameter."),
  *check(handler) {
    const variables = new Map(handler.variables.map(({ name, type }) => [name, type]));
    for (const step of handler.steps) {
      for (const [argument, { label, direction, type, value }] of step.arguments.entries()) {
        if (value?.kind !== "variable") continue;
        const given = variables.get(value.name);
        if (!given || isSameType(given, type)) continue;
        const names = [stepName(step), shorten(value.name), typeName(given), shorten(label), typeName(type)];
        yield {
          at: { node: step.node, label: step.label, argument },
          message:
            direction === "in"
              ? l10n.t(
                  '{0}: the variable {1} ({2}) is given to "{3}" ({4}). Use a variable of the parameter\'s type.',
                  ...names,
                )
              : l10n.t(
                  '{0}: the variable {1} ({2}) receives "{3}" ({4}). Use a variable of the parameter\'s type.',
                  ...names,
                ),
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
