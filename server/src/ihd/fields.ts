/**
 * The words that class layouts are written in. A layout names the fields of a class in stream order; reading,
 * writing and inference all walk the same compiled form of it (`ops`).
 */

import { type Compiled, compileLayout, compileMake } from "./compiled";

/** What kind of object a pointer may lead to; an unknown class takes its kind from where it is met. */
export type Slot =
  | "file"
  | "type"
  | "subroutine"
  | "initiator"
  | "tool"
  | "variable"
  | "handlerVariable"
  | "parameter"
  | "control"
  | "creator"
  | "step"
  | "link"
  | "expression"
  /** In inferred layouts: null, a variable or an expression. */
  | "operand"
  /** In lists of inferred layouts: an operand or a parameter. */
  | "listed";

export const enum Op {
  u8,
  u16,
  u32,
  i32,
  f64,
  str,
  wstr,
  sarr,
  variant,
  literal,
  /** A counted list of plain groups (no objects inside). */
  groups,
  object,
  objects,
  /** Counted objects with one byte each between the count and the objects: the argument block. */
  flaggedObjects,
  /** While inferring: what follows the known beginning of a class is still to be found. */
  tail,
}

export interface FieldOp {
  readonly code: Op;
  readonly name: string;
  /** A value that is the same in every file seen; another one is worth a word. */
  readonly constant: number | undefined;
  readonly slot: Slot | undefined;
  readonly group: Group | undefined;
  /** Not in the stream when the object in `field` is of this class. */
  readonly absentFor: { readonly field: string; readonly className: string } | undefined;
}

export interface Group {
  readonly ops: readonly FieldOp[];
  /** A new entry with every field empty. */
  readonly make: () => Record<string, unknown>;
  /** Fewest bytes one entry can take: bounds a count before anything is allocated. */
  readonly minimumSize: number;
}

/** A field of a layout; the type parameter is what reading it gives. */
export interface Field<T> extends Omit<FieldOp, "name"> {
  readonly empty: T;
}

function field<T>(code: Op, empty: T, more: Partial<FieldOp> = {}): Field<T> {
  return {
    constant: undefined,
    slot: undefined,
    group: undefined,
    absentFor: undefined,
    ...more,
    code,
    empty,
  };
}

export const u8 = field<number>(Op.u8, 0);
export const u16 = field<number>(Op.u16, 0);
export const u32 = field<number>(Op.u32, 0);
export const i32 = field<number>(Op.i32, 0);
export const f64 = field<number>(Op.f64, 0);
/** MFC CString. */
export const str = field<string>(Op.str, "");
/** u32 count, then that many UTF-16LE units. */
export const wstr = field<string>(Op.wstr, "");
/** MFC CStringArray. */
export const sarr = field<readonly string[]>(Op.sarr, []);
/** u16 type, then the value. */
export const variant = field<Variant>(Op.variant, { type: 0, value: null });
/** The value of a literal; its form follows from the object's field `typeBits`. */
export const literal = field<LiteralValue>(Op.literal, "");

/** A u32 (u16) that holds this value in every file seen. */
export const always = (value: number): Field<number> => field<number>(Op.u32, value, { constant: value });
export const always16 = (value: number): Field<number> => field<number>(Op.u16, value, { constant: value });

export const object = (slot: Slot): Field<IhdObject | null> =>
  field<IhdObject | null>(Op.object, null, { slot });
export const objects = (slot: Slot): Field<readonly (IhdObject | null)[]> =>
  field<readonly (IhdObject | null)[]>(Op.objects, [], { slot });
export const flaggedObjects = (slot: Slot): Field<readonly (IhdObject | null)[]> =>
  field<readonly (IhdObject | null)[]>(Op.flaggedObjects, [], { slot });

/** Stands for the fields that inference has still to find. */
export const tail = field<null>(Op.tail, null);

export const groups = <F extends Fields>(fields: F): Field<readonly Values<F>[]> =>
  field<readonly Values<F>[]>(Op.groups, [], { group: compileGroup(fields) });

/** A u32 that is not written when the object in `fieldName` is of `className`. */
export const u32Unless = (fieldName: string, className: string): Field<number> =>
  field<number>(Op.u32, 0, { absentFor: { field: fieldName, className } });

export type Fields = Readonly<Record<string, Field<unknown>>>;
export type Values<F extends Fields> = { readonly [K in keyof F]: F[K]["empty"] };

export interface Variant {
  readonly type: number;
  readonly value: string | number | null;
}

export type LiteralValue = string | number;

/** A class of the stream. Identity counts: one instance for each "new class" record of a file. */
export interface IhdClass {
  readonly name: string;
  readonly schema: number;
  readonly layout: Layout;
}

/** An object of the stream: its class, and its fields under their names in the layout. */
export interface IhdObject {
  readonly $class: IhdClass;
  /** Its number in the file's reference table; 0 for a built object. */
  $number: number;
  /** true: reading stopped inside this object. */
  $partial: boolean;
  readonly [field: string]: unknown;
}

/** An object while it is being read. */
export type Draft = { -readonly [K in keyof IhdObject]: IhdObject[K] };

export interface Layout<F extends Fields = Fields> {
  readonly className: string;
  readonly schema: number;
  readonly slot: Slot;
  readonly fields: F;
  readonly ops: readonly FieldOp[];
  /** A new object with every field empty. The first one compiles the layout. */
  readonly make: () => Draft;
  /** Of an object that was made. */
  readonly runs: Compiled["runs"];
  readonly set: Compiled["set"];
  /** The class record that goes with it. */
  readonly class: IhdClass;
  /** Names of the fields that inference added; empty for a known layout. */
  readonly inferred: readonly string[];
}

export function layout<F extends Fields>(
  className: string,
  schema: number,
  slot: Slot,
  fields: F,
  inferred: readonly string[] = [],
): Layout<F> {
  const { ops } = compileGroup(fields);
  const made = { className, schema, slot, fields, ops, inferred } as unknown as {
    -readonly [K in keyof Layout<F>]: Layout<F>[K];
  };
  made.class = { name: className, schema, layout: made };
  made.runs = made.set = [];
  made.make = () => {
    const head = { $class: made.class, $number: 0, $partial: false };
    Object.assign(made, compileLayout(ops, { ...head, ...emptyValues(fields) }));
    return made.make();
  };
  return made;
}

function compileGroup(fields: Fields): Group {
  const ops = Object.entries(fields).map(([name, { code, constant, slot, group, absentFor }]) => ({
    code,
    name,
    constant,
    slot,
    group,
    absentFor,
  }));
  return {
    ops,
    make: compileMake(emptyValues(fields)),
    minimumSize: ops.reduce((sum, op) => sum + smallest(op), 0),
  };
}

const emptyValues = (fields: Fields): Record<string, unknown> =>
  Object.fromEntries(Object.entries(fields).map(([name, { empty }]) => [name, empty]));

function smallest(op: FieldOp): number {
  switch (op.code) {
    case Op.u8:
    case Op.str:
      return 1;
    case Op.u16:
    case Op.sarr:
    case Op.variant:
    case Op.object:
      return 2;
    case Op.f64:
      return 8;
    default:
      return op.absentFor ? 0 : 4;
  }
}

/** A new object of a layout, for builders; fields not given hold their empty value. */
export function create<F extends Fields>(
  of: Layout<F>,
  values: Partial<Values<F>> = {},
): IhdObject & Values<F> {
  return Object.assign(of.make(), values) as unknown as IhdObject & Values<F>;
}

/** Whether an object is of a class and has its fields: in this schema, or in another that was inferred to hold them. */
export function isA<F extends Fields>(
  value: IhdObject | null | undefined,
  of: Layout<F>,
): value is IhdObject & Values<F> {
  if (value == null || value.$class.name !== of.className) return false;
  return value.$class.layout === (of as Layout) || Object.keys(of.fields).every((name) => name in value);
}
