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
  Uri,
  window,
} from "vscode";
import type { GeneratedFolder, GeneratedScript, PastRunRow } from "../../../../server/src/protocol";
import { stateText } from "../lists/listsView";
import { progressOf } from "../lists/progress";
import type { Runs } from "../runs/runs";
import { severityName } from "../../severities";
import { spoken } from "../../spoken";
import type { GeneratedFolders } from "./generatedFolders";

type Problem = GeneratedFolder["problems"][number];

export type GeneratedNode =
  | { readonly kind: "folder"; readonly path: string }
  | { readonly kind: "group"; readonly folder: GeneratedFolder; readonly name: string }
  | { readonly kind: "script"; readonly folder: GeneratedFolder; readonly script: GeneratedScript }
  | { readonly kind: "cleanup"; readonly folder: GeneratedFolder }
  | { readonly kind: "fact"; readonly label: string; readonly value: string; readonly place?: Place }
  | { readonly kind: "problem"; readonly folder: GeneratedFolder; readonly problem: Problem }
  | { readonly kind: "failed"; readonly path: string; readonly message: string };

interface Place {
  readonly file: string;
  readonly line: number;
}

/** The tree of generated scripts: runs of the assistant, groups, tables, header facts. */
export class GeneratedView implements TreeDataProvider<GeneratedNode>, Disposable {
  private readonly changed = new EventEmitter<void>();
  readonly onDidChangeTreeData = this.changed.event;
  private readonly registrations: Disposable;
  private past: readonly PastRunRow[] = [];

  constructor(
    private readonly folders: GeneratedFolders,
    private readonly runs: Runs,
  ) {
    this.registrations = Disposable.from(
      window.createTreeView("handlerWorkbench.generatedScripts", {
        treeDataProvider: this,
        canSelectMany: true,
        showCollapseAll: true,
      }),
      folders.onDidChange(() => this.changed.fire()),
      runs.onDidChangeHistory(() => this.changed.fire()),
    );
  }

  async getChildren(parent?: GeneratedNode): Promise<GeneratedNode[]> {
    if (!parent) {
      this.past = this.folders.folders.length === 0 ? [] : (await this.runs.history()).runs;
      return this.folders.folders.map((path) => ({ kind: "folder", path }));
    }
    switch (parent.kind) {
      case "folder":
        return await this.folderChildren(parent.path);
      case "group":
        return (parent.folder.groups.find(({ name }) => name === parent.name)?.scripts ?? []).map(
          (script) => ({
            kind: "script",
            folder: parent.folder,
            script,
          }),
        );
      case "script":
        return factsOf(parent.folder, parent.script);
      default:
        return [];
    }
  }

  getTreeItem(node: GeneratedNode): TreeItem {
    switch (node.kind) {
      case "folder": {
        const item = new TreeItem(basename(node.path), TreeItemCollapsibleState.Expanded);
        item.id = node.path;
        item.description = node.path.slice(0, -basename(node.path).length - 1);
        item.tooltip = node.path;
        item.iconPath = new ThemeIcon("folder-library");
        item.contextValue = "generated.folder";
        return item;
      }
      case "group": {
        const item = new TreeItem(
          node.name === "" ? l10n.t("(no group)") : node.name,
          TreeItemCollapsibleState.Collapsed,
        );
        const scripts = node.folder.groups.find(({ name }) => name === node.name)?.scripts ?? [];
        item.description = l10n.t("{0} scripts", scripts.length);
        item.iconPath = new ThemeIcon("folder");
        item.contextValue = "generated.group";
        return item;
      }
      case "script":
        return this.scriptItem(node.folder, node.script);
      case "cleanup":
        return cleanupItem(node.folder);
      case "fact": {
        const item = new TreeItem(node.label);
        item.description = node.value;
        item.iconPath = new ThemeIcon("symbol-field");
        if (node.place) item.command = openAt(node.place);
        return item;
      }
      case "problem": {
        const { problem, folder } = node;
        const item = new TreeItem(problem.message);
        item.description = problem.place?.file;
        item.tooltip = problem.message;
        item.iconPath =
          problem.severity === "error"
            ? new ThemeIcon("error", new ThemeColor("list.errorForeground"))
            : new ThemeIcon(
                problem.severity === "warning" ? "warning" : "info",
                problem.severity === "warning" ? new ThemeColor("list.warningForeground") : undefined,
              );
        if (problem.place?.file !== undefined)
          item.command = openAt({ file: pathOf(folder, problem.place.file), line: problem.place.line ?? 1 });
        return spoken(item, severityName(problem.severity));
      }
      case "failed": {
        const item = new TreeItem(node.message);
        item.tooltip = node.message;
        item.iconPath = new ThemeIcon("error");
        return item;
      }
    }
  }

  dispose(): void {
    this.registrations.dispose();
    this.changed.dispose();
  }

  private async folderChildren(path: string): Promise<GeneratedNode[]> {
    try {
      const folder = await this.folders.read(path);
      return [
        ...(folder.cleanup ? [{ kind: "cleanup" as const, folder }] : []),
        ...folder.groups.map(({ name }): GeneratedNode => ({ kind: "group", folder, name })),
        ...folder.problems.map((problem): GeneratedNode => ({ kind: "problem", folder, problem })),
      ];
    } catch (error) {
      return [{ kind: "failed", path, message: error instanceof Error ? error.message : String(error) }];
    }
  }

  private scriptItem(folder: GeneratedFolder, script: GeneratedScript): TreeItem {
    const path = pathOf(folder, script.path);
    const item = new TreeItem(
      script.order === undefined ? script.table : `${script.order}. ${script.table}`,
      TreeItemCollapsibleState.Collapsed,
    );
    const progress = progressOf(path, this.past);
    const { state, errors } = progress;
    item.description = [basename(script.path), stateText(progress)].filter((part) => part !== "").join(" · ");
    item.tooltip = path;
    const wrong = folder.problems.some(
      ({ place, severity }) =>
        place?.file === script.path && (severity === "error" || severity === "warning"),
    );
    item.iconPath =
      wrong || (state === "done" && errors > 0)
        ? new ThemeIcon("warning", new ThemeColor("list.warningForeground"))
        : new ThemeIcon(state === "done" ? "pass" : "file-code");
    item.contextValue = "generated.script";
    item.command = {
      title: l10n.t("Open"),
      command: "handlerWorkbench.openGenerated",
      arguments: [{ kind: "script", folder, script }],
    };
    return spoken(item, wrong ? l10n.t("has problems") : "");
  }
}

export function pathOf(folder: Pick<GeneratedFolder, "path">, relative: string): string {
  return Uri.joinPath(Uri.file(folder.path), relative).fsPath;
}

function factsOf(folder: GeneratedFolder, { path, header, links }: GeneratedScript): GeneratedNode[] {
  const file = pathOf(folder, path);
  return [
    ...(header?.fields ?? []).map(({ name, value, line }): GeneratedNode => ({
      kind: "fact",
      label: name,
      value: value ?? "NONE",
      place: { file, line },
    })),
    ...(links.length > 0 ? [{ kind: "fact" as const, label: l10n.t("Links"), value: links.join(", ") }] : []),
  ];
}

function cleanupItem(folder: GeneratedFolder): TreeItem {
  const item = new TreeItem(basename(folder.cleanup?.path ?? ""));
  item.description = l10n.t("for after a crash or power loss; never started from here");
  item.iconPath = new ThemeIcon("shield");
  item.contextValue = "generated.cleanup";
  item.command = {
    title: l10n.t("Explain"),
    command: "handlerWorkbench.explainCleanup",
    arguments: [{ kind: "cleanup", folder }],
  };
  return item;
}

function openAt({ file, line }: Place): { title: string; command: string; arguments: unknown[] } {
  return {
    title: l10n.t("Open"),
    command: "vscode.open",
    arguments: [Uri.file(file).with({ fragment: `L${line}` })],
  };
}
