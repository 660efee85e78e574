import { spotAt } from "./locate";
import { type DialerConfiguration, type DialerEntity, type Reference, targetsOf, titleOf } from "./model";
import type { ObjectKind, PartKind } from "./vocabulary";
import type { TextRange } from "./xml";

/** A place to go to; `selection` is the id or name in it. */
export interface Target extends TextRange {
  readonly selection: TextRange;
}

/** Go to definition: from an id in a value to the objects that have it. */
export function definitionAt(model: DialerConfiguration, offset: number): Target[] {
  const id = idAt(model, offset);
  return id === undefined ? [] : targetsOf(model, id).map(targetOf);
}

/** Find references: the values that hold the id at an offset, or that of the object whose tag is there. */
export function referencesAt(
  model: DialerConfiguration,
  offset: number,
  includeDeclaration = false,
): TextRange[] {
  const id = idAt(model, offset);
  if (id === undefined) return [];
  const uses = (model.referrers.get(id) ?? []).map(({ start, end }) => ({ start, end }));
  const declarations = includeDeclaration
    ? targetsOf(model, id).map((entity) => targetOf(entity).selection)
    : [];
  return [...declarations, ...uses].sort((a, b) => a.start - b.start);
}

/** Who refers to an object or part: the objects, the property they do it with, and where. */
export interface Referrer extends TextRange {
  readonly title: string;
  readonly kind: ObjectKind | PartKind;
  readonly property: string;
}

export function referrersOf(model: DialerConfiguration, entity: DialerEntity): Referrer[] {
  if (entity.id === undefined) return [];
  return (model.referrers.get(entity.id) ?? []).map(({ from, property, start, end }: Reference) => {
    const owner = from?.level === "part" ? (from.owner ?? from) : from;
    return { title: owner ? titleOf(owner) : "", kind: owner?.kind ?? "unknown", property, start, end };
  });
}

/** The object or part whose tag or id is at an offset, or to which the value there refers. */
export function objectAt(model: DialerConfiguration, offset: number): DialerEntity | undefined {
  const id = idAt(model, offset);
  return id === undefined ? spotAt(model, offset)?.entity : targetsOf(model, id)[0];
}

function idAt(model: DialerConfiguration, offset: number): string | undefined {
  const spot = spotAt(model, offset);
  if (spot?.reference) return spot.reference.target;
  const { entity } = spot ?? {};
  if (!spot || !entity) return undefined;
  const inId = entity.idRange && offset >= entity.idRange.start && offset <= entity.idRange.end;
  return inId || (spot.onTag && spot.element === entity.element) ? entity.id : undefined;
}

function targetOf({ element, idRange, nameRange }: DialerEntity): Target {
  const tag = { start: element.start, end: element.openEnd };
  return { start: element.start, end: element.end, selection: nameRange ?? idRange ?? tag };
}
