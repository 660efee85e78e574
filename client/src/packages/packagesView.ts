import type { Uri } from "vscode";
import {
  Disposable,
  EventEmitter,
  l10n,
  ThemeColor,
  ThemeIcon,
  type TreeDataProvider,
  TreeItem,
  TreeItemCollapsibleState,
  type TreeView,
  window,
  workspace,
} from "vscode";
import type { PackageRow } from "../../../server/src/protocol";
import { spoken } from "../spoken";
import { isFile, type PackageModel } from "./packageModel";
import type { PackageStore } from "./packageStore";
import { baseName, insideUri, packagePattern } from "./packageUri";
import { sizeText } from "./sizes";

export type PackageNode =
  | { readonly kind: "package"; readonly uri: Uri }
  | { readonly kind: "item"; readonly uri: Uri; readonly model: PackageModel; readonly row: PackageRow }
  /** Why a package cannot be shown. */
  | { readonly kind: "message"; readonly uri: Uri; readonly text: string };

/** More packages than that are found by opening them. */
const mostPackages = 1000;

/** The tree of packages: those of the workspace and those that are open, with what is in them. */
export class PackagesView implements TreeDataProvider<PackageNode>, Disposable {
  private readonly changed = new EventEmitter<PackageNode | undefined>();
  readonly onDidChangeTreeData = this.changed.event;
  private readonly view: TreeView<PackageNode>;
  private readonly registrations: Disposable;
  private readonly nodes = new Map<string, PackageNode>();
  private found: readonly Uri[] = [];
  private searching: Promise<void>;

  constructor(private readonly store: PackageStore) {
    this.view = window.createTreeView("handlerWorkbench.packages", {
      treeDataProvider: this,
      showCollapseAll: true,
    });
    const watcher = workspace.createFileSystemWatcher(packagePattern, false, true, false);
    this.registrations = Disposable.from(
      this.view,
      watcher,
      watcher.onDidCreate(() => this.search()),
      watcher.onDidDelete(() => this.search()),
      workspace.onDidChangeWorkspaceFolders(() => this.search()),
      store.onDidChange((uri) => this.update(uri)),
    );
    this.searching = this.find();
  }

  /** Looks for packages in the workspace again. */
  search(): void {
    this.searching = this.find();
    this.changed.fire(undefined);
  }

  /** Packages of the workspace and those that are open, by name. */
  async packages(): Promise<readonly Uri[]> {
    await this.searching;
    const all = new Map(this.found.map((uri) => [uri.toString(), uri]));
    for (const { uri, isShown } of this.store.all()) if (isShown) all.set(uri.toString(), uri);
    const order = new Intl.Collator(undefined, { numeric: true }).compare;
    return [...all.values()].sort((one, other) => order(baseName(one), baseName(other)));
  }

  getTreeItem(node: PackageNode): TreeItem {
    switch (node.kind) {
      case "package":
        return this.packageItem(node.uri);
      case "item":
        return itemOf(node);
      case "message": {
        const item = new TreeItem(node.text);
        item.tooltip = node.text;
        item.iconPath = new ThemeIcon("error", new ThemeColor("list.errorForeground"));
        return item;
      }
    }
  }

  async getChildren(node?: PackageNode): Promise<PackageNode[]> {
    if (!node) return (await this.packages()).map((uri) => this.nodeOf(uri));
    if (node.kind === "message") return [];
    if (node.kind === "item") return this.items(node.uri, node.model, node.row);
    try {
      return this.items(node.uri, await this.store.open(node.uri), undefined);
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      return [{ kind: "message", uri: node.uri, text }];
    }
  }

  getParent(node: PackageNode): PackageNode | undefined {
    if (node.kind === "package") return undefined;
    const parent = node.kind === "item" ? node.model.parentOf(node.row) : undefined;
    return parent && node.kind === "item" ? { ...node, row: parent } : this.nodeOf(node.uri);
  }

  dispose(): void {
    this.registrations.dispose();
    this.changed.dispose();
  }

  private async find(): Promise<void> {
    this.found = await workspace.findFiles(packagePattern, undefined, mostPackages);
  }

  private nodeOf(uri: Uri): PackageNode {
    const key = uri.toString();
    const node = this.nodes.get(key) ?? { kind: "package", uri };
    this.nodes.set(key, node);
    return node;
  }

  private items(uri: Uri, model: PackageModel, row: PackageRow | undefined): PackageNode[] {
    return model.childrenOf(row).map((child) => ({ kind: "item", uri, model, row: child }));
  }

  /** A package that is new to the tree, or leaves it, changes its top. */
  private update(uri: Uri): void {
    const isKnown = this.found.some((each) => each.toString() === uri.toString());
    this.changed.fire(isKnown ? this.nodeOf(uri) : undefined);
  }

  private packageItem(uri: Uri): TreeItem {
    const item = new TreeItem(baseName(uri), TreeItemCollapsibleState.Collapsed);
    const opened = this.store.get(uri);
    const contents = opened?.model?.contents;
    item.id = uri.toString();
    item.resourceUri = uri;
    const state = !contents
      ? "unread"
      : !contents.encrypted
        ? "plain"
        : contents.locked
          ? "locked"
          : "unlocked";
    item.contextValue = `package ${state}`;
    item.iconPath = new ThemeIcon(state === "locked" ? "lock" : state === "unlocked" ? "unlock" : "package");
    const problems = (opened?.findings ?? []).filter(
      ({ severity }) => severity === "error" || severity === "warning",
    ).length;
    const parts = [
      state === "locked" && l10n.t("locked"),
      problems > 0 && (problems === 1 ? l10n.t("1 problem") : l10n.t("{0} problems", problems)),
    ].filter((part) => part !== false);
    item.description = parts.join(", ");
    item.tooltip = [
      baseName(uri),
      contents?.server && l10n.t("Server: {0}", contents.server),
      contents?.exported && l10n.t("Exported: {0}", new Date(contents.exported).toLocaleString()),
      contents && sizeText(contents.size),
      ...parts,
      workspace.asRelativePath(uri),
    ]
      .filter((line) => line)
      .join("\n");
    return item;
  }
}

function itemOf({ uri, model, row }: Extract<PackageNode, { kind: "item" }>): TreeItem {
  const file = isFile(row);
  const item = new TreeItem(
    row.name,
    file ? TreeItemCollapsibleState.None : TreeItemCollapsibleState.Collapsed,
  );
  const inside = insideUri(uri, model, row);
  item.id = inside.toString();
  item.resourceUri = inside;
  item.iconPath = file ? ThemeIcon.File : row.kind === "zip" ? new ThemeIcon("file-zip") : ThemeIcon.Folder;
  const size = sizeText(row.size ?? 0);
  item.description = file
    ? size
    : (row.files === 1
        ? l10n.t("1 file, {0}", size)
        : l10n.t("{0} files, {1}", (row.files ?? 0).toLocaleString(), size)) +
      (row.component === undefined ? "" : ` · ${row.component}`);
  item.tooltip = [
    row.path,
    row.component && l10n.t("Component: {0}", row.component),
    row.modified && new Date(row.modified).toLocaleString(),
    row.encryption,
    row.closed,
  ]
    .filter((line) => line)
    .join("\n");
  item.contextValue = !file ? "packageFolder" : /\.ihd$/i.test(row.name) ? "packageHandler" : "packageFile";
  if (file) {
    item.command = {
      title: l10n.t("Open"),
      command: "handlerWorkbench.openPackageItem",
      arguments: [{ kind: "item", uri, model, row } satisfies PackageNode],
    };
  }
  return spoken(item, row.closed ?? "");
}
