import type { GridCell } from "../../server/src/protocol";

export const pageSize = 200;
/** Pages that are kept: what was looked at lately. */
const mostPages = 60;
/** Requests that are on their way at once. */
const mostPending = 4;

/** Rows as far as they are here; those that are missing are asked for, newest wish first. */
export class Rows {
  private readonly pages = new Map<number, readonly (readonly GridCell[])[]>();
  private readonly pending = new Set<number>();
  private wanted: number[] = [];

  constructor(private readonly fetch: (from: number, count: number) => void) {}

  /** The row if it is here. */
  get(index: number): readonly GridCell[] | undefined {
    return this.pages.get(Math.floor(index / pageSize))?.[index % pageSize];
  }

  /** Says which rows are looked at; what is missing of them is asked for. */
  want(from: number, to: number, total: number): void {
    const first = Math.floor(from / pageSize);
    const last = Math.floor(Math.max(from, to) / pageSize);
    this.wanted = [];
    for (let page = first; page <= last; page++) {
      const known = this.pages.get(page);
      if (known) {
        // What is looked at is the last to go.
        this.pages.delete(page);
        this.pages.set(page, known);
      }
      const whole = Math.min(pageSize, total - page * pageSize);
      if ((known?.length ?? 0) < whole && !this.pending.has(page)) this.wanted.push(page);
    }
    this.ask();
  }

  take(from: number, rows: readonly (readonly GridCell[])[]): void {
    const page = Math.floor(from / pageSize);
    this.pending.delete(page);
    this.pages.delete(page);
    this.pages.set(page, rows);
    for (const old of [...this.pages.keys()].slice(0, -mostPages)) this.pages.delete(old);
    this.ask();
  }

  private ask(): void {
    while (this.wanted.length > 0 && this.pending.size < mostPending) {
      const page = this.wanted.shift() ?? 0;
      if (this.pending.has(page)) continue;
      this.pending.add(page);
      this.fetch(page * pageSize, pageSize);
    }
  }
}
