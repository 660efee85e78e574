import * as l10n from "@vscode/l10n";
import { XMLParser, XMLValidator } from "fast-xml-parser";
import type { Problem } from "../problem";

/** One element of a parsed document. */
export interface XmlElement {
  readonly name: string;
  /** Values with the five predefined entities and character references resolved, line breaks kept. */
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  /** Line of its start tag, from 1. */
  readonly line: number;
  /** false: the file ended or stopped being well-formed inside it. */
  readonly closed: boolean;
}

const maxElements = 1_000_000;
/** Characters of one tag together with the text behind it. */
const maxTagLength = 1024 * 1024;
const maxDepth = 100;

/**
 * Reads XML text into elements; comments, text and processing instructions are dropped. Never throws. Text
 * that is not well-formed gives an error with its line and whatever stands before that place. A document type
 * declaration is refused outright, so no entity is ever expanded or fetched.
 */
export function readXmlDocument(text: string): { root: XmlElement | null; problems: Problem[] } {
  const refused = refusal(text);
  if (refused !== null) return { root: null, problems: [refused] };
  const invalid = XMLValidator.validate(text);
  if (invalid === true) {
    const root = parse(text);
    return typeof root === "string"
      ? { root: null, problems: [error("xml-limit", root)] }
      : { root, problems: [] };
  }
  const { msg, line, col } = invalid.err;
  // The validator's ways to say that elements are still open at the end, besides a last tag that makes no sense.
  const unclosed = /^(Invalid '\[|Unclosed tag)/.test(msg);
  const cut = unclosed || !text.trimEnd().endsWith(">");
  const lines = lineStarts(text);
  const root = parseBefore(
    text.slice(0, unclosed ? text.length : (lines[line - 1] ?? text.length) + Math.max(0, (col ?? 1) - 1)),
  );
  const got =
    root === null
      ? l10n.t("Nothing could be read.")
      : l10n.t("What stands before that place was read; exits to steps behind it show as not connected.");
  const message = cut
    ? l10n.t(
        "The XML ends in line {0} before all its elements are closed: the file is cut off. {1} Export the handler again or get a complete copy.",
        lines.length,
        got,
      )
    : l10n.t(
        "The XML is not well-formed in line {0}: {1} {2} Export the handler again or correct that line.",
        line,
        shorten(msg),
        got,
      );
  return { root, problems: [error("xml-not-well-formed", message, cut ? lines.length : line)] };
}

/** Why the text is not even looked at; cheap, so that hostile files cost little. */
function refusal(text: string): Problem | null {
  if (text.trim() === "")
    return error("xml-empty", l10n.t("The file is empty. Export the handler again or get a complete copy."));
  if (!/^\s*</.test(text.slice(0, 1000))) {
    const message = l10n.t(
      "This is no XML: it does not begin with <. Choose a handler (.ihd) or a handler's XML export.",
    );
    return error("xml-not-xml", message, 1);
  }
  const doctype = text.indexOf("<!DOCTYPE");
  if (doctype >= 0) {
    const line = lineAt(lineStarts(text.slice(0, doctype)), doctype);
    const message = l10n.t(
      "The XML declares a document type (<!DOCTYPE ...>). Handler exports have none, and entities are not expanded, so the file is not read. Remove the declaration if you trust the file.",
    );
    return error("xml-doctype", message, line);
  }
  let count = 0;
  for (let at = text.indexOf("<"); at >= 0;) {
    const next = text.indexOf("<", at + 1);
    if ((next < 0 ? text.length : next) - at > maxTagLength) {
      const line = lineAt(lineStarts(text.slice(0, at)), at);
      const message = l10n.t(
        "An element in line {0} is longer than {1} characters; no handler export has one like it, so the file is not read.",
        line,
        maxTagLength,
      );
      return error("xml-limit", message, line);
    }
    // Start and end tags both count, so this is up to twice the number of elements.
    if (++count > 2 * maxElements) return error("xml-limit", tooMany);
    at = next;
  }
  return null;
}

const tooMany = l10n.t(
  "The XML has more than {0} elements; handler exports of that size are not read.",
  maxElements,
);

/** The elements before the place where the text stops being XML; that place may be inside a tag. */
function parseBefore(text: string): XmlElement | null {
  for (const part of [text, text.slice(0, Math.max(0, text.lastIndexOf("<")))]) {
    const root = parse(part);
    if (typeof root !== "string" && root !== null) return root;
  }
  return null;
}

/** The document element, null if there is none, or why it could not be read. */
function parse(text: string): XmlElement | null | string {
  let elements = 0;
  const parser = new XMLParser({
    preserveOrder: true,
    ignoreAttributes: false,
    attributeNamePrefix: "",
    parseTagValue: false,
    parseAttributeValue: false,
    trimValues: false,
    // References are resolved below: the library would trim and number-guess differently by option.
    processEntities: false,
    captureMetaData: true,
    maxNestedTags: maxDepth,
    jPath: false,
    updateTag: () => {
      if (++elements > maxElements) throw new Error(tooMany);
      return true;
    },
  });
  try {
    const starts = lineStarts(text);
    const top = (parser.parse(text) as RawNode[]).map((node) => elementOf(node, starts));
    return top.find((element) => element !== null) ?? null;
  } catch (thrown) {
    const message = thrown instanceof Error ? thrown.message : String(thrown);
    return message.startsWith("Maximum nested tags")
      ? l10n.t(
          "The XML nests elements more than {0} deep. A handler export nests 7 deep, so the file is not read.",
          maxDepth,
        )
      : shorten(message);
  }
}

/** fast-xml-parser's ordered form: the tag name is the key of the children, `:@` that of the attributes. */
type RawNode = { readonly [key: string]: unknown } & {
  readonly [meta: symbol]: { startIndex?: number; endIndex?: number } | undefined;
};

const meta = XMLParser.getMetaDataSymbol() as unknown as symbol;

function elementOf(node: RawNode, starts: readonly number[]): XmlElement | null {
  const name = Object.keys(node).find((key) => key !== ":@");
  const content = name === undefined ? undefined : node[name];
  if (name === undefined || name.startsWith("?") || !Array.isArray(content)) return null;
  const attributes = new Map<string, string>();
  for (const [key, value] of Object.entries((node[":@"] ?? {}) as Record<string, string>)) {
    attributes.set(key, unescape(value));
  }
  const place = node[meta];
  return {
    name,
    attributes,
    // Not deeper than maxDepth, so recursion is safe.
    children: (content as RawNode[])
      .map((child) => elementOf(child, starts))
      .filter((child) => child !== null),
    line: lineAt(starts, place?.startIndex ?? 0),
    closed: place?.endIndex !== undefined,
  };
}

const predefined: Record<string, string> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };

/** Resolves the predefined entities and character references; any other reference stays as it is written. */
function unescape(value: string): string {
  if (!value.includes("&")) return value;
  return value.replace(
    /&(?:#x([0-9a-fA-F]{1,8})|#([0-9]{1,8})|(lt|gt|amp|quot|apos));/g,
    (_all, hex, dec, name) => {
      if (typeof name === "string") return predefined[name] ?? "";
      const code = typeof hex === "string" ? parseInt(hex, 16) : parseInt(String(dec), 10);
      const character = code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
      return character ? String.fromCodePoint(code) : "\uFFFD";
    },
  );
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return starts;
}

/** Line of an offset, from 1. */
function lineAt(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle;
  }
  return low + 1;
}

function shorten(message: string): string {
  // eslint-disable-next-line no-control-regex -- binary content must not reach a terminal
  const printable = message.slice(0, 200).replace(/[\0-\x1f\x7f]/g, "\uFFFD");
  const text = message.length > 200 ? `${printable}…` : printable;
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}

function error(code: string, message: string, line?: number): Problem {
  return { code, severity: "error", message, ...(line === undefined ? {} : { place: { line } }) };
}
