import { expressionText } from "../../handler/expressionText";
import type { Handler, Step } from "../../handler/model";

/** Which step of the new handler is which of the old one. */
export interface StepMatch {
  readonly pairs: readonly (readonly [old: Step, now: Step])[];
  readonly removed: readonly Step[];
  readonly added: readonly Step[];
  /** true: the node ids do not agree, so steps were matched by what they are and what is around them. */
  readonly byContent: boolean;
  /** Node id in the new handler by node id in the old one. */
  readonly newNode: ReadonlyMap<number, number>;
}

/**
 * Matches steps by node id. When the handler was rebuilt and its ids tell nothing (most steps with the same id are
 * of another tool), by tool, label, arguments and neighbourhood instead.
 */
export function matchSteps(old: Handler, now: Handler): StepMatch {
  const byNode = new Map(now.steps.map((step) => [step.node, step]));
  const common = old.steps.flatMap((step) => {
    const other = byNode.get(step.node);
    return other ? [[step, other] as const] : [];
  });
  const alike = common.filter(
    ([a, b]) => identity(a) === identity(b) && (a.label === b.label || sameContent(a, b)),
  );
  const smaller = Math.min(old.steps.length, now.steps.length);
  // The first step has id 0 in every handler, so it says nothing about the others.
  const trusted = smaller <= 1 || alike.length - 1 >= (smaller - 1) / 2;
  if (trusted) return finish(old, now, common, false);
  const found = byContent(old, now);
  return found.length > alike.length ? finish(old, now, found, true) : finish(old, now, common, false);
}

type Pair = readonly [old: Step, now: Step];

function finish(old: Handler, now: Handler, pairs: readonly Pair[], byContent: boolean): StepMatch {
  const olds = new Set(pairs.map(([step]) => step));
  const news = new Set(pairs.map(([, step]) => step));
  return {
    pairs,
    removed: old.steps.filter((step) => !olds.has(step)),
    added: now.steps.filter((step) => !news.has(step)),
    byContent,
    newNode: new Map(pairs.map(([a, b]) => [a.node, b.node])),
  };
}

/** A step stays itself only with the same tool. */
const identity = ({ kind, tool }: Step): string => `${kind} ${tool.module}:${tool.name}`;

const argumentTexts = (step: Step): string[] => step.arguments.map(({ value }) => expressionText(value));

const sameContent = (a: Step, b: Step): boolean =>
  argumentTexts(a).join("\n") === argumentTexts(b).join("\n");

/**
 * First the first steps, then steps whose tool, label and arguments occur once on both sides, then what their exits lead to
 * (and what leads to them), last what is left by likeness. Each round only adds pairs, so it ends.
 */
function byContent(old: Handler, now: Handler): Pair[] {
  const matching = new Matching(old, now);
  const starts = [old, now].map(({ steps, startNode }) => steps.find(({ node }) => node === startNode));
  if (starts[0] && starts[1]) matching.take(starts[0], starts[1]);
  matching.takeUnique((step) => [identity(step), step.label, ...argumentTexts(step)].join("\n"));
  matching.spread();
  matching.takeUnique((step) => [identity(step), ...argumentTexts(step)].join("\n"));
  matching.takeUnique((step) => `${identity(step)}\n${step.label}`);
  matching.spread();
  matching.takeAlike();
  matching.spread();
  return matching.pairs;
}

class Matching {
  readonly pairs: Pair[] = [];
  private readonly newOf = new Map<Step, Step>();
  private readonly taken = new Set<Step>();
  private readonly oldByNode: ReadonlyMap<number, Step>;
  private readonly newByNode: ReadonlyMap<number, Step>;
  private readonly texts = new Map<Step, readonly string[]>();

  constructor(
    private readonly old: Handler,
    private readonly now: Handler,
  ) {
    this.oldByNode = new Map(old.steps.map((step) => [step.node, step]));
    this.newByNode = new Map(now.steps.map((step) => [step.node, step]));
  }

  take(a: Step, b: Step): boolean {
    if (this.newOf.has(a) || this.taken.has(b) || identity(a) !== identity(b)) return false;
    this.newOf.set(a, b);
    this.taken.add(b);
    this.pairs.push([a, b]);
    return true;
  }

  /** Pairs the steps whose key occurs exactly once among those left on each side. */
  takeUnique(key: (step: Step) => string): void {
    const olds = once(this.leftOld(), key);
    const news = once(this.leftNew(), key);
    for (const [text, a] of olds) {
      const b = news.get(text);
      if (a && b) this.take(a, b);
    }
  }

  /** Follows the exits of matched steps, in both directions, as long as that finds new pairs. */
  spread(): void {
    const incomingOld = incoming(this.old);
    const incomingNew = incoming(this.now);
    for (let i = 0; i < this.pairs.length; i++) {
      const [a, b] = this.pairs[i]!;
      for (const [index, exit] of a.exits.entries()) {
        const other = b.exits.find(({ label }) => label === exit.label) ?? b.exits[index];
        if (exit.to === null || other?.to == null) continue;
        const nextOld = this.oldByNode.get(exit.to);
        const nextNew = this.newByNode.get(other.to);
        if (nextOld && nextNew && this.likeness(nextOld, nextNew) > 0) this.take(nextOld, nextNew);
      }
      const fromOld = (incomingOld.get(a.node) ?? []).filter((step) => !this.newOf.has(step));
      const fromNew = (incomingNew.get(b.node) ?? []).filter((step) => !this.taken.has(step));
      if (fromOld.length === 1 && fromNew.length === 1 && this.likeness(fromOld[0]!, fromNew[0]!) > 0) {
        this.take(fromOld[0]!, fromNew[0]!);
      }
    }
  }

  /** The best likeness first; bounded, because every left step is held against every other of its tool. */
  takeAlike(): void {
    const left = new Map<string, Step[]>();
    for (const step of this.leftNew()) left.set(identity(step), [...(left.get(identity(step)) ?? []), step]);
    const scored: { score: number; a: Step; b: Step }[] = [];
    let budget = 200_000;
    for (const a of this.leftOld()) {
      for (const b of left.get(identity(a)) ?? []) {
        if (--budget < 0) break;
        const score = this.likeness(a, b);
        if (score >= 3) scored.push({ score, a, b });
      }
    }
    scored.sort((x, y) => y.score - x.score || x.a.node - y.a.node || x.b.node - y.b.node);
    for (const { a, b } of scored) this.take(a, b);
  }

  /** 0 = cannot be the same step. */
  private likeness(a: Step, b: Step): number {
    if (identity(a) !== identity(b)) return 0;
    const one = this.textsOf(a);
    const other = this.textsOf(b);
    const longest = Math.max(one.length, other.length);
    const same = one.filter((text, i) => text === other[i]).length;
    return (
      1 +
      (a.label === b.label ? 3 : 0) +
      (longest === 0 ? 1 : (3 * same) / longest) +
      (a.notes !== "" && a.notes === b.notes ? 1 : 0)
    );
  }

  private textsOf(step: Step): readonly string[] {
    let texts = this.texts.get(step);
    if (!texts) this.texts.set(step, (texts = argumentTexts(step)));
    return texts;
  }

  private leftOld(): Step[] {
    return this.old.steps.filter((step) => !this.newOf.has(step));
  }

  private leftNew(): Step[] {
    return this.now.steps.filter((step) => !this.taken.has(step));
  }
}

/** Steps by key; undefined where a key occurs more than once. */
function once(steps: readonly Step[], key: (step: Step) => string): Map<string, Step | undefined> {
  const found = new Map<string, Step | undefined>();
  for (const step of steps) {
    const text = key(step);
    found.set(text, found.has(text) ? undefined : step);
  }
  return found;
}

function incoming({ steps }: Handler): Map<number, Step[]> {
  const found = new Map<number, Step[]>();
  for (const step of steps) {
    for (const { to } of step.exits) {
      if (to === null) continue;
      const list = found.get(to);
      if (list) list.push(step);
      else found.set(to, [step]);
    }
  }
  return found;
}
