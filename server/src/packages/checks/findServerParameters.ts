import { XMLParser } from "fast-xml-parser";
import {
  isMigratedName,
  type ServerParameter,
  serverParameterNamed,
  serverParameters,
} from "./serverParameters";

export interface FoundParameter {
  /** As it stands in the package. */
  readonly name: string;
  readonly value?: string;
  /** The entry that holds it. */
  readonly path: string;
  /** `element`: an XML element for a parameter; `mention`: a known name in text, whatever it means there. */
  readonly how: "element" | "mention";
  /** `_migrated` behind the name: left over from an earlier import. */
  readonly migrated: boolean;
  /** Absent: nothing is known about it here, which says nothing about the parameter. */
  readonly known?: ServerParameter;
}

/** Content is searched up to this size. */
export const SEARCHED_BYTES = 8 * 1024 * 1024;

/** How deep XML may be nested; configuration is a few levels deep. */
const NESTING = 200;

/** Whether the content of an entry may hold server parameters, by its name. */
export function mayHoldParameters(path: string): boolean {
  if (!/\.(xml|txt|csv|ini|reg|config|json)$|\/[^./]+$/i.test(`/${path}`)) return false;
  return /parameter/i.test(path) && !/structured/i.test(path);
}

/**
 * Server parameters in the text of one entry. The form is not public, so any XML element is taken that is named
 * like a parameter and has a name; in other text only known names are found.
 */
export function findServerParameters(path: string, content: Uint8Array): FoundParameter[] {
  const text = decoded(content);
  const elements = /^\s*(<\?xml|<[A-Za-z])/.test(text) ? fromXml(text) : undefined;
  if (elements && elements.length > 0) {
    return elements.map(([name, value]) => found(path, name, "element", value));
  }
  return mentioned(text).map((name) => found(path, name, "mention"));
}

function found(path: string, name: string, how: FoundParameter["how"], value?: string): FoundParameter {
  const known = serverParameterNamed(name);
  return {
    name,
    path,
    how,
    migrated: isMigratedName(name),
    ...(value === undefined ? {} : { value }),
    ...(known ? { known } : {}),
  };
}

function decoded(content: Uint8Array): string {
  if (content[0] === 0xff && content[1] === 0xfe) return new TextDecoder("utf-16le").decode(content);
  if (content[0] === 0xfe && content[1] === 0xff) return new TextDecoder("utf-16be").decode(content);
  return new TextDecoder("utf-8").decode(content);
}

function mentioned(text: string): string[] {
  const names: string[] = [];
  const folded = text.toLowerCase();
  for (const { name } of serverParameters) {
    const wanted = name.toLowerCase();
    for (let at = folded.indexOf(wanted); at >= 0; at = folded.indexOf(wanted, at + 1)) {
      const end = at + wanted.length;
      const suffix = /^_migrated(?![\w-])/.exec(folded.slice(end, end + 12))?.[0] ?? "";
      if (/[\w-]/.test(folded[at - 1] ?? " ") || (suffix === "" && /[\w-]/.test(folded[end] ?? " ")))
        continue;
      names.push(text.slice(at, end + suffix.length));
      break;
    }
  }
  return names;
}

/** One element as the ordered parser gives it: its tag with its children, and its attributes under `:@`. */
type Node = Record<string, unknown>;

const TEXT = "#text";
const ATTRIBUTES = ":@";

function fromXml(text: string): [name: string, value: string | undefined][] | undefined {
  let roots: Node[];
  try {
    roots = new XMLParser({
      preserveOrder: true,
      ignoreAttributes: false,
      attributeNamePrefix: "",
      parseTagValue: false,
      parseAttributeValue: false,
      processEntities: false,
      maxNestedTags: NESTING,
    }).parse(text) as Node[];
  } catch {
    return undefined;
  }
  const result: [string, string | undefined][] = [];
  const stack = [...roots].reverse();
  let node: Node | undefined;
  while ((node = stack.pop())) {
    const tag = Object.keys(node).find((key) => key !== ATTRIBUTES);
    const children = tag === undefined || tag === TEXT ? undefined : node[tag];
    if (tag === undefined || !Array.isArray(children)) continue;
    const inside = children as Node[];
    if (/parameter/i.test(tag) && !/structured/i.test(tag)) {
      const name = field(node, inside, ["name", "key", "id"]);
      if (name !== undefined) result.push([name, field(node, inside, ["value", "data"]) ?? ownText(inside)]);
    }
    for (let index = inside.length - 1; index >= 0; index--) stack.push(inside[index] ?? {});
  }
  return result;
}

/** An attribute, or the text of a child element, under one of these names. */
function field(node: Node, inside: readonly Node[], names: readonly string[]): string | undefined {
  const attributes = Object.entries((node[ATTRIBUTES] ?? {}) as Record<string, unknown>);
  for (const name of names) {
    const attribute = attributes.find(([key]) => key.toLowerCase() === name)?.[1];
    if (attribute !== undefined) return plain(String(attribute));
    for (const child of inside) {
      const tag = Object.keys(child).find((key) => key.toLowerCase() === name);
      const content = tag === undefined ? undefined : child[tag];
      if (Array.isArray(content)) return ownText(content as Node[]);
    }
  }
  return undefined;
}

function ownText(inside: readonly Node[]): string | undefined {
  const text = inside
    .map((child) => child[TEXT])
    .filter((part) => part !== undefined)
    .join("")
    .trim();
  return text === "" ? undefined : plain(text);
}

/** The five entities of XML itself; others are left as they stand and never expanded. */
function plain(text: string): string {
  const named: Record<string, string> = { lt: "<", gt: ">", quot: '"', apos: "'", amp: "&" };
  return text.replace(/&(lt|gt|quot|apos|amp);/g, (all, name: string) => named[name] ?? all);
}
