import * as l10n from "@vscode/l10n";
import { XMLParser, XMLValidator } from "fast-xml-parser";
import type { TextRange } from "./format";

export interface XmlValue extends TextRange {
  readonly value: string;
}

export interface XmlAttribute extends XmlValue {
  readonly name: string;
  readonly nameStart: number;
}

/** An element of a small XML file. */
export interface XmlItem {
  readonly name: string;
  /** The opening tag. */
  readonly tag: TextRange;
  readonly attributes: readonly XmlAttribute[];
  /** The text of an element without children. */
  readonly text: XmlValue | undefined;
  readonly parent: XmlItem | undefined;
  readonly children: readonly XmlItem[];
}

export interface XmlReading {
  /** In the order of the file; empty where it is not well-formed. */
  readonly items: readonly XmlItem[];
  readonly error: (TextRange & { readonly message: string }) | undefined;
}

const longest = 1024 * 1024;
const parser = new XMLParser({
  preserveOrder: true,
  captureMetaData: true,
  ignoreAttributes: false,
  attributeNamePrefix: "",
  processEntities: false,
  parseTagValue: false,
  trimValues: false,
  maxNestedTags: 64,
});
const place = XMLParser.getMetaDataSymbol() as unknown as string;

/** Reads a small XML file with fast-xml-parser; entities are neither defined nor expanded. */
export function readXml(text: string): XmlReading {
  if (text.length > longest) return failed(l10n.t("The file is too long to be read as XML here."), 0, 0);
  const valid = XMLValidator.validate(text);
  if (valid !== true) {
    const at = offsetOf(text, valid.err.line, valid.err.col);
    return failed(
      l10n.t("This is not well-formed XML: {0}", valid.err.msg),
      at,
      Math.min(at + 1, text.length),
    );
  }
  try {
    return { items: itemsOf(text, parser.parse(text) as OrderedNode[]), error: undefined };
  } catch (error) {
    return failed(
      l10n.t("This cannot be read as XML: {0}", error instanceof Error ? error.message : l10n.t("unknown")),
      0,
      0,
    );
  }
}

function failed(message: string, start: number, end: number): XmlReading {
  return { items: [], error: { message, start, end } };
}

/** An element of fast-xml-parser in order: one key with its children, maybe `:@` and a place. */
type OrderedNode = Record<string, unknown>;

function itemsOf(text: string, top: readonly OrderedNode[]): XmlItem[] {
  const items: XmlItem[] = [];
  const waiting: { node: OrderedNode; parent: XmlItem | undefined }[] = [];
  const queue = (nodes: readonly OrderedNode[], parent: XmlItem | undefined): void => {
    for (let at = nodes.length - 1; at >= 0; at--) waiting.push({ node: nodes[at] as OrderedNode, parent });
  };
  queue(top, undefined);
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { node, parent } = next;
    const name = Object.keys(node).find((key) => key !== ":@" && key !== "#text");
    const start = (node[place] as { startIndex?: number } | undefined)?.startIndex;
    if (name === undefined || name.startsWith("?") || start === undefined) continue;
    const children = node[name] as OrderedNode[];
    const tag = { start, end: tagEnd(text, start) };
    const elements = children.some((child) => Object.keys(child).some((key) => key !== "#text"));
    const item: XmlItem & { children: XmlItem[] } = {
      name,
      tag,
      attributes: attributesOf(text, start + 1 + name.length, tag.end),
      text: elements ? undefined : textOf(text, tag),
      parent,
      children: [],
    };
    (parent as { children: XmlItem[] } | undefined)?.children.push(item);
    items.push(item);
    queue(children, item);
  }
  return items;
}

function tagEnd(text: string, start: number): number {
  let quote = "";
  for (let at = start; at < text.length; at++) {
    const char = text.charAt(at);
    if (quote !== "") {
      if (char === quote) quote = "";
    } else if (char === '"' || char === "'") quote = char;
    else if (char === ">") return at + 1;
  }
  return text.length;
}

function attributesOf(text: string, start: number, end: number): XmlAttribute[] {
  const found: XmlAttribute[] = [];
  for (const match of text.slice(start, end).matchAll(/([^\s=/>"']+)(\s*=\s*)(?:"([^"]*)"|'([^']*)')/g)) {
    const name = match[1] ?? "";
    const raw = match[3] ?? match[4] ?? "";
    const nameStart = start + match.index;
    const valueStart = nameStart + name.length + (match[2] ?? "").length + 1;
    found.push({ name, nameStart, value: decode(raw), start: valueStart, end: valueStart + raw.length });
  }
  return found;
}

function textOf(text: string, tag: TextRange): XmlValue | undefined {
  if (text.charAt(tag.end - 2) === "/") return undefined;
  const end = text.indexOf("<", tag.end);
  const raw = text.slice(tag.end, end < 0 ? text.length : end);
  const value = raw.trim();
  const start = tag.end + raw.length - raw.trimStart().length;
  return { value: decode(value), start, end: start + value.length };
}

const predefined: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };

function decode(raw: string): string {
  return raw.replace(/&(lt|gt|amp|quot|apos);/g, (whole, name: string) => predefined[name] ?? whole);
}

function offsetOf(text: string, line: number, column: number): number {
  // The validator has no place for an empty file.
  if (!Number.isFinite(line) || !Number.isFinite(column)) return 0;
  let start = 0;
  for (let left = line - 1; left > 0; left--) {
    const next = text.indexOf("\n", start);
    if (next < 0) break;
    start = next + 1;
  }
  return Math.max(0, Math.min(start + column - 1, text.length));
}

/** A value by name wherever it stands: an attribute, the text of an element, or `key`/`name` with `value`. */
export interface NamedValue extends XmlValue {
  readonly name: string;
  /** What to point at for the name. */
  readonly nameRange: TextRange;
}

/** Every value that has one of the names (in lower case), in any of the ways .NET configurations write it. */
export function namedValues(items: readonly XmlItem[], wanted: (lower: string) => boolean): NamedValue[] {
  const found: NamedValue[] = [];
  for (const item of items) {
    for (const { name, nameStart, value, start, end } of item.attributes) {
      const nameRange = { start: nameStart, end: nameStart + name.length };
      if (wanted(name.toLowerCase())) found.push({ name, nameRange, value, start, end });
    }
    const key = item.attributes.find(({ name }) => /^(?:key|name)$/i.test(name));
    const held =
      item.attributes.find(({ name }) => /^value$/i.test(name)) ??
      item.children.find(({ name }) => /^value$/i.test(name))?.text;
    if (key && held && wanted(key.value.toLowerCase()))
      found.push({ name: key.value, nameRange: key, value: held.value, start: held.start, end: held.end });
    if (
      item.text &&
      wanted(item.name.toLowerCase()) &&
      (item.text.value !== "" || item.attributes.length === 0)
    ) {
      const nameRange = { start: item.tag.start + 1, end: item.tag.start + 1 + item.name.length };
      found.push({ name: item.name, nameRange, ...item.text });
    }
  }
  return found.sort((a, b) => a.start - b.start);
}
