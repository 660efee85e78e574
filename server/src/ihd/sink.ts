import { encodeAnsi } from "./ansi";
import type { StringForm } from "./file";

/** Writes the primitive values of an MFC archive (little-endian) into a buffer that grows. */
export class Sink {
  private bytes = Buffer.allocUnsafe(1 << 17);
  private position = 0;

  constructor(
    readonly form: StringForm,
    readonly ansi: string,
  ) {}

  /** What was written so far. */
  done(): Buffer {
    return Buffer.from(this.bytes.subarray(0, this.position));
  }

  private room(size: number): number {
    const at = this.position;
    if (at + size > this.bytes.length) {
      const larger = Buffer.allocUnsafe(Math.max(this.bytes.length * 2, at + size));
      this.bytes.copy(larger, 0, 0, at);
      this.bytes = larger;
    }
    this.position = at + size;
    return at;
  }

  u8(value: number): void {
    this.bytes[this.room(1)] = value;
  }

  u16(value: number): void {
    const at = this.room(2);
    this.bytes[at] = value;
    this.bytes[at + 1] = value >>> 8;
  }

  u32(value: number): void {
    const at = this.room(4);
    const { bytes } = this;
    bytes[at] = value;
    bytes[at + 1] = value >>> 8;
    bytes[at + 2] = value >>> 16;
    bytes[at + 3] = value >>> 24;
  }

  f64(value: number): void {
    const at = this.room(8);
    this.bytes.writeDoubleLE(value, at);
  }

  raw(bytes: Uint8Array): void {
    const at = this.room(bytes.length);
    this.bytes.set(bytes, at);
  }

  str(text: string): void {
    if (this.form === "unicode") {
      this.raw(unicodeMark);
      this.length(text.length);
      this.units(text);
    } else {
      const encoded = encodeAnsi(text, this.ansi);
      this.length(encoded.length);
      this.raw(encoded);
    }
  }

  private length(length: number): void {
    if (length < 0xff) this.u8(length);
    else {
      this.u8(0xff);
      if (length < 0xfffe) this.u16(length);
      else {
        this.u16(0xffff);
        this.u32(length);
      }
    }
  }

  private units(text: string): void {
    const at = this.room(text.length * 2);
    this.bytes.write(text, at, text.length * 2, "utf16le");
  }

  wstr(text: string): void {
    this.u32(text.length);
    this.units(text);
  }

  stringCount(count: number): void {
    if (count < 0xffff) this.u16(count);
    else {
      this.u16(0xffff);
      this.u32(count);
    }
  }
}

const unicodeMark = Uint8Array.of(0xff, 0xfe, 0xff);
