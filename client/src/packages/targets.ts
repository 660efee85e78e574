import { l10n, TabInputCustom, TabInputText, Uri, window } from "vscode";
import { packageScheme } from "../../../server/src/protocol";
import { outsideOf } from "./packageUri";
import type { PackageNode } from "./packagesView";

/** Whatever a menu hands to a command: a resource, a row of the Packages view, or nothing. */
export type Given = Uri | PackageNode | string | undefined;

/** What the menu in the view of a package hands to a command. */
export interface ViewContext {
  readonly package: string;
  readonly path: string;
  readonly copy?: number;
  /** Paths of everything that is selected, this one among them. */
  readonly selected: readonly string[];
}

/** An entry of a package that a command is about, and what is selected with it. */
export interface GivenItem {
  readonly uri: Uri;
  readonly path: string;
  readonly copy: number | undefined;
  readonly selected: readonly string[];
}

/** The entry that a row of the Packages view or the view of a package stands for; undefined for a whole package. */
export function itemOf(
  given: PackageNode | ViewContext,
  nodes: readonly PackageNode[] = [],
): GivenItem | undefined {
  if ("package" in given) {
    const { path, copy, selected = [path] } = given;
    return { uri: Uri.parse(given.package, true), path, copy, selected };
  }
  if (given.kind !== "item") return undefined;
  const { uri, row } = given;
  const selected = nodes.flatMap((node) =>
    // Of one package at a time: each is extracted into a folder of its own.
    node.kind === "item" && node.uri.toString() === uri.toString() ? [node.row.path] : [],
  );
  return { uri, path: row.path, copy: row.copy, selected: selected.length > 0 ? selected : [row.path] };
}

/** The package a command is about; without an argument, that of the active editor. */
export function packageOf(given: Given): Uri | undefined {
  const uri =
    given instanceof Uri
      ? given
      : typeof given === "string"
        ? Uri.parse(given, true)
        : (given?.uri ?? activeResource());
  if (uri?.scheme === packageScheme) return outsideOf(uri).uri;
  return uri && /\.(ininmigr|inimigr|zip)$/i.test(uri.path) ? uri : undefined;
}

/** The same; asks for the file where nothing says which. */
export async function packageOrAsk(given: Given): Promise<Uri | undefined> {
  return packageOf(given) ?? (await askForPackage());
}

export async function askForPackage(): Promise<Uri | undefined> {
  const found = await window.showOpenDialog({
    openLabel: l10n.t("Open Package"),
    filters: { [l10n.t("Packages")]: ["ininmigr", "inimigr", "zip"] },
  });
  return found?.[0];
}

function activeResource(): Uri | undefined {
  const input = window.tabGroups.activeTabGroup.activeTab?.input;
  return input instanceof TabInputCustom || input instanceof TabInputText ? input.uri : undefined;
}
