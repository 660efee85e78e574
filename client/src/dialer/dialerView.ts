import {
  commands,
  Disposable,
  EventEmitter,
  l10n,
  type TreeDataProvider,
  type TreeItem,
  type TreeView,
  type Uri,
  window,
  workspace,
} from "vscode";
import { askForFilter, filterWords } from "../filterBox";
import { type DialerItem, DialerReferrersRequest, DialerViewRequest } from "../../../server/src/protocol";
import { NotRunning, type Server } from "../server";
import type { Configurations } from "./configurations";
import { type DialerNode, treeItemOf } from "./dialerNodes";

type Root = Extract<DialerNode, { kind: "configuration" }>;

/** The tree of all Dialer configurations: their objects by kind, and below each who refers to it. */
export class DialerView implements TreeDataProvider<DialerNode>, Disposable {
  private readonly changed = new EventEmitter<DialerNode | undefined>();
  readonly onDidChangeTreeData = this.changed.event;
  private readonly view: TreeView<DialerNode>;
  private readonly registrations: Disposable;
  /** Nodes stay the same objects, so that one of them can be refreshed. */
  private roots: readonly Root[] = [];
  private readonly contents = new Map<string, DialerViewRequest.Result>();
  private words: readonly string[] = [];

  constructor(
    private readonly configurations: Configurations,
    private readonly server: Server,
  ) {
    this.view = window.createTreeView("handlerWorkbench.dialer", {
      treeDataProvider: this,
      showCollapseAll: true,
    });
    this.registrations = Disposable.from(
      this.view,
      configurations.onDidChange(() => this.list()),
      configurations.onDidWrite((uri) => this.reload(uri.toString())),
      server.onDidCheckDialer(({ uri }) => this.reload(uri)),
      workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration("handlerWorkbench.dialer")) void this.refresh();
      }),
    );
    this.list();
    this.filter("");
  }

  /** Finds and reads all configurations anew. */
  async refresh(): Promise<void> {
    this.contents.clear();
    await this.configurations.find();
  }

  /** Asks for the filter; the tree follows while it is typed, and goes back on Escape. */
  askForFilter(): void {
    askForFilter(
      {
        title: l10n.t("Filter Dialer Objects"),
        placeholder: l10n.t("Part of a name, kind or id; several words must all be there"),
      },
      this.words,
      (text) => this.filter(text),
    );
  }

  filter(text: string): void {
    this.words = filterWords(text);
    const isFiltered = this.words.length > 0;
    void commands.executeCommand("setContext", "handlerWorkbench.dialerFiltered", isFiltered);
    this.view.description = isFiltered ? l10n.t("filtered by {0}", this.words.join(" ")) : undefined;
    this.changed.fire(undefined);
  }

  getTreeItem(node: DialerNode): TreeItem {
    return treeItemOf(node, this.words.length > 0);
  }

  async getChildren(node?: DialerNode): Promise<DialerNode[]> {
    if (!node) return [...this.roots];
    try {
      switch (node.kind) {
        case "configuration":
          return await this.groupsOf(node);
        case "group":
          return node.items.map((item) => ({ kind: "item", uri: node.uri, item }));
        case "item":
          return await this.referrersOf(node.uri, node.item);
        default:
          return [];
      }
    } catch (error) {
      if (!(error instanceof NotRunning)) this.server.log.warn(String(error));
      return [{ kind: "failure", message: error instanceof Error ? error.message : String(error) }];
    }
  }

  dispose(): void {
    this.registrations.dispose();
    this.changed.dispose();
  }

  private list(): void {
    const before = new Map(this.roots.map((root) => [root.uri.toString(), root]));
    this.roots = this.configurations.all.map(
      (uri) => before.get(uri.toString()) ?? { kind: "configuration", uri, workflows: 0 },
    );
    this.changed.fire(undefined);
  }

  private reload(uri: string): void {
    this.contents.delete(uri);
    const root = this.roots.find((each) => each.uri.toString() === uri);
    if (root) this.changed.fire(root);
  }

  private async groupsOf(root: Root): Promise<DialerNode[]> {
    const content = await this.contentOf(root.uri);
    if (root.workflows !== content.workflows) {
      root.workflows = content.workflows;
      // Its menu is another one now.
      this.changed.fire(root);
    }
    const doubts: DialerNode[] =
      content.incomplete === null ? [] : [{ kind: "warning", message: content.incomplete }];
    const groups = content.groups
      .map((group) => ({ ...group, items: group.items.filter((item) => this.matches(item)) }))
      .filter(({ items }) => items.length > 0);
    if (groups.length === 0) {
      const message =
        content.objects === 0 ? l10n.t("There is no object in it.") : l10n.t("No object matches the filter.");
      return [...doubts, { kind: "message", message }];
    }
    return [
      ...doubts,
      ...groups.map((group): DialerNode => ({ ...group, objects: group.kind, kind: "group", uri: root.uri })),
    ];
  }

  private async contentOf(uri: Uri): Promise<DialerViewRequest.Result> {
    const key = uri.toString();
    const known = this.contents.get(key);
    if (known) return known;
    const params: DialerViewRequest.Params = { uri: key };
    const content = await this.server.request<DialerViewRequest.Result>(DialerViewRequest.method, params);
    this.contents.set(key, content);
    return content;
  }

  private async referrersOf(uri: Uri, { id }: DialerItem): Promise<DialerNode[]> {
    if (id === null) return [];
    const params: DialerReferrersRequest.Params = { uri: uri.toString(), id };
    const { referrers } = await this.server.request<DialerReferrersRequest.Result>(
      DialerReferrersRequest.method,
      params,
    );
    return referrers.map((referrer) => ({ kind: "referrer", uri, referrer }));
  }

  private matches({ label, kindName, id }: DialerItem): boolean {
    const text = `${label} ${kindName} ${id ?? ""}`.toLowerCase();
    return this.words.every((word) => text.includes(word));
  }
}
