import { readdir } from "node:fs/promises";
import { basename, dirname } from "node:path";
import * as l10n from "@vscode/l10n";
import type { PackageProblem } from "../entry";
import { someOf } from "../entry";
import { parsePackageName } from "../packageName";

/** Exports of one server that begin within this time are taken for parts of one. */
const NEAR_MINUTES = 60;

/**
 * Looks at the packages beside this one. A complete export is one file; several of one server with nearly the
 * same stamp mean that the export did not finish (CIC Migration guide 2018 R5, the export procedure; Interaction
 * Migrator Technical Reference 2023 R1).
 */
export async function checkSiblings(file: string): Promise<PackageProblem[]> {
  let names: string[];
  try {
    names = await readdir(dirname(file));
  } catch {
    return [];
  }
  return siblingProblems(basename(file), names);
}

/** @param names the files beside `base`, with or without itself */
export function siblingProblems(base: string, names: readonly string[]): PackageProblem[] {
  const own = parsePackageName(base);
  if (own.server === undefined || own.exported === undefined) return [];
  const time = Date.parse(`${own.exported}Z`);
  const near: string[] = [];
  const newer: string[] = [];
  for (const name of names) {
    if (name.toLowerCase() === base.toLowerCase()) continue;
    const other = parsePackageName(name);
    if (other.exported === undefined || other.server?.toLowerCase() !== own.server.toLowerCase()) continue;
    if (other.stamp === own.stamp) continue;
    const minutes = (Date.parse(`${other.exported}Z`) - time) / 60_000;
    if (Math.abs(minutes) <= NEAR_MINUTES) near.push(name);
    else if (minutes > 0) newer.push(name);
  }
  const problems: PackageProblem[] = [];
  if (near.length > 0) {
    problems.push({
      code: "package/several-parts",
      severity: "warning",
      message: l10n.t(
        "{0}: there are more packages of {1} from the same hour: {2}. A complete export is one file; several mean that the export did not finish. Export again into an empty folder",
        base,
        own.server,
        someOf(near),
      ),
    });
  }
  if (newer.length > 0) {
    problems.push({
      code: "package/newer-export",
      severity: "information",
      message: l10n.t(
        "{0}: newer exports of {1} are in the same folder: {2}",
        base,
        own.server,
        someOf(newer),
      ),
    });
  }
  return problems;
}
