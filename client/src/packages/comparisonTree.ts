import type { PackagePair, PackageDifference, PackagePairStatus } from "../../../server/src/protocol";

export type ComparisonNode = ComparisonFolder | ComparisonPair | ComparisonDifference;

export interface ComparisonFolder {
  readonly kind: "folder";
  readonly name: string;
  readonly path: string;
  readonly parent: ComparisonFolder | undefined;
  readonly children: (ComparisonFolder | ComparisonPair)[];
  /** Pairs in it, at any depth, by status. */
  readonly counts: Partial<Record<PackagePairStatus, number>>;
}

export interface ComparisonPair {
  readonly kind: "pair";
  readonly name: string;
  readonly pair: PackagePair;
  readonly parent: ComparisonFolder;
}

export interface ComparisonDifference {
  readonly kind: "difference";
  readonly difference: PackageDifference;
  readonly parent: ComparisonPair | ComparisonDifference;
  readonly position: number;
}

/** The pairs as a tree of folders; identical ones only when they are wanted. Answers the root. */
export function comparisonTree(pairs: readonly PackagePair[], withIdentical: boolean): ComparisonFolder {
  const root = folder("", "", undefined);
  const folders = new Map<string, ComparisonFolder>([["", root]]);
  for (const pair of pairs) {
    if (pair.status === "identical" && !withIdentical) continue;
    const names = pair.path.split("/");
    const name = names.pop() ?? pair.path;
    let parent = root;
    for (const each of names) {
      const path = parent === root ? each : `${parent.path}/${each}`;
      const known = folders.get(path) ?? folder(each, path, parent);
      if (!folders.has(path)) {
        folders.set(path, known);
        parent.children.push(known);
      }
      parent = known;
    }
    parent.children.push({ kind: "pair", name, pair, parent });
    for (let up: ComparisonFolder | undefined = parent; up; up = up.parent) {
      up.counts[pair.status] = (up.counts[pair.status] ?? 0) + 1;
    }
  }
  for (const each of folders.values()) each.children.sort(byKindAndName);
  return root;
}

/** What a comparison by meaning found in a pair, or in a part of it. */
export function differencesOf(node: ComparisonPair | ComparisonDifference): ComparisonDifference[] {
  const found = node.kind === "pair" ? node.pair.differences : node.difference.children;
  return (found ?? []).map((difference, position) => ({
    kind: "difference",
    difference,
    parent: node,
    position,
  }));
}

function folder(name: string, path: string, parent: ComparisonFolder | undefined): ComparisonFolder {
  return { kind: "folder", name, path, parent, children: [], counts: {} };
}

const order = new Intl.Collator(undefined, { numeric: true }).compare;

function byKindAndName(
  one: ComparisonFolder | ComparisonPair,
  other: ComparisonFolder | ComparisonPair,
): number {
  if (one.kind !== other.kind) return one.kind === "folder" ? -1 : 1;
  return order(one.name, other.name);
}
