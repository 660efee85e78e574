import * as l10n from "@vscode/l10n";
import { toolKey } from "../../handler/toolKey";
import type { Finding } from "../checks/rule";
import type { ToolUse } from "./uses";

/** One handler of the estate: what its steps use, and what was found in it. */
export interface EstateHandler {
  readonly uses: readonly ToolUse[];
  readonly findings: readonly Pick<Finding, "rule" | "at">[];
}

/** A tool over the whole estate. */
export interface ToolSummary {
  /** `module:name`. */
  readonly tool: string;
  readonly kind: "tool" | "initiator";
  /** As the palette shows it; "" where only XML exports use it. */
  readonly label: string;
  readonly steps: number;
  readonly handlers: number;
  /** Version stamps in use, sorted. */
  readonly versions: readonly string[];
  /** Steps with findings, by rule; only rules about tools. */
  readonly rules: Readonly<Record<string, number>>;
}

/** Every tool and initiator in use: those with the most findings first, then those with the most steps. */
export function toolSummaries(estate: Iterable<EstateHandler>): ToolSummary[] {
  const tools = new Map<string, Counts>();
  for (const { uses, findings } of estate) {
    const byNode = new Map<number, Counts>();
    const met = new Set<Counts>();
    for (const { signature, steps } of uses) {
      const key = `${signature.kind} ${toolKey(signature)}`;
      let counts = tools.get(key);
      if (!counts)
        tools.set(
          key,
          (counts = { signature, steps: 0, handlers: 0, versions: new Set(), rules: new Map() }),
        );
      if (!met.has(counts)) counts.handlers++;
      met.add(counts);
      counts.steps += steps.length;
      counts.versions.add(signature.version);
      if (counts.signature.label === "") counts.signature = signature;
      for (const { node } of steps) byNode.set(node, counts);
    }
    for (const { rule, at } of findings) {
      const counts = isAboutTools(rule) ? byNode.get(at.node ?? -1) : undefined;
      if (counts) counts.rules.set(rule, (counts.rules.get(rule) ?? 0) + 1);
    }
  }
  return [...tools.values()].map(summaryOf).sort(byWeight);
}

/** "37 steps in 12 handlers use Telephony:Blind Transfer (tool-newer-name)", for lists and reports. */
export function summaryText({ tool, steps, handlers, rules }: ToolSummary): string {
  const found = Object.entries(rules).map(([rule, count]) =>
    count === steps ? rule : l10n.t("{0} in {1}", rule, count),
  );
  const about = found.length === 0 ? "" : ` (${found.join(", ")})`;
  return `${useText(tool, steps, handlers)}${about}`;
}

/** Rules about the tool of a step: their ids begin with `tool-` or `mail-`. */
export function isAboutTools(rule: string): boolean {
  return /^(?:tool|mail)-/.test(rule);
}

interface Counts {
  signature: ToolUse["signature"];
  steps: number;
  handlers: number;
  readonly versions: Set<string>;
  readonly rules: Map<string, number>;
}

function summaryOf({ signature, steps, handlers, versions, rules }: Counts): ToolSummary {
  return {
    tool: toolKey(signature),
    kind: signature.kind,
    label: signature.label,
    steps,
    handlers,
    versions: [...versions].sort(),
    rules: Object.fromEntries([...rules].sort(([one], [other]) => (one < other ? -1 : 1))),
  };
}

function byWeight(one: ToolSummary, other: ToolSummary): number {
  const found = ({ rules }: ToolSummary): number =>
    Object.values(rules).reduce((sum, count) => sum + count, 0);
  return found(other) - found(one) || other.steps - one.steps || (one.tool < other.tool ? -1 : 1);
}

/** Each handler has one of the steps at least. */
function useText(tool: string, steps: number, handlers: number): string {
  if (steps === 1) return l10n.t("1 step in 1 handler uses {0}", tool);
  return handlers === 1
    ? l10n.t("{0} steps in 1 handler use {1}", steps, tool)
    : l10n.t("{0} steps in {1} handlers use {2}", steps, handlers, tool);
}
