import * as l10n from "@vscode/l10n";
import type { Handler, Step } from "../../handler/model";
import { isWhole } from "./reading";
import { type HandlerRule, shorten, stepName } from "./rule";

export const unreachableStep: HandlerRule = {
  id: "step-unreachable",
  severity: "warning",
  certainty: "certain",
  meaning: l10n.t("No path leads to the step from where the handler starts."),
  *check(handler) {
    if (handler.startNode === null || !isWhole(handler)) return;
    const steps = new Map(handler.steps.map((step) => [step.node, step]));
    const reached = new Set<number>();
    const starts = handler.steps.filter(({ kind }) => kind === "initiator" || kind === "start");
    follow([handler.startNode, ...starts.map(({ node }) => node)], steps, reached);
    // One finding for each group of steps that hang together, at the step where the group begins.
    for (const step of beginnings(handler, reached)) {
      if (reached.has(step.node)) continue;
      const behind = follow([step.node], steps, reached) - 1;
      yield {
        at: { node: step.node, label: step.label },
        message:
          behind === 0
            ? l10n.t(
                "{0} is never reached: no exit that is reached leads to it. Connect it, or delete what is not needed.",
                stepName(step),
              )
            : l10n.t(
                "{0} is never reached: no exit that is reached leads to it. The same goes for {1} step(s) behind it. Connect it, or delete what is not needed.",
                stepName(step),
                behind,
              ),
      };
    }
  },
};

export const openErrorExit: HandlerRule = {
  id: "error-exit-open",
  severity: "information",
  certainty: "habit",
  meaning: l10n.t(
    "A step goes on when it succeeds, but an error exit leads nowhere: then the handler just ends.",
  ),
  *check(handler) {
    for (const step of handler.steps) {
      // Where no exit is connected the handler is meant to end.
      if (!step.complete || step.exits.every(({ to }) => to === null)) continue;
      const open = [...step.exits.entries()].filter(([, { isError, to }]) => isError && to === null);
      if (open.length === 0) continue;
      const names = open.map(([, { label }]) => `"${shorten(label)}"`).join(", ");
      yield {
        at: { node: step.node, label: step.label, exit: open[0]![0] },
        message:
          open.length === 1
            ? l10n.t(
                "{0}: the error exit {1} is not connected, so the handler ends there without a trace. Connect it to a step that deals with the error.",
                stepName(step),
                names,
              )
            : l10n.t(
                "{0}: the error exits {1} are not connected, so the handler ends there without a trace. Connect it to a step that deals with the error.",
                stepName(step),
                names,
              ),
      };
    }
  },
};

/** Adds all steps that can be reached from `from`; answers how many were new. */
function follow(from: readonly number[], steps: ReadonlyMap<number, Step>, reached: Set<number>): number {
  const before = reached.size;
  const open = [...from];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (reached.has(node)) continue;
    reached.add(node);
    for (const { to } of steps.get(node)?.exits ?? []) if (to !== null) open.push(to);
  }
  return reached.size - before;
}

/** Steps that nothing unreachable leads to come first, so that a group is named by its first step; then circles. */
function beginnings({ steps }: Handler, reached: ReadonlySet<number>): Step[] {
  const left = steps.filter(({ node }) => !reached.has(node)).sort((one, other) => one.node - other.node);
  const led = new Set(
    left.flatMap(({ node, exits }) => exits.map(({ to }) => to).filter((to) => to !== node)),
  );
  return [...left.filter(({ node }) => !led.has(node)), ...left];
}
