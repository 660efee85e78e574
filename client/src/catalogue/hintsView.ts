import {
  commands,
  Disposable,
  EventEmitter,
  l10n,
  ThemeColor,
  ThemeIcon,
  type TreeDataProvider,
  TreeItem,
  TreeItemCollapsibleState,
  type TreeView,
  Uri,
  window,
} from "vscode";
import {
  type TargetState,
  type ToolFinding,
  ToolFindingsRequest,
  ToolSummariesRequest,
  type ToolSummaryRow,
} from "../../../server/src/protocol";
import { handlersCount, stepsCount } from "../counts";
import { NotRunning, type Server } from "../server";
import { severityName } from "../severities";

type HintNode =
  | { readonly kind: "tool"; readonly row: ToolSummaryRow }
  | { readonly kind: "finding"; readonly finding: ToolFinding };

/** Milliseconds between two requests: while the server reads a folder, it changes all the time. */
const pause = 300;

/** The tools of the estate about which something was found, each with the steps it is about. */
export class HintsView implements TreeDataProvider<HintNode>, Disposable {
  private readonly changed = new EventEmitter<undefined>();
  readonly onDidChangeTreeData = this.changed.event;
  private readonly view: TreeView<HintNode>;
  private readonly registrations: Disposable;
  private timer: NodeJS.Timeout | undefined;
  private target: TargetState["catalogue"] = { state: "none" };

  constructor(private readonly server: Server) {
    this.view = window.createTreeView("handlerWorkbench.hints", {
      treeDataProvider: this,
      showCollapseAll: true,
    });
    this.registrations = Disposable.from(
      this.view,
      this.changed,
      server.onDidChangeHandlers(() => this.later()),
      server.onDidChangeTarget(({ catalogue }) => {
        this.target = catalogue;
        void commands.executeCommand("setContext", "handlerWorkbench.target", catalogue.state);
        this.later();
      }),
    );
  }

  getTreeItem(node: HintNode): TreeItem {
    return node.kind === "tool" ? toolItem(node.row) : findingItem(node.finding);
  }

  async getChildren(node?: HintNode): Promise<HintNode[]> {
    try {
      if (!node) return await this.tools();
      if (node.kind === "finding") return [];
      const { kind, tool } = node.row;
      const params: ToolFindingsRequest.Params = { kind, tool };
      const { findings } = await this.server.request<ToolFindingsRequest.Result>(
        ToolFindingsRequest.method,
        params,
      );
      return findings.map((finding) => ({ kind: "finding", finding }));
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

  private async tools(): Promise<HintNode[]> {
    const { tools } = await this.server.request<ToolSummariesRequest.Result>(ToolSummariesRequest.method);
    const { target } = this;
    // An empty view says what to do instead.
    this.view.message =
      target.state === "failed"
        ? target.message
        : tools.length === 0
          ? undefined
          : target.state === "ready"
            ? l10n.t("Compared with {0} ({1})", target.target, handlersCount(target.handlers))
            : l10n.t("No target: only what is documented, or what real handlers show to be newer");
    return tools.map((row) => ({ kind: "tool", row }));
  }

  private later(): void {
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      this.changed.fire(undefined);
    }, pause);
  }
}

function toolItem({ kind, tool, label, steps, handlers, rules, text }: ToolSummaryRow): TreeItem {
  const item = new TreeItem(tool, TreeItemCollapsibleState.Collapsed);
  item.id = `${kind} ${tool}`;
  item.description = l10n.t("{0} in {1}", stepsCount(steps), handlersCount(handlers));
  item.tooltip = [label, text, ...Object.entries(rules).map(([rule, count]) => `${rule}: ${count}`)]
    .filter((line) => line !== "")
    .join("\n");
  item.accessibilityInformation = { label: text };
  item.iconPath = new ThemeIcon(kind === "tool" ? "tools" : "symbol-event");
  item.contextValue = "tool";
  return item;
}

const icons: Readonly<Record<ToolFinding["severity"], ThemeIcon>> = {
  error: new ThemeIcon("error", new ThemeColor("list.errorForeground")),
  warning: new ThemeIcon("warning", new ThemeColor("list.warningForeground")),
  information: new ThemeIcon("info"),
  hint: new ThemeIcon("lightbulb"),
};

function findingItem({ uri, handler, node, label, rule, severity, message }: ToolFinding): TreeItem {
  const item = new TreeItem(l10n.t("{0}: {1} ({2})", handler, label, node));
  item.description = rule;
  item.tooltip = message;
  item.accessibilityInformation = {
    label: `${String(item.label)}, ${severityName(severity)}, ${rule}, ${message}`,
  };
  item.iconPath = icons[severity];
  item.contextValue = "finding";
  item.command = {
    title: l10n.t("Open Listing"),
    command: "handlerWorkbench.openListing",
    arguments: [Uri.parse(uri, true), node],
  };
  return item;
}
