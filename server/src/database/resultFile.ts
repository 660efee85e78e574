import { type FileHandle, open } from "node:fs/promises";
import * as l10n from "@vscode/l10n";
import type { Cell } from "./driver";

/** A place in the file is remembered for every so many rows. */
const stride = 256;
const chunk = 1024 * 1024;

const quote = 0x22;
const lineFeed = 0x0a;

/** Rows of a result file. */
export interface ResultPage {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
  /** Whole rows that are in the file now; a run may still be adding some. */
  readonly total: number;
}

/**
 * Reads rows anywhere in a result file of a run (RFC 4180, first record = names, NULL = nothing at all). The file is
 * gone through once to learn where rows begin, and again only where it has grown; memory does not grow with its rows.
 */
export class ResultFile {
  /** Where records 0, 256, 512... begin; record 0 is the names. */
  private readonly places: number[] = [0];
  private records = 0;
  private scanned = 0;
  private inQuotes = false;
  /** After the last whole record. */
  private end = 0;
  private columns: readonly string[] = [];

  constructor(readonly path: string) {}

  /** Rejects when the file cannot be read. */
  async page(from: number, count: number): Promise<ResultPage> {
    const handle = await open(this.path, "r");
    try {
      await this.scan(handle);
      const total = Math.max(0, this.records - 1);
      const first = Math.min(Math.max(0, from), total);
      const last = Math.min(total, first + Math.max(0, count));
      // Record numbers: the names stand before the rows.
      const records = last > first ? await this.recordsBetween(handle, first + 1, last + 1) : [];
      if (this.columns.length === 0 && this.records > 0) {
        const [names] = await this.recordsBetween(handle, 0, 1);
        this.columns = (names ?? []).map((name) => name ?? "");
      }
      return { columns: this.columns, rows: records, total };
    } finally {
      await handle.close();
    }
  }

  /** Learns where records begin in what is new in the file. */
  private async scan(handle: FileHandle): Promise<void> {
    const { size } = await handle.stat();
    if (size < this.scanned) throw new Error(l10n.t("{0} has become shorter", this.path));
    const buffer = Buffer.allocUnsafe(chunk);
    while (this.scanned < size) {
      const { bytesRead } = await handle.read(buffer, 0, Math.min(chunk, size - this.scanned), this.scanned);
      if (bytesRead === 0) break;
      for (let at = 0; at < bytesRead; at++) {
        const byte = buffer[at];
        if (byte === quote) this.inQuotes = !this.inQuotes;
        else if (byte === lineFeed && !this.inQuotes) {
          this.end = this.scanned + at + 1;
          if (++this.records % stride === 0) this.places.push(this.end);
        }
      }
      this.scanned += bytesRead;
    }
  }

  private async recordsBetween(handle: FileHandle, from: number, to: number): Promise<Cell[][]> {
    const firstPlace = Math.floor(from / stride);
    const start = this.places[firstPlace] ?? 0;
    const stop = this.places[Math.ceil(to / stride)] ?? this.end;
    const buffer = Buffer.alloc(stop - start);
    await handle.read(buffer, 0, buffer.length, start);
    const skipped = from - firstPlace * stride;
    return parseCsv(buffer.toString("utf8"), to - firstPlace * stride).slice(skipped);
  }
}

/** The first `most` records of a text. */
export function parseCsv(text: string, most = Infinity): Cell[][] {
  const records: Cell[][] = [];
  for (let at = 0; at < text.length && records.length < most;) {
    const record: Cell[] = [];
    for (;;) {
      let cell: Cell;
      if (text.charCodeAt(at) === quote) {
        let value = "";
        let from = at + 1;
        for (;;) {
          const close = text.indexOf('"', from);
          const end = close < 0 ? text.length : close;
          value += text.slice(from, end);
          at = end + 1;
          if (text.charCodeAt(at) !== quote) break;
          value += '"';
          from = at + 1;
        }
        cell = value;
      } else {
        let end = at;
        for (; end < text.length; end++) {
          const code = text.charCodeAt(end);
          if (code === 0x2c || code === lineFeed) break;
        }
        cell = end === at ? null : text.slice(at, end);
        at = end;
      }
      record.push(cell);
      if (text.charCodeAt(at) !== 0x2c) break;
      at++;
    }
    at++;
    records.push(record);
  }
  return records;
}
