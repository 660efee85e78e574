import { type FieldOp, type IhdClass, type IhdObject, type Layout, Op, type Variant } from "./fields";
import type { IhdFile, OddForm, StringForm } from "./file";
import { Sink } from "./sink";

/** What writing needs; a decoded file has it all, a builder gives the root alone. */
export interface Writable {
  readonly root: IhdObject;
  readonly form?: StringForm;
  readonly ansi?: string;
  readonly oddForms?: IhdFile["oddForms"];
  /** Layouts of value types that are not in the table (`literal/16`), as inference found them. */
  readonly assumed?: ReadonlyMap<string, Layout>;
}

/**
 * Writes a file with the table that reads it. A file that was read and not changed gives the same bytes
 * (see `IhdFile.canonical`). The root must be complete: writing a file that was read in part is refused.
 */
export function writeIhd(file: Writable): Buffer {
  return new Writer(file).run();
}

/** Numbers a class, then the object, before its fields; walks with its own stack, as the reader does. */
class Writer {
  private readonly sink: Sink;
  private readonly numbers = new Map<IhdObject | IhdClass, number>();
  private next = 1;
  private readonly odd: IhdFile["oddForms"] | undefined;
  private readonly drafts: IhdObject[] = [];
  private readonly fields: number[] = [];
  /** Next element of the list of objects that is being written; -1 = not begun. */
  private readonly elements: number[] = [];

  constructor(private readonly file: Writable) {
    this.sink = new Sink(file.form ?? "unicode", file.ansi ?? "windows-1252");
    this.odd = file.oddForms && file.oddForms.size > 0 ? file.oddForms : undefined;
  }

  run(): Buffer {
    this.push(this.file.root);
    const { drafts, fields, elements, sink } = this;
    nextFrame: while (drafts.length > 0) {
      const top = drafts.length - 1;
      const draft = drafts[top]!;
      if (draft.$partial) throw new Error(`${draft.$class.name} was read in part and can not be written`);
      const forms = this.odd?.get(draft);
      const { ops } = draft.$class.layout;
      for (let at = fields[top]!; at < ops.length; at++) {
        const op = ops[at]!;
        const value = draft[op.name];
        if (op.code < Op.groups) {
          if (op.absentFor && isAbsent(draft, op.absentFor)) continue;
          this.value(op, value, draft, forms, op.name);
        } else if (op.code === Op.object) {
          if (this.pointer(value as IhdObject | null)) {
            fields[top] = at + 1;
            this.push(value as IhdObject);
            continue nextFrame;
          }
        } else if (op.code === Op.groups) {
          const list = value as readonly Record<string, unknown>[];
          sink.u32(list.length);
          for (let i = 0; i < list.length; i++) {
            for (const each of op.group!.ops) {
              this.value(
                each,
                list[i]![each.name],
                draft,
                forms,
                forms ? `${op.name}.${i}.${each.name}` : "",
              );
            }
          }
        } else {
          const list = value as readonly (IhdObject | null)[];
          if (elements[top] === -1) {
            sink.u32(list.length);
            if (op.code === Op.flaggedObjects) {
              sink.raw(forms?.get(`${op.name}.flags`)?.bytes ?? new Uint8Array(list.length));
            }
            elements[top] = 0;
          }
          for (let i = elements[top]!; i < list.length; i++) {
            if (this.pointer(list[i]!)) {
              fields[top] = at;
              elements[top] = i + 1;
              this.push(list[i]!);
              continue nextFrame;
            }
          }
          elements[top] = -1;
        }
      }
      drafts.pop();
      fields.pop();
      elements.pop();
    }
    return sink.done();
  }

  private push(draft: IhdObject): void {
    this.drafts.push(draft);
    this.fields.push(0);
    this.elements.push(-1);
  }

  /** Writes a pointer; true: the object has still to be written. */
  private pointer(to: IhdObject | null): boolean {
    const { sink } = this;
    if (to === null) {
      sink.u16(0);
      return false;
    }
    const number = this.numbers.get(to);
    if (number !== undefined) {
      this.tag(number, 0);
      return false;
    }
    const classNumber = this.numbers.get(to.$class);
    if (classNumber !== undefined) this.tag(classNumber, 0x8000);
    else {
      sink.u16(0xffff);
      sink.u16(to.$class.schema);
      sink.u16(to.$class.name.length);
      sink.raw(Buffer.from(to.$class.name, "latin1"));
      this.numbers.set(to.$class, this.next++);
    }
    this.numbers.set(to, this.next++);
    return true;
  }

  private tag(number: number, bit: 0 | 0x8000): void {
    if (number < 0x7fff) this.sink.u16(number | bit);
    else {
      this.sink.u16(0x7fff);
      this.sink.u32((number | (bit << 16)) >>> 0);
    }
  }

  private value(
    op: FieldOp,
    value: unknown,
    owner: IhdObject,
    forms: ReadonlyMap<string, OddForm> | undefined,
    path: string,
  ): void {
    const { sink } = this;
    switch (op.code) {
      case Op.u8:
        return sink.u8(value as number);
      case Op.u16:
        return sink.u16(value as number);
      case Op.u32:
      case Op.i32:
        return sink.u32(value as number);
      case Op.f64:
        if (!this.kept(forms, path, value)) sink.f64(value as number);
        return;
      case Op.str:
        if (!this.kept(forms, path, value)) sink.str(value as string);
        return;
      case Op.wstr:
        return sink.wstr(value as string);
      case Op.sarr: {
        const list = value as readonly string[];
        sink.stringCount(list.length);
        list.forEach((text, i) => {
          if (!this.kept(forms, `${path}.${i}`, text)) sink.str(text);
        });
        return;
      }
      case Op.variant: {
        const variant = value as Variant;
        sink.u16(variant.type);
        if (variant.type === 0) return;
        if (!this.kept(forms, path, variant.value)) this.typed("variant", variant.type, variant.value, owner);
        return;
      }
      case Op.literal:
        if (!this.kept(forms, path, value)) this.typed("literal", owner["typeBits"] as number, value, owner);
        return;
      default:
        throw new Error(`no plain value: ${op.name}`);
    }
  }

  /** Writes the kept bytes if the value is still the one they stand for. */
  private kept(forms: ReadonlyMap<string, OddForm> | undefined, path: string, value: unknown): boolean {
    const form = forms?.get(path);
    if (!form || !Object.is(form.value, value)) return false;
    this.sink.raw(form.bytes);
    return true;
  }

  private typed(kind: "variant" | "literal", type: number, value: unknown, owner: IhdObject): void {
    const { sink } = this;
    const known = kind === "variant" ? variantOps[type] : literalOps[type];
    switch (known) {
      case Op.str:
        return sink.str(value as string);
      case Op.wstr:
        return sink.wstr(value as string);
      case Op.f64:
        return sink.f64(value as number);
      case Op.u16:
        return sink.u16(value as number);
      case Op.u32:
        return sink.u32(value as number);
    }
    const assumed = this.file.assumed?.get(`${kind}/${type}`)?.ops[0];
    if (!assumed) throw new Error(`a ${kind} of type ${type} can not be written`);
    this.value(assumed, value, owner, undefined, "");
  }
}

const variantOps: Readonly<Record<number, Op>> = { 3: Op.u32, 5: Op.f64, 7: Op.f64, 8: Op.str, 11: Op.u16 };
const literalOps: Readonly<Record<number, Op>> = { 1: Op.wstr, 2: Op.u32, 4: Op.f64, 8: Op.u32 };

function isAbsent(draft: IhdObject, rule: NonNullable<FieldOp["absentFor"]>): boolean {
  return (draft[rule.field] as IhdObject | null)?.$class.name === rule.className;
}
