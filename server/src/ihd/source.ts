import * as l10n from "@vscode/l10n";
import { decodeAnsi } from "./ansi";
import type { StringForm } from "./file";
import { limits } from "./limits";
import { Stop } from "./stop";

/** Interned strings: handlers repeat the same few hundred labels and type names thousands of times. */
const poolSize = 8192;
const pool: string[] = new Array<string>(poolSize).fill("");
const longestPooled = 40;

/** Reads the primitive values of an MFC archive (little-endian), with a bounds check before each. */
export class Source {
  position = 0;
  /** What the string just read looked like. */
  form: StringForm = "unicode";
  /** false: the length of the string just read was not written in the shortest way, or its bytes decode lossily. */
  plain = true;
  readonly end: number;

  constructor(
    readonly bytes: Buffer,
    readonly ansi: string,
  ) {
    this.end = bytes.length;
  }

  private need(size: number): number {
    const at = this.position;
    if (size > this.end - at) {
      throw new Stop("truncated", at, l10n.t("the file ends here, but {0} more byte(s) are needed", size));
    }
    this.position = at + size;
    return at;
  }

  u8(): number {
    return this.bytes[this.need(1)]!;
  }

  u16(): number {
    const at = this.need(2);
    return this.bytes[at]! | (this.bytes[at + 1]! << 8);
  }

  u32(): number {
    return this.i32() >>> 0;
  }

  i32(): number {
    const at = this.need(4);
    const { bytes } = this;
    return bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);
  }

  f64(): number {
    return this.bytes.readDoubleLE(this.need(8));
  }

  raw(size: number): Buffer {
    const at = this.need(size);
    return this.bytes.subarray(at, at + size);
  }

  /** A u32 count of things that take at least `size` bytes each. */
  count(size: number): number {
    return this.checkedCount(this.u32(), size, 4);
  }

  private checkedCount(count: number, size: number, prefix: number): number {
    if (count * size > this.end - this.position) {
      throw new Stop(
        "bad-count",
        this.position - prefix,
        l10n.t(
          "a count of {0} is more than the {1} byte(s) that follow can hold",
          count,
          this.end - this.position,
        ),
      );
    }
    return count;
  }

  /** MFC CString: u8 length, 0xFF + u16, 0xFFFF + u32; after `FF FE FF` the length counts UTF-16 units. */
  str(): string {
    const { bytes } = this;
    const at = this.position;
    this.plain = true;
    if (bytes[at] === 0xff && bytes[at + 1] === 0xfe && bytes[at + 2] === 0xff && at + 3 < this.end) {
      this.position = at + 3;
      this.form = "unicode";
      return this.units(this.length(at));
    }
    this.form = "ansi";
    const length = this.length(at);
    const raw = this.raw(length);
    const text = decodeAnsi(raw, this.ansi);
    if (text.includes("\uFFFD")) this.plain = false;
    return text;
  }

  private length(at: number): number {
    let length = this.u8();
    if (length === 0xff) {
      length = this.u16();
      if (length === 0xffff) {
        length = this.u32();
        if (length < 0xfffe) this.plain = false;
      } else if (length < 0xff) this.plain = false;
    }
    if (length > limits.stringLength) {
      throw new Stop(
        "limit",
        at,
        l10n.t(
          "a string of {0} characters is longer than this reader takes ({1})",
          length,
          limits.stringLength,
        ),
      );
    }
    return length;
  }

  /** One character a byte. */
  latin1(length: number): string {
    const at = this.need(length);
    const { bytes } = this;
    const last = at + length;
    let hash = length;
    for (let i = at; i < last; i++) hash = (Math.imul(hash, 31) + bytes[i]!) | 0;
    const slot = (hash ^ (hash >>> 13)) & (poolSize - 1);
    const pooled = pool[slot]!;
    if (pooled.length === length) {
      let i = 0;
      for (; i < length; i++) if (pooled.charCodeAt(i) !== bytes[at + i]) break;
      if (i === length) return pooled;
    }
    return (pool[slot] = bytes.toString("latin1", at, last));
  }

  /** UTF-16LE units; lone surrogates are kept. */
  private units(length: number): string {
    if (length === 0) return "";
    const at = this.need(length * 2);
    const { bytes } = this;
    if (length > longestPooled) return bytes.toString("utf16le", at, at + length * 2);
    let hash = length;
    const last = at + length * 2;
    for (let i = at; i < last; i += 2) {
      hash = (Math.imul(hash, 31) + (bytes[i]! | (bytes[i + 1]! << 8))) | 0;
    }
    const slot = (hash ^ (hash >>> 13)) & (poolSize - 1);
    const pooled = pool[slot]!;
    if (pooled.length === length) {
      let i = 0;
      for (let b = at; i < length; i++, b += 2) {
        if (pooled.charCodeAt(i) !== (bytes[b]! | (bytes[b + 1]! << 8))) break;
      }
      if (i === length) return pooled;
    }
    return (pool[slot] = bytes.toString("utf16le", at, last));
  }

  /** u32 count, then UTF-16LE units. */
  wstr(): string {
    return this.units(this.count(2));
  }

  /** u16 count (0xFFFF + u32 when larger). */
  stringCount(): number {
    this.plain = true;
    let count = this.u16();
    if (count === 0xffff) {
      count = this.u32();
      if (count < 0xffff) this.plain = false;
    }
    return this.checkedCount(count, 1, 2);
  }
}
