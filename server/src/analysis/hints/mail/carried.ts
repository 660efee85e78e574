import type { Expression } from "../../../handler/expression";

/** What a variable or expression holds, as far as the attribute is concerned. */
export interface Carried {
  /**
   * - `names`: the attribute's name, alone or among others
   * - `value`: the attribute's value, alone or among others
   * - `all`: the values of all attributes of a key, in an order nobody knows
   * - `index`: the place of the attribute's name in a list
   */
  readonly kind: "names" | "value" | "all" | "index";
  /** Of names and values: all names, lower-cased, in their order; null = one alone, or the order is not known. */
  readonly items: readonly string[] | null;
  /** false: on some way or with some value it may be something else. */
  readonly certain: boolean;
  /** Node id of the step that read the value; null for names. */
  readonly readAt: number | null;
}

/** Variables that hold something of it, by lower-cased name. */
export type State = ReadonlyMap<string, Carried>;

const separators = /[|;,]/;

/** The names in a text, if the attribute is among them. */
export function namesIn(text: string, attribute: string): Carried | undefined {
  const items = text.split(separators).map((item) => item.trim().toLowerCase());
  if (!items.includes(attribute)) return undefined;
  return { kind: "names", items: items.length === 1 ? null : items, certain: true, readAt: null };
}

/** What an expression holds when variables hold `state`. Parts that are shared are looked at once; no recursion. */
export function carriedBy(
  expression: Expression | null | undefined,
  state: State,
  attribute: string,
): Carried | undefined {
  if (!expression) return undefined;
  const known = new Map<Expression, Carried | undefined>();
  const open = [expression];
  for (let next = open.at(-1); next; next = open.at(-1)) {
    const args = next.kind === "call" ? next.args.filter((each) => !known.has(each)) : [];
    if (args.length > 0 && !known.has(next)) open.push(...args);
    else {
      open.pop();
      if (!known.has(next)) known.set(next, ofPart(next, known, state, attribute));
    }
  }
  return known.get(expression);
}

function ofPart(
  part: Expression,
  known: ReadonlyMap<Expression, Carried | undefined>,
  state: State,
  attribute: string,
): Carried | undefined {
  switch (part.kind) {
    case "variable":
      return state.get(part.name.toLowerCase());
    case "literal":
      return typeof part.value === "string" ? namesIn(part.value, attribute) : undefined;
    case "call":
      return ofCall(
        part.name,
        part.args,
        part.args.map((each) => known.get(each)),
        attribute,
      );
    default:
      return undefined;
  }
}

/** Functions whose result is a part of their first text, or the same in other letters. */
const textual = new Set(["strtrim", "strtrimw", "strlower", "strupper", "strleft", "strright", "strmid"]);

function ofCall(
  name: string,
  args: readonly Expression[],
  carried: readonly (Carried | undefined)[],
  attribute: string,
): Carried | undefined {
  switch (name.toLowerCase()) {
    case "getat":
      return pick(carried[0], literalIndex(args[1]), carried[1], attribute);
    case "gethead":
      return pick(carried[0], 0, undefined, attribute);
    case "gettail":
      return carried[0] && { ...carried[0], items: carried[0].items?.slice(1) ?? null, certain: false };
    case "find":
      return carried[1]?.kind === "names" ? { ...carried[1], kind: "index", items: null } : undefined;
    case "test":
      return either(carried[1], carried[2]);
    case "&":
      return mixed(carried);
    case "subststr":
    case "subststrregex":
      return mixed([carried[0], carried[2]]);
    default:
      return textual.has(name.toLowerCase()) ? carried[0] : undefined;
  }
}

/** One element of a list; `at` undefined = which one is not known. */
export function pick(
  list: Carried | undefined,
  at: number | undefined,
  index: Carried | undefined,
  attribute: string,
): Carried | undefined {
  if (!list || list.kind === "index") return undefined;
  if (list.kind === "all") {
    return index?.kind === "index" ? { ...list, kind: "value", certain: index.certain } : undefined;
  }
  if (list.items === null) return list;
  if (at === undefined) return { ...list, items: null, certain: false };
  return list.items[at] === attribute ? { ...list, items: null } : undefined;
}

export function literalIndex(expression: Expression | null | undefined): number | undefined {
  return expression?.kind === "literal" && typeof expression.value === "number"
    ? expression.value
    : undefined;
}

function either(one: Carried | undefined, other: Carried | undefined): Carried | undefined {
  const found = one ?? other;
  return found && { ...found, certain: found.certain && one !== undefined && other !== undefined };
}

/** A text made of several: the value stays in it, a name is not alone any more. */
function mixed(carried: readonly (Carried | undefined)[]): Carried | undefined {
  const found =
    carried.find((each) => each?.kind === "value") ?? carried.find((each) => each?.kind === "names");
  return found && { ...found, items: null, certain: found.kind === "value" && found.certain };
}
