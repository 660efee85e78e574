import type { PackageContents, PackageRow } from "../../../server/src/protocol";

/** What is in a package, to be walked and to be found by path. */
export class PackageModel {
  private readonly children = new Map<PackageRow | undefined, PackageRow[]>();
  private readonly parents = new Map<PackageRow, PackageRow>();
  private readonly places = new Map<PackageRow, string>();
  private readonly byPlace = new Map<string, PackageRow>();
  private readonly byPath = new Map<string, PackageRow>();

  constructor(readonly contents: PackageContents) {
    const above: PackageRow[] = [];
    for (const row of contents.rows) {
      above.length = row.depth;
      const parent = above[row.depth - 1];
      above.push(row);
      if (parent) this.parents.set(row, parent);
      const siblings = this.children.get(parent);
      if (siblings) siblings.push(row);
      else this.children.set(parent, [row]);
      this.place(row, parent);
      const key = pathKey(row.path, row.copy);
      if (!this.byPath.has(key)) this.byPath.set(key, row);
    }
  }

  /** What is in a folder or zip, or at the top. */
  childrenOf(row: PackageRow | undefined): readonly PackageRow[] {
    return this.children.get(row) ?? [];
  }

  parentOf(row: PackageRow): PackageRow | undefined {
    return this.parents.get(row);
  }

  /** The entry that is stored under this path. */
  find(path: string, copy?: number): PackageRow | undefined {
    return this.byPath.get(pathKey(path, copy));
  }

  /**
   * Where a row is in URIs: its path with names that a URI can hold, and that no other row has. The same for the
   * same content, so that editors find it when the window is opened again.
   */
  placeOf(row: PackageRow): string {
    return this.places.get(row) ?? row.path;
  }

  at(place: string): PackageRow | undefined {
    return this.byPlace.get(place);
  }

  private place(row: PackageRow, parent: PackageRow | undefined): void {
    const folder = parent === undefined ? "" : `${this.placeOf(parent)}/`;
    const name = uriName(row.name);
    let place = folder + name;
    for (let count = 2; this.byPlace.has(place); count++) place = `${folder}${numbered(name, count)}`;
    this.places.set(row, place);
    this.byPlace.set(place, row);
  }
}

/** True for what is opened as a file: files, and zips whose content is not listed. */
export function isFile(row: PackageRow): boolean {
  return row.kind === "file" || row.closed !== undefined;
}

/** Whether its content cannot be had without the password that the package still lacks. */
export function isLocked(row: PackageRow, contents: PackageContents): boolean {
  return row.encrypted === true && contents.locked;
}

/** Whether a path is one of those that were chosen, or in one of them; all are, where none were. */
export function chosenBy(paths: readonly string[] | undefined): (path: string) => boolean {
  if (!paths) return () => true;
  const chosen = new Set(paths);
  return (path) => {
    for (let end = path.length; end > 0; end = path.lastIndexOf("/", end - 1)) {
      if (chosen.has(path.slice(0, end))) return true;
    }
    return false;
  };
}

function pathKey(path: string, copy = 1): string {
  return `${copy} ${path}`;
}

/** A name as one part of a URI's path: never empty, never one that means another folder. */
function uriName(name: string): string {
  const part = name.replaceAll("/", "_").replaceAll("\\", "_");
  return /^\.{0,2}$/.test(part) ? `(${part})` : part;
}

/** `users (2).xml` */
function numbered(name: string, count: number): string {
  const dot = name.lastIndexOf(".");
  return dot > 0 ? `${name.slice(0, dot)} (${count})${name.slice(dot)}` : `${name} (${count})`;
}
