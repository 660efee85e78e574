import { type Draft, type FieldOp, Op } from "./fields";
import type { Source } from "./source";
import type { ValueReader } from "./valueReader";

/*
 * Functions made from layouts, because code that names its fields is several times as fast as code that is told
 * them: with 25 shapes at one place the engine gives up on its fast paths. The names come from our own table and
 * `extra1`..., never from a file's content.
 */

type Values = Readonly<Record<string, unknown>>;

/** Plain fields that follow each other. */
export interface Run {
  /**
   * Reads them into an object, the one at `depth` of those being read; `at[depth]` is kept up to date for the
   * message of a stop.
   */
  readonly read: (draft: Draft, values: ValueReader, source: Source, at: number[], depth: number) => void;
  /** The first field behind them. */
  readonly end: number;
}

export interface Compiled {
  /** A new object with every field empty. */
  readonly make: () => Record<string, unknown>;
  /** By field: the run of plain fields that starts there, if one does. */
  readonly runs: readonly (Run | undefined)[];
  /** By field: sets it, where it is not one of a run. */
  readonly set: readonly (((draft: Draft, value: unknown) => void) | undefined)[];
}

/** `empty` holds all fields of a new object, in their order. */
export function compileLayout(ops: readonly FieldOp[], empty: Values): Compiled {
  const ends: (number | undefined)[] = ops.map(() => undefined);
  for (let from = 0; from < ops.length; from++) {
    let end = from;
    while (end < ops.length && isPlain(ops[end]!)) end++;
    if (end === from) continue;
    ends[from] = end;
    from = end;
  }
  const runs = ends.map((end, from) => {
    if (end === undefined) return "undefined";
    const body = ops.slice(from, end).map((op, i) => `at[depth] = ${from + i}; ${reading(op, from + i)}`);
    return `{ end: ${end}, read: (draft, values, source, at, depth) => { ${body.join("\n")} } }`;
  });
  const set = ops.map((op) =>
    isPlain(op) ? "undefined" : `(draft, value) => { draft.${checked(op.name)} = value; }`,
  );
  const parts = `make: ${makeCode(empty)}, runs: [${runs.join(",\n")}], set: [${set.join(",\n")}]`;
  return new Function("ops", "empty", `return { ${parts} };`)(ops, empty) as Compiled;
}

/** A function that makes objects of one shape, each field with the value given here. */
export function compileMake(empty: Values): () => Record<string, unknown> {
  return new Function("empty", `return ${makeCode(empty)};`)(empty) as () => Record<string, unknown>;
}

const makeCode = (empty: Values): string =>
  `() => ({ ${Object.keys(empty)
    .map((name) => `${checked(name)}: empty.${name}`)
    .join(", ")} })`;

const isPlain = ({ code, absentFor }: FieldOp): boolean => code < Op.groups && !absentFor;

function reading({ code, name, constant }: FieldOp, i: number): string {
  const to = `draft.${checked(name)} =`;
  // A constant that stops the reading is not kept.
  const number = (read: string, size: number): string =>
    constant === undefined
      ? `${to} ${read};`
      : `{ const found = ${read};
         if (found !== ${constant}) values.surprise(ops[${i}], draft, found, ${size});
         ${to} found; }`;
  switch (code) {
    case Op.u32:
      return number("source.u32()", 4);
    case Op.u16:
      return number("source.u16()", 2);
    case Op.u8:
      return `${to} source.u8();`;
    case Op.i32:
      return `${to} source.i32();`;
    case Op.str:
      return `${to} values.text(draft, "${name}");`;
    case Op.wstr:
      return `${to} source.wstr();`;
    default:
      return `${to} values.value(ops[${i}], draft, "${name}");`;
  }
}

function checked(name: string): string {
  if (!/^[$A-Za-z_][$\w]*$/.test(name)) throw new Error(`no field name: ${name}`);
  return name;
}
