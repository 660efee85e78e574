import type { StringForm } from "./file";
import type { IhdClass, IhdObject } from "./fields";

/**
 * Decoded type tables by their bytes. The table of all variable types takes most of a handler file (about 57 KB
 * of 65 KB) and is byte-identical between the files of one installation, so it is decoded once. It is the first
 * thing in a file that holds objects, so its numbers are the same in every file too. The objects are frozen:
 * handlers share them.
 */
export interface TypeTable {
  readonly bytes: Buffer;
  readonly form: StringForm;
  readonly ansi: string;
  /** The list, and the reference table's entries 1... in order (null = a class). */
  readonly types: readonly (IhdObject | null)[];
  readonly entries: readonly (IhdObject | null)[];
  readonly classes: readonly (readonly [number, IhdClass])[];
}

/** The most recently used tables; a team has one a Designer installation. */
export class TypeTables {
  private tables: TypeTable[] = [];

  constructor(
    private readonly most = 8,
    private readonly largest = 4 * 1024 * 1024,
  ) {}

  /** The table that stands at `offset` (where its count is). */
  find(bytes: Buffer, offset: number, ansi: string): TypeTable | undefined {
    for (let i = 0; i < this.tables.length; i++) {
      const table = this.tables[i]!;
      const end = offset + table.bytes.length;
      if (end > bytes.length || table.ansi !== ansi) continue;
      if (table.bytes.compare(bytes, offset, end) !== 0) continue;
      if (i > 0) {
        this.tables.splice(i, 1);
        this.tables.unshift(table);
      }
      return table;
    }
    return undefined;
  }

  add(table: TypeTable): void {
    if (table.bytes.length > this.largest) return;
    for (const each of table.entries) if (each) Object.freeze(each);
    this.tables.unshift({ ...table, bytes: Buffer.from(table.bytes) });
    this.tables.length = Math.min(this.tables.length, this.most);
  }
}
