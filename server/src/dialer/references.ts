import type { EntityContext } from "./identify";
import { isLeaf, normalId, type Reference, valueOf } from "./model";
import { type ObjectKind, type ReferenceRule, referenceRules } from "./vocabulary";
import { decodeEntities, type XmlElement } from "./xml";

const guid = /\{[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\}/gi;
const nobody = "{00000000-0000-0000-0000-000000000000}";

const rulesByKind = new Map(
  Object.entries(referenceRules).map(([kind, rules]) => [
    kind as ObjectKind,
    new Map(rules.map((rule) => [rule.property, rule])),
  ]),
);

/** Adds, in the order of the text, every id in the element's text and attributes; ids that name an entity itself do not refer. */
export function referencesIn(
  text: string,
  element: XmlElement,
  context: EntityContext,
  found: Reference[],
): void {
  const from = context.part ?? context.owner;
  const idRange = from?.idRange;
  const add = (property: string, lower: string, start: number, end: number, labels?: string[]): void => {
    const value = text.slice(start, end);
    if (!value.includes("{")) return;
    const matches = [...value.matchAll(guid)];
    const rule = matches.length > 0 ? ruleOf(text, element, lower, context) : undefined;
    matches.forEach((match, index) => {
      const at = start + match.index;
      const target = normalId(match[0]);
      if (target === nobody || (idRange && at >= idRange.start && at < idRange.end)) return;
      const label = labels?.length === matches.length ? labels[index] : undefined;
      found.push({ from, property, element, target, start: at, end: at + match[0].length, rule, label });
    });
  };
  for (const { name, lower, valueStart, valueEnd } of element.attributes) {
    if (lower !== "display_name") add(name, lower, valueStart, valueEnd);
  }
  if (isLeaf(element) && element.closeStart > element.openEnd) {
    add(element.name, element.lower, element.openEnd, element.closeStart, labelsOf(text, element));
  }
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
  { owner, part }: EntityContext,
): ReferenceRule | undefined {
  if (!owner) return undefined;
  // The action "set campaign property" holds an id where the campaign's property of that name does.
  if (owner.kind === "rule set" && property === "changevalue" && part) {
    const changed = valueOf(text, part, "changeproperty")?.toLowerCase();
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
