import { resolve } from "node:path";
import type { PackageProblem } from "../entry";
import type { Package } from "../package";
import { findExisting } from "./existing";
import { type Plan, planExtraction, type Selection } from "./plan";
import { preflight } from "./preflight";

export interface PreviewOptions extends Selection {
  readonly to: string;
}

export interface ExtractionPreview {
  readonly plan: Plan;
  /** Files that are there already, by their paths in the package. */
  readonly existing: readonly string[];
  /** Why nothing can be extracted, should the rest of the plan be agreed to; empty when something can. */
  readonly refusals: readonly PackageProblem[];
}

/**
 * What `extractPackage` would do, for people to look at first. Writes nothing.
 * @throws what the file system says
 */
export async function previewExtraction(
  opened: Package,
  options: PreviewOptions,
): Promise<ExtractionPreview> {
  const to = resolve(options.to);
  const plan = planExtraction(opened, to, options);
  const refusals = await preflight(opened, plan, to, true);
  if (refusals.length > 0) return { plan, existing: [], refusals };
  const { files, blocked } = await findExisting(plan, to);
  return { plan, existing: files, refusals: blocked };
}
