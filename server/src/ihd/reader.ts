import * as l10n from "@vscode/l10n";
import {
  type Draft,
  type FieldOp,
  type IhdClass,
  type IhdObject,
  Op,
  type Slot,
  type Layout,
} from "./fields";
import { emptyList } from "./emptyList";
import type { IhdFile, StringForm } from "./file";
import { Root } from "./layouts";
import { limits } from "./limits";
import { Source } from "./source";
import { Stack, type StackMark } from "./stack";
import { Stop } from "./stop";
import type { TypeTables } from "./typeTable";
import type { Values } from "./fields";
import { type Surprise, ValueReader } from "./valueReader";

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

/** Reads a stream as far as it makes sense. Never throws for content. */
export function read(bytes: Buffer, options: ReadOptions): Read {
  const found = new Reader(bytes, options).run();
  for (const each of found.open as readonly Draft[]) each.$partial = true;
  return found;
}

/**
 * Reads one stream again and again, each time with other assumptions about what is unknown, and from the place
 * where that was met: a trial costs what it reads, not what stands before it. Always strict.
 */
export class Trials {
  private readonly reader: Reader;

  constructor(bytes: Buffer, options: Omit<ReadOptions, "assumed" | "strict">) {
    this.reader = new Reader(bytes, { ...options, assumed: new Map(), strict: true });
  }

  /**
   * Reads on from a mark, or from the start. The objects of an earlier trial behind the mark are gone, those
   * before it are the same ones: use what is given before the next trial.
   */
  read(from: Mark | undefined, assumed: ReadonlyMap<string, Layout>): Read {
    return this.reader.resume(from, assumed);
  }

  /** After a stop for something unknown: the place to go on from. */
  mark(stop: Stop): Mark {
    return this.reader.mark(stop.offset);
  }
}

/** Where a reader stood: what it takes to go on from there once more. */
export interface Mark {
  readonly position: number;
  readonly objects: number;
  readonly steps: number;
  readonly links: number;
  readonly classes: ReadonlyMap<number, IhdClass>;
  readonly usedClasses: ReadonlySet<IhdClass>;
  readonly stack: StackMark;
  readonly tails: ReadonlyMap<Draft, readonly FieldOp[]>;
  readonly form: StringForm | undefined;
  readonly canonical: boolean;
  readonly oddCount: number;
}

/**
 * Objects are written where they are first met, so steps are nested as deep as the handler is long: the frames
 * of objects being read are kept on a stack of our own, never on the engine's.
 */
class Reader {
  private readonly source: Source;
  private readonly table: (Draft | null)[] = [null];
  private classes = new Map<number, IhdClass>();
  private usedClasses = new Set<IhdClass>();
  private readonly steps: IhdObject[] = [];
  private readonly links: IhdObject[] = [];
  private readonly values: ValueReader;

  private readonly root = Root.make();
  private readonly stack = new Stack();
  private assumed: ReadonlyMap<string, Layout>;
  private isResumed = false;

  constructor(
    bytes: Buffer,
    private readonly options: ReadOptions,
  ) {
    this.source = new Source(bytes, options.ansi);
    this.assumed = options.assumed;
    this.values = new ValueReader(this.source, options.strict, options.assumed);
    this.stack.push(this.root);
  }

  /** Valid at a stop for something unknown: what had been read of it is not kept in the fields. */
  mark(position: number): Mark {
    return {
      position,
      objects: this.table.length,
      steps: this.steps.length,
      links: this.links.length,
      classes: new Map(this.classes),
      usedClasses: new Set(this.usedClasses),
      stack: this.stack.mark(),
      tails: new Map(this.tails),
      form: this.values.form,
      canonical: this.values.canonical,
      oddCount: this.values.oddCount,
    };
  }

  /** Reads from a mark, or from the start, as far as it makes sense. `from` is the last mark or one before it. */
  resume(from: Mark | undefined, assumed: ReadonlyMap<string, Layout>): Read {
    this.assumed = this.values.assumed = assumed;
    if (from) {
      this.isResumed = true;
      this.source.position = from.position;
      this.table.length = from.objects;
      this.steps.length = from.steps;
      this.links.length = from.links;
      this.classes = new Map(from.classes);
      this.usedClasses = new Set(from.usedClasses);
      this.tails = new Map(from.tails);
      this.values.form = from.form;
      this.values.canonical = from.canonical;
      this.values.oddCount = from.oddCount;
      this.stack.restore(from.stack);
    }
    return this.run();
  }

  run(): Read {
    let stop: Stop | undefined;
    try {
      this.walk();
    } catch (error) {
      if (!(error instanceof Stop)) throw error;
      stop = error;
      this.stack.cutLists();
      const { drafts, fields, depth } = this.stack;
      const draft = drafts[depth - 1]!;
      const op = draft.$class.layout.ops[fields[depth - 1]!];
      stop.where = `${draft.$class.name}.${op?.name ?? "?"}`;
    }
    const file: IhdFile = {
      root: this.root as unknown as IhdObject & Values<typeof Root.fields>,
      form: this.values.form ?? "unicode",
      ansi: this.options.ansi,
      oddForms: this.values.oddForms,
      canonical: this.values.canonical,
      table: this.table,
      steps: this.steps,
      links: this.links,
      classes: this.classes,
    };
    const open = this.stack.open() as readonly IhdObject[];
    return { file, stop, position: this.source.position, surprises: this.values.surprises, open };
  }

  private walk(): void {
    const { stack } = this;
    const { drafts, fields, lists, filled, counts } = stack;
    nextFrame: while (stack.depth > 0) {
      const top = stack.depth - 1;
      const draft = drafts[top]!;
      let { ops, runs, set } = draft.$class.layout;
      const tail = this.tails.size > 0 ? this.tails.get(draft) : undefined;
      if (tail) [ops, runs, set] = [tail, nothing, nothing];
      for (let at = fields[top]!; at < ops.length; at++) {
        const run = runs[at];
        if (run) {
          run.read(draft, this.values, this.source, fields, top);
          at = run.end - 1;
          continue;
        }
        const op = ops[at]!;
        if (op.code < Op.groups) {
          // Kept up to date for the message of a stop.
          fields[top] = at;
          if (op.absentFor && this.isAbsent(draft, op.absentFor)) continue;
          draft[op.name] = this.values.value(op, draft, op.name);
        } else if (op.code === Op.object) {
          fields[top] = at;
          const child = this.pointer(op.slot!);
          const setter = set[at];
          if (setter) setter(draft, child);
          else draft[op.name] = child;
          if (this.isNew) {
            fields[top] = at + 1;
            stack.push(child as Draft);
            continue nextFrame;
          }
        } else if (op.code === Op.groups) {
          fields[top] = at;
          const list = this.values.groupList(op.group!, draft, op.name);
          const setter = set[at];
          if (setter) setter(draft, list);
          else draft[op.name] = list;
        } else if (op.code === Op.tail) {
          fields[top] = at;
          // The rest of the fields takes the place of this one.
          [ops, runs, set] = [[...ops.slice(0, at), ...this.tailOf(draft)], nothing, nothing];
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
          const count = counts[top]!;
          for (let i = filled[top]!; i < count; i++) {
            const child = this.pointer(op.slot!);
            list[i] = child;
            filled[top] = i + 1;
            if (this.isNew) {
              stack.push(child as Draft);
              continue nextFrame;
            }
          }
          lists[top] = undefined;
          if (draft === this.root && op.name === "types") this.rememberTypes();
        }
      }
      if (this.tails.size > 0) this.tails.delete(draft);
      stack.pop();
    }
  }

  /** While inferring: objects whose fields are more than their layout says so far. */
  private tails = new Map<Draft, readonly FieldOp[]>();

  private tailOf(draft: Draft): readonly FieldOp[] {
    const { name: className, schema, layout } = draft.$class;
    const key = `${className}/${schema}+`;
    const found = this.assumed.get(key);
    if (found) return found.ops;
    throw new Stop("unknown", this.source.position, l10n.t("what follows in a {0} is not known", className), {
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
      if (flags.some((flag) => flag !== 0)) this.values.keepOdd(draft, `${op.name}.flags`, flags, undefined);
    }
    if (count === 0) {
      if (this.isResumed) draft[op.name] = nothing;
      return undefined;
    }
    const list = emptyList<IhdObject | null>(count);
    draft[op.name] = list;
    const { filled, counts, depth } = this.stack;
    filled[depth - 1] = 0;
    counts[depth - 1] = count;
    return list;
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
      if (number < 0x7fff) this.values.canonical = false;
    }
    if (isClass) {
      const known = this.classes.get(number);
      if (!known)
        throw new Stop("bad-tag", at, l10n.t("a tag names class {0}, and there is no such class", number));
      return this.newObject(known, slot, at);
    }
    const referred = this.table[number];
    if (!referred) {
      throw new Stop(
        "bad-tag",
        at,
        l10n.t("a pointer leads to object {0}, but only {1} are known here", number, this.table.length - 1),
      );
    }
    if (!fits(slot, referred.$class.layout.slot)) {
      throw new Stop("wrong-class", at, l10n.t("a {0} where a {1} belongs", referred.$class.name, slot));
    }
    return referred as IhdObject;
  }

  private newClass(at: number, slot: Slot): IhdClass {
    const { source } = this;
    const schema = source.u16();
    const length = source.u16();
    if (length === 0 || length > 255)
      throw new Stop("bad-tag", at, l10n.t("a class name of {0} characters", length));
    const name = source.latin1(length);
    const known = this.options.layouts.get(name);
    if (!known && !/^[A-Za-z_]\w*$/.test(name))
      throw new Stop("bad-tag", at, l10n.t("a class name that is no name"));
    const assumed = this.assumed.size > 0 ? this.assumed.get(`${name}/${schema}`) : undefined;
    const found = assumed ?? (known?.schema === schema ? known : undefined);
    if (!found) {
      const key = `${name}/${schema}`;
      throw new Stop("unknown", at, l10n.t("class {0} (schema {1}) is not known", name, schema), {
        key,
        kind: "class",
        className: name,
        schema,
        slot: known?.slot ?? (slot === "operand" || slot === "listed" ? "expression" : slot),
      });
    }
    // A second record of one class is a class of its own, or the file could not be written back.
    const made = this.usedClasses.has(found.class) ? { ...found.class } : found.class;
    if (made !== found.class) this.values.canonical = false;
    this.usedClasses.add(found.class);
    this.classes.set(this.table.length, made);
    this.table.push(null);
    return made;
  }

  private newObject(of: IhdClass, slot: Slot, at: number): IhdObject {
    if (!fits(slot, of.layout.slot))
      throw new Stop("wrong-class", at, l10n.t("a {0} where a {1} belongs", of.name, slot));
    if (this.table.length > limits.objects) {
      throw new Stop(
        "limit",
        at,
        l10n.t("more than {0} objects, the most this reader takes", limits.objects),
      );
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
    if (!table || table.form !== this.values.form) return false;
    this.root["types"] = table.types;
    for (const entry of table.entries) this.table.push(entry as Draft | null);
    for (const [number, each] of table.classes) {
      this.classes.set(number, each);
      this.usedClasses.add(each);
    }
    source.position += table.bytes.length;
    return true;
  }

  private rememberTypes(): void {
    if (this.values.oddCount > 0 || !this.values.canonical || this.assumed.size > 0) return;
    this.options.typeTables.add({
      bytes: this.source.bytes.subarray(this.typesAt, this.source.position),
      form: this.values.form ?? "unicode",
      ansi: this.options.ansi,
      types: this.root["types"] as readonly IhdObject[],
      entries: this.table.slice(1) as (IhdObject | null)[],
      classes: [...this.classes],
    });
  }
}

const nothing: readonly never[] = [];

function fits(slot: Slot, actual: Slot): boolean {
  if (slot === actual) return true;
  if (slot === "listed" && actual === "parameter") return true;
  return (
    (slot === "operand" || slot === "listed") && (actual === "expression" || actual === "handlerVariable")
  );
}
