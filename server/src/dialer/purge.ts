import * as l10n from "@vscode/l10n";
import { FILE_HEADERS_ONLY, formatPatch, structuredPatch } from "diff";
import { type DialerConfiguration, type DialerObject, type Field, type Reference, titleOf } from "./model";
import type { TextRange, XmlElement } from "./xml";

export interface RemovedObject extends TextRange {
  readonly object: DialerObject;
  readonly name: string;
  /** What marks it as deleted; how Dialer marks it is not documented, so people must look at this. */
  readonly marker: Field;
}

/** What removing the deleted workflows would do. Nothing is written here. */
export interface Purge {
  /** Why nothing can be removed safely; `removed` is empty then. */
  readonly refused: string | undefined;
  readonly removed: readonly RemovedObject[];
  /** The original text without the removed elements; not one other character differs. */
  readonly text: string;
  /** References that would lead nowhere afterwards. */
  readonly dangling: readonly Reference[];
}

/**
 * The text without its deleted workflows. Cuts only: nothing is written anew, so a diff shows the removal and
 * nothing else. A workflow goes with everything nested in it.
 */
export function removeDeletedWorkflows(model: DialerConfiguration): Purge {
  if (model.incomplete) {
    const refused = l10n.t(
      "The file could not be read in full, so where its objects end is not certain. Repair it first. Line {0}: {1}",
      model.incomplete.line,
      model.incomplete.message,
    );
    return { refused, removed: [], text: model.text, dangling: [] };
  }
  const removed: RemovedObject[] = [];
  const gone = new Set<XmlElement>();
  for (const object of model.objects) {
    const { kind, deleted: marker, element } = object;
    if (kind !== "workflow" || !marker || !element.parent || isIn(element.parent, gone)) continue;
    removed.push({ object, name: titleOf(object), marker, ...withItsLines(model.text, element) });
    gone.add(element);
  }
  const text = without(model.text, { start: 0, end: model.text.length }, removed);
  const dangling = model.references.filter(({ element, target }) => {
    const entities = model.byId.get(target);
    if (!entities || isIn(element, gone)) return false;
    return entities.every((entity) => isIn(entity.element, gone));
  });
  return { refused: undefined, removed, text, dangling: gone.size === 0 ? [] : dangling };
}

function isIn(element: XmlElement | undefined, set: ReadonlySet<XmlElement>): boolean {
  for (let around = element; around; around = around.parent) if (set.has(around)) return true;
  return false;
}

/** The element, with its indentation and line end where nothing else stands on its lines. */
function withItsLines(text: string, { start, end }: TextRange): TextRange {
  let before = start;
  while (before > 0 && (text[before - 1] === " " || text[before - 1] === "\t")) before--;
  let after = end;
  while (text[after] === " " || text[after] === "\t") after++;
  const lineEnd = text.startsWith("\r\n", after) ? 2 : text[after] === "\n" ? 1 : 0;
  const alone = lineEnd > 0 && (before === 0 || text[before - 1] === "\n");
  return alone ? { start: before, end: after + lineEnd } : { start, end };
}

/** The removals as a unified diff, as `diff -u` writes it; empty where nothing is removed. */
export function purgeDiff(
  { text }: DialerConfiguration,
  { removed }: Purge,
  oldName: string,
  newName: string,
): string {
  const whole = structuredPatch(oldName, newName, "", "", undefined, undefined);
  let line = 0;
  let shift = 0;
  // Piece by piece, because a diff of the whole takes time with the square of what is removed.
  for (const { start, end, cuts } of pieces(text, removed)) {
    const old = text.slice(start, end);
    const { hunks } = structuredPatch(
      oldName,
      newName,
      old,
      without(text, { start, end }, cuts),
      undefined,
      undefined,
      { context: 3 },
    );
    for (const hunk of hunks) {
      whole.hunks.push({ ...hunk, oldStart: hunk.oldStart + line, newStart: hunk.newStart + line + shift });
    }
    line += countLines(old);
    for (const { oldLines, newLines } of hunks) shift += newLines - oldLines;
  }
  return whole.hunks.length === 0 ? "" : formatPatch(whole, FILE_HEADERS_ONLY);
}

/** The text in pieces with one cut each, or more where cuts share a line. */
function pieces(text: string, removed: readonly TextRange[]): (TextRange & { cuts: TextRange[] })[] {
  const found: (TextRange & { cuts: TextRange[] })[] = [];
  let start = 0;
  let cuts: TextRange[] = [];
  removed.forEach((cut, index) => {
    cuts.push(cut);
    const next = removed[index + 1];
    const boundary = next ? text.indexOf("\n", (cut.end + next.start) >> 1) + 1 : text.length;
    if (next && (boundary === 0 || boundary > text.lastIndexOf("\n", next.start - 1) + 1)) return;
    found.push({ start, end: boundary, cuts });
    start = boundary;
    cuts = [];
  });
  return found;
}

function without(text: string, { start, end }: TextRange, cuts: readonly TextRange[]): string {
  let kept = "";
  let at = start;
  for (const cut of cuts) {
    kept += text.slice(at, cut.start);
    at = cut.end;
  }
  return kept + text.slice(at, end);
}

function countLines(text: string): number {
  let count = 0;
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) count++;
  return count;
}
