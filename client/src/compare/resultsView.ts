import type { Disposable } from "vscode";
import { askForFilter, filterWords } from "../filterBox";
import {
  commands,
  EventEmitter,
  l10n,
  MarkdownString,
  ThemeColor,
  ThemeIcon,
  type TreeDataProvider,
  TreeItem,
  TreeItemCollapsibleState,
  type TreeView,
  window,
} from "vscode";
import type { ComparedStatus, DiffKindRow } from "../../../server/src/protocol";
import { spoken } from "../spoken";
import type { Comparison } from "./comparison";
import {
  type ChangeNode,
  type PairNode,
  type ResultNode,
  resultTree,
  short,
  statuses,
  type StepNode,
} from "./resultTree";

/** What the last comparison found: by status, handler, step and change. */
export class ResultsView implements TreeDataProvider<ResultNode>, Disposable {
  private readonly changed = new EventEmitter<undefined>();
  readonly onDidChangeTreeData = this.changed.event;
  private readonly view: TreeView<ResultNode>;
  private current: Comparison | undefined;
  private kinds: ReadonlyMap<string, DiffKindRow> = new Map();
  private words: readonly string[] = [];
  private roots: readonly ResultNode[] = [];

  constructor() {
    this.view = window.createTreeView("handlerWorkbench.comparison", {
      treeDataProvider: this,
      showCollapseAll: true,
    });
  }

  get comparison(): Comparison | undefined {
    return this.current;
  }

  /** Shows a comparison in place of the one before; undefined: nothing. */
  async show(comparison: Comparison | undefined, kinds: readonly DiffKindRow[] = []): Promise<void> {
    this.current = comparison;
    this.kinds = new Map(kinds.map((kind) => [kind.id, kind]));
    this.words = [];
    await commands.executeCommand("setContext", "handlerWorkbench.compared", comparison !== undefined);
    this.refresh();
  }

  async focus(): Promise<void> {
    await commands.executeCommand("handlerWorkbench.comparison.focus");
  }

  /** Asks for words; the rows follow while they are typed, and go back on Escape. */
  askForFilter(): void {
    askForFilter(
      {
        title: l10n.t("Filter Differences"),
        placeholder: l10n.t("Part of a handler, step, kind or value; several words must all be there"),
      },
      this.words,
      (text) => this.filter(text),
    );
  }

  filter(text: string): void {
    this.words = filterWords(text);
    this.refresh();
  }

  getTreeItem(node: ResultNode): TreeItem {
    switch (node.kind) {
      case "note": {
        const item = new TreeItem(node.text);
        item.iconPath = new ThemeIcon("warning", new ThemeColor("list.warningForeground"));
        item.tooltip = node.text;
        return item;
      }
      case "status":
        return statusItem(node.status, node.pairs.length);
      case "pair":
        return pairItem(node, this.roots.length === 1 || this.words.length > 0);
      case "step":
        return stepItem(node);
      case "change":
        return this.changeItem(node);
    }
  }

  getChildren(node?: ResultNode): ResultNode[] {
    switch (node?.kind) {
      case undefined:
        return [...this.roots];
      case "status":
        return [...node.pairs];
      case "pair":
        return [...node.groups];
      case "step":
        return [...node.changes];
      default:
        return [];
    }
  }

  getParent(node: ResultNode): ResultNode | undefined {
    if (node.kind === "step" || node.kind === "change") return node.of;
    if (node.kind !== "pair") return undefined;
    return this.roots.find((root) => root.kind === "status" && root.pairs.includes(node));
  }

  dispose(): void {
    this.view.dispose();
    this.changed.dispose();
  }

  private refresh(): void {
    const { current, words } = this;
    this.roots = current ? resultTree(current, words, (id) => this.kinds.get(id)?.name ?? id) : [];
    void commands.executeCommand("setContext", "handlerWorkbench.comparisonFiltered", words.length > 0);
    this.view.description =
      current && words.length > 0 ? l10n.t("filtered by {0}", words.join(" ")) : undefined;
    this.view.message = current && this.messageOf(current);
    this.changed.fire(undefined);
  }

  private messageOf({ old, now, result: { summary, pairs } }: Comparison): string {
    const what = l10n.t("{0} ↔ {1}", old.label, now.label);
    if (pairs.length === 0) return l10n.t("{0}: no handlers on either side.", what);
    if (this.roots.length === 0) return l10n.t("{0}: nothing matches the filter.", what);
    const texts: Readonly<Record<ComparedStatus, string>> = {
      changed: l10n.t("{0} changed", summary.changed),
      added: l10n.t("{0} added", summary.added),
      removed: l10n.t("{0} removed", summary.removed),
      identical: l10n.t("{0} identical", summary.identical),
      unreadable: l10n.t("{0} unreadable", summary.unreadable),
    };
    const counts = statuses.filter((status) => summary[status] > 0).map((status) => texts[status]);
    return `${what}: ${counts.join(", ")}`;
  }

  private changeItem({ change, of }: ChangeNode): TreeItem {
    const item = new TreeItem(capital(change.what));
    const kind = this.kinds.get(change.kind);
    item.description =
      change.old === null
        ? short(change.new)
        : change.new === null
          ? l10n.t("was {0}", short(change.old))
          : `${short(change.old, 60)} → ${short(change.new, 60)}`;
    item.tooltip = changeTooltip(change, kind);
    item.iconPath = change.old === null ? addedIcon : change.new === null ? removedIcon : changedIcon;
    item.contextValue = "change";
    item.command = {
      title: l10n.t("Open Listing Diff"),
      command: "handlerWorkbench.openListingDiff",
      arguments: [{ kind: "change", of, change } satisfies ChangeNode],
    };
    const status = change.old === null ? "added" : change.new === null ? "removed" : "changed";
    return spoken(item, statusLooks[status]().label);
  }
}

const addedIcon = new ThemeIcon("diff-added", new ThemeColor("charts.green"));
const removedIcon = new ThemeIcon("diff-removed", new ThemeColor("charts.red"));
const changedIcon = new ThemeIcon("diff-modified", new ThemeColor("charts.yellow"));

const statusLooks: Readonly<Record<ComparedStatus, () => { label: string; icon: ThemeIcon }>> = {
  changed: () => ({ label: l10n.t("Changed"), icon: changedIcon }),
  added: () => ({ label: l10n.t("Added"), icon: addedIcon }),
  removed: () => ({ label: l10n.t("Removed"), icon: removedIcon }),
  identical: () => ({ label: l10n.t("Identical"), icon: new ThemeIcon("check") }),
  unreadable: () => ({
    label: l10n.t("Unreadable"),
    icon: new ThemeIcon("error", new ThemeColor("list.errorForeground")),
  }),
};

function statusItem(status: ComparedStatus, count: number): TreeItem {
  const { label, icon } = statusLooks[status]();
  const open = status !== "identical";
  const item = new TreeItem(
    label,
    open ? TreeItemCollapsibleState.Expanded : TreeItemCollapsibleState.Collapsed,
  );
  item.id = `status ${status}`;
  item.description = String(count);
  item.iconPath = icon;
  item.contextValue = "status";
  return item;
}

function pairItem(node: PairNode, open: boolean): TreeItem {
  const { pair, comparison } = node;
  const state =
    node.groups.length === 0
      ? TreeItemCollapsibleState.None
      : open
        ? TreeItemCollapsibleState.Expanded
        : TreeItemCollapsibleState.Collapsed;
  const item = new TreeItem(pair.name, state);
  const count = pair.changes.length;
  const changes = count === 1 ? l10n.t("1 change") : l10n.t("{0} changes", count);
  item.id = `${comparison.id} ${pair.old?.uri ?? ""} ${pair.now?.uri ?? ""}`;
  item.description = count > 0 ? changes : short(pair.note, 120);
  item.tooltip = [
    pair.name,
    pair.old ? l10n.t("Old: {0}", pair.old.path) : l10n.t("Not on the old side"),
    pair.now ? l10n.t("New: {0}", pair.now.path) : l10n.t("Not on the new side"),
    ...(count > 0 ? [changes] : []),
    ...(pair.note === "" ? [] : [pair.note]),
  ].join("\n");
  item.iconPath = statusLooks[pair.status]().icon;
  spoken(item);
  // Menus offer the flow diff only where there are two flows.
  item.contextValue = pair.old && pair.now && pair.status !== "unreadable" ? "pair both" : "pair";
  item.command = {
    title: l10n.t("Open Listing Diff"),
    command: "handlerWorkbench.openListingDiff",
    arguments: [node],
  };
  return item;
}

function stepItem(node: StepNode): TreeItem {
  const at = node.node ?? node.oldNode;
  const label = node.label === "" ? l10n.t("Handler") : node.label;
  const item = new TreeItem(
    at === null ? label : l10n.t("{0} ({1})", label, at),
    TreeItemCollapsibleState.Expanded,
  );
  item.iconPath = node.status === "added" ? addedIcon : node.status === "removed" ? removedIcon : changedIcon;
  if (at === null) item.iconPath = new ThemeIcon(node.label === "" ? "symbol-event" : "symbol-variable");
  const isMoved = node.node !== null && node.oldNode !== null && node.node !== node.oldNode;
  item.description = isMoved ? l10n.t("was {0}", node.oldNode ?? "") : undefined;
  item.contextValue = node.of.pair.old && node.of.pair.now && at !== null ? "step both" : "step";
  item.command = {
    title: l10n.t("Open Listing Diff"),
    command: "handlerWorkbench.openListingDiff",
    arguments: [node],
  };
  return at === null ? item : spoken(item, statusLooks[node.status]().label);
}

function changeTooltip({ what, old, new: now }: ChangeNode["change"], kind?: DiffKindRow): MarkdownString {
  const text = new MarkdownString();
  if (kind) text.appendMarkdown("**").appendText(kind.name).appendMarkdown("**  \n").appendText(what);
  text.appendMarkdown(`\n\n${l10n.t("Old")}\n`).appendCodeblock(old ?? l10n.t("(nothing)"), "plaintext");
  text.appendMarkdown(`\n${l10n.t("New")}\n`).appendCodeblock(now ?? l10n.t("(nothing)"), "plaintext");
  return text;
}

const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);
