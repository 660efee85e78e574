import * as l10n from "@vscode/l10n";
import { type Draft, type FieldOp, type Group, type IhdObject, type Layout, Op } from "./fields";
import type { OddForm, StringForm } from "./file";
import type { Source } from "./source";
import { emptyList } from "./emptyList";
import { Stop } from "./stop";

export interface Surprise {
  readonly offset: number;
  readonly field: string;
  readonly expected: number;
  readonly found: number;
}

/** Exceptions kept for exact rewriting; beyond this many a file counts as not canonical. */
const mostOddForms = 50_000;
const mostSurprises = 100;
const nothing: readonly never[] = [];

/**
 * Reads the values of fields that are no objects, and keeps what a value alone would not bring back: strings of
 * the other form, the bits of a NaN, constants that have another value.
 */
export class ValueReader {
  /** The form most strings have; undefined before the first. */
  form: StringForm | undefined;
  /** false: the file writes something in a way that is not the usual one, and that is not kept. */
  canonical = true;
  readonly oddForms = new Map<IhdObject, Map<string, OddForm>>();
  oddCount = 0;
  readonly surprises: Surprise[] = [];

  constructor(
    private readonly source: Source,
    private readonly strict: boolean,
    /** What inference tries or has found: a value's field by `literal/16`. */
    public assumed: ReadonlyMap<string, Layout>,
  ) {}

  /** The value of a field; `path` names it among the odd forms of its owner. */
  value(op: FieldOp, owner: Draft, path: string): unknown {
    const { source } = this;
    switch (op.code) {
      case Op.u32: {
        const found = source.u32();
        if (op.constant !== undefined && found !== op.constant) this.surprise(op, owner, found, 4);
        return found;
      }
      case Op.str:
        return this.text(owner, path);
      case Op.i32:
        return source.i32();
      case Op.u8:
        return source.u8();
      case Op.u16: {
        const found = source.u16();
        if (op.constant !== undefined && found !== op.constant) this.surprise(op, owner, found, 2);
        return found;
      }
      case Op.f64:
        return this.double(owner, path);
      case Op.wstr:
        return source.wstr();
      case Op.sarr:
        return this.texts(owner, path);
      case Op.variant:
        return this.variant(owner, path);
      case Op.literal:
        return this.literal(owner, path);
      default:
        throw new Error(`no plain value: ${op.name}`);
    }
  }

  /** A string; `path` names it among the odd forms of its owner. */
  text(owner: Draft, path: string): string {
    const { source } = this;
    const from = source.position;
    const text = source.str();
    if (source.form !== this.form || !source.plain) this.oddText(owner, path, from, text);
    return text;
  }

  private oddText(owner: Draft, path: string, from: number, text: string): void {
    const { source } = this;
    this.form ??= source.form;
    if (source.form !== this.form && this.strict) {
      throw new Stop(
        "string-form",
        from,
        l10n.t("a string in {0} form among {1} ones", source.form, this.form),
      );
    }
    if (source.form !== this.form || !source.plain) {
      this.keepOdd(owner, path, source.bytes.subarray(from, source.position), text);
    }
  }

  private texts(owner: Draft, path: string): readonly string[] {
    const { source } = this;
    const count = source.stringCount();
    if (!source.plain) this.canonical = false;
    if (count === 0) return nothing;
    const list = emptyList<string>(count);
    for (let i = 0; i < count; i++) list[i] = this.text(owner, `${path}.${i}`);
    return list;
  }

  private double(owner: Draft, path: string): number {
    const from = this.source.position;
    const value = this.source.f64();
    // The bits of a NaN do not survive a JavaScript number.
    if (Number.isNaN(value)) this.keepOdd(owner, path, this.source.bytes.subarray(from, from + 8), value);
    return value;
  }

  private variant(owner: Draft, path: string): { type: number; value: string | number | null } {
    const { source } = this;
    const at = source.position;
    const type = source.u16();
    switch (type) {
      case 0:
        return { type, value: null };
      case 3:
        return { type, value: source.i32() };
      case 5:
      case 7:
        return { type, value: this.double(owner, path) };
      case 8:
        return { type, value: this.text(owner, path) };
      case 11:
        return { type, value: source.u16() };
      default:
        return { type, value: this.assumedValue(owner, path, "variant", type, at) };
    }
  }

  private literal(owner: Draft, path: string): string | number {
    const { source } = this;
    const type = owner["typeBits"] as number;
    switch (type) {
      case 1:
        return source.wstr();
      case 2:
        return source.i32();
      case 4:
        return this.double(owner, path);
      case 8:
        return source.u32();
      default:
        return this.assumedValue(owner, path, "literal", type, source.position) as string | number;
    }
  }

  private assumedValue(
    owner: Draft,
    path: string,
    kind: "variant" | "literal",
    type: number,
    at: number,
  ): string | number {
    const key = `${kind}/${type}`;
    const assumed = this.assumed.get(key)?.ops[0];
    if (assumed) return this.value(assumed, owner, path) as string | number;
    throw new Stop("unknown", at, l10n.t("a {0} of type {1} is not known", kind, type), {
      key,
      kind,
      className: kind,
      schema: type,
      slot: "expression",
    });
  }

  /** A list of groups of plain values. */
  groupList(group: Group, owner: Draft, path: string): readonly unknown[] {
    const count = this.source.count(group.minimumSize);
    if (count === 0) return nothing;
    const list = emptyList<unknown>(count);
    for (let i = 0; i < count; i++) {
      const entry = group.make();
      for (const op of group.ops) {
        // The path is only needed for odd forms; building it for every value would cost more than reading.
        const before = this.oddCount;
        entry[op.name] = this.value(op, owner, "");
        if (this.oddCount !== before) this.renameOdd(owner, `${path}.${i}.${op.name}`);
      }
      list[i] = entry;
    }
    return list;
  }

  /** Keeps the bytes of a value that writing it anew would not give. */
  keepOdd(owner: Draft, path: string, bytes: Buffer, value: unknown): void {
    if (++this.oddCount > mostOddForms) {
      this.canonical = false;
      return;
    }
    let forms = this.oddForms.get(owner as IhdObject);
    if (!forms) this.oddForms.set(owner as IhdObject, (forms = new Map()));
    forms.set(path, { bytes: Uint8Array.from(bytes), value });
  }

  private renameOdd(owner: Draft, path: string): void {
    const forms = this.oddForms.get(owner as IhdObject);
    const form = forms?.get("");
    if (!forms || !form) return;
    forms.delete("");
    forms.set(path, form);
  }

  /** A constant that has another value. */
  surprise(op: FieldOp, owner: Draft, found: number, size: number): void {
    const offset = this.source.position - size;
    if (this.strict) {
      throw new Stop("constant", offset, l10n.t("{0} where every handler seen has {1}", found, op.constant!));
    }
    if (this.surprises.length < mostSurprises) {
      const field = `${owner.$class.name}.${op.name}`;
      this.surprises.push({ offset, field, expected: op.constant!, found });
    }
  }
}
