import { placesIn } from "../problem";
import { type DialerConfiguration, type DialerEntity, fields, targetsOf, titleOf } from "./model";
import type { ObjectKind, PartKind } from "./vocabulary";
import type { XmlElement } from "./xml";

/** An object or part as plain data for JSON. */
export interface Described {
  readonly kind: ObjectKind | PartKind;
  readonly type?: number;
  readonly id?: string;
  readonly name?: string;
  readonly deleted?: boolean;
  /** Of its tag, from 1. */
  readonly line: number;
  /** By name as written; what looks like a secret is masked. */
  readonly properties: Readonly<Record<string, string>>;
  readonly references: readonly { readonly property: string; readonly id: string; readonly name?: string }[];
  readonly parts: Described[];
}

/** All objects with their parts inside, in the order of the file. */
export function describeDialerConfiguration(model: DialerConfiguration): Described[] {
  const described = new Map<XmlElement, Described>();
  const references = new Map<DialerEntity, { property: string; id: string; name?: string }[]>();
  for (const { from, property, target } of model.references) {
    if (!from) continue;
    const to = targetsOf(model, target)[0];
    const reference = { property, id: target, ...(to && { name: titleOf(to) }) };
    const own = references.get(from);
    if (own) own.push(reference);
    else references.set(from, [reference]);
  }
  const placeOf = placesIn(model.text);
  const top: Described[] = [];
  const entities = [...model.objects, ...model.parts].sort((a, b) => a.element.start - b.element.start);
  for (const entity of entities) {
    const one = describe(
      model.text,
      entity,
      references.get(entity) ?? [],
      placeOf(entity.element.start).line,
    );
    described.set(entity.element, one);
    let around = entity.element.parent;
    while (around && !described.has(around)) around = around.parent;
    const holder = around && described.get(around);
    if (holder) holder.parts.push(one);
    else top.push(one);
  }
  return top;
}

/** Whether a property or attribute of this name is to be masked. */
export function isSecretName(name: string): boolean {
  return /passw|pwd|secret/i.test(name);
}

function describe(
  text: string,
  entity: DialerEntity,
  references: Described["references"],
  line: number,
): Described {
  const properties: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const { name, lower, value } of fields(text, entity)) {
    if (lower !== "id" && lower !== "name" && lower !== "type")
      properties[name] = isSecretName(lower) && value !== "" ? "********" : value;
  }
  return {
    kind: entity.kind,
    ...(entity.level === "object" && entity.type !== undefined && { type: entity.type }),
    ...(entity.id !== undefined && { id: entity.id }),
    ...(entity.name !== undefined && { name: entity.name }),
    ...(entity.level === "object" && entity.deleted && { deleted: true }),
    line,
    properties,
    references,
    parts: [],
  };
}
