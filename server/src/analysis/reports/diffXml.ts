import { XMLBuilder } from "fast-xml-parser";
import type { Change } from "../compare/change";
import type { FolderDiff, HandlerPair } from "../compare/compareFolders";
import { diffKinds } from "../compare/kinds";
import { type DiffReportOptions, kindName } from "./diffReport";

export interface DiffXmlOptions extends Omit<DiffReportOptions, "signal"> {
  /** Address of a stylesheet that programs show the document with; "" = none. */
  readonly stylesheet?: string;
}

/**
 * The comparison as XML 1.0 in UTF-8, for stylesheets and for programs that read XML. Characters that XML cannot
 * hold are written as `\uXXXX`. Ours is `media/handler-diff.xsl`.
 */
export function diffXml(diff: FolderDiff, options: DiffXmlOptions): string {
  const { old, now, date, stylesheet = "" } = options;
  const builder = new XMLBuilder({
    format: true,
    indentBy: "  ",
    ignoreAttributes: false,
    suppressEmptyNode: true,
    suppressBooleanAttributes: false,
  });
  const document = {
    handlerDiff: {
      ...attributes({ version: 1, old, new: now, date: date?.toISOString() }),
      summary: attributes(diff.summary),
      kinds: {
        kind: diffKinds
          .filter(({ id }) => diff.kinds.has(id))
          .map(({ id, name, description }) => ({ ...attributes({ id, name }), ...text(description) })),
      },
      notes: { note: diff.notes.map(text) },
      handlers: { handler: diff.pairs.map(handlerElement) },
    },
  };
  const instruction =
    stylesheet === "" ? "" : `<?xml-stylesheet type="text/xsl" href="${pseudoAttribute(stylesheet)}"?>\n`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n${instruction}${builder.build(document) as string}`;
}

function handlerElement(pair: HandlerPair): object {
  const { name, status, old, now, byContent, note, changes } = pair;
  return {
    ...attributes({
      name,
      status,
      oldPath: old?.path,
      newPath: now?.path,
      stepsWithOtherIds: byContent === 0 ? undefined : byContent,
      changes: changes.length,
    }),
    ...(note ? { note: text(note) } : {}),
    change: changes.map(changeElement),
  };
}

function changeElement({ kind, node, oldNode, label, what, old, new: now }: Change): object {
  return {
    ...attributes({
      kind,
      kindName: kindName(kind),
      node: node ?? undefined,
      oldNode: oldNode ?? undefined,
      label: label === "" ? undefined : label,
      what,
    }),
    ...(old === null ? {} : { old: text(old) }),
    ...(now === null ? {} : { new: text(now) }),
  };
}

/** Line breaks in attributes would be read back as blanks. */
const attributes = (values: Readonly<Record<string, string | number | undefined>>): object =>
  Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) =>
      value === undefined ? [] : [[`@_${name}`, allowed(String(value)).replace(/\s/g, " ")]],
    ),
  );

const text = (content: string): object => ({ "#text": allowed(content) });

/** XML 1.0 has no place for most control characters and for halves of surrogate pairs, not even as references. */
const allowed = (content: string): string =>
  content.replaceAll("\r\n", "\n").replace(
    // eslint-disable-next-line no-control-regex -- that is what it is about
    /[\u0000-\u0008\u000b-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g,
    (found) => `\\u${found.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );

/** In a processing instruction nothing may end it. */
const pseudoAttribute = (href: string): string =>
  allowed(href)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replace(/\s/g, " ");
