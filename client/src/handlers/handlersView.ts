import {
  commands,
  Disposable,
  EventEmitter,
  l10n,
  type Memento,
  ThemeIcon,
  type TreeDataProvider,
  TreeItem,
  TreeItemCollapsibleState,
  type TreeView,
  Uri,
  window,
  workspace,
} from "vscode";
import { askForFilter, filterWords } from "../filterBox";
import { folderOf } from "../folderOf";
import type { HandlerRow } from "../../../server/src/protocol";
import type { Server, ServerState } from "../server";
import { countsText } from "./badges";
import type { HandlerList } from "./handlerList";

export type Grouping = "folder" | "category" | "initiator";

const groupings: readonly Grouping[] = ["folder", "category", "initiator"];

export type Node =
  | { readonly kind: "group"; readonly name: string; readonly rows: readonly HandlerRow[] }
  | { readonly kind: "handler"; readonly row: HandlerRow };

/** The tree of all handlers of the workspace, in groups, with a filter. */
export class HandlersView implements TreeDataProvider<Node>, Disposable {
  private readonly changed = new EventEmitter<undefined>();
  readonly onDidChangeTreeData = this.changed.event;
  private readonly view: TreeView<Node>;
  private readonly registrations: Disposable;
  private groups: readonly Extract<Node, { kind: "group" }>[] = [];
  private words: readonly string[] = [];
  private grouping: Grouping;

  constructor(
    private readonly handlers: HandlerList,
    private readonly server: Server,
    private readonly memory: Memento,
  ) {
    const remembered = memory.get<Grouping>(groupingKey, "folder");
    this.grouping = groupings.includes(remembered) ? remembered : "folder";
    this.view = window.createTreeView("handlerWorkbench.handlers", {
      treeDataProvider: this,
      showCollapseAll: true,
    });
    this.registrations = Disposable.from(
      this.view,
      handlers.onDidChange(() => this.refresh()),
      server.onDidChangeState((state) => this.showState(state)),
      workspace.onDidChangeWorkspaceFolders(() => this.refresh()),
    );
    void commands.executeCommand("setContext", "handlerWorkbench.grouping", this.grouping);
    this.showState(server.state);
    this.refresh();
  }

  async groupBy(grouping: Grouping): Promise<void> {
    this.grouping = grouping;
    await commands.executeCommand("setContext", "handlerWorkbench.grouping", grouping);
    await this.memory.update(groupingKey, grouping);
    this.refresh();
  }

  /** Asks for the filter; the tree follows while it is typed, and goes back on Escape. */
  askForFilter(): void {
    askForFilter(
      {
        title: l10n.t("Filter Handlers"),
        placeholder: l10n.t("Part of a name, category, initiator or folder; several words must all be there"),
      },
      this.words,
      (text) => this.filter(text),
    );
  }

  filter(text: string): void {
    this.words = filterWords(text);
    void commands.executeCommand("setContext", "handlerWorkbench.filtered", this.words.length > 0);
    this.refresh();
  }

  getTreeItem(node: Node): TreeItem {
    return node.kind === "group" ? this.groupItem(node) : handlerItem(node.row);
  }

  getChildren(node?: Node): Node[] {
    if (!node) return [...this.groups];
    return node.kind === "group" ? node.rows.map((row) => ({ kind: "handler", row })) : [];
  }

  getParent(node: Node): Node | undefined {
    return node.kind === "group" ? undefined : this.groups.find(({ rows }) => rows.includes(node.row));
  }

  dispose(): void {
    this.registrations.dispose();
    this.changed.dispose();
  }

  private refresh(): void {
    const { rows } = this.handlers;
    const shown = rows.filter((row) => this.matches(row));
    const byGroup = new Map<string, HandlerRow[]>();
    for (const row of shown) {
      const name = groupOf(row, this.grouping);
      const group = byGroup.get(name);
      if (group) group.push(row);
      else byGroup.set(name, [row]);
    }
    const order = new Intl.Collator(undefined, { numeric: true }).compare;
    this.groups = [...byGroup]
      .sort(([one], [other]) => order(one, other))
      .map(([name, members]) => ({
        kind: "group",
        name,
        rows: members.sort((one, other) => order(one.name, other.name)),
      }));
    this.view.description =
      this.words.length > 0
        ? l10n.t("{0} of {1}, filtered by {2}", shown.length, rows.length, this.words.join(" "))
        : undefined;
    this.showMessage(shown.length, rows.length);
    this.changed.fire(undefined);
  }

  private showMessage(shown: number, all: number): void {
    const { state } = this.server.state;
    if (state === "failed") this.view.message = l10n.t("The language server is not running.");
    else if (all > 0 && shown === 0) this.view.message = l10n.t("No handler matches the filter.");
    else this.view.message = undefined;
  }

  private showState({ state }: ServerState): void {
    void commands.executeCommand("setContext", "handlerWorkbench.state", state);
    this.showMessage(this.groups.length, this.handlers.rows.length);
  }

  private matches(row: HandlerRow): boolean {
    if (this.words.length === 0) return true;
    const text = [row.name, row.category, groupOf(row, "initiator"), groupOf(row, "folder")]
      .join("\n")
      .toLowerCase();
    return this.words.every((word) => text.includes(word));
  }

  private groupItem({ name, rows }: Extract<Node, { kind: "group" }>): TreeItem {
    const item = new TreeItem(name, TreeItemCollapsibleState.Expanded);
    item.id = `${this.grouping}:${name}`;
    item.description = String(rows.length);
    item.iconPath =
      this.grouping === "folder"
        ? ThemeIcon.Folder
        : new ThemeIcon(this.grouping === "category" ? "tag" : "symbol-event");
    item.contextValue = "group";
    return item;
  }
}

const groupingKey = "handlers.grouping";

function groupOf(row: HandlerRow, grouping: Grouping): string {
  switch (grouping) {
    case "folder":
      return folderOf(Uri.parse(row.uri, true));
    case "category":
      return row.category || l10n.t("(no category)");
    case "initiator":
      return row.isSubroutine ? l10n.t("Subroutine") : row.initiator || l10n.t("(not known)");
  }
}

function handlerItem(row: HandlerRow): TreeItem {
  const uri = Uri.parse(row.uri, true);
  const item = new TreeItem(row.name);
  const counts = countsText(row.problems);
  const kind = row.isSubroutine ? l10n.t("Subroutine") : row.initiator;
  item.id = row.uri;
  item.resourceUri = uri;
  item.description = counts;
  item.iconPath = new ThemeIcon(row.isSubroutine ? "symbol-function" : "symbol-event");
  item.tooltip = [
    row.name,
    [kind, row.category].filter((text) => text !== "").join(", "),
    row.steps === 1 ? l10n.t("1 step") : l10n.t("{0} steps", row.steps),
    counts,
    workspace.asRelativePath(uri),
  ]
    .filter((text) => text !== "")
    .join("\n");
  item.contextValue = "handler";
  item.command = { title: l10n.t("Open Flow"), command: "handlerWorkbench.openFlow", arguments: [uri] };
  return item;
}
