import * as l10n from "@vscode/l10n";
import { isLeaf, type PackageEntry, type PackageProblem, printable } from "../entry";
import type { Package } from "../package";
import { TargetNames, tooLong, unsafeName } from "./targetNames";

export interface Selection {
  /** Which entries, by path; all when absent. Choosing a folder or zip chooses what is in it. */
  readonly select?: ((path: string) => boolean) | undefined;
  /** Write the zips inside as they are, instead of folders with their content. */
  readonly keepZips?: boolean | undefined;
}

export interface PlannedItem {
  /** Position in the package's entries. */
  readonly position: number;
  readonly entry: PackageEntry;
}

export interface Plan {
  /** What is written, folders included, in the order of the package. */
  readonly items: readonly PlannedItem[];
  /** Chosen, but with names that must not be written. */
  readonly refused: readonly (PlannedItem & { readonly reason: string })[];
  /** Unpacked bytes of `items`, as directories state them. */
  readonly bytes: number;
  /** True when something chosen is encrypted. */
  readonly encrypted: boolean;
}

/** What an extraction would write below `to`, and what it refuses. Touches no disk. */
export function planExtraction(
  opened: Pick<Package, "entries">,
  to: string,
  selection: Selection = {},
  platform: NodeJS.Platform = process.platform,
): Plan {
  const items: PlannedItem[] = [];
  const refused: (PlannedItem & { reason: string })[] = [];
  const names = new TargetNames();
  let bytes = 0;
  const zips: string[] = [];
  for (const [position, entry] of opened.entries.entries()) {
    while (zips.length > 0 && !entry.path.startsWith(`${zips.at(-1)}/`)) zips.pop();
    const inKeptZip = zips.length > 0;
    if (entry.kind === "zip" && entry.unopened === undefined) {
      if (selection.keepZips) zips.push(entry.path);
      else continue;
    }
    if (inKeptZip || !isChosen(entry.path, selection.select)) continue;
    const reason =
      unsafeName(entry.path) ??
      (entry.link ? l10n.t("it is a link") : undefined) ??
      tooLong(`${to}/${entry.path}`, platform) ??
      names.clash(entry.path, entry.kind === "folder");
    if (reason !== undefined) {
      refused.push({ position, entry, reason });
      continue;
    }
    items.push({ position, entry });
    bytes += entry.size;
  }
  return { items, refused, bytes, encrypted: items.some(({ entry }) => entry.encrypted && isWritten(entry)) };
}

export function refusals(refused: Plan["refused"]): PackageProblem[] {
  return refused.map(({ entry, reason }) => ({
    code: "package/unsafe-name",
    severity: "error",
    message: l10n.t("{0}: not extracted, because {1}", printable(entry.path), reason),
    path: entry.path,
  }));
}

function isWritten(entry: PackageEntry): boolean {
  return isLeaf(entry) || entry.kind === "zip";
}

function isChosen(path: string, select: Selection["select"]): boolean {
  if (!select) return true;
  for (let end = path.length; end > 0; end = path.lastIndexOf("/", end - 1)) {
    if (select(path.slice(0, end))) return true;
  }
  return false;
}
