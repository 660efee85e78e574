import type { DefaultValue, ExitSignature, Parameter } from "../../handler/model";

/** One difference of two signatures: what, and both sides as text (null = not there). */
export interface SignatureDifference {
  readonly what: string;
  readonly old: string | null;
  readonly new: string | null;
}

/** Differences of parameter lists; parameters are paired by label (labels that repeat: by their order). */
export function parameterDifferences(
  old: readonly Parameter[],
  now: readonly Parameter[],
): SignatureDifference[] {
  const found: SignatureDifference[] = [];
  const { pairs, removed, added } = pairByName(old, now, ({ label }) => label);
  for (const each of removed)
    found.push({ what: `parameter "${each.label}" removed`, old: parameterText(each), new: null });
  for (const each of added)
    found.push({ what: `parameter "${each.label}" added`, old: null, new: parameterText(each) });
  for (const [a, b] of pairs) {
    const about = (what: string, from: string, to: string): void => {
      if (from !== to) found.push({ what: `${what} of parameter "${b.label}"`, old: from, new: to });
    };
    about("type", a.type.name, b.type.name);
    about("direction", a.direction, b.direction);
    about("need", a.required ? "required" : "optional", b.required ? "required" : "optional");
    about("default", defaultText(a.default), defaultText(b.default));
  }
  const order = (
    list: readonly (readonly [Parameter, Parameter])[],
    side: 0 | 1,
    of: readonly Parameter[],
  ): string =>
    [...list]
      .sort((x, y) => of.indexOf(x[side]) - of.indexOf(y[side]))
      .map(([, { label }]) => label)
      .join(", ");
  const before = order(pairs, 0, old);
  const after = order(pairs, 1, now);
  if (before !== after) found.push({ what: "order of parameters", old: before, new: after });
  return found;
}

/** Differences of exit lists, paired by return value (labels are localised), by label where values repeat. */
export function exitDifferences(
  old: readonly ExitSignature[],
  now: readonly ExitSignature[],
): SignatureDifference[] {
  const found: SignatureDifference[] = [];
  const { pairs, removed, added } = pairByName(old, now, exitKey(old, now));
  for (const each of removed)
    found.push({ what: `exit "${each.label}" removed`, old: exitText(each), new: null });
  for (const each of added)
    found.push({ what: `exit "${each.label}" added`, old: null, new: exitText(each) });
  for (const [a, b] of pairs) {
    const [from, to] = [exitText(a), exitText(b)];
    if (from !== to) found.push({ what: `exit "${a.label}"`, old: from, new: to });
  }
  return found;
}

/** By return value where no value repeats on either side, else by label. */
export function exitKey(
  old: readonly ExitSignature[],
  now: readonly ExitSignature[],
): (exit: ExitSignature) => string {
  const unique = (exits: readonly ExitSignature[]): boolean =>
    new Set(exits.map(({ returnValue }) => returnValue)).size === exits.length;
  return unique(old) && unique(now) ? ({ returnValue }) => String(returnValue) : ({ label }) => label;
}

export interface Paired<T> {
  readonly pairs: readonly (readonly [old: T, now: T])[];
  readonly removed: readonly T[];
  readonly added: readonly T[];
}

/** Pairs two lists by a name; the first of a name with the first, the second with the second. */
export function pairByName<T>(old: readonly T[], now: readonly T[], name: (each: T) => string): Paired<T> {
  const waiting = new Map<string, T[]>();
  for (const each of now) {
    const list = waiting.get(name(each));
    if (list) list.push(each);
    else waiting.set(name(each), [each]);
  }
  const pairs: (readonly [T, T])[] = [];
  const removed: T[] = [];
  const matched = new Set<T>();
  for (const each of old) {
    const other = waiting.get(name(each))?.shift();
    if (other === undefined) removed.push(each);
    else {
      pairs.push([each, other]);
      matched.add(other);
    }
  }
  return { pairs, removed, added: now.filter((each) => !matched.has(each)) };
}

export const parameterText = ({ label, direction, type, required, default: value }: Parameter): string =>
  `${direction} ${label}: ${type.name}${required ? " (required)" : ""}${value.kind === "none" ? "" : ` = ${defaultText(value)}`}`;

export function defaultText(value: DefaultValue): string {
  switch (value.kind) {
    case "none":
      return "(none)";
    case "blank":
      return '""';
    case "value":
      return JSON.stringify(value.text);
    case "variable":
      return value.name;
  }
}

const exitText = ({ label, returnValue, isError }: ExitSignature): string =>
  `${label} (${returnValue})${isError ? ", error" : ""}`;
