import type { Step } from "../../handler/model";
import type { HandlerDiff } from "../compare/compareHandlers";
import { pairExits } from "../compare/signatures";
import { ExpressionIds } from "../compare/expressionIds";
import { StepContents } from "../compare/stepContent";

/** Which steps of the customised handler and of the new base are the same, by way of the old base or added alike. */
export class Correspondence {
  private readonly oldOfCustom: ReadonlyMap<number, number>;
  private readonly addedAlike = new Map<number, number>();
  private readonly customSteps: ReadonlyMap<number, Step>;
  private readonly newSteps: ReadonlyMap<number, Step>;
  private readonly oldSteps: ReadonlyMap<number, Step>;

  constructor(
    private readonly customised: HandlerDiff,
    private readonly moved: HandlerDiff,
  ) {
    this.oldOfCustom = new Map(customised.match.pairs.map(([old, now]) => [now.node, old.node]));
    this.customSteps = byNode(customised.now.steps);
    this.newSteps = byNode(moved.now.steps);
    this.oldSteps = byNode(customised.old.steps);
    this.findAddedAlike();
  }

  /** Node id in the old base of a step of the customised handler. */
  oldOf(custom: number): number | undefined {
    return this.oldOfCustom.get(custom);
  }

  /** Node id in the new base of a step of the old one; undefined = the new base removed it. */
  newOf(old: number): number | undefined {
    return this.moved.match.newNode.get(old);
  }

  /** The step of the new base that a step of the customised handler is. */
  counterpart(custom: number): number | undefined {
    const old = this.oldOf(custom);
    return old === undefined ? this.addedAlike.get(custom) : this.newOf(old);
  }

  /** Whether the new base leads an exit to the same step as the customised handler does. */
  leadsAlike(custom: number | null, now: number | null): boolean {
    return custom === null || now === null ? custom === now : this.counterpart(custom) === now;
  }

  /** Whether both added this step, with the same content and the same ways out of it. */
  isAddedAlike(custom: number): boolean {
    const [a, b] = [this.customSteps.get(custom), this.newSteps.get(this.addedAlike.get(custom) ?? NaN)];
    if (!a || !b) return false;
    const { pairs, removed, added } = pairExits(a.exits, b.exits);
    return removed.length + added.length === 0 && pairs.every(([x, y]) => this.leadsAlike(x.to, y.to));
  }

  customStep(node: number): Step | undefined {
    return this.customSteps.get(node);
  }

  newStep(node: number): Step | undefined {
    return this.newSteps.get(node);
  }

  oldStep(node: number): Step | undefined {
    return this.oldSteps.get(node);
  }

  /** Added on both sides, and the only one on each that says so. */
  private findAddedAlike(): void {
    const { now: custom, match } = this.customised;
    const { now } = this.moved;
    const contents = new StepContents([custom, now], new ExpressionIds(custom.source !== now.source));
    const ours = once(match.added, contents);
    const theirs = once(this.moved.match.added, contents);
    for (const [content, step] of ours) {
      const other = theirs.get(content);
      if (step && other) this.addedAlike.set(step.node, other.node);
    }
  }
}

const byNode = (steps: readonly Step[]): Map<number, Step> => new Map(steps.map((step) => [step.node, step]));

function once(steps: readonly Step[], contents: StepContents): Map<number, Step | null> {
  const found = new Map<number, Step | null>();
  for (const step of steps) {
    const content = contents.at(0, step);
    found.set(content, found.has(content) ? null : step);
  }
  return found;
}
