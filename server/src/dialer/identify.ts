import type { Certainty } from "../problem";
import {
  type DialerConfiguration,
  type DialerEntity,
  type DialerObject,
  type DialerPart,
  type Field,
  fields,
  isLeaf,
  normalId,
  propertyElements,
} from "./model";
import { isOn, kindOfTag, type ObjectKind, objectTypes, type PartKind } from "./vocabulary";
import { decodeEntities, leafText, type TextRange, type XmlElement } from "./xml";

/** The object and the part that are around an element. */
export interface EntityContext {
  readonly owner: DialerObject | undefined;
  readonly part: DialerPart | undefined;
}

interface Value extends TextRange {
  readonly value: string;
}

/**
 * The object or part that an element is, if it is one. In the known layouts `DIALEROBJECT`s are objects and
 * nested elements with an id are parts; in any other, everything with an id counts, and everything that has
 * both a telling tag and a name.
 */
export function entityOf(
  text: string,
  element: XmlElement,
  context: EntityContext,
  layout: DialerConfiguration["layout"],
  deletedMarker: string | undefined,
): DialerEntity | undefined {
  const dialerObject = element.lower === "dialerobject";
  if (!dialerObject && isLeaf(element) && element.attributes.length === 0) return undefined;
  const id = idOf(text, element);
  if (!dialerObject && !id && (layout !== "unknown" || !kindOfTag(element.lower))) return undefined;
  const name = nameOf(text, element);
  if (!dialerObject && !id && !name) return undefined;
  const common = {
    element,
    id: id && id.value !== "" ? normalId(id.value) : undefined,
    idRange: id,
    name: name?.value,
    nameRange: name,
    owner: context.owner,
  };
  const { type, kind, certainty } = kindOf(text, element, dialerObject);
  if (!dialerObject && !isOwnObject(element, kind, context.owner, layout)) {
    return { ...common, level: "part", kind: partKind(element, context), part: context.part };
  }
  const deleted = deletedBy(text, element, deletedMarker);
  return { ...common, level: "object", kind, kindCertainty: certainty, type, deleted };
}

/** In an unknown layout a nested element is an object of its own where its tag tells another kind. */
function isOwnObject(
  element: XmlElement,
  kind: ObjectKind,
  owner: DialerObject | undefined,
  layout: DialerConfiguration["layout"],
): boolean {
  if (owner === undefined) return true;
  if (layout !== "unknown" || owner.element.lower === "dialerobject") return false;
  return kind !== "unknown" && kind !== owner.kind && !element.lower.endsWith("item");
}

function kindOf(
  text: string,
  element: XmlElement,
  dialerObject: boolean,
): { type: number | undefined; kind: ObjectKind; certainty: Certainty } {
  const written = attribute(text, element, "type")?.value ?? "";
  const type = /^\d{1,9}$/.test(written) ? Number(written) : undefined;
  const byTag = dialerObject ? undefined : kindOfTag(element.lower);
  if (byTag) return { type, kind: byTag, certainty: "inferred" };
  const known = type === undefined ? undefined : objectTypes.get(type);
  return { type, kind: known?.kind ?? "unknown", certainty: known?.certainty ?? "inferred" };
}

function partKind(element: XmlElement, { owner, part }: EntityContext): PartKind {
  if (element.lower === "slot") return "slot";
  const around = element.parent?.lower;
  if (element.lower === "ruleitem") return owner?.kind === "policy set" ? "policy" : "rule";
  if (element.lower !== "item") return "part";
  if (around === "conditions") return "condition";
  if (around === "behaviors") return "behavior";
  if (part?.kind === "rule") return "action";
  return owner?.kind === "stage set" ? "stage" : "part";
}

/** The id: an attribute `id`, `guid`, `objectid` or named after its element, or else a child element `ID`. */
function idOf(text: string, element: XmlElement): Value | undefined {
  for (const name of ["id", "guid", "objectid", `${element.lower}id`]) {
    const value = attribute(text, element, name);
    if (value) return value;
  }
  const child = element.children.find(({ lower }) => lower === "id");
  return child && isLeaf(child)
    ? { value: leafText(text, child), start: child.openEnd, end: child.closeStart }
    : undefined;
}

function nameOf(text: string, element: XmlElement): Value | undefined {
  const own = attribute(text, element, "name");
  if (own && own.value !== "") return own;
  const child = propertyElements({ element }).find(({ lower }) => lower === "name");
  const value = child && leafText(text, child);
  return value ? { value, start: child.openEnd, end: child.closeStart } : undefined;
}

/** The decoded value of an attribute by its lower-case name. */
export function attribute(text: string, element: XmlElement, name: string): Value | undefined {
  const found = element.attributes.find(({ lower }) => lower === name);
  if (!found) return undefined;
  const value = decodeEntities(text.slice(found.valueStart, found.valueEnd)).trim();
  return { value, start: found.valueStart, end: found.valueEnd };
}

function deletedBy(text: string, element: XmlElement, marker: string | undefined): Field | undefined {
  const marks = (name: string): boolean => (marker === undefined ? name.includes("delet") : name === marker);
  return fields(text, { element }, marks).find(({ value }) => isOn(value));
}
