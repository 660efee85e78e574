import {
  type Disposable,
  l10n,
  type QuickInputButton,
  type QuickPickItem,
  QuickPickItemKind,
  ThemeIcon,
  Uri,
  window,
  workspace,
} from "vscode";
import type { SideHandler } from "../../../server/src/protocol";
import type { Comparisons } from "./comparison";
import { onlyAlsoIn } from "./handlerChoice";

/** "Diffs to Perform": lets the user choose the kinds of differences, and remembers them. False: given up. */
export async function chooseKinds(comparisons: Comparisons): Promise<boolean> {
  const chosen = new Set(await comparisons.kinds());
  const items = (await comparisons.allKinds()).map(
    ({ id, name, description, volatile }): QuickPickItem & { id: string } => ({
      id,
      label: name,
      description: volatile ? l10n.t("off by default") : undefined,
      detail: description,
      picked: chosen.has(id),
    }),
  );
  const picked = await window.showQuickPick(items, {
    title: l10n.t("Diffs to Perform"),
    placeHolder: l10n.t("Kinds of differences to look for; the box at the left checks all"),
    canPickMany: true,
    ignoreFocusOut: true,
    matchOnDetail: true,
  });
  if (!picked || picked.length === 0) return false;
  await comparisons.rememberKinds(picked.map(({ id }) => id));
  return true;
}

type HandlerItem = QuickPickItem & { readonly side: "old" | "now"; readonly handler: SideHandler };

/**
 * Lets the user choose handlers of both sides. `without`: URIs that are not checked at first. Gives those that
 * are not checked at the end; undefined: given up.
 */
export function chooseHandlers(
  old: readonly SideHandler[],
  now: readonly SideHandler[],
  without: readonly string[],
): Promise<readonly string[] | undefined> {
  const left = new Set(without);
  const itemOf =
    (side: "old" | "now") =>
    (handler: SideHandler): HandlerItem => ({
      label: handler.name,
      description: handler.path,
      side,
      handler,
    });
  const items = [...old.map(itemOf("old")), ...now.map(itemOf("now"))];
  const separator = (label: string): QuickPickItem => ({ label, kind: QuickPickItemKind.Separator });
  const oldOnly: QuickInputButton = {
    iconPath: new ThemeIcon("arrow-left"),
    tooltip: l10n.t("Old side: only those also checked on the new side"),
  };
  const newOnly: QuickInputButton = {
    iconPath: new ThemeIcon("arrow-right"),
    tooltip: l10n.t("New side: only those also checked on the old side"),
  };
  const pick = window.createQuickPick<QuickPickItem>();
  pick.title = l10n.t("Handlers to Compare");
  pick.placeholder = l10n.t("Uncheck what is not to be compared");
  pick.canSelectMany = true;
  pick.ignoreFocusOut = true;
  pick.matchOnDescription = true;
  pick.buttons = [oldOnly, newOnly];
  pick.items = [
    separator(l10n.t("old side: {0} handlers", old.length)),
    ...items.filter(({ side }) => side === "old"),
    separator(l10n.t("new side: {0} handlers", now.length)),
    ...items.filter(({ side }) => side === "now"),
  ];
  pick.selectedItems = items.filter(({ handler }) => !left.has(handler.uri));
  const checked = (side: "old" | "now"): HandlerItem[] =>
    items.filter((item) => item.side === side && pick.selectedItems.includes(item));
  return new Promise((done) => {
    const listeners: Disposable[] = [
      pick.onDidTriggerButton((button) => {
        const side = button === oldOnly ? "old" : "now";
        const other = side === "old" ? "now" : "old";
        const name = ({ handler }: HandlerItem): string => handler.name;
        pick.selectedItems = [...onlyAlsoIn(checked(side), checked(other), name), ...checked(other)];
      }),
      pick.onDidAccept(() => {
        const kept = new Set(pick.selectedItems);
        done(items.filter((item) => !kept.has(item)).map(({ handler }) => handler.uri));
        pick.hide();
      }),
      pick.onDidHide(() => {
        done(undefined);
        listeners.forEach((each) => each.dispose());
        pick.dispose();
      }),
    ];
    pick.show();
  });
}

/** Lets the user choose a folder: one of those in the workspace that hold handlers, or any other. */
export async function chooseFolder(
  title: string,
  known: readonly Uri[],
  before?: Uri,
): Promise<Uri | undefined> {
  const browse = l10n.t("Browse...");
  const folders = [...(before ? [before] : []), ...known];
  const seen = new Set<string>();
  const items = folders.flatMap((uri): (QuickPickItem & { uri?: Uri })[] => {
    if (seen.has(uri.toString())) return [];
    seen.add(uri.toString());
    const label = workspace.asRelativePath(uri);
    return [{ label, description: label === uri.fsPath ? undefined : uri.fsPath, uri }];
  });
  const chosen = await window.showQuickPick<QuickPickItem & { uri?: Uri }>(
    [...items, { label: browse, alwaysShow: true, iconPath: new ThemeIcon("folder-opened") }],
    { title, placeHolder: l10n.t("A folder with handlers"), ignoreFocusOut: true, matchOnDescription: true },
  );
  if (!chosen) return undefined;
  if (chosen.uri) return chosen.uri;
  const opened = await window.showOpenDialog({
    title,
    canSelectFiles: false,
    canSelectFolders: true,
    defaultUri: before ?? workspace.workspaceFolders?.[0]?.uri,
    openLabel: l10n.t("Choose"),
  });
  return opened?.[0];
}

/** The folders that hold the given handlers, and those above them within the workspace, without repeats. */
export function foldersOf(handlers: readonly string[]): Uri[] {
  const found = new Map<string, Uri>();
  for (const text of handlers) {
    const uri = Uri.parse(text, true);
    const root = workspace.getWorkspaceFolder(uri)?.uri;
    for (let folder = Uri.joinPath(uri, ".."); ; folder = Uri.joinPath(folder, "..")) {
      if (found.has(folder.toString())) break;
      found.set(folder.toString(), folder);
      if (!root || folder.path.length <= root.path.length) break;
    }
  }
  return [...found.values()].sort((one, other) => (one.path < other.path ? -1 : 1));
}
