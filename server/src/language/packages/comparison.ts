import { stat } from "node:fs/promises";
import { URI } from "vscode-uri";
import { compareTrees, type Pair } from "../../packages/compare";
import { type ContentTree, folderTree, type Origin, packageTree } from "../../packages/contentTree";
import { printable } from "../../packages/entry";
import type { Progress } from "../../packages/walk";
import type {
  ComparedFile,
  ComparedKind,
  PackagePair,
  PackageCompareRequest,
  PackageDifference,
} from "../../protocol";
import { packageComparators } from "../../workspace/packageComparators";
import { findingOf } from "./rows";
import { type PackageSessions, pathOf } from "./sessions";

/**
 * Compares two packages, or a package and a folder.
 * @throws what the file system says, and the signal's reason when aborted
 */
export async function compare(
  sessions: PackageSessions,
  { old, new: now }: PackageCompareRequest.Params,
  onProgress: (progress: Progress) => void,
  signal: AbortSignal,
): Promise<PackageCompareRequest.Result> {
  return await withTree(sessions, old, now, signal, (before) =>
    withTree(sessions, now, old, signal, async (after) => {
      const { summary, pairs } = await compareTrees(before, after, {
        comparators: packageComparators,
        onProgress,
        signal,
      });
      return {
        summary,
        pairs: pairs.map(pairOf),
        findings: [...before.problems, ...after.problems].map(findingOf),
      };
    }),
  );
}

/** A folder's zips are opened with the password of the package that it is compared with. */
async function withTree<Result>(
  sessions: PackageSessions,
  uri: string,
  other: string,
  signal: AbortSignal,
  work: (tree: ContentTree) => Promise<Result>,
): Promise<Result> {
  const path = pathOf(uri);
  if (!(await stat(path)).isDirectory())
    return await sessions.use(uri, (opened) => work(packageTree(opened)));
  const password = sessions.passwordOf(other);
  const tree = await folderTree(path, { password, signal });
  try {
    // So that they can be opened from the result.
    if (password !== undefined)
      for (const zip of tree.unlocked) sessions.lend(URI.file(zip).toString(), password);
    return await work(tree);
  } finally {
    await tree.close();
  }
}

function pairOf({ path, status, what, details, kind, reason, ...sides }: Pair): PackagePair {
  return {
    path: printable(path),
    status,
    ...(sides.old ? { old: fileOf(sides.old) } : {}),
    ...(sides.new ? { new: fileOf(sides.new) } : {}),
    ...(what === undefined ? {} : { what }),
    ...(isDifferences(details) ? { differences: details } : {}),
    ...(isKind(kind) ? { kind } : {}),
    ...(reason === undefined ? {} : { reason }),
  };
}

function fileOf({ origin, size }: { readonly origin: Origin; readonly size: number }): ComparedFile {
  const { file, ...entry } = origin;
  return { uri: URI.file(file).toString(), ...entry, size };
}

function isKind(kind: string | undefined): kind is ComparedKind {
  return packageComparators.some((comparator) => comparator.kind === kind);
}

function isDifferences(details: unknown): details is readonly PackageDifference[] {
  return Array.isArray(details);
}
