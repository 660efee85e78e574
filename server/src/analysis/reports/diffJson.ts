import type { FolderDiff } from "../compare/compareFolders";
import type { DiffReportOptions } from "./diffReport";

/** The comparison as plain data, for programs. */
export function diffJson(diff: FolderDiff, { old, now }: Pick<DiffReportOptions, "old" | "now">) {
  return {
    old,
    new: now,
    summary: diff.summary,
    kinds: [...diff.kinds],
    notes: diff.notes,
    pairs: diff.pairs.map((pair) => ({
      name: pair.name,
      status: pair.status,
      oldPath: pair.old?.path ?? null,
      newPath: pair.now?.path ?? null,
      note: pair.note,
      byContent: pair.byContent,
      changes: pair.changes,
    })),
  };
}
