import {
  type Draft,
  type FieldOp,
  type Group,
  type IhdClass,
  type IhdObject,
  Op,
  type Slot,
  type Layout,
} from "./fields";
import type { IhdFile, OddForm, StringForm } from "./file";
import { Root } from "./layouts";
import { limits } from "./limits";
import { Source } from "./source";
import { Stop } from "./stop";
import type { TypeTables } from "./typeTable";
import type { Values } from "./fields";

export interface ReadOptions {
  readonly ansi: string;
  readonly typeTables: TypeTables;
  /** The classes that are known. */
  readonly layouts: ReadonlyMap<string, Layout>;
  /** What inference tries or has found: a layout by `CIdFooStep/1`, a value's field by `literal/16`. */
  readonly assumed: ReadonlyMap<string, Layout>;
  /** true: a constant with another value, or a string of the other form, stops the reading. */
  readonly strict: boolean;
}

export interface Read {
  readonly file: IhdFile;
  /** Where and why it stopped; undefined when the whole layout was read. */
  readonly stop: Stop | undefined;
  /** Bytes used. */
  readonly position: number;
  /** Constants that had another value. */
  readonly surprises: readonly Surprise[];
  /** After a stop: the objects that were being read, outermost first. */
  readonly open: readonly IhdObject[];
}

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

/** Reads a stream as far as it makes sense. Never throws for content. */
export function read(bytes: Buffer, options: ReadOptions): Read {
  return new Reader(bytes, options).run();
}

/**
 * Objects are written where they are first met, so steps are nested as deep as the handler is long: the frames
 * of objects being read are kept on a stack of our own, never on the engine's.
 */
class Reader {
  private readonly source: Source;
  private readonly table: (Draft | null)[] = [null];
  private readonly classes = new Map<number, IhdClass>();
  private readonly usedClasses = new Set<string>();
  private readonly steps: IhdObject[] = [];
  private readonly links: IhdObject[] = [];
  private readonly oddForms = new Map<IhdObject, Map<string, OddForm>>();
  private oddCount = 0;
  private form: StringForm | undefined;
  private canonical = true;
  private readonly surprises: Surprise[] = [];

  private readonly root = Root.make();
  /** The stack: object, its next field, and what is left of a list of objects that is being read. */
  private readonly drafts: Draft[] = [];
  private readonly fields: number[] = [];
  private readonly lists: ((IhdObject | null)[] | undefined)[] = [];
  private readonly left: number[] = [];

  constructor(
    bytes: Buffer,
    private readonly options: ReadOptions,
  ) {
    this.source = new Source(bytes, options.ansi);
  }

  run(): Read {
    let stop: Stop | undefined;
    this.push(this.root);
    try {
      this.walk();
    } catch (error) {
      if (!(error instanceof Stop)) throw error;
      stop = error;
      const depth = this.drafts.length - 1;
      const draft = this.drafts[depth]!;
      const op = draft.$class.layout.ops[this.fields[depth]!];
      stop.where = `${draft.$class.name}.${op?.name ?? "?"}`;
      for (const each of this.drafts) each.$partial = true;
    }
    const file: IhdFile = {
      root: this.root as unknown as IhdObject & Values<typeof Root.fields>,
      form: this.form ?? "unicode",
      ansi: this.options.ansi,
      oddForms: this.oddForms,
      canonical: this.canonical,
      table: this.table,
      steps: this.steps,
      links: this.links,
      classes: this.classes,
    };
    const open = this.drafts as readonly IhdObject[];
    return { file, stop, position: this.source.position, surprises: this.surprises, open };
  }

  private push(draft: Draft): void {
    this.drafts.push(draft);
    this.fields.push(0);
    this.lists.push(undefined);
    this.left.push(0);
  }

  private walk(): void {
    const { drafts, fields, lists, left } = this;
    nextFrame: while (drafts.length > 0) {
      const top = drafts.length - 1;
      const draft = drafts[top]!;
      let { ops } = draft.$class.layout;
      if (this.tails.size > 0) ops = this.tails.get(draft) ?? ops;
      for (let at = fields[top]!; at < ops.length; at++) {
        const op = ops[at]!;
        if (op.code < Op.groups) {
          // Kept up to date for the message of a stop.
          fields[top] = at;
          if (op.absentFor && this.isAbsent(draft, op.absentFor)) continue;
          draft[op.name] = this.value(op, draft, op.name);
        } else if (op.code === Op.object) {
          fields[top] = at;
          const child = this.pointer(op.slot!);
          draft[op.name] = child;
          if (this.isNew) {
            fields[top] = at + 1;
            this.push(child as Draft);
            continue nextFrame;
          }
        } else if (op.code === Op.groups) {
          fields[top] = at;
          draft[op.name] = this.groupList(op.group!, draft, op.name);
        } else if (op.code === Op.tail) {
          fields[top] = at;
          // The rest of the fields takes the place of this one.
          ops = [...ops.slice(0, at), ...this.tailOf(draft)];
          this.tails.set(draft, ops);
          at--;
        } else {
          let list = lists[top];
          if (!list) {
            fields[top] = at;
            if (draft === this.root && op.name === "types" && this.knownTypes()) continue;
            list = this.startList(op, draft);
            if (!list) continue;
            lists[top] = list;
          }
          let remaining = left[top]!;
          while (remaining > 0) {
            const child = this.pointer(op.slot!);
            list.push(child);
            remaining--;
            if (this.isNew) {
              left[top] = remaining;
              this.push(child as Draft);
              continue nextFrame;
            }
          }
          lists[top] = undefined;
          if (draft === this.root && op.name === "types") this.rememberTypes();
        }
      }
      if (this.tails.size > 0) this.tails.delete(draft);
      drafts.pop();
      fields.pop();
      lists.pop();
      left.pop();
    }
  }

  /** While inferring: objects whose fields are more than their layout says so far. */
  private readonly tails = new Map<Draft, readonly FieldOp[]>();

  private tailOf(draft: Draft): readonly FieldOp[] {
    const { name: className, schema, layout } = draft.$class;
    const key = `${className}/${schema}+`;
    const found = this.options.assumed.get(key);
    if (found) return found.ops;
    throw new Stop("unknown", this.source.position, `what follows in a ${className} is not known`, {
      key,
      kind: "tail",
      className,
      schema,
      slot: layout.slot,
    });
  }

  private isAbsent(draft: Draft, rule: NonNullable<FieldOp["absentFor"]>): boolean {
    return (draft[rule.field] as IhdObject | null)?.$class.name === rule.className;
  }

  private startList(op: FieldOp, draft: Draft): (IhdObject | null)[] | undefined {
    const flagged = op.code === Op.flaggedObjects;
    const count = this.source.count(flagged ? 3 : 2);
    if (flagged && count > 0) {
      const flags = this.source.raw(count);
      if (flags.some((flag) => flag !== 0)) this.keepOdd(draft, `${op.name}.flags`, flags, undefined);
    }
    if (count === 0) return undefined;
    const list: (IhdObject | null)[] = [];
    draft[op.name] = list;
    this.left[this.left.length - 1] = count;
    return list;
  }

  // --- values ---------------------------------------------------------------------------------------------

  private value(op: FieldOp, owner: Draft, path: string): unknown {
    const { source } = this;
    switch (op.code) {
      case Op.u32: {
        const found = source.u32();
        if (op.constant !== undefined && found !== op.constant) this.surprise(op, found, 4);
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
        if (op.constant !== undefined && found !== op.constant) this.surprise(op, found, 2);
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

  private text(owner: Draft, path: string): string {
    const { source } = this;
    const from = source.position;
    const text = source.str();
    if (source.form !== this.form || !source.plain) this.oddText(owner, path, from, text);
    return text;
  }

  private oddText(owner: Draft, path: string, from: number, text: string): void {
    const { source } = this;
    this.form ??= source.form;
    if (source.form !== this.form && this.options.strict) {
      throw new Stop("string-form", from, `a string in ${source.form} form among ${this.form} ones`);
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
    const list: string[] = [];
    for (let i = 0; i < count; i++) list.push(this.text(owner, `${path}.${i}`));
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
    const assumed = this.options.assumed.get(key)?.ops[0];
    if (assumed) return this.value(assumed, owner, path) as string | number;
    throw new Stop("unknown", at, `a ${kind} of type ${type} is not known`, {
      key,
      kind,
      className: kind,
      schema: type,
      slot: "expression",
    });
  }

  private groupList(group: Group, owner: Draft, path: string): readonly unknown[] {
    const count = this.source.count(group.minimumSize);
    if (count === 0) return nothing;
    const list: unknown[] = [];
    for (let i = 0; i < count; i++) {
      const entry = group.make();
      for (const op of group.ops) {
        // The path is only needed for odd forms; building it for every value would cost more than reading.
        const before = this.oddCount;
        entry[op.name] = this.value(op, owner, "");
        if (this.oddCount !== before) this.renameOdd(owner, `${path}.${i}.${op.name}`);
      }
      list.push(entry);
    }
    return list;
  }

  // --- exceptions -----------------------------------------------------------------------------------------

  private keepOdd(owner: Draft, path: string, bytes: Buffer, value: unknown): void {
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

  private surprise(op: FieldOp, found: number, size: number): void {
    const offset = this.source.position - size;
    if (this.options.strict) {
      throw new Stop("constant", offset, `${found} where every handler seen has ${op.constant}`);
    }
    if (this.surprises.length < mostSurprises) {
      const field = `${this.drafts[this.drafts.length - 1]!.$class.name}.${op.name}`;
      this.surprises.push({ offset, field, expected: op.constant!, found });
    }
  }

  // --- objects --------------------------------------------------------------------------------------------

  /** Set by `pointer`: the object it gave has still to be read. */
  private isNew = false;

  private pointer(slot: Slot): IhdObject | null {
    const { source } = this;
    const at = source.position;
    let tag = source.u16();
    this.isNew = false;
    if (tag === 0) return null;
    if (tag === 0xffff) return this.newObject(this.newClass(at, slot), slot, at);
    let isClass = (tag & 0x8000) !== 0;
    let number = tag & 0x7fff;
    if (tag === 0x7fff) {
      tag = source.u32();
      isClass = tag >= 0x80000000;
      number = tag & 0x7fffffff;
      if (number < 0x7fff) this.canonical = false;
    }
    if (isClass) {
      const known = this.classes.get(number);
      if (!known) throw new Stop("bad-tag", at, `a tag names class ${number}, and there is no such class`);
      return this.newObject(known, slot, at);
    }
    const referred = this.table[number];
    if (!referred) {
      throw new Stop(
        "bad-tag",
        at,
        `a pointer leads to object ${number}, but only ${this.table.length - 1} are known here`,
      );
    }
    if (!fits(slot, referred.$class.layout.slot)) {
      throw new Stop("wrong-class", at, `a ${referred.$class.name} where a ${slot} belongs`);
    }
    return referred as IhdObject;
  }

  private newClass(at: number, slot: Slot): IhdClass {
    const { source } = this;
    const schema = source.u16();
    const length = source.u16();
    if (length === 0 || length > 255) throw new Stop("bad-tag", at, `a class name of ${length} characters`);
    const name = source.raw(length).toString("latin1");
    if (!/^[A-Za-z_]\w*$/.test(name)) throw new Stop("bad-tag", at, "a class name that is no name");
    const key = `${name}/${schema}`;
    const known = this.options.layouts.get(name);
    const found = this.options.assumed.get(key) ?? (known?.schema === schema ? known : undefined);
    if (!found) {
      throw new Stop("unknown", at, `class ${name} (schema ${schema}) is not known`, {
        key,
        kind: "class",
        className: name,
        schema,
        slot: known?.slot ?? (slot === "operand" || slot === "listed" ? "expression" : slot),
      });
    }
    // A second record of one class is a class of its own, or the file could not be written back.
    const made = this.usedClasses.has(key) ? { ...found.class } : found.class;
    if (made !== found.class) this.canonical = false;
    this.usedClasses.add(key);
    this.classes.set(this.table.length, made);
    this.table.push(null);
    return made;
  }

  private newObject(of: IhdClass, slot: Slot, at: number): IhdObject {
    if (!fits(slot, of.layout.slot))
      throw new Stop("wrong-class", at, `a ${of.name} where a ${slot} belongs`);
    if (this.table.length > limits.objects) {
      throw new Stop("limit", at, `more than ${limits.objects} objects, the most this reader takes`);
    }
    const draft = of.layout.make();
    if (of !== of.layout.class) draft.$class = of;
    draft.$number = this.table.length;
    this.table.push(draft);
    if (of.layout.slot === "step") this.steps.push(draft as IhdObject);
    else if (of.layout.slot === "link") this.links.push(draft as IhdObject);
    this.isNew = true;
    return draft as IhdObject;
  }

  // --- the type table -------------------------------------------------------------------------------------

  private typesAt = 0;

  private knownTypes(): boolean {
    const { source } = this;
    this.typesAt = source.position;
    const table = this.options.typeTables.find(source.bytes, source.position, this.options.ansi);
    if (!table || table.form !== this.form) return false;
    this.root["types"] = table.types;
    for (const entry of table.entries) this.table.push(entry as Draft | null);
    for (const [number, each] of table.classes) {
      this.classes.set(number, each);
      this.usedClasses.add(`${each.name}/${each.schema}`);
    }
    source.position += table.bytes.length;
    return true;
  }

  private rememberTypes(): void {
    if (this.oddCount > 0 || !this.canonical || this.options.assumed.size > 0) return;
    this.options.typeTables.add({
      bytes: this.source.bytes.subarray(this.typesAt, this.source.position),
      form: this.form ?? "unicode",
      ansi: this.options.ansi,
      types: this.root["types"] as readonly IhdObject[],
      entries: this.table.slice(1) as (IhdObject | null)[],
      classes: [...this.classes],
    });
  }
}

function fits(slot: Slot, actual: Slot): boolean {
  if (slot === actual) return true;
  if (slot === "listed" && actual === "parameter") return true;
  return (
    (slot === "operand" || slot === "listed") && (actual === "expression" || actual === "handlerVariable")
  );
}
