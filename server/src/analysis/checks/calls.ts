import * as l10n from "@vscode/l10n";
import type { Handler, Parameter } from "../../handler/model";
import { isSameType, typeName } from "./arguments";
import { type Call, type Callee, type CallRule, shorten, stepName } from "./rule";

export const subroutineNotFound: CallRule = {
  id: "call-not-found",
  severity: "information",
  certainty: "likely",
  meaning: l10n.t("A called subroutine is neither in the workspace nor in a reference folder."),
  *checkCall(call, callees) {
    if (callees.length > 0) return;
    yield {
      at: { node: call.node, label: call.label },
      message: l10n.t(
        "{0} calls the subroutine {1}, which is neither here nor in a reference folder. Add its handler, or name the folder that has it as a reference folder.",
        stepName(call),
        shorten(call.name),
      ),
    };
  },
};

export const callSignature: CallRule = {
  id: "call-signature",
  severity: "error",
  certainty: "certain",
  meaning: l10n.t("A call was saved for other parameters than the subroutine has."),
  *checkCall(call, callees) {
    const difference = leastDifference(call, callees, (one) => one.breaking);
    if (!difference) return;
    const { callee, differences } = difference;
    yield {
      at: { node: call.node, label: call.label },
      message: l10n.t(
        "{0}: the call of {1} does not match its parameters ({2}): {3}. Open the caller in Interaction Designer, check the step's arguments and publish it again.",
        stepName(call),
        shorten(call.name),
        shorten(callee.where()),
        differences.join("; "),
      ),
    };
  },
};

export const parameterLabel: CallRule = {
  id: "call-parameter-label",
  severity: "information",
  certainty: "certain",
  meaning: l10n.t("A call was saved when parameters of the subroutine had other labels."),
  *checkCall(call, callees) {
    if (leastDifference(call, callees, (one) => one.breaking)) return;
    const difference = leastDifference(call, callees, (one) => one.renamed);
    if (!difference) return;
    const { callee, differences } = difference;
    yield {
      at: { node: call.node, label: call.label },
      message: l10n.t(
        "{0}: parameters of {1} have other labels now ({2}): {3}. Check that each argument is still the one that is meant.",
        stepName(call),
        shorten(call.name),
        shorten(callee.where()),
        differences.join("; "),
      ),
    };
  },
};

/** The calls of a handler, with the signatures saved in it. */
export function callsOf(handler: Handler): Call[] {
  const signatures = new Map(handler.subroutines.map(({ name, parameters }) => [name, parameters]));
  return handler.steps
    .filter(({ kind, tool }) => kind === "subroutine" && tool.name !== "")
    .map(({ node, label, tool }) => ({
      node,
      label,
      name: tool.name,
      parameters: signatures.get(tool.name) ?? null,
    }));
}

interface Differences {
  readonly breaking: readonly string[];
  readonly renamed: readonly string[];
}

/** Nothing when a handler of the name fits: which of several is published is not known. */
function leastDifference(
  call: Call,
  callees: readonly Callee[],
  kind: (differences: Differences) => readonly string[],
): { readonly callee: Callee; readonly differences: readonly string[] } | undefined {
  let least: { callee: Callee; differences: readonly string[] } | undefined;
  for (const callee of callees) {
    const differences = kind(compare(call, callee));
    if (differences.length === 0) return undefined;
    if (!least || differences.length < least.differences.length) least = { callee, differences };
  }
  return least;
}

function compare(call: Call, callee: Callee): Differences {
  if (!callee.isWhole) return { breaking: [], renamed: [] };
  if (callee.parameters === null) {
    return { breaking: [l10n.t("it is a handler that an event starts, no subroutine")], renamed: [] };
  }
  if (call.parameters === null) return { breaking: [], renamed: [] };
  const [saved, actual] = [call.parameters, callee.parameters];
  const breaking: string[] = [];
  const renamed: string[] = [];
  if (saved.length !== actual.length) breaking.push(countText(saved, actual));
  else if (isReordered(saved, actual)) breaking.push(orderText(actual));
  else {
    actual.forEach((parameter, at) => compareParameter(at + 1, saved[at]!, parameter, breaking, renamed));
  }
  return { breaking, renamed };
}

function compareParameter(
  position: number,
  saved: Parameter,
  actual: Parameter,
  breaking: string[],
  renamed: string[],
): void {
  const name = l10n.t('parameter {0} "{1}"', position, shorten(actual.label, 40));
  if (saved.direction !== actual.direction) {
    breaking.push(
      actual.direction === "in"
        ? l10n.t("{0} is an input, the call has an output", name)
        : l10n.t("{0} is an output, the call has an input", name),
    );
  }
  if (!isSameType(saved.type, actual.type)) {
    breaking.push(
      l10n.t("{0} is of type {1}, the call has {2}", name, typeName(actual.type), typeName(saved.type)),
    );
  }
  if (saved.label !== actual.label) renamed.push(l10n.t('{0} was "{1}"', name, shorten(saved.label, 40)));
}

/** The same labels in another order: values would go to the wrong parameters. */
function isReordered(saved: readonly Parameter[], actual: readonly Parameter[]): boolean {
  const labels = (parameters: readonly Parameter[]): string[] => parameters.map(({ label }) => label);
  const [before, now] = [labels(saved), labels(actual)];
  if (before.every((label, at) => label === now[at])) return false;
  return before.toSorted().every((label, at) => label === now.toSorted()[at]);
}

function orderText(actual: readonly Parameter[]): string {
  return l10n.t("their order is now {0}", actual.map(({ label }) => `"${shorten(label, 40)}"`).join(", "));
}

function countText(saved: readonly Parameter[], actual: readonly Parameter[]): string {
  const labels = (parameters: readonly Parameter[], others: readonly Parameter[]): string[] => {
    const known = new Set(others.map(({ label }) => label));
    return parameters.filter(({ label }) => !known.has(label)).map(({ label }) => `"${shorten(label, 40)}"`);
  };
  const added = labels(actual, saved);
  const removed = labels(saved, actual);
  const changes = [
    ...(added.length > 0 ? [l10n.t("new: {0}", added.join(", "))] : []),
    ...(removed.length > 0 ? [l10n.t("gone: {0}", removed.join(", "))] : []),
  ];
  const counts = l10n.t("it has {0} parameter(s), the call {1}", actual.length, saved.length);
  return changes.length > 0 ? `${counts} (${changes.join("; ")})` : counts;
}
