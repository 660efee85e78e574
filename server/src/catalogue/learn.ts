import type { Handler } from "../handler/model";
import { toolKey } from "../handler/toolKey";
import { byTrust, Catalogue, type LearnedTool, type LearnedVariant } from "./catalogue";
import { signatureKey, signaturesIn, type ToolSignature } from "./signature";

/** Learns a release's tools from its handlers, one at a time; what it keeps grows with tools, not with handlers. */
export class Learner {
  private handlers = 0;
  private readonly tools = new Map<string, Map<string, Counted>>();
  /** Handlers that have a tool, by tool. */
  private readonly uses = new Map<string, number>();

  /** Handlers that could not be read as a whole must not be given: half a signature would be taken for all of it. */
  add(handler: Handler): void {
    this.handlers++;
    const met = new Set<string>();
    for (const { signature, isWhole } of signaturesIn(handler)) {
      const key = `${signature.kind} ${toolKey(signature)}`;
      const form = signatureKey(signature);
      // A tool listed twice in a handler is one use.
      if (met.has(`${key} ${form}`)) continue;
      met.add(`${key} ${form}`);
      if (!met.has(key)) this.uses.set(key, (this.uses.get(key) ?? 0) + 1);
      met.add(key);
      this.count(key, form, signature, isWhole);
    }
  }

  /** What was learned so far. `target` names the release. */
  catalogue(target: string): Catalogue {
    const tools = [...this.tools]
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, forms]) => learned([...forms.values()], this.uses.get(key) ?? 0));
    return new Catalogue(target, this.handlers, tools);
  }

  private count(key: string, form: string, signature: ToolSignature, isWhole: boolean): void {
    let forms = this.tools.get(key);
    if (!forms) this.tools.set(key, (forms = new Map()));
    const counted = forms.get(form);
    if (!counted) forms.set(form, { signature, handlers: 1, isWhole });
    else {
      counted.handlers++;
      counted.isWhole ||= isWhole;
      // An XML export has no labels of tools.
      if (counted.signature.label === "" && signature.label !== "") counted.signature = signature;
    }
  }
}

interface Counted {
  signature: ToolSignature;
  handlers: number;
  isWhole: boolean;
}

/** A form that may lack its parameters counts only where it is all there is. */
function learned(counted: readonly Counted[], handlers: number): LearnedTool {
  const whole = counted.filter(({ isWhole }) => isWhole);
  const forms = whole.length > 0 ? whole : counted;
  const { kind, module, name } = counted[0]!.signature;
  const variants = forms.map(({ signature, handlers }): LearnedVariant => ({ signature, handlers }));
  return { kind, module, name, variants: variants.sort(byTrust), handlers };
}
