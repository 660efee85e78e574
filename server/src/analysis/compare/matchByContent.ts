import type { Handler, Step } from "../../handler/model";
import { identity, type Neighbours, neighbours, type StepContents } from "./stepContent";

export type Pair = readonly [old: Step, now: Step];

/** Likeness from which two steps may be the same one: the same tool, and the same label or values. */
const ALIKE = 3;
/** Comparisons of what is left, each with each, are bounded. */
const MOST_COMPARISONS = 200_000;
/** Steps with more lines into them than this say nothing about where one of the lines comes from. */
const MOST_SOURCES = 200;

/**
 * Matches steps by what they are: tool, label, notes, values and neighbourhood, the surest first. Every round only
 * adds pairs, so it ends.
 */
export function matchByContent(old: Handler, now: Handler, contents: StepContents): Pair[] {
  const matching = new Matching(old, now, contents);
  const starts = [old, now].map(({ steps, startNode }) => steps.find(({ node }) => node === startNode));
  if (starts[0] && starts[1]) matching.take(starts[0], starts[1], true);
  matching.takeUnique();
  matching.takeTwins();
  matching.takeAlike();
  matching.spread((a, b) => identity(a) === identity(b) && matching.surrounded(a, b));
  return matching.pairs;
}

/** What is left on both sides and says the same, where it says so only once. */
export function matchRest(old: readonly Step[], now: readonly Step[], contents: StepContents): Pair[] {
  const olds = once(old, (step) => contents.at(0, step));
  const news = once(now, (step) => contents.at(0, step));
  return [...olds].flatMap(([content, a]) => {
    const b = news.get(content);
    return a && b ? [[a, b] as const] : [];
  });
}

class Matching {
  readonly pairs: Pair[] = [];
  private readonly newOf = new Map<Step, Step>();
  private readonly oldOf = new Map<Step, Step>();
  private readonly oldAround: ReadonlyMap<Step, Neighbours>;
  private readonly newAround: ReadonlyMap<Step, Neighbours>;

  constructor(
    private readonly old: Handler,
    private readonly now: Handler,
    private readonly contents: StepContents,
  ) {
    this.oldAround = new Map(neighbours(old).map((each) => [each.step, each]));
    this.newAround = new Map(neighbours(now).map((each) => [each.step, each]));
  }

  take(a: Step, b: Step, whatever = false): void {
    if (this.newOf.has(a) || this.oldOf.has(b) || !(whatever || identity(a) === identity(b))) return;
    this.newOf.set(a, b);
    this.oldOf.set(b, a);
    this.pairs.push([a, b]);
  }

  /** What is unique on both sides, with the widest neighbourhood first. */
  takeUnique(): void {
    for (let level = this.contents.deepest; level >= 0; level--) {
      const olds = once(this.leftOld(), (step) => this.contents.at(level, step));
      const news = once(this.leftNew(), (step) => this.contents.at(level, step));
      for (const [content, a] of olds) {
        const b = news.get(content);
        if (a && b) this.take(a, b);
      }
    }
    this.spread((a, b) => this.contents.same(a, b));
  }

  /** Steps that nothing tells apart: by node id where both sides have it, else in their order. */
  takeTwins(): void {
    const newByNode = new Map(this.now.steps.map((step) => [step.node, step]));
    for (let level = this.contents.deepest; level >= 0; level--) {
      const content = (step: Step): number => this.contents.at(level, step);
      const waiting = new Map<number, Step[]>();
      for (const b of this.leftNew().reverse()) {
        const list = waiting.get(content(b));
        if (list) list.push(b);
        else waiting.set(content(b), [b]);
      }
      const twins = (a: Step, b: Step | undefined): void => {
        if (!b || this.newOf.has(a) || this.oldOf.has(b)) return;
        this.take(a, b);
        this.spread((x, y) => this.contents.same(x, y), this.pairs.length - 1);
      };
      for (const a of this.leftOld()) {
        const namesake = newByNode.get(a.node);
        if (namesake && content(namesake) === content(a)) twins(a, namesake);
      }
      for (const a of this.leftOld()) {
        const list = waiting.get(content(a)) ?? [];
        while (list.length > 0 && this.oldOf.has(list.at(-1)!)) list.pop();
        twins(a, list.at(-1));
      }
    }
  }

  /** The best likeness first. */
  takeAlike(): void {
    const byTool = new Map<string, Step[]>();
    for (const step of this.leftNew()) {
      const list = byTool.get(identity(step));
      if (list) list.push(step);
      else byTool.set(identity(step), [step]);
    }
    const scored: { score: number; a: Step; b: Step }[] = [];
    let left = MOST_COMPARISONS;
    for (const a of this.leftOld()) {
      for (const b of byTool.get(identity(a)) ?? []) {
        if (--left < 0) break;
        const score = this.likeness(a, b);
        if (score >= ALIKE) scored.push({ score, a, b });
      }
    }
    const apart = ({ a, b }: { a: Step; b: Step }): number => Math.abs(a.node - b.node);
    scored.sort((x, y) => y.score - x.score || apart(x) - apart(y) || x.a.node - y.a.node);
    for (const { a, b } of scored) this.take(a, b);
  }

  /** Follows the exits of pairs from the one at `from` on, both ways, as long as that finds new pairs. */
  spread(agree: (a: Step, b: Step) => boolean, from = 0): void {
    for (let at = from; at < this.pairs.length; at++) {
      const [a, b] = this.pairs[at]!;
      const [before, after] = [this.oldAround.get(a)!, this.newAround.get(b)!];
      for (const [exit, x] of before.targets.entries()) {
        const other = this.exitLike(a, exit, b);
        const y = other === undefined ? undefined : after.targets[other];
        if (x && y && agree(x, y)) this.take(x, y);
      }
      if (before.sources.length > MOST_SOURCES) continue;
      for (const [x, exit] of before.sources) {
        if (this.newOf.has(x)) continue;
        const all = after.sources.filter(
          ([y, other]) => !this.oldOf.has(y) && y.exits[other]!.label === x.exits[exit]!.label && agree(x, y),
        );
        if (new Set(all.map(([y]) => y)).size === 1) this.take(x, all[0]![0]);
      }
    }
  }

  /** What the exits lead to on both sides is matched, at least one of them, and none to something else. */
  surrounded(a: Step, b: Step): boolean {
    const [before, after] = [this.oldAround.get(a)!, this.newAround.get(b)!];
    const targets = before.targets.map((target, at) => [target, after.targets[at]] as const);
    return (
      targets.some(([x]) => x !== undefined) &&
      targets.every(([x, y]) => (x ? this.newOf.get(x) === y : y === undefined))
    );
  }

  private exitLike(a: Step, exit: number, b: Step): number | undefined {
    const { label } = a.exits[exit]!;
    if (b.exits[exit]?.label === label) return exit;
    const found = b.exits.findIndex((each) => each.label === label);
    return found >= 0 ? found : exit < b.exits.length ? exit : undefined;
  }

  /** 1 to 8; 0 = another tool. */
  private likeness(a: Step, b: Step): number {
    if (identity(a) !== identity(b)) return 0;
    const [one, other] = [this.contents.values(a), this.contents.values(b)];
    const filled = Math.max(one.length, other.length);
    const same = one.filter((value, at) => value === other[at]).length;
    return (
      1 +
      (a.label === b.label ? 3 : 0) +
      (filled === 0 ? 0 : (3 * same) / filled) +
      (a.notes !== "" && a.notes === b.notes ? 1 : 0)
    );
  }

  private leftOld(): Step[] {
    return this.old.steps.filter((step) => !this.newOf.has(step));
  }

  private leftNew(): Step[] {
    return this.now.steps.filter((step) => !this.oldOf.has(step));
  }
}

/** Steps by key; undefined where a key occurs more than once. */
function once(steps: readonly Step[], key: (step: Step) => number): Map<number, Step | undefined> {
  const found = new Map<number, Step | undefined>();
  for (const step of steps) found.set(key(step), found.has(key(step)) ? undefined : step);
  return found;
}
