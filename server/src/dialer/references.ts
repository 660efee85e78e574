import { elementAt } from "./locate";
import { type DialerEntity, isLeaf, normalId, type Reference, valueOf } from "./model";
import { type ObjectKind, type ReferenceRule, referenceRules } from "./vocabulary";
import { decodeEntities, type TextRange, type XmlElement, type XmlTree } from "./xml";

const guidForm = /\{[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\}/gi;
const nobody = "{00000000-0000-0000-0000-000000000000}";
const valuesPerSlice = 1024;

const rulesByKind = new Map(
  Object.entries(referenceRules).map(([kind, rules]) => [
    kind as ObjectKind,
    new Map(rules.map((rule) => [rule.property, rule])),
  ]),
);

/**
 * Every id in the texts and attributes of a file, in its order; an id that names an entity itself does not
 * refer. The text is searched for ids and only then for their elements: most elements hold none.
 */
export function* readReferences(
  { text, root }: XmlTree,
  entities: ReadonlyMap<XmlElement, DialerEntity>,
): Generator<void, Reference[]> {
  const found: Reference[] = [];
  const guid = new RegExp(guidForm);
  let values = 0;
  for (let match = guid.exec(text); match; match = guid.exec(text)) {
    const element = elementAt(root, match.index);
    const place = element && valueAt(element, match.index);
    if (!element || !place) continue;
    inValue(text, element, place, entityAround(element, entities), found);
    guid.lastIndex = Math.max(place.end, match.index + match[0].length);
    if (++values % valuesPerSlice === 0) yield;
  }
  return found;
}

interface Value extends TextRange {
  readonly name: string;
  readonly lower: string;
  readonly isText: boolean;
}

/** The text or attribute value around an offset; none in a cached name or between elements. */
function valueAt(element: XmlElement, offset: number): Value | undefined {
  if (offset >= element.openEnd) {
    const { name, lower, openEnd: start, closeStart: end } = element;
    return isLeaf(element) && offset < end ? { name, lower, start, end, isText: true } : undefined;
  }
  const attribute = element.attributes.find(
    ({ valueStart, valueEnd }) => offset >= valueStart && offset < valueEnd,
  );
  if (!attribute || attribute.lower === "display_name") return undefined;
  const { name, lower, valueStart: start, valueEnd: end } = attribute;
  return { name, lower, start, end, isText: false };
}

function entityAround(
  element: XmlElement,
  entities: ReadonlyMap<XmlElement, DialerEntity>,
): DialerEntity | undefined {
  for (let around: XmlElement | undefined = element; around; around = around.parent) {
    const entity = entities.get(around);
    if (entity) return entity;
  }
  return undefined;
}

function inValue(
  text: string,
  element: XmlElement,
  { name, lower, start, end, isText }: Value,
  from: DialerEntity | undefined,
  found: Reference[],
): void {
  const idRange = from?.idRange;
  const matches = [...text.slice(start, end).matchAll(guidForm)];
  const rule = ruleOf(text, element, lower, from);
  const labels = isText ? labelsOf(text, element) : undefined;
  matches.forEach((match, index) => {
    const at = start + match.index;
    const target = normalId(match[0]);
    if (target === nobody || (idRange && at >= idRange.start && at < idRange.end)) return;
    const label = labels?.length === matches.length ? labels[index] : undefined;
    found.push({ from, property: name, element, target, start: at, end: at + match[0].length, rule, label });
  });
}

/** The names cached in `display_name`: one, or as many as ids, between pipes. */
export function labelsOf(text: string, element: XmlElement): string[] | undefined {
  const cached = element.attributes.find(({ lower }) => lower === "display_name");
  if (!cached) return undefined;
  const names = decodeEntities(text.slice(cached.valueStart, cached.valueEnd)).trim();
  if (!names.startsWith("|")) return [names];
  return names.replace(/^\|/, "").replace(/\|$/, "").split("|");
}

function ruleOf(
  text: string,
  element: XmlElement,
  property: string,
  from: DialerEntity | undefined,
): ReferenceRule | undefined {
  const owner = from?.level === "part" ? from.owner : from;
  if (!owner) return undefined;
  // The action "set campaign property" holds an id where the campaign's property of that name does.
  if (owner.kind === "rule set" && property === "changevalue" && from?.level === "part") {
    const changed = valueOf(text, from, "changeproperty")?.toLowerCase();
    return changed === undefined ? undefined : rulesByKind.get("campaign")?.get(changed);
  }
  if (isNestedValue(element) && owner.kind !== "policy set") return undefined;
  return rulesByKind.get(owner.kind)?.get(property);
}

/** Whether a value is a part's and not the object's own. */
function isNestedValue(element: XmlElement): boolean {
  const holder = element.parent?.lower === "properties" ? element.parent.parent : element.parent;
  return holder?.lower === "item" || holder?.lower === "ruleitem" || holder?.lower === "slot";
}
