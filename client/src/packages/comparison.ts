import type { Disposable } from "vscode";
import { FileType, l10n, type QuickPickItem, QuickPickItemKind, Uri, window, workspace } from "vscode";
import { PackageCompareRequest, type PackageContents } from "../../../server/src/protocol";
import { folderOf } from "../folderOf";
import type { Server } from "../server";
import type { PackageStore } from "./packageStore";
import { baseName } from "./packageUri";
import type { Passwords } from "./passwords";
import { Cancelled, withPackageProgress } from "./progress";
import { type NamedSide, sideNames } from "./sideNames";

/** A comparison that was made; the packages stay open until it is disposed of. */
export interface PackageComparison extends Disposable {
  readonly old: Uri;
  readonly new: Uri;
  /** What is compared, in a few words. */
  readonly title: string;
  readonly result: PackageCompareRequest.Result;
}

/**
 * Compares a package with another or with a folder. Of two packages the one that was exported first is the old
 * one; otherwise `other` is.
 * @returns undefined when the user cancelled
 */
export async function comparePackages(
  server: Server,
  store: PackageStore,
  passwords: Passwords,
  [one, other]: readonly [Uri, Uri],
  ordered = false,
): Promise<PackageComparison | undefined> {
  const held: Disposable[] = [];
  const release = (): void => held.forEach((each) => each.dispose());
  try {
    const sides: Side[] = [];
    for (const uri of [one, other]) {
      if ((await workspace.fs.stat(uri)).type & FileType.Directory) {
        sides.push({ uri });
        continue;
      }
      held.push(store.hold(uri));
      const { contents } = await store.open(uri);
      sides.push({ uri, contents });
      // Without its password it is compared as far as it is not encrypted.
      if (contents.locked) await passwords.ask(store, uri);
    }
    const [first, second] = sides as [Side, Side];
    const [time, otherTime] = [first.contents?.exported ?? "", second.contents?.exported ?? ""];
    const isOlder = ordered || (time !== "" && otherTime !== "" && time < otherTime);
    const [before, after] = isOlder ? [first, second] : [second, first];
    const [old, now] = [before.uri, after.uri];
    const result = await withPackageProgress(
      server,
      l10n.t("Comparing {0} with {1}", baseName(old), baseName(now)),
      (progress, token) =>
        server.request<PackageCompareRequest.Result>(
          PackageCompareRequest.method,
          { old: old.toString(), new: now.toString(), progress } satisfies PackageCompareRequest.Params,
          token,
        ),
    );
    return { old, new: now, title: titleOf(before, after), result, dispose: release };
  } catch (error) {
    release();
    if (error instanceof Cancelled) return undefined;
    throw error;
  }
}

interface Side {
  readonly uri: Uri;
  /** Absent for a folder. */
  readonly contents?: PackageContents;
}

function titleOf(old: Side, now: Side): string {
  const names = sideNames(named(old), named(now));
  const title = `${names.old} → ${names.new}`;
  return names.server === undefined ? title : `${names.server}: ${title}`;
}

function named({ uri, contents }: Side): NamedSide {
  return { name: baseName(uri), contents };
}

/** Lets the user choose what a package is compared with. */
export async function askForOther(uri: Uri, packages: readonly Uri[]): Promise<Uri | undefined> {
  type Item = QuickPickItem & { readonly uri?: Uri; readonly folder?: boolean };
  const others = packages.filter((each) => each.toString() !== uri.toString());
  const items: Item[] = [
    ...others.map((each): Item => ({
      label: baseName(each),
      description: folderOf(each),
      uri: each,
    })),
    ...(others.length > 0 ? [{ label: "", kind: QuickPickItemKind.Separator }] : []),
    { label: l10n.t("Another Package..."), folder: false },
    { label: l10n.t("A Folder..."), folder: true },
  ];
  const chosen = await window.showQuickPick(items, {
    title: l10n.t("Compare {0} With", baseName(uri)),
    matchOnDescription: true,
  });
  if (!chosen || chosen.uri) return chosen?.uri;
  const folder = chosen.folder ?? false;
  const found = await window.showOpenDialog({
    canSelectFiles: !folder,
    canSelectFolders: folder,
    defaultUri: Uri.joinPath(uri, ".."),
    openLabel: l10n.t("Compare"),
    ...(folder ? {} : { filters: { [l10n.t("Packages")]: ["ininmigr", "inimigr", "zip"] } }),
  });
  return found?.[0];
}
