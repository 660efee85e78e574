import {
  Disposable,
  EventEmitter,
  l10n,
  MarkdownString,
  ThemeColor,
  ThemeIcon,
  type TreeDataProvider,
  TreeItem,
  window,
} from "vscode";
import { type DescribedTarget, DescribeTargetsRequest } from "../../../../server/src/protocol";
import type { Server } from "../../server";
import type { Connection, Connections } from "./connections";

/** The tree of connections. */
export class ConnectionsView implements TreeDataProvider<Connection>, Disposable {
  private readonly changed = new EventEmitter<void>();
  readonly onDidChangeTreeData = this.changed.event;
  private readonly registrations: Disposable;
  private described = new Map<string, DescribedTarget>();

  constructor(
    private readonly connections: Connections,
    private readonly server: Server,
  ) {
    this.registrations = Disposable.from(
      window.createTreeView("handlerWorkbench.connections", { treeDataProvider: this }),
      connections.onDidChange(() => this.changed.fire()),
    );
  }

  async getChildren(parent?: Connection): Promise<Connection[]> {
    if (parent) return [];
    const { all } = this.connections;
    const params: DescribeTargetsRequest.Params = { targets: all.map(({ target }) => target) };
    const { targets } =
      all.length === 0
        ? { targets: [] }
        : await this.server.request<DescribeTargetsRequest.Result>(DescribeTargetsRequest.method, params);
    this.described = new Map(
      all.flatMap(({ id }, index) => {
        const target = targets[index];
        return target ? [[id, target] as const] : [];
      }),
    );
    return [...all];
  }

  getTreeItem({ id, name, target }: Connection): TreeItem {
    const described = this.described.get(id);
    const item = new TreeItem(name);
    item.id = id;
    item.description = described?.where ?? target.server;
    item.tooltip = new MarkdownString().appendText(
      `${name}\n${described?.where ?? target.server}\n${described?.protection ?? ""}`,
    );
    const weak = target.encryption === "none" || target.trustServerCertificate;
    item.iconPath = weak
      ? new ThemeIcon("unlock", new ThemeColor("list.warningForeground"))
      : new ThemeIcon("database");
    item.accessibilityInformation = {
      label: `${name}, ${described?.where ?? target.server}, ${described?.protection ?? ""}`,
    };
    item.contextValue = "connection";
    item.command = {
      title: l10n.t("Edit Connection"),
      command: "handlerWorkbench.editConnection",
      arguments: [{ id, name, target }],
    };
    return item;
  }

  dispose(): void {
    this.registrations.dispose();
    this.changed.dispose();
  }
}
