import { plain } from "../../catalogue/knownTools";
import type { ToolSignature } from "../../catalogue/signature";
import type { Parameter } from "../../handler/model";
import { isSameType } from "../checks/arguments";
import { pairByName } from "../compare/pairing";

export interface ParameterPair {
  readonly old: Parameter;
  readonly now: Parameter;
  /** Index in the old and in the new signature. */
  readonly oldAt: number;
  readonly nowAt: number;
  /** What makes them the same parameter: their labels, or the place between others that have the same label. */
  readonly by: "label" | "place";
}

export interface PlacedParameter {
  readonly parameter: Parameter;
  readonly at: number;
}

export type MappedExit = ToolSignature["exits"][number];

/** How the parameters and exits of a tool go over into another signature of it. */
export interface SignatureMapping {
  /** In the order of the new signature. */
  readonly pairs: readonly ParameterPair[];
  readonly removed: readonly PlacedParameter[];
  readonly added: readonly PlacedParameter[];
  /** Exits are the same when their return values are: labels are localised. */
  readonly exitPairs: readonly (readonly [old: MappedExit, now: MappedExit])[];
  readonly exitsRemoved: readonly MappedExit[];
  readonly exitsAdded: readonly MappedExit[];
}

export function mapSignatures(old: ToolSignature, now: ToolSignature): SignatureMapping {
  const parameters = mapParameters(old.parameters, now.parameters);
  const exits = pairByName(old.exits, now.exits, ({ returnValue }) => String(returnValue));
  return { ...parameters, exitPairs: exits.pairs, exitsRemoved: exits.removed, exitsAdded: exits.added };
}

function mapParameters(
  old: readonly Parameter[],
  now: readonly Parameter[],
): Pick<SignatureMapping, "pairs" | "removed" | "added"> {
  const places = (parameters: readonly Parameter[]): PlacedParameter[] =>
    parameters.map((parameter, at) => ({ parameter, at }));
  // With the direction first: one label may name an input and an output.
  const exact = pairByName(
    places(old),
    places(now),
    ({ parameter }) => `${parameter.direction} ${labelOf(parameter)}`,
  );
  const loose = pairByName(exact.removed, exact.added, ({ parameter }) => labelOf(parameter));
  const byLabel = [...exact.pairs, ...loose.pairs];
  const rest = pairByPlace(byLabel, loose.removed, loose.added);
  const pairs = [
    ...byLabel.map((pair) => pairOf(pair, "label")),
    ...rest.pairs.map((pair) => pairOf(pair, "place")),
  ].sort((one, other) => one.nowAt - other.nowAt);
  return { pairs, removed: rest.removed, added: rest.added };
}

type Pair = readonly [old: PlacedParameter, now: PlacedParameter];

/**
 * Pairs what has another label but stands at the same place: between the same neighbours, as many on both sides,
 * of the same type and direction. One more thing must speak for it: the labels are like each other, or most labels
 * differ, as they do in a Designer of another language. Else one parameter went and another came.
 */
function pairByPlace(
  known: readonly Pair[],
  olds: readonly PlacedParameter[],
  news: readonly PlacedParameter[],
): { pairs: Pair[]; removed: readonly PlacedParameter[]; added: readonly PlacedParameter[] } {
  // The gap behind which known parameter it is; -1 = before all.
  const gaps = (list: readonly PlacedParameter[], side: 0 | 1): Map<number, PlacedParameter[]> => {
    const found = new Map<number, PlacedParameter[]>();
    for (const each of list) {
      let gap = -1;
      known.forEach((pair, id) => {
        const nearest = gap === -1 ? -1 : known[gap]![side].at;
        if (pair[side].at < each.at && pair[side].at > nearest) gap = id;
      });
      found.set(gap, [...(found.get(gap) ?? []), each]);
    }
    return found;
  };
  const [before, after] = [gaps(olds, 0), gaps(news, 1)];
  const isTranslated = olds.length === news.length && olds.length > 1 && olds.length > known.length;
  const pairs: Pair[] = [];
  for (const [gap, left] of before) {
    const right = after.get(gap) ?? [];
    if (left.length !== right.length) continue;
    const couples = left.map((each, at): Pair => [each, right[at]!]);
    if (!couples.every(([a, b]) => isAlike(a.parameter, b.parameter))) continue;
    pairs.push(...couples.filter(([a, b]) => isTranslated || isLike(a.parameter.label, b.parameter.label)));
  }
  const paired = new Set(pairs.flat());
  return {
    pairs,
    removed: olds.filter((each) => !paired.has(each)),
    added: news.filter((each) => !paired.has(each)),
  };
}

function isAlike(one: Parameter, other: Parameter): boolean {
  return one.direction === other.direction && isSameType(one.type, other.type);
}

/** At least two thirds of the letters are the same. */
function isLike(one: string, other: string): boolean {
  const [a, b] = [plain(one).slice(0, 80), plain(other).slice(0, 80)];
  return distance(a, b) * 3 <= Math.max(a.length, b.length);
}

/** How many letters must be put in, taken out or changed (Levenshtein). */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let at = 1; at <= one.length; at++) {
    const next = [at];
    for (let to = 1; to <= other.length; to++) {
      const change = row[to - 1]! + (one[at - 1] === other[to - 1] ? 0 : 1);
      next.push(Math.min(change, row[to]! + 1, next[to - 1]! + 1));
    }
    row = next;
  }
  return row[other.length]!;
}

function pairOf([old, now]: Pair, by: ParameterPair["by"]): ParameterPair {
  return { old: old.parameter, now: now.parameter, oldAt: old.at, nowAt: now.at, by };
}

/** Labels differ in case and line breaks from one Designer to another. */
function labelOf({ label }: Parameter): string {
  return label.toLowerCase().replace(/\s+/g, " ").trim();
}

/** Whether parameters stand in another order than before; what was added or removed does not count. */
export function isReordered({ pairs }: SignatureMapping): boolean {
  return pairs.some(({ oldAt }, at) => at > 0 && oldAt < pairs[at - 1]!.oldAt);
}
