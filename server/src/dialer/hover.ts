import * as l10n from "@vscode/l10n";
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
import { kindWords, udlStateWords } from "./words";
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
  if (targets.length === 0)
    lines.push(doubted(model, l10n.t("No object with the id {0} is in this file.", plain(target))));
  if (rule) lines.push(l10n.t("Refers to a {0} ({1}).", kindWords[rule.target], certaintyNote("seen")));
  if (label) lines.push(l10n.t("Cached name: {0}", plain(label)));
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
  const lines = [l10n.t("**{0}** of {1}", plain(name), title(entity))];
  const note = noteOn(kind, name.toLowerCase());
  if (note) lines.push(`${plain(note.note)} (${plain(certaintyNote(note.certainty, note.source))})`);
  const field = fields(
    model.text,
    entity,
    (_, start) => start === (attribute?.valueStart ?? element.openEnd),
  )[0];
  if (field) lines.push(...fileLines(model, field, surroundings));
  if (lines.length === 1) lines.push(l10n.t("No public document describes it."));
  return { start: element.start, end: element.end, markdown: lines.join("\n\n") };
}

function fileLines(model: DialerConfiguration, field: Field, surroundings: Surroundings): string[] {
  const file = udlFileOf(field);
  if (file === undefined) return [];
  const settings = model.objects.find(({ kind }) => kind === "global settings");
  const folder = settings && valueOf(model.text, settings, "udllocation");
  return [
    ...(folder ? [l10n.t("Folder on the server: {0}", plain(folder))] : []),
    l10n.t("Beside this file or in UDL: {0}", udlStateWords[udlState(file, surroundings)]),
  ];
}

function card(model: DialerConfiguration, entity: DialerEntity): string {
  const lines = [`**${title(entity)}**`];
  if (entity.id !== undefined) lines.push(l10n.t("Id {0}", plain(entity.id)));
  if (entity.level === "object") {
    if (entity.type !== undefined)
      lines.push(l10n.t("Type {0} ({1})", entity.type, certaintyNote(entity.kindCertainty)));
    if (entity.deleted) lines.push(l10n.t("Marked as deleted by {0}", plain(entity.deleted.name)));
  } else if (entity.owner) lines.push(l10n.t("In {0}", title(entity.owner)));
  const referrers = referrersOf(model, entity);
  if (referrers.length === 0) lines.push(doubted(model, l10n.t("Nothing in this file refers to it.")));
  else {
    const some = referrers
      .slice(0, shownReferrers)
      .map(({ title: name, kind, property }) => `- ${kindWords[kind]} ${plain(name)}: ${plain(property)}`);
    if (referrers.length > shownReferrers)
      some.push(`- ${l10n.t("{0} more", referrers.length - shownReferrers)}`);
    lines.push(`${l10n.t("Referred to by")}\n\n${some.join("\n")}`);
  }
  return lines.join("\n\n");
}

/** A sentence about what is not in the file says so where the file was not read in full. */
function doubted({ incomplete }: DialerConfiguration, sentence: string): string {
  return incomplete ? `${sentence} (${l10n.t("the file could not be read in full")})` : sentence;
}

function title({ kind, name, id }: DialerEntity): string {
  const shown = name ?? defaultObjects.get(id ?? "");
  return shown === undefined ? kindWords[kind] : `${kindWords[kind]} ${plain(shown)}`;
}
