import {
  commands,
  Disposable,
  EventEmitter,
  l10n,
  type Memento,
  type QuickPickItem,
  type TreeDataProvider,
  type TreeItem,
  type TreeView,
  window,
} from "vscode";
import { DependenciesRequest, type DependencyGrouping } from "../../../server/src/protocol";
import { askForFilter, filterWords } from "../filterBox";
import { NotRunning, type Server } from "../server";
import { dependencyItem } from "./dependencyItem";
import { type DependencyNode, dependencyTree } from "./dependencyTree";

const keys = { grouping: "dependencies.grouping", kinds: "dependencies.kinds" } as const;
/** Milliseconds between two requests: while the server reads a folder, it changes all the time. */
const pause = 300;

/** What the handlers of the workspace depend on: by handler, or by what they use. */
export class DependenciesView implements TreeDataProvider<DependencyNode>, Disposable {
  private readonly changed = new EventEmitter<undefined>();
  readonly onDidChangeTreeData = this.changed.event;
  private readonly view: TreeView<DependencyNode>;
  private readonly registrations: Disposable;
  private grouping: DependencyGrouping;
  /** Ids of the kinds that are listed; empty: all. */
  private kinds: readonly string[];
  private words: readonly string[] = [];
  private known: DependenciesRequest.Result | undefined;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly server: Server,
    private readonly memory: Memento,
  ) {
    this.grouping = memory.get(keys.grouping) === "handler" ? "handler" : "item";
    this.kinds = memory.get<readonly string[]>(keys.kinds, []);
    this.view = window.createTreeView("handlerWorkbench.dependencies", {
      treeDataProvider: this,
      showCollapseAll: true,
    });
    this.registrations = Disposable.from(
      this.view,
      this.changed,
      server.onDidChangeHandlers(() => this.later()),
    );
    void commands.executeCommand("setContext", "handlerWorkbench.dependencyGrouping", this.grouping);
  }

  async groupBy(grouping: DependencyGrouping): Promise<void> {
    this.grouping = grouping;
    await commands.executeCommand("setContext", "handlerWorkbench.dependencyGrouping", grouping);
    await this.memory.update(keys.grouping, grouping);
    this.refresh();
  }

  async chooseKinds(): Promise<void> {
    const { kinds } = await this.ask();
    const isShown = (id: string): boolean => this.kinds.length === 0 || this.kinds.includes(id);
    const chosen = await window.showQuickPick(
      kinds.map(({ id, name }): QuickPickItem & { id: string } => ({ label: name, id, picked: isShown(id) })),
      { title: l10n.t("Kinds of Dependencies to List"), canPickMany: true },
    );
    if (!chosen) return;
    const isAll = chosen.length === 0 || chosen.length === kinds.length;
    this.kinds = isAll ? [] : chosen.map(({ id }) => id);
    await this.memory.update(keys.kinds, this.kinds);
    this.refresh();
  }

  /** Asks for words; the tree follows while they are typed, and goes back on Escape. */
  askForFilter(): void {
    askForFilter(
      {
        title: l10n.t("Filter Dependencies"),
        placeholder: l10n.t("Part of a name or kind; several words must all be there"),
      },
      this.words,
      (text) => this.filter(text),
    );
  }

  filter(text: string): void {
    this.words = filterWords(text);
    void commands.executeCommand(
      "setContext",
      "handlerWorkbench.dependenciesFiltered",
      this.words.length > 0,
    );
    this.changed.fire(undefined);
  }

  /** Asks the server anew. */
  refresh(): void {
    this.known = undefined;
    this.changed.fire(undefined);
  }

  getTreeItem(node: DependencyNode): TreeItem {
    return dependencyItem(node);
  }

  async getChildren(node?: DependencyNode): Promise<DependencyNode[]> {
    if (node) return [...node.nodes];
    try {
      const roots = dependencyTree(await this.ask(), this.words, {
        unresolved: l10n.t("Subroutines that are not there"),
        cycles: l10n.t("Circles of calls"),
        dead: l10n.t("Subroutines that nothing here starts"),
        callers: l10n.t("Callers"),
      });
      this.view.message = this.messageOf(roots.length);
      return roots;
    } catch (error) {
      // The Handlers view says that the server is gone.
      if (error instanceof NotRunning) return [];
      throw error;
    }
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.registrations.dispose();
  }

  private messageOf(shown: number): string | undefined {
    if (this.words.length > 0)
      return shown === 0
        ? l10n.t("Nothing matches the filter {0}.", this.words.join(" "))
        : l10n.t("Filtered by {0}", this.words.join(" "));
    return this.kinds.length > 0 ? l10n.t("Some kinds are not listed.") : undefined;
  }

  private async ask(): Promise<DependenciesRequest.Result> {
    const params: DependenciesRequest.Params = { grouping: this.grouping, kinds: this.kinds };
    return (this.known ??= await this.server.request<DependenciesRequest.Result>(
      DependenciesRequest.method,
      params,
    ));
  }

  private later(): void {
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      this.refresh();
    }, pause);
  }
}
