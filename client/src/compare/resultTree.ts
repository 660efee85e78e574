import type { CompareChange, ComparedPair, ComparedStatus } from "../../../server/src/protocol";
import type { Comparison } from "./comparison";

/** A row of the results view. */
export type ResultNode =
  | { readonly kind: "note"; readonly text: string }
  | { readonly kind: "status"; readonly status: ComparedStatus; readonly pairs: readonly PairNode[] }
  | PairNode
  | StepNode
  | ChangeNode;

export interface PairNode {
  readonly kind: "pair";
  readonly comparison: Comparison;
  readonly pair: ComparedPair;
  readonly groups: readonly StepNode[];
}

/** All changes of one step, or of one thing of the handler. */
export interface StepNode {
  readonly kind: "step";
  readonly of: PairNode;
  /** In the new handler; null = there is none, or it is not about a step. */
  readonly node: number | null;
  readonly oldNode: number | null;
  readonly label: string;
  readonly status: "added" | "removed" | "changed";
  readonly changes: readonly ChangeNode[];
}

export interface ChangeNode {
  readonly kind: "change";
  readonly of: StepNode;
  readonly change: CompareChange;
}

/** In this order: what needs a look comes first. */
export const statuses: readonly ComparedStatus[] = ["unreadable", "changed", "added", "removed", "identical"];

/** The rows of a comparison that the words all match: in the handler's name, or else in each of its changes. */
export function resultTree(
  comparison: Comparison,
  words: readonly string[],
  kindName: (id: string) => string,
): ResultNode[] {
  const { pairs, notes } = comparison.result;
  const matches = (...texts: readonly (string | null)[]): boolean => {
    const text = texts.join("\n").toLowerCase();
    return words.every((word) => text.includes(word));
  };
  const nodes = pairs.flatMap((pair): PairNode[] => {
    if (matches(pair.name, pair.now?.path ?? "", pair.old?.path ?? ""))
      return [pairNode(comparison, pair, pair.changes)];
    const found = pair.changes.filter((change) =>
      matches(pair.name, change.label, change.what, kindName(change.kind), change.old, change.new),
    );
    return found.length > 0 ? [pairNode(comparison, pair, found)] : [];
  });
  return [
    ...notes.map((text): ResultNode => ({ kind: "note", text })),
    ...statuses.flatMap((status): ResultNode[] => {
      const of = nodes.filter(({ pair }) => pair.status === status);
      return of.length > 0 ? [{ kind: "status", status, pairs: of }] : [];
    }),
  ];
}

function pairNode(comparison: Comparison, pair: ComparedPair, changes: readonly CompareChange[]): PairNode {
  const groups: StepNode[] = [];
  const node: PairNode = { kind: "pair", comparison, pair, groups };
  const byKey = new Map<string, CompareChange[]>();
  for (const change of changes) {
    const key = keyOf(change);
    const group = byKey.get(key);
    if (group) group.push(change);
    else byKey.set(key, [change]);
  }
  for (const group of byKey.values()) groups.push(stepNode(node, group));
  return node;
}

/** What changed about a thing of the handler stands under its name, what changed about itself under one row. */
function keyOf({ node, oldNode, label, kind }: CompareChange): string {
  if (node !== null || oldNode !== null) return `step ${node} ${oldNode} ${kind === "step-removed"}`;
  return label === "" ? "handler" : `${label} ${kind.startsWith("variable") ? "variable" : "signature"}`;
}

function stepNode(of: PairNode, changes: readonly CompareChange[]): StepNode {
  const first = changes[0]!;
  const nodes: ChangeNode[] = [];
  const isRemoved = first.kind === "step-removed" || first.kind === "variable-removed";
  const isAdded = first.kind === "step-added" || first.kind === "variable-added";
  const step: StepNode = {
    kind: "step",
    of,
    node: isRemoved ? null : first.node,
    oldNode: first.oldNode,
    label: first.label,
    status: isRemoved ? "removed" : isAdded ? "added" : "changed",
    changes: nodes,
  };
  for (const change of changes) nodes.push({ kind: "change", of: step, change });
  return step;
}

/** A text on one line, not too long for a row. */
export function short(text: string | null, length = 80): string {
  const line = (text ?? "").replace(/\s+/g, " ").trim();
  return line.length > length ? `${line.slice(0, length - 1)}…` : line;
}
