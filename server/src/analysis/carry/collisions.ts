import type { Expression } from "../../handler/expression";
import type { Exit, Step } from "../../handler/model";
import { SECRET } from "../../handler/secrets";
import type { Change } from "../compare/change";
import type { Correspondence } from "./correspondence";

/** Whether the new base made the same change itself: then there is nothing to do, and no conflict. */
export function isSame(custom: Change, base: Change, steps: Correspondence): boolean {
  if (custom.kind !== base.kind) return false;
  if (custom.kind === "step-added")
    return steps.isAddedAlike(custom.node!) && steps.counterpart(custom.node!) === base.node;
  if (custom.oldNode !== base.oldNode) return false;
  if (custom.kind === "connections" || custom.kind === "exits") {
    // Where they lead is told by node ids of different handlers.
    const [ours, theirs] = exitsOf(custom, base, steps);
    const isOne = custom.exit?.old === base.exit?.old && ours?.label === theirs?.label;
    return isOne && custom.what === base.what && steps.leadsAlike(ours?.to ?? null, theirs?.to ?? null);
  }
  const isHidden = [custom.new, base.new].some((text) => text?.includes(SECRET));
  return custom.what === base.what && custom.label === base.label && custom.new === base.new && !isHidden;
}

/** Whether both versions changed the same place. What they share is the old base, so its node ids decide. */
export function collide(custom: Change, base: Change, steps: Correspondence): boolean {
  if (base.kind === "step-removed" && leadsInto(custom, base.oldNode!, steps)) return true;
  if (base.kind === "variable-removed" && uses(custom, base.label, steps)) return true;
  if (custom.node === null || base.node === null) return collideInHandler(custom, base);
  // Both added what says the same, but not the same ways out of it.
  if (custom.kind === "step-added" && base.kind === "step-added")
    return steps.counterpart(custom.node) === base.node;
  if (custom.oldNode === null || custom.oldNode !== base.oldNode) return false;
  // A step that one of them removed: whatever the other did to it is lost.
  if (custom.kind === "step-removed" || base.kind === "step-removed") return true;
  if (custom.kind === "connections" || base.kind === "connections") {
    const atExits = [custom, base].every(({ kind }) => kind === "connections" || kind === "exits");
    return atExits && custom.exit !== undefined && custom.exit.old === base.exit?.old;
  }
  return true;
}

function collideInHandler(custom: Change, base: Change): boolean {
  if (custom.node !== base.node || custom.label !== base.label) return false;
  const isOfVariable = ({ kind }: Change): boolean => kind.startsWith("variable-");
  if (isOfVariable(custom) && isOfVariable(base)) return true;
  return custom.kind === base.kind && custom.what === base.what;
}

function exitsOf(custom: Change, base: Change, steps: Correspondence): [Exit | undefined, Exit | undefined] {
  const at = (step: Step | undefined, exit: number | null | undefined): Exit | undefined =>
    exit == null ? undefined : step?.exits[exit];
  return [
    at(steps.customStep(custom.node!), custom.exit?.new),
    at(steps.newStep(base.node!), base.exit?.new),
  ];
}

/** Whether a new line, or a new step, leads to a step of the old base. */
function leadsInto({ kind, node, exit }: Change, old: number, steps: Correspondence): boolean {
  if (node === null || (kind !== "step-added" && kind !== "connections" && kind !== "exits")) return false;
  const step = steps.customStep(node);
  const exits = kind === "step-added" ? step?.exits : [exit?.new == null ? undefined : step?.exits[exit.new]];
  return (exits ?? []).some((each) => each?.to != null && steps.oldOf(each.to) === old);
}

/** Whether a new or changed step uses a variable. */
function uses({ kind, node }: Change, variable: string, steps: Correspondence): boolean {
  if (node === null || (kind !== "step-added" && kind !== "arguments")) return false;
  const step = steps.customStep(node);
  const values = [
    ...(step?.arguments ?? []).map(({ value }) => value),
    ...(step?.exits ?? []).map(({ caseOf }) => caseOf),
  ];
  return values.some((value) => value !== null && names(value, variable));
}

/** Looks at shared parts once, and does not recurse. */
function names(expression: Expression, variable: string): boolean {
  const seen = new Set<Expression>([expression]);
  for (const each of seen) {
    if (each.kind === "variable" && each.name === variable) return true;
    if (each.kind === "call") for (const argument of each.args) seen.add(argument);
  }
  return false;
}
