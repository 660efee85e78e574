import { isSecretName } from "./describe";
import { attribute } from "./identify";
import { incompleteNotes } from "./incomplete";
import {
  type DialerConfiguration,
  type DialerObject,
  fields,
  type Incomplete,
  isLeaf,
  normalId,
  titleOf,
} from "./model";
import { atOnce, inSlices, type SliceOptions } from "./slices";
import { isRunState, kindOrder, type ObjectKind } from "./vocabulary";
import { leafText, type XmlElement } from "./xml";

export interface CompareOptions {
  /** Run-state fields, revisions and cached names count as changes too. */
  readonly everything?: boolean;
}

export interface ValueChange {
  /** Where in the object, for example `rule “Evening” / action “Pause” / changevalue`. */
  readonly path: string;
  readonly old: string | undefined;
  readonly new: string | undefined;
}

export interface ObjectChange {
  readonly status: "added" | "removed" | "changed";
  readonly kind: ObjectKind;
  readonly name: string;
  readonly id: string | undefined;
  /** Of the object in the old and the new text. */
  readonly oldStart: number | undefined;
  readonly newStart: number | undefined;
  readonly changes: readonly ValueChange[];
}

export interface Comparison {
  readonly objects: readonly ObjectChange[];
  readonly unchanged: number;
  /** Differences left out because they are run state, revisions or cached names. */
  readonly ignored: number;
  /** Which of the two was not read in full: what it lacks here may be in the file. */
  readonly oldIncomplete: Incomplete | undefined;
  readonly newIncomplete: Incomplete | undefined;
}

/**
 * Compares two configurations object by object: by id, else by kind and name, else in order. What changes
 * while Dialer runs is left out, so the comparison shows what people changed.
 */
export function compareDialerConfigurations(
  old: DialerConfiguration,
  now: DialerConfiguration,
  options: CompareOptions & SliceOptions = {},
): Promise<Comparison> {
  return inSlices(comparing(old, now, options), options);
}

/** The same in one go. */
export function compareDialerConfigurationsAtOnce(
  old: DialerConfiguration,
  now: DialerConfiguration,
  options: CompareOptions = {},
): Comparison {
  return atOnce(comparing(old, now, options));
}

function* comparing(
  old: DialerConfiguration,
  now: DialerConfiguration,
  options: CompareOptions,
): Generator<void, Comparison> {
  const objects: ObjectChange[] = [];
  let unchanged = 0;
  let ignored = 0;
  let looked = 0;
  for (const [before, after] of pair(old.objects, now.objects)) {
    if (++looked % 64 === 0) yield;
    const kept: ValueChange[] = [];
    if (before && after) {
      for (const { volatile, ...change } of differences(old.text, before, now.text, after)) {
        if (volatile && !options.everything) ignored++;
        else kept.push(withoutSecret(change));
      }
      if (kept.length === 0) {
        unchanged++;
        continue;
      }
    }
    const shown = after ?? before;
    if (!shown) continue;
    objects.push({
      status: !before ? "added" : !after ? "removed" : "changed",
      kind: shown.kind,
      name: titleOf(shown),
      id: shown.id,
      oldStart: before?.element.start,
      newStart: after?.element.start,
      changes: kept,
    });
  }
  objects.sort(
    (a, b) => kindOrder.indexOf(a.kind) - kindOrder.indexOf(b.kind) || compareText(a.name, b.name),
  );
  return {
    objects,
    unchanged,
    ignored,
    oldIncomplete: old.incomplete,
    newIncomplete: now.incomplete,
  };
}

/** What changed, but not to what, where the name says that it is a secret. */
function withoutSecret(change: ValueChange): ValueChange {
  if (!isSecretName(change.path.split(" / ").at(-1) ?? "")) return change;
  const masked = (value: string | undefined): string | undefined => (value ? "********" : value);
  return { ...change, old: masked(change.old), new: masked(change.new) };
}

type Pair = readonly [DialerObject | undefined, DialerObject | undefined];

function pair(old: readonly DialerObject[], now: readonly DialerObject[]): Pair[] {
  const pairs: Pair[] = [];
  const paired = new Set<DialerObject>();
  for (const key of [byId, byName, byOrder]) {
    const waiting = new Map<string, { next: number; readonly objects: DialerObject[] }>();
    for (const object of old) {
      const name = paired.has(object) ? undefined : key(object);
      if (name === undefined) continue;
      const queue = waiting.get(name);
      if (queue) queue.objects.push(object);
      else waiting.set(name, { next: 0, objects: [object] });
    }
    for (const object of now) {
      const name = paired.has(object) ? undefined : key(object);
      const queue = name === undefined ? undefined : waiting.get(name);
      const before = queue?.objects[queue.next++];
      if (!before) continue;
      pairs.push([before, object]);
      paired.add(before).add(object);
    }
  }
  for (const object of old) if (!paired.has(object)) pairs.push([object, undefined]);
  for (const object of now) if (!paired.has(object)) pairs.push([undefined, object]);
  return pairs;
}

function byId({ id, kind }: DialerObject): string | undefined {
  return id === undefined ? undefined : `${kind} ${id}`;
}

function byName({ name, kind }: DialerObject): string | undefined {
  return name === undefined ? undefined : `${kind} ${name}`;
}

function byOrder({ id, name, kind }: DialerObject): string | undefined {
  return id === undefined && name === undefined ? kind : undefined;
}

interface PlacedValue {
  readonly path: string;
  readonly value: string;
  readonly volatile: boolean;
}

function differences(
  oldText: string,
  old: DialerObject,
  newText: string,
  now: DialerObject,
): (ValueChange & { readonly volatile: boolean })[] {
  const before = valuesOf(oldText, old);
  const after = valuesOf(newText, now);
  const found: (ValueChange & { readonly volatile: boolean })[] = [];
  for (const [key, { path, value, volatile }] of before) {
    const other = after.get(key)?.value;
    if (other !== value) found.push({ path, old: value, new: other, volatile });
  }
  for (const [key, { path, value, volatile }] of after)
    if (!before.has(key)) found.push({ path, old: undefined, new: value, volatile });
  return found;
}

/** Every value of an object by its path; items of a list are told apart by id, else name, else number. */
function valuesOf(text: string, object: DialerObject): Map<string, PlacedValue> {
  const values = new Map<string, PlacedValue>();
  const add = (key: string, path: string, value: string, volatile: boolean): void => {
    values.set(key, { path, value, volatile });
  };
  const running = object.kind === "campaign" || object.kind === "workflow";
  const waiting: { element: XmlElement; key: string; path: string }[] = [
    { element: object.element, key: "", path: "" },
  ];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { element, key, path } = next;
    for (const { lower, name, valueStart, valueEnd } of element.attributes) {
      const isId = element === object.element && lower === "id";
      const volatile = lower === "rev" || lower === "display_name" || (running && isRunState(lower));
      const value = text.slice(valueStart, valueEnd);
      add(`${key}/@${lower}`, join(path, name), isId ? normalId(value) : value, volatile);
    }
    if (isLeaf(element) && element !== object.element) {
      const own = key.split("/").length <= 3;
      add(key, path, leafText(text, element), running && own && isRunState(element.lower));
    }
    const counts = new Map<string, number>();
    const children = element.children.map((child) => {
      const step = stepTo(text, child, counts);
      const silent = child.lower === "properties";
      return { element: child, key: `${key}/${step.key}`, path: silent ? path : join(path, step.title) };
    });
    // The first one is next: changes come in the order of the file.
    for (let at = children.length - 1; at >= 0; at--) waiting.push(children[at]!);
  }
  return values;
}

function stepTo(
  text: string,
  element: XmlElement,
  counts: Map<string, number>,
): { key: string; title: string } {
  const nth = (key: string): number => {
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    return count;
  };
  const position = nth(element.lower);
  if (isLeaf(element)) return { key: `${element.lower}#${position}`, title: element.name };
  if (element.lower === "properties") return { key: `properties#${position}`, title: element.name };
  const child = element.children.find(({ lower }) => lower === "id");
  const id = attribute(text, element, "id")?.value ?? (child && leafText(text, child));
  const name = fields(text, { element }, (lower) => lower === "name")[0]?.value;
  // Items of the defaults all have the id `NEW`; only a GUID tells items apart.
  const own = `${element.lower}=${id?.includes("{") ? normalId(id) : (name ?? "")}`;
  return {
    key: `${own}#${nth(own)}`,
    title: name ? `${element.name} “${name}”` : `${element.name} ${position}`,
  };
}

function join(path: string, step: string): string {
  return path === "" ? step : `${path} / ${step}`;
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** A comparison as plain lines, for terminals and reviews. */
export function comparisonText(
  { objects, unchanged, ignored, oldIncomplete, newIncomplete }: Comparison,
  oldName: string,
  newName: string,
): string {
  const notes = incompleteNotes([oldName, oldIncomplete], [newName, newIncomplete]);
  const lines = objects.flatMap(({ status, kind, name, changes }) => [
    `${status} ${kind} “${name}”`,
    ...changes.map(({ path, old, new: now }) => `    ${path}: ${shown(old)} -> ${shown(now)}`),
  ]);
  lines.push(
    `${objects.length} object(s) differ, ${unchanged} are the same; ${ignored} difference(s) of run state, revisions and cached names left out.`,
  );
  return `${[...notes, ...lines].join("\n")}\n`;
}

function shown(value: string | undefined): string {
  return value === undefined ? "(none)" : JSON.stringify(value);
}
