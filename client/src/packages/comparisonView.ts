import type { Command, Disposable } from "vscode";
import {
  commands,
  EventEmitter,
  l10n,
  ThemeColor,
  ThemeIcon,
  type TreeDataProvider,
  TreeItem,
  TreeItemCollapsibleState,
  type TreeView,
  window,
} from "vscode";
import type { PackagePairStatus } from "../../../server/src/protocol";
import type { PackageComparison } from "./comparison";
import {
  type ComparisonDifference,
  type ComparisonFolder,
  type ComparisonNode,
  type ComparisonPair,
  comparisonTree,
  differencesOf,
} from "./comparisonTree";

const viewId = "handlerWorkbench.packageComparison";

/** The tree of what differs between two packages, or a package and a folder. */
export class ComparisonView implements TreeDataProvider<ComparisonNode>, Disposable {
  private readonly changed = new EventEmitter<undefined>();
  readonly onDidChangeTreeData = this.changed.event;
  private readonly view: TreeView<ComparisonNode>;
  private comparison: PackageComparison | undefined;
  private root: ComparisonFolder | undefined;
  private withIdentical = false;
  /** The tree has been drawn before. */
  private wasAsked = false;

  constructor() {
    this.view = window.createTreeView<ComparisonNode>(viewId, {
      treeDataProvider: this,
      showCollapseAll: true,
    });
  }

  get current(): PackageComparison | undefined {
    return this.comparison;
  }

  /** Shows a comparison instead of the one before, and brings the view to the front. */
  async show(comparison: PackageComparison): Promise<void> {
    this.comparison?.dispose();
    this.comparison = comparison;
    this.refresh();
    await commands.executeCommand("setContext", "handlerWorkbench.comparesPackages", true);
    await commands.executeCommand(`${viewId}.focus`);
  }

  async close(): Promise<void> {
    this.comparison?.dispose();
    this.comparison = undefined;
    this.refresh();
    await commands.executeCommand("setContext", "handlerWorkbench.comparesPackages", false);
  }

  async showIdentical(shown: boolean): Promise<void> {
    this.withIdentical = shown;
    await commands.executeCommand("setContext", "handlerWorkbench.showsIdenticalFiles", shown);
    this.refresh();
  }

  getTreeItem(node: ComparisonNode): TreeItem {
    switch (node.kind) {
      case "folder":
        return folderItem(node);
      case "pair":
        return pairItem(node);
      case "difference":
        return differenceItem(node);
    }
  }

  getChildren(node?: ComparisonNode): ComparisonNode[] {
    if (!node) {
      this.wasAsked = true;
      return [...(this.root?.children ?? [])];
    }
    return node.kind === "folder" ? [...node.children] : differencesOf(node);
  }

  getParent(node: ComparisonNode): ComparisonNode | undefined {
    return node.parent === this.root ? undefined : node.parent;
  }

  dispose(): void {
    this.comparison?.dispose();
    this.view.dispose();
    this.changed.dispose();
  }

  private refresh(): void {
    const { comparison } = this;
    this.root = comparison && comparisonTree(comparison.result.pairs, this.withIdentical);
    this.view.message = comparison && `${comparison.title}: ${summaryText(comparison)}`;
    // A change that meets the first drawing makes VS Code lose what is in some folders.
    if (this.wasAsked) this.changed.fire(undefined);
  }
}

function summaryText({ result: { summary, pairs, findings } }: PackageComparison): string {
  const { changed, added, removed, identical, unreadable } = summary;
  const counts =
    identical === pairs.length
      ? l10n.t("All {0} files are identical.", identical.toLocaleString())
      : l10n.t("{0} changed, {1} added, {2} removed, {3} identical.", changed, added, removed, identical);
  const error = findings.find(({ severity }) => severity === "error");
  return [
    counts,
    unreadable > 0 && l10n.t("{0} could not be read.", unreadable),
    error && `${error.message}.`,
  ]
    .filter((part) => part)
    .join(" ");
}

const icons: Readonly<Record<PackagePairStatus, readonly [icon: string, color?: string]>> = {
  changed: ["diff-modified", "gitDecoration.modifiedResourceForeground"],
  added: ["diff-added", "gitDecoration.addedResourceForeground"],
  removed: ["diff-removed", "gitDecoration.deletedResourceForeground"],
  identical: ["check"],
  unreadable: ["error", "list.errorForeground"],
};

function iconOf(status: PackagePairStatus): ThemeIcon {
  const [icon, color] = icons[status];
  return new ThemeIcon(icon, color === undefined ? undefined : new ThemeColor(color));
}

function statusText(status: PackagePairStatus): string {
  switch (status) {
    case "changed":
      return l10n.t("changed");
    case "added":
      return l10n.t("added");
    case "removed":
      return l10n.t("removed");
    case "identical":
      return l10n.t("identical");
    case "unreadable":
      return l10n.t("cannot be read");
  }
}

function folderItem({ name, path, counts }: ComparisonFolder): TreeItem {
  const item = new TreeItem(name, TreeItemCollapsibleState.Expanded);
  item.id = `folder ${path}`;
  item.iconPath = ThemeIcon.Folder;
  item.description = (Object.entries(counts) as [PackagePairStatus, number][])
    .map(([status, count]) => `${count} ${statusText(status)}`)
    .join(", ");
  item.contextValue = "comparedFolder";
  return item;
}

function pairItem(node: ComparisonPair): TreeItem {
  const { name, pair } = node;
  const { status, what, reason, differences } = pair;
  const item = new TreeItem(
    name,
    differences?.length ? TreeItemCollapsibleState.Collapsed : TreeItemCollapsibleState.None,
  );
  item.iconPath = iconOf(status);
  item.description = [statusText(status), what].filter((part) => part !== undefined).join(" · ");
  item.tooltip = [pair.path, item.description, reason].filter((line) => line !== undefined).join("\n");
  item.accessibilityInformation = { label: `${name}, ${item.description}` };
  item.contextValue = ["comparedPair", status, pair.kind].filter((word) => word !== undefined).join(" ");
  item.command = openCommand(node);
  return item;
}

function openCommand(node: ComparisonPair | ComparisonDifference): Command {
  return {
    title: l10n.t("Open Changes"),
    command: "handlerWorkbench.openComparedFiles",
    arguments: [node],
  };
}

function differenceItem(node: ComparisonDifference): TreeItem {
  const { status, label, old, new: now, children, node: step, oldNode } = node.difference;
  const item = new TreeItem(
    label,
    children?.length ? TreeItemCollapsibleState.Collapsed : TreeItemCollapsibleState.None,
  );
  item.iconPath = iconOf(status);
  if (old !== undefined && now !== undefined) item.description = `${old} → ${now}`;
  else if (old !== undefined || now !== undefined) item.description = old ?? now ?? "";
  item.tooltip = [label, statusText(status), item.description].filter((line) => line).join("\n");
  item.accessibilityInformation = {
    label: [label, statusText(status), item.description].filter((part) => part).join(", "),
  };
  const ofStep = step !== undefined || oldNode !== undefined;
  item.contextValue = ofStep ? "comparedDifference step" : "comparedDifference";
  item.command = openCommand(node);
  return item;
}
