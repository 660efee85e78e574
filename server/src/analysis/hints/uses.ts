import { type HeldSignature, signaturesIn } from "../../catalogue/signature";
import type { Handler, Parameter } from "../../handler/model";
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
  private readonly known = new Map<string, HeldSignature[]>();

  share(held: HeldSignature): HeldSignature {
    const key = keyOf(held.signature);
    const others = this.known.get(key);
    if (!others) {
      this.known.set(key, [held]);
      return held;
    }
    const same = others.find((each) => isEqual(each, held));
    if (same) return same;
    // A tool has a few forms in an estate; one with very many is hardly worth looking for.
    if (others.length < 64) others.push(held);
    return held;
  }
}

function isEqual(one: HeldSignature, other: HeldSignature): boolean {
  const [a, b] = [one.signature, other.signature];
  return (
    one.offset === other.offset &&
    one.isWhole === other.isWhole &&
    a.version === b.version &&
    a.label === b.label &&
    a.category === b.category &&
    a.parameters.length === b.parameters.length &&
    a.exits.length === b.exits.length &&
    a.parameters.every((parameter, at) => isSameParameter(parameter, b.parameters[at]!)) &&
    a.exits.every(
      ({ label, returnValue }, at) =>
        label === b.exits[at]!.label && returnValue === b.exits[at]!.returnValue,
    )
  );
}

function isSameParameter(a: Parameter, b: Parameter): boolean {
  return (
    a.label === b.label &&
    a.direction === b.direction &&
    a.required === b.required &&
    a.type.name === b.type.name &&
    a.type.module === b.type.module &&
    a.default.kind === b.default.kind &&
    (a.default.kind !== "value" || a.default.text === (b.default as { text?: string }).text) &&
    (a.default.kind !== "variable" || a.default.name === (b.default as { name?: string }).name)
  );
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
