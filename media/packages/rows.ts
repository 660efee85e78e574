import type { PackageFinding, PackageRow } from "../../server/src/protocol";

export type Column = "name" | "size" | "packed" | "modified" | "encryption" | "problems";

export interface Order {
  readonly column: Column;
  readonly descending: boolean;
}

/** One line on screen: a row and what the tree knows of it. */
export interface Line {
  /** Position in `rows`. */
  readonly at: number;
  readonly expanded: boolean;
  readonly expandable: boolean;
  /** Among its siblings on screen, from 1. */
  readonly position: number;
  readonly siblings: number;
}

export type Severity = PackageFinding["severity"];

/** Messages about a row: its own and, of a folder, those about what is in it. */
export interface RowFindings {
  readonly worst: Severity;
  readonly count: number;
}

const severities: readonly Severity[] = ["hint", "information", "warning", "error"];

/** The rows of a package as a tree: which lines are to be seen. */
export class Rows {
  private readonly parents: Int32Array;
  private readonly children: (readonly number[])[];
  private readonly top: readonly number[];
  private readonly keys = new Map<string, number>();
  private findings = new Map<number, RowFindings>();

  constructor(readonly rows: readonly PackageRow[]) {
    this.parents = new Int32Array(rows.length).fill(-1);
    const children: number[][] = rows.map(() => []);
    const top: number[] = [];
    const above: number[] = [];
    for (const [at, row] of rows.entries()) {
      above.length = row.depth;
      const parent = above[row.depth - 1] ?? -1;
      above.push(at);
      this.parents[at] = parent;
      (parent < 0 ? top : children[parent]!).push(at);
      this.keys.set(keyOf(row), at);
    }
    this.children = children;
    this.top = top;
  }

  /** Position of the row with this key, or undefined. */
  find(key: string): number | undefined {
    return this.keys.get(key);
  }

  /** Position of the first row that is stored under this path. */
  findPath(path: string): number | undefined {
    return this.keys.get(`1 ${path}`);
  }

  parentOf(at: number): number {
    return this.parents[at] ?? -1;
  }

  isExpandable(at: number): boolean {
    return (this.children[at]?.length ?? 0) > 0;
  }

  findingsOf(at: number): RowFindings | undefined {
    return this.findings.get(at);
  }

  /** Counts messages at the rows they are about and at all folders around those. */
  setFindings(findings: readonly PackageFinding[]): void {
    const counted = new Map<number, RowFindings>();
    for (const { path, severity } of findings) {
      const found = path === undefined ? undefined : this.findPath(path);
      for (let at = found ?? -1; at >= 0; at = this.parentOf(at)) {
        const before = counted.get(at);
        const worst =
          before && severities.indexOf(before.worst) > severities.indexOf(severity) ? before.worst : severity;
        counted.set(at, { worst, count: (before?.count ?? 0) + 1 });
      }
    }
    this.findings = counted;
  }

  /** All keys of rows that can be opened. */
  expandableKeys(): string[] {
    return this.rows.flatMap((row, at) => (this.isExpandable(at) ? [keyOf(row)] : []));
  }

  /**
   * The lines to be seen. With a filter those are the rows that fit all its words, what they are in, and what is in
   * them; folders on the way are open.
   */
  lines(expanded: ReadonlySet<string>, filter: string, order: Order): { lines: Line[]; matches: number } {
    const words = filter
      .toLowerCase()
      .split(/\s+/)
      .filter((word) => word !== "");
    const filtered = words.length > 0 ? this.filtered(words) : undefined;
    const lines: Line[] = [];
    const stack: { at: number; position: number; siblings: number }[] = [];
    const push = (siblings: readonly number[]): void => {
      const shown = filtered ? siblings.filter((at) => filtered.shown.has(at)) : siblings;
      const sorted = this.sorted(shown, order);
      for (let position = sorted.length; position > 0; position--) {
        stack.push({ at: sorted[position - 1]!, position, siblings: sorted.length });
      }
    };
    push(this.top);
    for (let next = stack.pop(); next; next = stack.pop()) {
      const { at } = next;
      const expandable = this.isExpandable(at);
      const open =
        expandable && (expanded.has(keyOf(this.rows[at]!)) || (filtered?.onTheWay.has(at) ?? false));
      lines.push({ ...next, expandable, expanded: open });
      if (open) push(this.children[at]!);
    }
    return { lines, matches: filtered?.matches ?? this.rows.length };
  }

  private filtered(words: readonly string[]): {
    shown: Set<number>;
    onTheWay: Set<number>;
    matches: number;
  } {
    const [shown, onTheWay, inMatch] = [new Set<number>(), new Set<number>(), new Set<number>()];
    let matches = 0;
    for (const [at, row] of this.rows.entries()) {
      const text = `${row.path}\n${row.component ?? ""}`.toLowerCase();
      const own = `${row.name}\n${row.component ?? ""}`.toLowerCase();
      const parent = this.parentOf(at);
      // A path holds the names of all folders around: a match is new only where the row's own name adds to it.
      const fits = words.every((word) => text.includes(word));
      if (fits && (words.some((word) => own.includes(word)) || !inMatch.has(parent))) {
        matches++;
        for (let up = parent; up >= 0 && !onTheWay.has(up); up = this.parentOf(up)) {
          onTheWay.add(up);
          shown.add(up);
        }
      }
      if (fits || inMatch.has(parent)) {
        inMatch.add(at);
        shown.add(at);
      }
    }
    return { shown, onTheWay, matches };
  }

  private sorted(siblings: readonly number[], { column, descending }: Order): readonly number[] {
    // As they come: folders first, then by name.
    if (column === "name" && !descending) return siblings;
    const sign = descending ? -1 : 1;
    const value = valueOf(column, (at) => this.findings.get(at)?.count ?? 0);
    return [...siblings].sort((one, other) => {
      const [first, second] = [this.rows[one]!, this.rows[other]!];
      const kinds = Number(first.kind === "file") - Number(second.kind === "file");
      if (kinds !== 0) return kinds;
      const [a, b] = [value(first, one), value(second, other)];
      return a < b ? -sign : a > b ? sign : one - other;
    });
  }
}

/** Tells a row from all others, also after the package was read again. */
export function keyOf({ path, copy }: PackageRow): string {
  return `${copy ?? 1} ${path}`;
}

function valueOf(
  column: Column,
  count: (at: number) => number,
): (row: PackageRow, at: number) => string | number {
  switch (column) {
    case "name":
      return ({ name }) => name.toLowerCase();
    case "size":
      return ({ size }) => size ?? 0;
    case "packed":
      return ({ packed }) => packed ?? 0;
    case "modified":
      return ({ modified }) => modified ?? "";
    case "encryption":
      return ({ encryption }) => encryption ?? "";
    case "problems":
      return (_row, at) => count(at);
  }
}
