import type { DialerConfiguration, DialerEntity, Reference } from "./model";
import type { TextRange, XmlAttribute, XmlElement } from "./xml";

/** What is at an offset of a configuration. */
export interface Spot {
  /** The innermost element. */
  readonly element: XmlElement;
  /** The attribute whose name or value is there. */
  readonly attribute: XmlAttribute | undefined;
  /** The innermost object or part around. */
  readonly entity: DialerEntity | undefined;
  readonly reference: Reference | undefined;
  /** On a tag of `element`, or on its id or name. */
  readonly onTag: boolean;
}

/** What is at an offset; undefined outside the root element. */
export function spotAt(model: DialerConfiguration, offset: number): Spot | undefined {
  const element = elementAt(model.tree.root, offset);
  if (!element) return undefined;
  const entities = entityIndex(model);
  let entity: DialerEntity | undefined;
  for (let around: XmlElement | undefined = element; around && !entity; around = around.parent)
    entity = entities.get(around);
  return {
    element,
    attribute: element.attributes.find(({ start, valueEnd }) => offset >= start && offset <= valueEnd),
    entity,
    reference: referenceAt(model.references, offset),
    onTag: offset < element.openEnd || offset >= element.closeStart,
  };
}

/** The innermost element around an offset. */
export function elementAt(root: XmlElement | undefined, offset: number): XmlElement | undefined {
  let found: XmlElement | undefined;
  let next = root && contains(root, offset) ? root : undefined;
  while (next) {
    found = next;
    const child: XmlElement | undefined = lastAtOrBefore(next.children, offset);
    next = child && contains(child, offset) ? child : undefined;
  }
  return found;
}

function referenceAt(references: readonly Reference[], offset: number): Reference | undefined {
  const last = lastAtOrBefore(references, offset);
  return last && offset <= last.end ? last : undefined;
}

/** The last of sorted ranges that starts at or before an offset. */
function lastAtOrBefore<T extends TextRange>(ranges: readonly T[], offset: number): T | undefined {
  let low = 0;
  for (let high = ranges.length; low < high;) {
    const middle = (low + high) >> 1;
    if ((ranges[middle] as T).start <= offset) low = middle + 1;
    else high = middle;
  }
  return ranges[low - 1];
}

function contains({ start, end }: TextRange, offset: number): boolean {
  return offset >= start && offset < end;
}

const indexes = new WeakMap<DialerConfiguration, Map<XmlElement, DialerEntity>>();

function entityIndex(model: DialerConfiguration): ReadonlyMap<XmlElement, DialerEntity> {
  let index = indexes.get(model);
  if (!index) {
    index = new Map();
    for (const object of model.objects) index.set(object.element, object);
    for (const part of model.parts) index.set(part.element, part);
    indexes.set(model, index);
  }
  return index;
}
