import { certaintyNote } from "../problem";
import { udlFileOf, udlState } from "./connections";
import { type Spot, spotAt } from "./locate";
import {
  type DialerConfiguration,
  type DialerEntity,
  type Field,
  fields,
  type Reference,
  targetsOf,
  valueOf,
} from "./model";
import { markdownCell as plain } from "./report";
import { referrersOf } from "./navigation";
import { noteOn } from "./propertyNotes";
import type { Surroundings } from "./surroundings";
import { defaultObjects } from "./vocabulary";
import type { TextRange } from "./xml";

/** Markdown for a range of the text. */
export interface Hover extends TextRange {
  readonly markdown: string;
}

const shownReferrers = 8;

/** What is known about the object, property or id at an offset. */
export function hoverAt(
  model: DialerConfiguration,
  offset: number,
  surroundings: Surroundings = {},
): Hover | undefined {
  const spot = spotAt(model, offset);
  if (!spot) return undefined;
  if (spot.reference) return onReference(model, spot.reference);
  const { entity, element } = spot;
  if (!entity) return undefined;
  const isHead = spot.onTag && element === entity.element;
  const inId = entity.idRange && offset >= entity.idRange.start && offset <= entity.idRange.end;
  if (isHead || inId) {
    const range = inId && entity.idRange ? entity.idRange : { start: element.start, end: element.openEnd };
    return { ...range, markdown: card(model, entity) };
  }
  return onProperty(model, spot, entity, surroundings);
}

function onReference(model: DialerConfiguration, { target, rule, label, start, end }: Reference): Hover {
  const targets = targetsOf(model, target);
  const lines = targets.map((entity) => card(model, entity));
  if (targets.length === 0) lines.push(`No object with the id ${plain(target)} is in this file.`);
  if (rule) lines.push(`Refers to a ${rule.target} (${certaintyNote("seen")}).`);
  if (label) lines.push(`Cached name: ${plain(label)}`);
  return { start, end, markdown: lines.join("\n\n") };
}

function onProperty(
  model: DialerConfiguration,
  { element, attribute }: Spot,
  entity: DialerEntity,
  surroundings: Surroundings,
): Hover | undefined {
  if (element.children.length > 0 && !attribute) return undefined;
  const kind = entity.level === "object" ? entity.kind : (entity.owner?.kind ?? "unknown");
  const name = attribute?.name ?? element.name;
  const lines = [`**${plain(name)}** of ${title(entity)}`];
  const note = noteOn(kind, name.toLowerCase());
  if (note) lines.push(`${plain(note.note)} (${plain(certaintyNote(note.certainty, note.source))})`);
  const field = fields(
    model.text,
    entity,
    (_, start) => start === (attribute?.valueStart ?? element.openEnd),
  )[0];
  if (field) lines.push(...fileLines(model, field, surroundings));
  if (lines.length === 1) lines.push("No public document describes it.");
  return { start: element.start, end: element.end, markdown: lines.join("\n\n") };
}

function fileLines(model: DialerConfiguration, field: Field, surroundings: Surroundings): string[] {
  const file = udlFileOf(field);
  if (file === undefined) return [];
  const settings = model.objects.find(({ kind }) => kind === "global settings");
  const folder = settings && valueOf(model.text, settings, "udllocation");
  return [
    ...(folder ? [`Folder on the server: ${plain(folder)}`] : []),
    `Beside this file or in UDL: ${udlState(file, surroundings)}`,
  ];
}

function card(model: DialerConfiguration, entity: DialerEntity): string {
  const lines = [`**${title(entity)}**`];
  if (entity.id !== undefined) lines.push(`Id ${plain(entity.id)}`);
  if (entity.level === "object") {
    if (entity.type !== undefined) lines.push(`Type ${entity.type} (${certaintyNote(entity.kindCertainty)})`);
    if (entity.deleted) lines.push(`Marked as deleted by ${plain(entity.deleted.name)}`);
  } else if (entity.owner) lines.push(`In ${title(entity.owner)}`);
  const referrers = referrersOf(model, entity);
  if (referrers.length === 0) lines.push("Nothing in this file refers to it.");
  else {
    const some = referrers
      .slice(0, shownReferrers)
      .map(({ title: name, kind, property }) => `- ${kind} ${plain(name)}: ${plain(property)}`);
    if (referrers.length > shownReferrers) some.push(`- ${referrers.length - shownReferrers} more`);
    lines.push(`Referred to by\n\n${some.join("\n")}`);
  }
  return lines.join("\n\n");
}

function title({ kind, name, id }: DialerEntity): string {
  const shown = name ?? defaultObjects.get(id ?? "");
  return shown === undefined ? kind : `${kind} ${plain(shown)}`;
}
