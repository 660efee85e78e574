import { findComponents } from "../../packages/checks/foundComponents";
import { isContent, type PackageEntry, type PackageProblem, printable } from "../../packages/entry";
import type { Package } from "../../packages/package";
import { buildTree, type TreeNode } from "../../packages/tree";
import type { PackageContents, PackageFinding, PackageRow } from "../../protocol";

/** What an opened package holds, as one list. */
export function contentsOf(uri: string, opened: Package): PackageContents {
  const { name, entries } = opened;
  const components = findComponents(entries, name.server);
  const copies = copiesOf(entries);
  const rows: PackageRow[] = [];
  const stack = [...buildTree(entries, components.found)].reverse().map((node) => ({ node, depth: 0 }));
  for (let next = stack.pop(); next; next = stack.pop()) {
    const { node, depth } = next;
    rows.push(rowOf(node, depth, copies));
    for (let at = node.children.length - 1; at >= 0; at--) {
      stack.push({ node: node.children[at]!, depth: depth + 1 });
    }
  }
  return {
    uri,
    base: printable(name.base),
    ...(name.server === undefined ? {} : { server: name.server }),
    ...(name.exported === undefined ? {} : { exported: name.exported }),
    size: opened.size,
    encrypted: opened.encrypted,
    locked: opened.locked,
    unreadable: opened.unreadable,
    rows,
    findings: opened.problems.map(findingOf),
  };
}

export function findingOf({ code, severity, message, path }: PackageProblem): PackageFinding {
  return { code, severity, message, ...(path === undefined || path === "" ? {} : { path }) };
}

function rowOf(node: TreeNode, depth: number, copies: ReadonlyMap<PackageEntry, number>): PackageRow {
  const { entry, path } = node;
  const isFolder = node.kind === "folder" || node.children.length > 0;
  const copy = entry && copies.get(entry);
  return {
    name: printable(node.name),
    path,
    ...(copy === undefined ? {} : { copy }),
    depth,
    kind: isFolder && node.kind === "file" ? "folder" : node.kind,
    ...(node.bytes > 0 ? { size: node.bytes } : {}),
    ...(isFolder ? { files: node.files } : {}),
    ...(entry ? ofEntry(entry) : {}),
    ...(node.component === undefined ? {} : { component: node.component }),
  };
}

function ofEntry(entry: PackageEntry): Partial<PackageRow> {
  return {
    ...(entry.packed > 0 ? { packed: entry.packed } : {}),
    ...(entry.encryption === "none" ? {} : { encryption: entry.encryption }),
    ...(entry.encrypted ? { encrypted: true } : {}),
    ...(entry.modified === undefined ? {} : { modified: entry.modified }),
    ...(entry.link ? { link: true } : {}),
    ...(entry.unopened ? { closed: entry.unopened.message } : {}),
  };
}

/** Entries whose path is not theirs alone, with a number that tells them apart. */
function copiesOf(entries: readonly PackageEntry[]): Map<PackageEntry, number> {
  const byPath = new Map<string, PackageEntry[]>();
  for (const entry of entries) {
    if (!isContent(entry)) continue;
    const same = byPath.get(entry.path);
    if (same) same.push(entry);
    else byPath.set(entry.path, [entry]);
  }
  const copies = new Map<PackageEntry, number>();
  for (const same of byPath.values()) {
    if (same.length > 1) same.forEach((entry, at) => copies.set(entry, at + 1));
  }
  return copies;
}

/** The position of an entry among those of the package; undefined when there is none. */
export function positionOf(opened: Package, path: string, copy = 1): number | undefined {
  let left = copy;
  for (const [position, entry] of opened.entries.entries()) {
    if (entry.path === path && isContent(entry) && --left === 0) return position;
  }
  return undefined;
}
