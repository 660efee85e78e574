import { type HeldSignature, signaturesIn } from "../../catalogue/signature";
import type { Handler } from "../../handler/model";
import { toolKey } from "../../handler/toolKey";

/** A step that uses a tool, as far as hints need it. */
export interface UsingStep {
  readonly node: number;
  readonly label: string;
  /** Indices of parameters that the step gives a value. */
  readonly given: readonly number[];
  /** Return values of the exits that lead on. */
  readonly connected: readonly number[];
}

/** A tool or initiator a handler holds, and the steps that use it. */
export interface ToolUse extends HeldSignature {
  readonly steps: readonly UsingStep[];
}

/** Keeps one object of signatures that are equal: in an estate of 2,000 handlers most are. */
export class SignaturePool {
  private readonly known = new Map<string, HeldSignature>();

  share(held: HeldSignature): HeldSignature {
    const key = JSON.stringify(held);
    const same = this.known.get(key);
    if (same) return same;
    this.known.set(key, held);
    return held;
  }
}

/** What a handler's steps use, small enough to be kept for every handler of a workspace. */
export function toolUsesOf(handler: Handler, pool: SignaturePool = new SignaturePool()): ToolUse[] {
  const byTool = new Map<string, UsingStep[]>();
  const held = signaturesIn(handler).map((each) => pool.share(each));
  const offsets = new Map(held.map(({ signature, offset }) => [keyOf(signature), offset]));
  for (const step of handler.steps) {
    if (step.kind !== "tool" && step.kind !== "initiator") continue;
    const key = keyOf({ kind: step.kind, ...step.tool });
    const offset = offsets.get(key) ?? 0;
    const use: UsingStep = {
      node: step.node,
      label: step.label,
      given: step.arguments.flatMap(({ value }, at) => (value === null || at < offset ? [] : [at - offset])),
      connected: step.exits.flatMap(({ to, returnValue }) => (to === null ? [] : [returnValue])),
    };
    const others = byTool.get(key);
    if (others) others.push(use);
    else byTool.set(key, [use]);
  }
  return held.flatMap((each) => {
    const steps = byTool.get(keyOf(each.signature));
    return steps ? [{ ...each, steps }] : [];
  });
}

function keyOf(tool: { readonly kind: string; readonly module: string; readonly name: string }): string {
  return `${tool.kind} ${toolKey(tool)}`;
}
