import {
  f64,
  type Field,
  type Fields,
  i32,
  layout,
  type Layout,
  object,
  objects,
  sarr,
  type Slot,
  str,
  tail,
  u16,
  u32,
  u8,
  wstr,
} from "./fields";
import { argumentBlock, stepBase } from "./layouts";
import type { Unknown } from "./stop";

/** One way a class could be laid out. */
export interface Candidate {
  /** For example `ARGS BASE u32 STR`; the same words are shown to people. */
  readonly signature: string;
  readonly layout: Layout;
  /** Set when it begins as another schema of the class does, one that is known. */
  readonly knownSchema: number | undefined;
  /** Field names that were added, in order, with their kinds. */
  readonly extras: readonly Extra[];
}

export interface Extra {
  readonly name: string;
  readonly kind: string;
}

type Alphabet = readonly (readonly [string, Field<unknown>])[];

const operand = object("operand");
const stepAlphabet: Alphabet = [
  ["OBJ", operand],
  ["STR", str],
  ["u32", u32],
  ["OBJ list", objects("listed")],
];
const longAlphabet: Alphabet = [...stepAlphabet, ["STR list", sarr]];
const plainAlphabet: Alphabet = [
  ["u32", u32],
  ["STR", str],
  ["OBJ", operand],
  ["u8", u8],
];
const expressionAlphabet: Alphabet = [
  ["u32", u32],
  ["OBJ", object("operand")],
  ["OBJ list", objects("operand")],
  ["WSTR", wstr],
  ["STR", str],
  ["f64", f64],
];

/** A known beginning, and the words its continuation can be made of. */
interface Beginning {
  readonly word: string;
  readonly knownSchema?: number;
  readonly fields: Fields;
  /** Tried in this order: words, and how many of them. */
  readonly tails: readonly (readonly [Alphabet, shortest: number, longest: number])[];
}

/**
 * The layouts to try for something unknown, shortest first. A class is settled in two steps: how it begins
 * (`tail` stands for the rest), and, where its first instance has been read so far, what follows. Steps are
 * nested, so a step's continuation is only met behind all the steps it leads to: deciding both at once would
 * multiply the possibilities of all unknown classes of a file; this way they add up.
 */
export function* candidates(
  unknown: Unknown,
  layouts: ReadonlyMap<string, Layout>,
  begun?: Candidate,
): Generator<Candidate> {
  if (unknown.kind === "class") {
    for (const { word, fields, knownSchema } of beginnings(unknown, layouts)) {
      yield candidate(unknown, word, { ...fields, tail }, [], knownSchema);
    }
  } else if (unknown.kind === "tail") {
    const beginning = beginnings(unknown, layouts).find(({ word }) => word === begun?.signature);
    const tried = new Set<string>();
    for (const [alphabet, shortest, longest] of beginning?.tails ?? []) {
      for (const extras of sequences(alphabet, shortest, longest)) {
        const words = extras.map(([word]) => word).join();
        if (tried.has(words)) continue;
        tried.add(words);
        yield candidate(unknown, "", {}, extras);
      }
    }
  } else {
    for (const form of valueForms) yield candidate(unknown, "", {}, [form]);
  }
}

/** A beginning and a continuation as one. */
export function join(unknown: Unknown, begun: Candidate, rest: Candidate): Candidate {
  const { tail: _tail, ...fields } = begun.layout.fields;
  return candidate(
    unknown,
    begun.signature,
    fields,
    rest.extras.map(({ name, kind }) => [kind, rest.layout.fields[name]!]),
    begun.knownSchema,
  );
}

/** Whether it is laid out as another schema of the class, to the last field. */
export const isAsKnown = ({
  knownSchema,
  layout: { inferred },
}: Pick<Candidate, "knownSchema" | "layout">): boolean => knownSchema !== undefined && inferred.length === 0;

function beginnings(unknown: Unknown, layouts: ReadonlyMap<string, Layout>): Beginning[] {
  const known = layouts.get(unknown.className);
  const found: Beginning[] = [];
  if (known) {
    // Another schema of a known class: as known, or as known and more.
    const { schema: knownSchema, fields } = known;
    found.push({ word: `as schema ${knownSchema}`, knownSchema, fields, tails: [[plainAlphabet, 0, 2]] });
  }
  if (unknown.slot === "step") {
    found.push({ word: "BASE", fields: stepBase, tails: stepTails });
    found.push({ word: "ARGS BASE", fields: { ...argumentBlock, ...stepBase }, tails: stepTails });
  }
  const start = starts[unknown.slot];
  if (start) found.push({ word: start[0], fields: start[1], tails: [[start[2], 0, 3]] });
  return found;
}

/** Up to three fields as in all classes known; four, with string lists, for what nothing shorter explains. */
const stepTails: Beginning["tails"] = [
  [stepAlphabet, 0, 3],
  [longAlphabet, 3, 4],
];

/** How the value of a literal or an initial value of an unknown type can be written. */
const valueForms: Alphabet = [
  ["f64", f64],
  ["u32", u32],
  ["i32", i32],
  ["u16", u16],
  ["u8", u8],
  ["WSTR", wstr],
  ["STR", str],
];

const starts: Partial<Record<Slot, readonly [string, Fields, Alphabet]>> = {
  control: ["", {}, plainAlphabet],
  creator: ["CREATOR", { unknown1: u32, name: str, module: str }, plainAlphabet],
  expression: ["TYPE", { typeBits: u32 }, expressionAlphabet],
};

function candidate(
  unknown: Unknown,
  start: string,
  fields: Fields,
  extras: Alphabet,
  knownSchema?: number,
): Candidate {
  const named = extras.map(([kind, field], i) => ({ name: `extra${i + 1}`, kind, field }));
  const all: Fields = { ...fields, ...Object.fromEntries(named.map(({ name, field }) => [name, field])) };
  return {
    signature: [start, ...named.map(({ kind }) => kind)].filter((word) => word !== "").join(" "),
    layout: layout(
      unknown.className,
      unknown.schema,
      unknown.slot,
      all,
      named.map(({ name }) => name),
    ),
    knownSchema,
    extras: named.map(({ name, kind }) => ({ name, kind })),
  };
}

function* sequences(alphabet: Alphabet, shortest: number, longest: number): Generator<Alphabet> {
  for (let length = shortest; length <= longest; length++) {
    const total = alphabet.length ** length;
    for (let index = 0; index < total; index++) {
      const sequence: (readonly [string, Field<unknown>])[] = [];
      for (let rest = index, i = 0; i < length; i++, rest = Math.floor(rest / alphabet.length)) {
        sequence.unshift(alphabet[rest % alphabet.length]!);
      }
      yield sequence;
    }
  }
}
