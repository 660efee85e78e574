import type { Handler, Step } from "../../handler/model";
import type { ExpressionIds } from "./expressionIds";

/** How many links away the neighbourhood of a step is looked at. */
const ROUNDS = 6;

/** A step stays itself only with the same tool. */
export const identity = ({ kind, tool }: Step): string => `${kind} ${tool.module}:${tool.name}`;

/**
 * What steps of two handlers say, as numbers: the same number, the same content. Level 0 is the step itself (tool,
 * label, notes, arguments, exits), each further level adds what is one link further away. Node ids do not count.
 */
export class StepContents {
  private readonly levels: Map<Step, number>[] = [];
  private readonly numbers = new Numbers();
  private around: readonly Neighbours[] | undefined;
  private readonly argumentsOf = new Map<Step, readonly number[]>();

  constructor(
    private readonly handlers: readonly Handler[],
    private readonly ids: ExpressionIds,
  ) {}

  readonly deepest = ROUNDS;

  at(level: number, step: Step): number {
    // Handlers whose node ids agree need none of them, or the first.
    while (this.levels.length <= level) this.levels.push(this.nextLevel());
    return this.levels[level]!.get(step)!;
  }

  same(a: Step, b: Step): boolean {
    return this.at(0, a) === this.at(0, b);
  }

  /** One number a value, in the order of the arguments, with the cases of a Selection behind them. */
  values(step: Step): readonly number[] {
    let values = this.argumentsOf.get(step);
    if (!values) {
      values = [
        ...step.arguments.map(({ value }) => this.ids.of(value)),
        ...step.exits.flatMap(({ caseOf }) => (caseOf ? [this.ids.of(caseOf)] : [])),
      ];
      this.argumentsOf.set(step, values);
    }
    return values;
  }

  private nextLevel(): Map<Step, number> {
    const last = this.levels.at(-1);
    if (!last) {
      const steps = this.handlers.flatMap((handler) => handler.steps);
      return new Map(steps.map((step) => [step, this.numbers.of(this.own(step))]));
    }
    this.around ??= this.handlers.flatMap((handler) => neighbours(handler));
    return new Map(
      this.around.map(({ step, targets, sources }) => {
        const behind = targets.map((target) => (target ? last.get(target)! : 0));
        const before = sources.map(([source, exit]) => `${last.get(source)!}.${exit}`).sort();
        return [step, this.numbers.of(`${last.get(step)!}|${behind.join(" ")}|${before.join(" ")}`)];
      }),
    );
  }

  private own(step: Step): string {
    const { label, notes, objectId, eventId, parameters } = step;
    const exits = step.exits.map((exit) => [exit.label, exit.returnValue]);
    const own = parameters.map((parameter) => parameter.label);
    return JSON.stringify([identity(step), label, notes, objectId, eventId, own, exits, this.values(step)]);
  }
}

/** Small numbers for texts. */
class Numbers {
  private readonly known = new Map<string, number>();

  of(text: string): number {
    let number = this.known.get(text);
    if (number === undefined) this.known.set(text, (number = this.known.size + 1));
    return number;
  }
}

/** A step with what its exits lead to and what leads to it, by which exit. */
export interface Neighbours {
  readonly step: Step;
  readonly targets: readonly (Step | undefined)[];
  readonly sources: readonly (readonly [step: Step, exit: number])[];
}

export function neighbours({ steps }: Handler): Neighbours[] {
  const byNode = new Map(steps.map((step) => [step.node, step]));
  const sources = new Map<Step, [Step, number][]>(steps.map((step) => [step, []]));
  const found = steps.map((step) => {
    const targets = step.exits.map(({ to }) => (to === null ? undefined : byNode.get(to)));
    targets.forEach((target, exit) => target && sources.get(target)!.push([step, exit]));
    return { step, targets, sources: sources.get(step)! };
  });
  return found;
}
