import * as l10n from "@vscode/l10n";
import { placesIn } from "../problem";
import {
  type DialerConfiguration,
  type DialerEntity,
  type DialerObject,
  type DialerPart,
  titleOf,
  valueOf,
} from "./model";
import { defaultObjects } from "./vocabulary";
import { kindWords } from "./words";
import type { TextRange, XmlElement } from "./xml";

/** An entry of the outline and of breadcrumbs; `selection` lies inside. */
export interface OutlineEntry extends TextRange {
  readonly name: string;
  readonly detail: string;
  /** A kind of the language server protocol's `SymbolKind`. */
  readonly symbolKind: number;
  readonly deprecated: boolean;
  readonly selection: TextRange;
  readonly children: OutlineEntry[];
}

const symbolKinds = { object: 5, part: 6, slot: 7 } as const;

/** The objects of a configuration with their rules, actions, conditions, ... inside. */
export function outlineOf(model: DialerConfiguration): OutlineEntry[] {
  const top: OutlineEntry[] = [];
  const entries = new Map<XmlElement, OutlineEntry>();
  const all = [...model.objects, ...model.parts].sort((a, b) => a.element.start - b.element.start);
  for (const entity of all) {
    const entry = entryOf(model.text, entity);
    entries.set(entity.element, entry);
    let around = entity.element.parent;
    while (around && !entries.has(around)) around = around.parent;
    const parent = around && entries.get(around);
    (parent?.children ?? top).push(entry);
  }
  return top;
}

function entryOf(text: string, entity: DialerEntity): OutlineEntry {
  const { element, nameRange, idRange } = entity;
  const name = displayName(entity);
  return {
    name,
    detail: entity.level === "object" ? objectDetail(entity) : partDetail(text, entity),
    symbolKind:
      entity.level === "object" ? symbolKinds.object : symbolKinds[entity.kind === "slot" ? "slot" : "part"],
    deprecated: entity.level === "object" && entity.deleted !== undefined,
    start: element.start,
    end: element.end,
    selection: inside(nameRange, element) ??
      inside(idRange, element) ?? { start: element.start, end: element.openEnd },
    children: [],
  };
}

/** A name that is never empty: editors refuse empty ones. */
function displayName(entity: DialerEntity): string {
  if (entity.name !== undefined) return entity.name;
  return defaultObjects.get(entity.id ?? "") ?? (titleOf(entity) || entity.element.name || entity.kind);
}

function objectDetail({ kind, deleted }: DialerObject): string {
  return deleted ? l10n.t("{0}, deleted", kindWords[kind]) : kindWords[kind];
}

function partDetail(text: string, part: DialerPart): string {
  const what = { rule: "ruletype", policy: "policytype", action: "actiontype", condition: "conditiontype" };
  const property = part.kind === "behavior" ? "behaviortype" : (what as Record<string, string>)[part.kind];
  const type = property === undefined ? undefined : valueOf(text, part, property);
  const kind = kindWords[part.kind];
  return type ? `${kind}: ${type}` : kind;
}

function inside(range: TextRange | undefined, element: XmlElement): TextRange | undefined {
  return range && range.start >= element.start && range.end <= element.end ? range : undefined;
}

/** A fold of whole lines, counted from 0. */
export interface Fold {
  readonly startLine: number;
  readonly endLine: number;
}

/**
 * Every element of several lines. A fold ends before the line of the closing tag: the next object often
 * starts on that line.
 */
export function foldsOf({ text, tree }: DialerConfiguration): Fold[] {
  const folds: Fold[] = [];
  const placeOf = placesIn(text);
  const lineOf = (offset: number): number => placeOf(offset).line - 1;
  const waiting: XmlElement[] = tree.root ? [tree.root] : [];
  for (let element = waiting.pop(); element; element = waiting.pop()) {
    if (element.children.length === 0) continue;
    const startLine = lineOf(element.start);
    const endLine = lineOf(element.closeStart) - 1;
    if (endLine > startLine) folds.push({ startLine, endLine });
    for (let at = element.children.length - 1; at >= 0; at--)
      waiting.push(element.children[at] as XmlElement);
  }
  return folds;
}
