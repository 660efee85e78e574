import { printable } from "../../packages/entry";
import { type Existing } from "../../packages/extraction/existing";
import { extractPackage } from "../../packages/extraction/extract";
import { previewExtraction } from "../../packages/extraction/preview";
import type { Package } from "../../packages/package";
import type { Progress } from "../../packages/walk";
import type { ExtractionChoice, PackageExtractRequest, PackagePlanRequest } from "../../protocol";
import { findingOf } from "./rows";

export async function planOf(opened: Package, choice: ExtractionChoice): Promise<PackagePlanRequest.Result> {
  const { plan, existing, refusals } = await previewExtraction(opened, {
    to: choice.to,
    ...selectionOf(choice),
  });
  return {
    files: plan.items
      .filter(({ entry }) => entry.kind !== "folder")
      .map(({ entry }) => ({ path: printable(entry.path), size: entry.size })),
    bytes: plan.bytes,
    existing,
    unsafe: plan.refused.map(({ entry, reason }) => ({ path: printable(entry.path), reason })),
    refusals: refusals.map(findingOf),
    locked: refusals.some(({ code }) => code === "package/password-needed"),
  };
}

export async function extract(
  opened: Package,
  params: PackageExtractRequest.Params,
  onProgress: (progress: Progress) => void,
  signal: AbortSignal,
): Promise<PackageExtractRequest.Result> {
  const [skip, replace] = [new Set(params.skip), new Set(params.replace)];
  // What came to be there after the user was asked is in neither.
  const existing = (path: string): Existing =>
    replace.has(path) ? "replace" : skip.has(path) ? "skip" : "refuse";
  const result = await extractPackage(opened, {
    to: params.to,
    ...selectionOf(params),
    existing,
    skipUnsafe: params.skipUnsafe,
    onProgress,
    signal,
  });
  return {
    status: result.status,
    written: result.written.length,
    skipped: result.skipped.length,
    bytes: result.bytes,
    findings: result.problems.map(findingOf),
  };
}

function selectionOf({ paths, keepZips }: ExtractionChoice) {
  const chosen = paths && new Set(paths);
  return { keepZips, ...(chosen ? { select: (path: string) => chosen.has(path) } : {}) };
}
