import * as l10n from "@vscode/l10n";
import { Tokenizer, type TokenizerCallbacks } from "htmlparser2";
import type { TextFinding } from "../problem";
import type { DialerCode } from "./rules";

/** Offsets are UTF-16 units from 0; `end` is the first one after. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

export interface XmlAttribute {
  readonly name: string;
  /** Lower-case name: the case of names is not stable in these files. */
  readonly lower: string;
  readonly start: number;
  /** The value between the quotes. */
  valueStart: number;
  valueEnd: number;
}

export interface XmlElement {
  readonly name: string;
  readonly lower: string;
  /** Of `<`. */
  readonly start: number;
  /** After the `>` of the opening tag. */
  openEnd: number;
  /** Of `</`; the end of the tag where the element is `<empty/>`. */
  closeStart: number;
  end: number;
  readonly parent: XmlElement | undefined;
  children: readonly XmlElement[];
  attributes: readonly XmlAttribute[];
  /** It has no closing tag, so it may hold more than is known. */
  unclosed?: true;
}

export interface XmlTree {
  readonly text: string;
  readonly root: XmlElement | undefined;
  readonly findings: TextFinding[];
}

/** What a reader of these files refuses to go beyond; more than ten times what was ever seen. */
export const limits = { length: 128 * 1024 * 1024, elements: 4_000_000, depth: 256, findings: 200 };

const none: readonly never[] = [];
const slice = 128 * 1024;

/**
 * Reads XML into elements with exact places; `yield`s after every slice of text so that the caller can let
 * others work. Entities are never defined or expanded, and bad XML gives findings beside whatever could be
 * read. fast-xml-parser cannot do this: it reads in one call, throws at the first flaw and keeps no places of
 * attributes and texts.
 */
export function* readXml(text: string): Generator<void, XmlTree> {
  const builder = new TreeBuilder(text);
  if (text.length > limits.length) {
    builder.refuse(
      l10n.t("The file has {0} characters; the limit is {1}. Nothing is read.", text.length, limits.length),
      0,
      0,
    );
    return builder.tree();
  }
  const tokenizer = new Tokenizer({ xmlMode: true, decodeEntities: false }, builder);
  for (let at = 0; at < text.length && !builder.stopped; at += slice) {
    tokenizer.write(text.slice(at, at + slice));
    yield;
  }
  builder.finish();
  return builder.tree();
}

/** The text of an element without children: entities decoded, CDATA unwrapped, comments left out, trimmed. */
export function leafText(text: string, element: XmlElement): string {
  let raw = text.slice(element.openEnd, element.closeStart);
  if (raw.includes("<")) {
    raw = raw.replace(/<!--[\s\S]*?-->/g, "");
    return raw
      .split(/<!\[CDATA\[([\s\S]*?)\]\]>/)
      .map((piece, index) => (index % 2 === 1 ? piece : decodeEntities(piece)))
      .join("")
      .trim();
  }
  return decodeEntities(raw).trim();
}

const predefined: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };

/** The five entities of XML and character numbers; anything else stays as it is written. */
export function decodeEntities(raw: string): string {
  if (!raw.includes("&")) return raw;
  return raw.replace(/&(?:#x([0-9a-f]{1,6})|#([0-9]{1,7})|([a-z]+));/gi, (whole, hex, decimal, name) => {
    if (name !== undefined) return predefined[name as string] ?? whole;
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex as string, 16);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

/** Grows the tree from the tokenizer's events; a stack of its own, so no depth of the input recurses. */
class TreeBuilder implements TokenizerCallbacks {
  readonly #findings: TextFinding[] = [];
  readonly #names = new Map<string, { name: string; lower: string }>();
  readonly #stack: XmlElement[] = [];
  #root: XmlElement | undefined;
  #tag: XmlElement | undefined;
  #attribute: XmlAttribute | undefined;
  #elements = 0;
  stopped = false;

  constructor(readonly text: string) {}

  tree(): XmlTree {
    return { text: this.text, root: this.#root, findings: this.#findings };
  }

  say(message: string, start: number, end: number): void {
    if (this.#findings.length >= limits.findings) return;
    const code: DialerCode = "dialer/not-well-formed";
    const source = "XML 1.0";
    this.#findings.push({ code, severity: "error", message, certainty: "documented", source, start, end });
  }

  /** Reads no further because of a limit of this reader. */
  refuse(message: string, start: number, end: number): void {
    this.stopped = true;
    const code: DialerCode = "dialer/reader-limit";
    this.#findings.push({ code, severity: "error", message, certainty: "own", start, end });
  }

  onopentagname(start: number, end: number): void {
    if (this.stopped) return;
    const parent = this.#stack.at(-1);
    const { name, lower } = this.#name(start, end);
    const tag: XmlElement = {
      name,
      lower,
      start: start - 1,
      openEnd: end,
      closeStart: end,
      end,
      parent,
      children: none,
      attributes: none,
    };
    this.#tag = tag;
    if (parent) append(parent, tag);
    else if (this.#root === undefined) this.#root = tag;
    else
      this.say(
        l10n.t("A second root element <{0}> follows the first; it is not read.", name),
        tag.start,
        end,
      );
    if (++this.#elements > limits.elements || this.#stack.length >= limits.depth) {
      const message =
        this.#stack.length >= limits.depth
          ? l10n.t(
              "The file has more than this reader takes (deeper than {0} levels); the rest is not read.",
              limits.depth,
            )
          : l10n.t(
              "The file has more than this reader takes ({0} elements); the rest is not read.",
              limits.elements,
            );
      this.refuse(message, tag.start, end);
    }
  }

  onattribname(start: number, end: number): void {
    if (this.stopped) return;
    const { name, lower } = this.#name(start, end);
    this.#attribute = { name, lower, start, valueStart: end, valueEnd: end };
    if (this.#tag) append(this.#tag, this.#attribute);
  }

  onattribdata(start: number, end: number): void {
    const attribute = this.#attribute;
    if (!attribute) return;
    // A value may come in pieces where a slice of the text ends in it.
    if (attribute.valueStart === attribute.start + attribute.name.length) attribute.valueStart = start;
    attribute.valueEnd = end;
  }

  onattribend(quote: number, end: number): void {
    const attribute = this.#attribute;
    if (!attribute || this.stopped) return;
    if (quote === 0)
      this.say(
        l10n.t('Attribute {0} has no value; XML needs {1}="...".', attribute.name, attribute.name),
        attribute.start,
        end,
      );
    if (quote === 1)
      this.say(
        l10n.t("The value of attribute {0} must stand in quotes.", attribute.name),
        attribute.start,
        end,
      );
    this.#attribute = undefined;
  }

  onopentagend(end: number): void {
    const tag = this.#tag;
    if (!tag || this.stopped) return;
    tag.openEnd = tag.closeStart = tag.end = end + 1;
    this.#stack.push(tag);
    this.#tag = undefined;
  }

  onselfclosingtag(end: number): void {
    const tag = this.#tag;
    if (!tag || this.stopped) return;
    tag.openEnd = tag.closeStart = tag.end = end + 1;
    this.#tag = undefined;
  }

  onclosetag(start: number, end: number): void {
    if (this.stopped) return;
    const open = this.text.lastIndexOf("</", start);
    const close = this.text.indexOf(">", end);
    const after = close < 0 ? this.text.length : close + 1;
    const top = this.#stack.at(-1);
    if (top?.name.length === end - start && this.text.startsWith(top.name, start)) {
      this.#stack.pop();
      top.closeStart = open;
      top.end = after;
      return;
    }
    const { name, lower } = this.#name(start, end);
    let depth = this.#stack.length - 1;
    while (depth >= 0 && this.#stack[depth]?.lower !== lower) depth--;
    if (depth < 0) {
      this.say(
        l10n.t("</{0}> closes nothing that is open. Remove it or restore its opening tag.", name),
        open,
        after,
      );
      return;
    }
    while (this.#stack.length - 1 > depth) this.#unclosed(open);
    const element = this.#stack.pop();
    if (!element) return;
    if (element.name !== name)
      this.say(l10n.t("</{0}> closes <{1}>; XML wants the same case.", name, element.name), open, after);
    element.closeStart = open;
    element.end = after;
  }

  finish(): void {
    if (this.#tag && !this.stopped) {
      this.say(
        l10n.t("The file ends inside the tag <{0}>. Is it cut off?", this.#tag.name),
        this.#tag.start,
        this.#tag.end,
      );
    }
    const end = this.#dropCut();
    while (this.#stack.length > 0) this.#unclosed(end, true);
    if (this.#root === undefined)
      this.say(l10n.t("There is no XML element in this file."), 0, Math.min(1, this.text.length));
  }

  /**
   * Takes out of the tree what the end of the reading cuts in its tag or its value: half a value must not look
   * like one. Gives where that begins.
   */
  #dropCut(): number {
    const top = this.#stack.at(-1);
    const cut = this.#tag ?? (top?.children.length === 0 ? top : undefined);
    if (!cut?.parent) return this.text.length;
    (cut.parent.children as XmlElement[]).pop();
    return cut.start;
  }

  /** Pops an element that has no closing tag; it reaches to `end`. */
  #unclosed(end: number, isEndOfFile = false): void {
    const element = this.#stack.pop();
    if (!element) return;
    element.unclosed = true;
    element.closeStart = element.end = Math.max(end, element.openEnd);
    if (this.stopped) return;
    const message = isEndOfFile
      ? l10n.t("<{0}> has no closing tag before the file ends. Is it cut off?", element.name)
      : l10n.t("<{0}> has no closing tag.", element.name);
    this.say(message, element.start, element.openEnd);
  }

  #name(start: number, end: number): { name: string; lower: string } {
    const name = this.text.slice(start, end);
    let known = this.#names.get(name);
    if (!known) {
      known = { name, lower: name.toLowerCase() };
      this.#names.set(name, known);
    }
    return known;
  }

  ondeclaration(start: number, end: number): void {
    if (!/^doctype/i.test(this.text.slice(start, start + 7))) return;
    const message = l10n.t(
      "The document type definition is ignored: entities are never defined or expanded here.",
    );
    const certainty = "own" as const;
    const code: DialerCode = "dialer/doctype";
    this.#findings.push({ code, severity: "information", message, certainty, start, end });
  }

  onattribentity(): void {}
  oncdata(): void {}
  oncomment(): void {}
  onend(): void {}
  onprocessinginstruction(): void {}
  ontext(): void {}
  ontextentity(): void {}
}

function append(tag: XmlElement, item: XmlElement | XmlAttribute): void {
  if ("openEnd" in item) {
    if (tag.children.length === 0) tag.children = [item];
    else (tag.children as XmlElement[]).push(item);
  } else if (tag.attributes.length === 0) tag.attributes = [item];
  else (tag.attributes as XmlAttribute[]).push(item);
}
