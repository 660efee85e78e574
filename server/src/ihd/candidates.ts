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

/**
 * The layouts to try for something unknown, shortest first: what is known of its kind, then up to three more
 * fields (four, with string lists, for a step that nothing shorter explains).
 */
export function* candidates(unknown: Unknown, layouts: ReadonlyMap<string, Layout>): Generator<Candidate> {
  const make = builder(unknown);
  if (unknown.kind !== "class") {
    for (const [word, field] of valueForms) yield make(word, {}, [[word, field]]);
    return;
  }
  const known = layouts.get(unknown.className);
  if (known) {
    // Another schema of a known class: as known, or as known and more.
    for (const extras of sequences(plainAlphabet, 0, 2))
      yield make(`as schema ${known.schema}`, known.fields, extras);
  }
  if (unknown.slot === "step") {
    for (const [alphabet, from, to] of [
      [stepAlphabet, 0, 3],
      [longAlphabet, 3, 4],
    ] as const) {
      for (let length = from; length <= to; length++) {
        for (const extras of sequences(alphabet, length, length)) {
          yield make("BASE", stepBase, extras);
          yield make("ARGS BASE", { ...argumentBlock, ...stepBase }, extras);
        }
      }
    }
    return;
  }
  const start = starts[unknown.slot];
  if (start) {
    const [word, fields, alphabet] = start;
    for (const extras of sequences(alphabet, 0, 3)) yield make(word, fields, extras);
  }
}

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

function builder(unknown: Unknown) {
  return (start: string, fields: Fields, extras: Alphabet): Candidate => {
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
      extras: named.map(({ name, kind }) => ({ name, kind })),
    };
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
