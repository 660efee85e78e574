import type { DefaultValue, ExitSignature, Parameter, TypeRef } from "../../handler/model";
import { SECRET, shownDefault as masked } from "../../handler/secrets";
import { pairByName, pairWithRenames, reordered } from "./pairing";

/** One difference of two signatures: what, and both sides as text (null = not there). */
export interface SignatureDifference {
  readonly what: string;
  readonly old: string | null;
  readonly new: string | null;
}

/** Pairs parameters by label (labels that repeat: by their order); a renamed one keeps place, direction and type. */
export const pairParameters = <T extends Pick<Parameter, "label" | "direction" | "type">>(
  old: readonly T[],
  now: readonly T[],
) =>
  pairWithRenames(
    old,
    now,
    ({ label }) => label,
    (a, b) => a.direction === b.direction && sameType(a.type, b.type),
  );

/** Differences of parameter lists. */
export function parameterDifferences(
  old: readonly Parameter[],
  now: readonly Parameter[],
): SignatureDifference[] {
  const found: SignatureDifference[] = [];
  const paired = pairParameters(old, now);
  for (const each of paired.removed)
    found.push({ what: `parameter "${each.label}" removed`, old: parameterText(each), new: null });
  for (const each of paired.added)
    found.push({ what: `parameter "${each.label}" added`, old: null, new: parameterText(each) });
  for (const [a, b] of paired.pairs) {
    const about = (what: string, from: string, to: string): void => {
      found.push({ what: `${what} of parameter "${b.label}"`, old: from, new: to });
    };
    if (a.label !== b.label) about("label", a.label, b.label);
    if (!sameType(a.type, b.type)) about("type", ...typeTexts(a.type, b.type));
    if (a.direction !== b.direction) about("direction", a.direction, b.direction);
    if (a.required !== b.required)
      about("need", a.required ? "required" : "optional", b.required ? "required" : "optional");
    if (JSON.stringify(a.default) !== JSON.stringify(b.default))
      about("default", shownDefault(a), shownDefault(b));
  }
  const order = reordered(old, now, paired, ({ label }) => label);
  if (order) found.push({ what: "order of parameters", ...order });
  return found;
}

/** Differences of exit lists, paired by return value (labels are localised), by label where values repeat. */
export function exitDifferences(
  old: readonly ExitSignature[],
  now: readonly ExitSignature[],
): SignatureDifference[] {
  const found: SignatureDifference[] = [];
  const paired = pairExits(old, now);
  for (const each of paired.removed)
    found.push({ what: `exit "${each.label}" removed`, old: exitText(each), new: null });
  for (const each of paired.added)
    found.push({ what: `exit "${each.label}" added`, old: null, new: exitText(each) });
  for (const [a, b] of paired.pairs) {
    const [from, to] = [exitText(a), exitText(b)];
    if (from !== to) found.push({ what: `exit "${b.label}"`, old: from, new: to });
  }
  const order = reordered(old, now, paired, ({ label }) => label);
  if (order) found.push({ what: "order of exits", ...order });
  return found;
}

/** By return value where no value repeats on either side, else by label; what is renamed keeps its place. */
export function pairExits<T extends ExitSignature>(old: readonly T[], now: readonly T[]) {
  const unique = (exits: readonly T[]): boolean =>
    new Set(exits.map(({ returnValue }) => returnValue)).size === exits.length;
  if (!(unique(old) && unique(now))) return pairLabels(old, now);
  const { pairs, removed, added } = pairByName(old, now, ({ returnValue }) => returnValue);
  // An exit that keeps its label and gets another return value is still the same one.
  const rest = pairLabels(removed, added, () => false);
  return { pairs: [...pairs, ...rest.pairs], removed: rest.removed, added: rest.added };
}

const pairLabels = <T extends ExitSignature>(
  old: readonly T[],
  now: readonly T[],
  alike: (a: T, b: T) => boolean = (a, b) => a.returnValue === b.returnValue && a.isError === b.isError,
) => pairWithRenames(old, now, ({ label }) => label, alike);

export const sameType = (a: TypeRef, b: TypeRef): boolean => a.name === b.name && a.module === b.module;

/** Both types by name, with their modules only where the names alone would look the same. */
export function typeTexts(a: TypeRef, b: TypeRef): [old: string, now: string] {
  if (a.name !== b.name) return [typeText(a), typeText(b)];
  return [`${a.module || "(built in)"}:${a.name}`, `${b.module || "(built in)"}:${b.name}`];
}

export const typeText = ({ name }: TypeRef): string => name || "(untyped)";

export const parameterText = (parameter: Parameter): string => {
  const { label, direction, type, required } = parameter;
  const start = parameter.default.kind === "none" ? "" : ` = ${shownDefault(parameter)}`;
  return `${direction} ${label}: ${typeText(type)}${required ? " (required)" : ""}${start}`;
};

function defaultText(value: DefaultValue): string {
  switch (value.kind) {
    case "none":
      return "(none)";
    case "blank":
      return '""';
    case "value":
      return value.text === SECRET ? SECRET : JSON.stringify(value.text);
    case "variable":
      return value.name;
  }
}

/** As text, a password's value masked. */
export const shownDefault = (parameter: Parameter): string => defaultText(masked(parameter));

const exitText = ({ label, returnValue, isError }: ExitSignature): string =>
  `${label} (${returnValue})${isError ? ", error" : ""}`;
