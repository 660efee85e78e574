import { basename } from "node:path";
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
  Uri,
  window,
} from "vscode";
import type { BoundList, BoundStep } from "../../../../server/src/protocol";
import { errorCount } from "../runs/errorCount";
import type { Runs } from "../runs/runs";
import { spoken } from "../../spoken";
import { notRun, type Progress } from "./progress";
import type { ScriptLists } from "./scriptLists";

export type ListNode =
  | { readonly kind: "list"; readonly list: BoundList }
  | { readonly kind: "step"; readonly list: BoundList; readonly step: BoundStep; readonly index: number }
  | { readonly kind: "extra"; readonly list: BoundList; readonly path: string; readonly removed: boolean }
  | { readonly kind: "procedures"; readonly list: BoundList }
  | { readonly kind: "setting"; readonly setting: "commit-frequency" | "remote-query-timeout" }
  | { readonly kind: "problem"; readonly text: string };

/** The guide's lists beside the Scripts folder, with what has run. */
export class ListsView implements TreeDataProvider<ListNode>, Disposable {
  private readonly changed = new EventEmitter<void>();
  readonly onDidChangeTreeData = this.changed.event;
  private readonly registrations: Disposable;
  private readonly view: TreeView<ListNode>;
  private progressOf: (list: BoundList, step: BoundStep) => Progress = () => notRun;

  constructor(
    private readonly lists: ScriptLists,
    private readonly runs: Runs,
  ) {
    this.view = window.createTreeView("handlerWorkbench.migrationScripts", {
      treeDataProvider: this,
      showCollapseAll: true,
    });
    this.registrations = Disposable.from(
      this.view,
      lists.onDidChange(() => this.changed.fire()),
      runs.onDidChangeHistory(() => this.changed.fire()),
    );
  }

  async getChildren(parent?: ListNode): Promise<ListNode[]> {
    if (parent) return parent.kind === "list" ? childrenOf(parent.list) : [];
    const { lists, problem } = await this.lists.read();
    this.view.description = this.lists.folder;
    if (lists.length === 0) return [];
    const { runs: past } = await this.runs.history();
    const progress = await this.lists.progress();
    this.progressOf = (list, step) => progress(list, step, past);
    return [
      ...(problem === "" ? [] : [{ kind: "problem" as const, text: problem }]),
      ...lists.map((list): ListNode => ({ kind: "list", list })),
      { kind: "setting", setting: "commit-frequency" },
      { kind: "setting", setting: "remote-query-timeout" },
    ];
  }

  getTreeItem(node: ListNode): TreeItem {
    switch (node.kind) {
      case "list":
        return this.listItem(node.list);
      case "step":
        return this.stepItem(node);
      case "extra":
        return extraItem(node.path, node.removed);
      case "procedures": {
        const item = new TreeItem(l10n.t("Run the procedures (audit)"));
        item.description = l10n.t("{0} procedures", node.list.procedures.length);
        item.tooltip = node.list.procedures.join("\n");
        item.iconPath = new ThemeIcon("symbol-method");
        item.contextValue = "list.procedures";
        return spoken(item);
      }
      case "setting":
        return settingItem(node.setting);
      case "problem": {
        const item = new TreeItem(node.text);
        item.tooltip = node.text;
        item.iconPath = new ThemeIcon("warning", new ThemeColor("list.warningForeground"));
        return item;
      }
    }
  }

  dispose(): void {
    this.registrations.dispose();
    this.changed.dispose();
  }

  private listItem(list: BoundList): TreeItem {
    const { steps, extra, removed, folderIsThere } = list;
    const missing = steps.filter(({ status }) => status === "missing").length;
    const misspelt = steps.filter(({ status }) => status === "misspelt").length;
    const finished = steps.map((step) => this.progressOf(list, step)).filter(({ state }) => state === "done");
    const done = finished.length;
    const faulty = finished.filter(({ errors }) => errors > 0).length;
    const odd = [
      faulty > 0 ? l10n.t("{0} with errors", faulty) : "",
      folderIsThere ? "" : l10n.t("no such folder"),
      folderIsThere && missing > 0 ? l10n.t("{0} missing", missing) : "",
      misspelt > 0 ? l10n.t("{0} misspelt", misspelt) : "",
      extra.length > 0 ? l10n.t("{0} extra", extra.length) : "",
      removed.length > 0 ? l10n.t("{0} removed from the product", removed.length) : "",
    ].filter((part) => part !== "");
    const item = new TreeItem(list.title, TreeItemCollapsibleState.Collapsed);
    item.id = list.id;
    item.description = [l10n.t("{0} of {1} done", done, steps.length), ...odd].join(" · ");
    item.tooltip = `${list.title}\n${l10n.t("Guide: {0}", list.section)}\n${list.folder}`;
    item.iconPath =
      odd.length > 0
        ? new ThemeIcon("warning", new ThemeColor("list.warningForeground"))
        : new ThemeIcon(done === steps.length ? "pass" : "list-ordered");
    item.contextValue = folderIsThere ? "list" : "list.missing";
    return spoken(item);
  }

  private stepItem({ list, step, index }: Extract<ListNode, { kind: "step" }>): TreeItem {
    const { path, status, file, note, connectAs } = step;
    const { state, errors } = this.progressOf(list, step);
    const item = new TreeItem(`${index + 1}. ${file}`);
    const parts = [
      status === "missing" ? l10n.t("missing") : "",
      status === "misspelt" && path !== null ? l10n.t("found as {0}", basename(path)) : "",
      stateText({ state, errors }),
      connectAs === undefined ? "" : l10n.t("as {0}", connectAs),
      step.arguments.map(({ name, title }) => title ?? name).join(", "),
    ].filter((part) => part !== "");
    item.description = parts.join(" · ");
    item.tooltip = [path ?? file, note ?? ""].filter((part) => part !== "").join("\n");
    const [icon, colour] =
      status !== "found"
        ? (["warning", "list.warningForeground"] as const)
        : state === "done" && errors > 0
          ? (["warning", "list.warningForeground"] as const)
          : state === "done"
            ? (["pass", "testing.iconPassed"] as const)
            : state === "started"
              ? (["debug-restart", "list.warningForeground"] as const)
              : (["circle-outline", undefined] as const);
    item.iconPath = new ThemeIcon(icon, colour === undefined ? undefined : new ThemeColor(colour));
    item.contextValue = path === null ? "list.missingStep" : "list.step";
    if (path !== null)
      item.command = { title: l10n.t("Open"), command: "vscode.open", arguments: [Uri.file(path)] };
    item.accessibilityInformation = { label: `${index + 1}, ${file}, ${item.description}` };
    return item;
  }
}

/** "done, 3 errors"; nothing for a script that was not run. */
export function stateText({ state, errors }: Progress): string {
  if (state === "none") return "";
  const text = state === "done" ? l10n.t("done") : l10n.t("not finished");
  return errors > 0 ? `${text}, ${errorCount(errors)}` : text;
}

function childrenOf(list: BoundList): ListNode[] {
  return [
    ...list.steps.map((step, index): ListNode => ({ kind: "step", list, step, index })),
    // Oracle's clean-up script calls its procedures itself.
    ...(list.procedures.length > 0 && list.dialect === "sqlcmd"
      ? [{ kind: "procedures" as const, list }]
      : []),
    ...list.extra.map((path): ListNode => ({ kind: "extra", list, path, removed: false })),
    ...list.removed.map((path): ListNode => ({ kind: "extra", list, path, removed: true })),
  ];
}

function extraItem(path: string, removed: boolean): TreeItem {
  const item = new TreeItem(basename(path));
  item.description = removed
    ? l10n.t("taken out of the product in January 2015: do not run it")
    : l10n.t("not in the guide's list");
  item.tooltip = path;
  item.iconPath = new ThemeIcon("question");
  item.contextValue = "list.extra";
  item.command = { title: l10n.t("Open"), command: "vscode.open", arguments: [Uri.file(path)] };
  return spoken(item);
}

function settingItem(setting: Extract<ListNode, { kind: "setting" }>["setting"]): TreeItem {
  const item = new TreeItem(
    setting === "commit-frequency" ? l10n.t("Commit frequency") : l10n.t("Remote query timeout"),
  );
  item.description =
    setting === "commit-frequency"
      ? l10n.t("rows between two commits, 1000 unless changed")
      : l10n.t("0 for the migration, 600 seconds afterwards");
  item.iconPath = new ThemeIcon("settings");
  item.contextValue = "list.setting";
  return item;
}
