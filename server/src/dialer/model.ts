import type { Certainty, TextFinding } from "../problem";
import type { ObjectKind, PartKind, ReferenceRule } from "./vocabulary";
import { decodeEntities, leafText, type TextRange, type XmlElement, type XmlTree } from "./xml";

/** A Dialer configuration as read; everything points into `text` by offsets. */
export interface DialerConfiguration {
  readonly text: string;
  readonly tree: XmlTree;
  /** `configuration` is dialer_config.xml, `batch` an export; `unknown` is read by rules that fit anything. */
  readonly layout: "configuration" | "batch" | "unknown";
  /** The `version` property of the global settings, for example `4.0.12`; its form is not documented. */
  readonly version: string | undefined;
  /** In the order of the file. */
  readonly objects: readonly DialerObject[];
  /** Nested elements with an id: rules, actions, conditions, ... */
  readonly parts: readonly DialerPart[];
  /** Objects and parts by id, see {@link normalId}. */
  readonly byId: ReadonlyMap<string, readonly DialerEntity[]>;
  readonly references: readonly Reference[];
  /** References by the id they lead to. */
  readonly referrers: ReadonlyMap<string, readonly Reference[]>;
  /** What reading found: bad XML, limits, an unknown layout. */
  readonly findings: readonly TextFinding[];
  /** Where the file holds more than was read, or may: what is not in this model proves nothing then. */
  readonly incomplete: Incomplete | undefined;
}

/** The first flaw of the XML, or the limit, that kept a file from being read in full. */
export interface Incomplete {
  readonly code: string;
  /** From 1. */
  readonly line: number;
  readonly message: string;
}

interface Entity {
  readonly element: XmlElement;
  /** As {@link normalId} gives it. */
  readonly id: string | undefined;
  readonly idRange: TextRange | undefined;
  readonly name: string | undefined;
  readonly nameRange: TextRange | undefined;
  /** The nearest object around. */
  readonly owner: DialerObject | undefined;
}

export interface DialerObject extends Entity {
  readonly level: "object";
  readonly kind: ObjectKind;
  /** How sure the kind is: by a `type` number seen or not, or only by its tag. */
  readonly kindCertainty: Certainty;
  readonly type: number | undefined;
  /** What marks it as deleted. */
  readonly deleted: Field | undefined;
}

export interface DialerPart extends Entity {
  readonly level: "part";
  readonly kind: PartKind;
  /** The part around, for example the rule of an action. */
  readonly part: DialerPart | undefined;
}

export type DialerEntity = DialerObject | DialerPart;

/** One value of an object: the text of a property element, or an attribute. */
export interface Field {
  /** As written. */
  readonly name: string;
  readonly lower: string;
  /** Decoded and trimmed. */
  readonly value: string;
  readonly start: number;
  readonly end: number;
  readonly element: XmlElement;
}

/** An id in a value. */
export interface Reference {
  readonly from: DialerEntity | undefined;
  /** Name of the property or attribute, as written. */
  readonly property: string;
  readonly element: XmlElement;
  /** As {@link normalId} gives it. */
  readonly target: string;
  readonly start: number;
  readonly end: number;
  /** Where the property is a known reference. */
  readonly rule: ReferenceRule | undefined;
  /** The target's name as cached in `display_name`. */
  readonly label: string | undefined;
}

/** Ids compare without regard to case. */
export function normalId(id: string): string {
  return id.trim().toUpperCase();
}

/** What an id leads to. Duplicates are a flaw, so a few of them are enough for anybody. */
export function targetsOf(model: DialerConfiguration, id: string): readonly DialerEntity[] {
  const found = model.byId.get(id) ?? [];
  return found.length > 8 ? found.slice(0, 8) : found;
}

/** How people call an entity: its name, else its default's name or id. */
export function titleOf(entity: DialerEntity): string {
  return entity.name ?? entity.id ?? `<${entity.element.name}>`;
}

/** The leaf elements that are an entity's own values: in its `PROPERTIES`, or its direct children. */
export function propertyElements(entity: { readonly element: XmlElement }): XmlElement[] {
  const own: XmlElement[] = [];
  for (const child of entity.element.children) {
    if (child.lower === "properties") {
      for (const property of child.children) if (isLeaf(property)) own.push(property);
    } else if (isLeaf(child) && child.lower !== "id") own.push(child);
  }
  return own;
}

export function isLeaf(element: XmlElement): boolean {
  return element.children.length === 0;
}

/** The properties and then the attributes of an entity that are wanted by lower-case name and raw place. */
export function fields(
  text: string,
  { element }: { readonly element: XmlElement },
  wanted: (lower: string, start: number, end: number) => boolean = () => true,
): Field[] {
  const found: Field[] = [];
  for (const property of propertyElements({ element }))
    if (wanted(property.lower, property.openEnd, property.closeStart))
      found.push(propertyField(text, property));
  for (const { name, lower, valueStart, valueEnd } of element.attributes) {
    if (!wanted(lower, valueStart, valueEnd)) continue;
    const value = decodeEntities(text.slice(valueStart, valueEnd)).trim();
    found.push({ name, lower, value, start: valueStart, end: valueEnd, element });
  }
  return found;
}

/** The value of a property or attribute by its lower-case name. */
export function field(
  text: string,
  entity: { readonly element: XmlElement },
  name: string,
): Field | undefined {
  for (const child of entity.element.children) {
    if (child.lower === "properties") {
      for (const property of child.children)
        if (property.lower === name && isLeaf(property)) return propertyField(text, property);
    } else if (child.lower === name && isLeaf(child)) return propertyField(text, child);
  }
  if (!entity.element.attributes.some((attribute) => attribute.lower === name)) return undefined;
  return fields(text, entity, (lower) => lower === name)[0];
}

/** The text of a property by its lower-case name; empty properties are `""`. */
export function valueOf(
  text: string,
  entity: { readonly element: XmlElement },
  name: string,
): string | undefined {
  return field(text, entity, name)?.value;
}

function propertyField(text: string, element: XmlElement): Field {
  const { name, lower, openEnd, closeStart } = element;
  return { name, lower, value: leafText(text, element), start: openEnd, end: closeStart, element };
}
