/** Two lists, with what is the same in both side by side. */
export interface Paired<T> {
  readonly pairs: readonly (readonly [old: T, now: T])[];
  readonly removed: readonly T[];
  readonly added: readonly T[];
}

/** Positions in the two lists. */
type Places = readonly (readonly [old: number, now: number])[];

/** Pairs two lists by a name; the first of a name with the first, the second with the second. */
export function pairByName<T>(
  old: readonly T[],
  now: readonly T[],
  name: (each: T) => string | number,
): Paired<T> {
  return paired(old, now, placesByName(old, now, name));
}

/**
 * As `pairByName`; what is left behind the same neighbour on both sides and is `alike` has another name now, and is
 * paired too. So a rename is one difference, not two.
 */
export function pairWithRenames<T>(
  old: readonly T[],
  now: readonly T[],
  name: (each: T) => string | number,
  alike: (a: T, b: T) => boolean,
): Paired<T> {
  const places = placesByName(old, now, name);
  if (places.length === old.length || places.length === now.length) return paired(old, now, places);
  const neighbours = ([0, 1] as const).map((side) => {
    const pairAt = new Map(places.map((pair, at) => [pair[side], at]));
    let last = -1;
    return (side === 0 ? old : now).map((_, at) => (last = pairAt.get(at) ?? last));
  });
  const [before, after] = neighbours as [number[], number[]];
  const takenOld = new Set(places.map(([at]) => at));
  const takenNew = new Set(places.map(([, at]) => at));
  const candidates = new Map<number, number[]>();
  for (const [at, neighbour] of after.entries()) {
    if (takenNew.has(at)) continue;
    const list = candidates.get(neighbour);
    if (list) list.push(at);
    else candidates.set(neighbour, [at]);
  }
  const all = [...places];
  for (const [i, a] of old.entries()) {
    if (takenOld.has(i)) continue;
    const list = candidates.get(before[i]!) ?? [];
    const at = list.slice(0, MOST_CANDIDATES).findIndex((j) => alike(a, now[j]!));
    if (at >= 0) all.push([i, list.splice(at, 1)[0]!]);
  }
  return paired(old, now, all);
}

/** Whoever renames more at one place than this gets removed and added. */
const MOST_CANDIDATES = 50;

/** The names in both orders, where what both lists hold stands in another order in the new one; else undefined. */
export function reordered<T>(
  old: readonly T[],
  now: readonly T[],
  { pairs }: Paired<T>,
  name: (each: T) => string,
): { readonly old: string; readonly new: string } | undefined {
  if (pairs.every(([a, b], at) => a === old[at] && b === now[at])) return undefined;
  const [inOld, inNew] = [old, now].map((list, side) => {
    const place = new Map(list.map((each, at) => [each, at]));
    return [...pairs].sort((x, y) => place.get(x[side]!)! - place.get(y[side]!)!);
  }) as [(typeof pairs)[number][], (typeof pairs)[number][]];
  if (inOld.every((pair, at) => pair === inNew[at])) return undefined;
  return {
    old: inOld.map(([each]) => name(each)).join(", "),
    new: inNew.map(([, each]) => name(each)).join(", "),
  };
}

function placesByName<T>(
  old: readonly T[],
  now: readonly T[],
  name: (each: T) => string | number,
): [number, number][] {
  // Nearly always both lists hold the same.
  if (old.length === now.length && old.every((each, at) => name(each) === name(now[at]!))) {
    return old.map((_, at) => [at, at]);
  }
  const waiting = new Map<string | number, number[]>();
  for (let at = now.length - 1; at >= 0; at--) {
    const list = waiting.get(name(now[at]!));
    if (list) list.push(at);
    else waiting.set(name(now[at]!), [at]);
  }
  return old.flatMap((each, at) => {
    const other = waiting.get(name(each))?.pop();
    return other === undefined ? [] : [[at, other] as [number, number]];
  });
}

function paired<T>(old: readonly T[], now: readonly T[], places: Places): Paired<T> {
  if (places.length === old.length && places.length === now.length && places.every(([i, j]) => i === j)) {
    return { pairs: old.map((each, at) => [each, now[at]!]), removed: [], added: [] };
  }
  const olds = new Set(places.map(([at]) => at));
  const news = new Set(places.map(([, at]) => at));
  return {
    pairs: [...places].sort(([a], [b]) => a - b).map(([i, j]) => [old[i]!, now[j]!] as const),
    removed: old.filter((_, at) => !olds.has(at)),
    added: now.filter((_, at) => !news.has(at)),
  };
}
