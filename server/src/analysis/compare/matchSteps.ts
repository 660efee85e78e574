import type { Handler, Step } from "../../handler/model";
import { matchByContent, matchRest, type Pair } from "./matchByContent";
import { pairByName } from "./pairing";
import { identity, type StepContents } from "./stepContent";

/** Which step of the new handler is which of the old one. */
export interface StepMatch {
  readonly pairs: readonly Pair[];
  readonly removed: readonly Step[];
  readonly added: readonly Step[];
  /** How many pairs have different node ids: they were matched by what they are and what is around them. */
  readonly byContent: number;
  /** Node id in the new handler by node id in the old one. */
  readonly newNode: ReadonlyMap<number, number>;
}

/**
 * Matches steps by node id. When the handler was rebuilt and its ids tell little, by tool, label, arguments and
 * neighbourhood instead, if that leaves fewer differences. Swapping the handlers swaps the result.
 */
export function matchSteps(old: Handler, now: Handler, contents: StepContents): StepMatch {
  const byNode = matchByNode(old, now, contents);
  if (idsAgree(old, now, contents)) return byNode;
  const found = inEitherOrder(old, now, contents);
  const taken = new Set(found.flat());
  // Where the ids mostly agree after all, what is left and has the same id is the same step, much changed.
  const agreeing = found.filter(([a, b]) => a.node === b.node).length;
  const rest =
    agreeing * 2 <= found.length ? [] : byNode.pairs.filter(([a, b]) => !taken.has(a) && !taken.has(b));
  const byContent = finish(old, now, [...found, ...rest]);
  return cost(byContent, contents) < cost(byNode, contents) ? byContent : byNode;
}

function matchByNode(old: Handler, now: Handler, contents: StepContents): StepMatch {
  // The start of a subroutine may have become an initiator: it is the first step still.
  const isFirst = (a: Step, b: Step): boolean => a.node === old.startNode && b.node === now.startNode;
  const common = pairByName(old.steps, now.steps, ({ node }) => node).pairs;
  const pairs = common.filter(([a, b]) => isFirst(a, b) || mayBeOne(a, b, contents));
  const taken = new Set(pairs.flat());
  const left = [old, now].map(({ steps }) => steps.filter((step) => !taken.has(step))) as [Step[], Step[]];
  return finish(old, now, [...pairs, ...matchRest(...left, contents)]);
}

/** Whether half of the steps are plainly the same as those with their ids. */
function idsAgree(old: Handler, now: Handler, contents: StepContents): boolean {
  const tells = tellingLabels(old, now);
  const alike = pairByName(old.steps, now.steps, ({ node }) => node).pairs.filter(
    ([a, b]) =>
      identity(a) === identity(b) && ((a.label === b.label && tells(a.label)) || sameValues(a, b, contents)),
  );
  const smaller = Math.min(old.steps.length, now.steps.length);
  // The first step has id 0 in every handler, so it says nothing about the others.
  return alike.length - 1 >= (smaller - 1) / 2;
}

/** About how many differences a match leaves. */
function cost({ pairs, removed, added, newNode }: StepMatch, contents: StepContents): number {
  let found = 2 * (removed.length + added.length);
  for (const [a, b] of pairs) {
    if (identity(a) !== identity(b)) found += 3;
    else if (!contents.same(a, b)) found++;
    for (const [at, { to }] of a.exits.entries()) {
      const other = b.exits[at]?.to ?? null;
      if ((to === null ? null : newNode.get(to)) !== other) found++;
    }
  }
  return found;
}

/** Labels that one step alone has. Most steps keep their tool's label, which many share. */
function tellingLabels(...handlers: readonly Handler[]): (label: string) => boolean {
  const counts = handlers.map(({ steps }) => {
    const found = new Map<string, number>();
    for (const { label } of steps) found.set(label, (found.get(label) ?? 0) + 1);
    return found;
  });
  return (label) => counts.every((found) => (found.get(label) ?? 0) <= 1);
}

/** Two branches of a handler may give one id to different steps, so the id alone does not make them one. */
const mayBeOne = (a: Step, b: Step, contents: StepContents): boolean =>
  identity(a) === identity(b) || (a.label !== "" && a.label === b.label) || sameValues(a, b, contents);

function sameValues(a: Step, b: Step, contents: StepContents): boolean {
  const [one, other] = [contents.values(a), contents.values(b)];
  const filled = one.some((value) => value !== 0);
  return filled && one.length === other.length && one.every((value, at) => value === other[at]);
}

/** Choices between equals depend on which handler comes first, so that is decided by what they hold. */
function inEitherOrder(old: Handler, now: Handler, contents: StepContents): Pair[] {
  const isOrdered = old.steps.length - now.steps.length || compareKeys(old, now);
  if (isOrdered <= 0) return matchByContent(old, now, contents);
  return matchByContent(now, old, contents).map(([a, b]) => [b, a]);
}

function compareKeys(old: Handler, now: Handler): number {
  for (const [at, step] of old.steps.entries()) {
    const [a, b] = [step, now.steps[at]!].map(({ node, kind, tool, label, notes, exits, rect }) =>
      JSON.stringify([node, kind, tool, label, notes, exits.map(({ label, to }) => [label, to]), rect]),
    ) as [string, string];
    if (a !== b) return a < b ? -1 : 1;
  }
  return 0;
}

function finish(old: Handler, now: Handler, pairs: readonly Pair[]): StepMatch {
  const olds = new Set(pairs.map(([step]) => step));
  const news = new Set(pairs.map(([, step]) => step));
  return {
    pairs,
    removed: old.steps.filter((step) => !olds.has(step)),
    added: now.steps.filter((step) => !news.has(step)),
    byContent: pairs.filter(([a, b]) => a.node !== b.node).length,
    newNode: new Map(pairs.map(([a, b]) => [a.node, b.node])),
  };
}
