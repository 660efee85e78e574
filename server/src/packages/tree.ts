import type { FoundComponent } from "./checks/foundComponents";
import type { PackageEntry, PackageProblem } from "./entry";

/** A package as a tree, for views: folders that are only part of a name are nodes too. */
export interface TreeNode {
  readonly name: string;
  readonly path: string;
  readonly kind: PackageEntry["kind"];
  /** Absent for folders that are only part of a name. */
  readonly entry?: PackageEntry;
  /** The data component that the name stands for. */
  readonly component?: string;
  /** Folders and zips first, then by name. */
  readonly children: readonly TreeNode[];
  /** Files in and below it, and their unpacked bytes. */
  readonly files: number;
  readonly bytes: number;
  /** Of this node itself. */
  readonly problems: readonly PackageProblem[];
}

interface Growing {
  name: string;
  path: string;
  kind: PackageEntry["kind"];
  entry?: PackageEntry;
  component?: string;
  children: Growing[];
  files: number;
  bytes: number;
  problems: PackageProblem[];
}

/** Parts of a path beyond this stay in one name: a view gains nothing from more levels. */
const LEVELS = 64;

/** @returns the nodes at the top */
export function buildTree(
  entries: readonly PackageEntry[],
  components: readonly FoundComponent[] = [],
  problems: readonly PackageProblem[] = [],
): readonly TreeNode[] {
  const root = node("", "", "folder");
  const byPath = new Map<string, Growing>([["", root]]);
  for (const entry of entries) {
    const names = entry.path.split("/");
    if (names.length > LEVELS) names.splice(LEVELS - 1, names.length, names.slice(LEVELS - 1).join("/"));
    let [at, path] = [root, ""];
    for (const [index, name] of names.entries()) {
      path = index === 0 ? name : `${path}/${name}`;
      const leaf = index === names.length - 1;
      let child = byPath.get(path);
      // A file that has the name of another node is a node of its own.
      if (!child || (leaf && child.entry && entry.kind === "file")) {
        child = node(name, path, leaf ? entry.kind : "folder");
        at.children.push(child);
        if (!byPath.has(path)) byPath.set(path, child);
      }
      if (leaf) {
        child.entry ??= entry;
        child.kind = entry.kind;
      }
      at = child;
    }
  }
  for (const { component, path } of components) {
    const found = byPath.get(path);
    if (found) found.component = component.node;
  }
  for (const problem of problems) {
    if (problem.path !== undefined) byPath.get(problem.path)?.problems.push(problem);
  }
  addUp(root);
  return root.children;
}

function node(name: string, path: string, kind: PackageEntry["kind"]): Growing {
  return { name, path, kind, children: [], files: 0, bytes: 0, problems: [] };
}

function addUp(root: Growing): void {
  const order: Growing[] = [];
  const stack = [root];
  let here: Growing | undefined;
  while ((here = stack.pop())) {
    order.push(here);
    stack.push(...here.children);
  }
  for (const node of order.reverse()) {
    node.children.sort(byKindAndName);
    const own = node.kind === "folder" || node.children.length > 0 ? 0 : 1;
    node.files = node.children.reduce((sum, { files }) => sum + files, own);
    node.bytes = node.children.reduce((sum, { bytes }) => sum + bytes, own * (node.entry?.size ?? 0));
  }
}

function byKindAndName(a: Growing, b: Growing): number {
  const [first, second] = [a, b].map(({ kind }) => (kind === "file" ? 1 : 0)) as [number, number];
  return first - second || (a.name.toLowerCase() < b.name.toLowerCase() ? -1 : 1);
}
