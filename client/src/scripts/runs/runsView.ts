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
import { errorCount } from "./errorCount";
import type { PastRunRow } from "../../../../server/src/protocol";
import { spoken } from "../../spoken";
import type { RunResultSet } from "./activeRun";
import { canResume, duration, type Runs, type StartedRun, summaryOf } from "./runs";

export type RunNode =
  | { readonly kind: "active"; readonly started: StartedRun }
  | { readonly kind: "past"; readonly run: PastRunRow; readonly started: StartedRun | undefined }
  | { readonly kind: "result"; readonly file: string; readonly result: RunResultSet | undefined }
  | { readonly kind: "file"; readonly path: string; readonly label: string }
  | { readonly kind: "script"; readonly path: string; readonly ending: string }
  | { readonly kind: "unreadable"; readonly path: string; readonly message: string };

const icons: Readonly<Record<PastRunRow["state"], readonly [icon: string, colour?: string]>> = {
  Completed: ["pass", "testing.iconPassed"],
  "User completed": ["pass-filled", "testing.iconPassed"],
  Failed: ["error", "testing.iconFailed"],
  Cancelled: ["circle-slash"],
  Incomplete: ["circle-outline"],
  "Ready for restart": ["debug-restart", "list.warningForeground"],
  Running: ["sync"],
};

const completedWithErrors = ["warning", "list.warningForeground"] as const;

/** The tree of runs: what goes on at the top, then the history. */
export class RunsView implements TreeDataProvider<RunNode>, Disposable {
  private readonly changed = new EventEmitter<void>();
  readonly onDidChangeTreeData = this.changed.event;
  private readonly view: TreeView<RunNode>;
  private readonly registrations: Disposable;

  constructor(private readonly runs: Runs) {
    this.view = window.createTreeView("handlerWorkbench.runs", {
      treeDataProvider: this,
      canSelectMany: true,
    });
    this.registrations = Disposable.from(
      this.view,
      runs.onDidChange(() => this.show()),
    );
    this.show();
  }

  async getChildren(parent?: RunNode): Promise<RunNode[]> {
    if (!parent) return await this.roots();
    if (parent.kind === "active") return resultNodes(parent.started.run.results);
    if (parent.kind === "past") return pastChildren(parent.run, parent.started);
    return [];
  }

  getTreeItem(node: RunNode): TreeItem {
    switch (node.kind) {
      case "active":
        return activeItem(node.started);
      case "past":
        return pastItem(node.run);
      case "result":
        return resultItem(node.file, node.result);
      case "file": {
        const item = new TreeItem(node.label);
        item.resourceUri = Uri.file(node.path);
        item.iconPath = new ThemeIcon("output");
        item.command = { title: node.label, command: "vscode.open", arguments: [Uri.file(node.path)] };
        return item;
      }
      case "script": {
        const item = new TreeItem(basename(node.path));
        item.description = node.ending;
        item.tooltip = node.path;
        item.iconPath = new ThemeIcon("file-code");
        item.command = { title: l10n.t("Open"), command: "vscode.open", arguments: [Uri.file(node.path)] };
        return spoken(item);
      }
      case "unreadable": {
        const item = new TreeItem(basename(node.path));
        item.description = node.message;
        item.tooltip = node.message;
        item.iconPath = new ThemeIcon("warning");
        return spoken(item);
      }
    }
  }

  dispose(): void {
    this.registrations.dispose();
    this.changed.dispose();
  }

  private show(): void {
    const { length } = this.runs.active;
    this.view.badge =
      length === 0
        ? undefined
        : { value: length, tooltip: length === 1 ? l10n.t("1 run") : l10n.t("{0} runs", length) };
    this.changed.fire();
  }

  private async roots(): Promise<RunNode[]> {
    const { runs, unreadable } = await this.runs.history();
    const active = this.runs.active;
    const folders = new Set(active.map(({ run }) => run.folder));
    return [
      ...active.map((started): RunNode => ({ kind: "active", started })),
      ...runs
        .filter(({ folder }) => !folders.has(folder))
        .map((run): RunNode => ({ kind: "past", run, started: this.runs.inFolder(run.folder) })),
      ...unreadable.map((each): RunNode => ({ kind: "unreadable", ...each })),
    ];
  }
}

function activeItem({ run, messages }: StartedRun): TreeItem {
  const { script, scripts, batch, batches, rows, elapsed, errors } = run.progress;
  const item = new TreeItem(run.title, TreeItemCollapsibleState.Collapsed);
  const state = run.phase === "cancelling" ? l10n.t("Cancelling") : l10n.t("Running");
  const parts = [
    state,
    l10n.t("script {0} of {1}", script, scripts),
    l10n.t("batch {0} of {1}", batch, batches),
    rows > 0 ? l10n.t("{0} rows", rows) : "",
    errorCount(errors),
    duration(elapsed),
  ];
  item.description = parts.filter((part) => part !== "").join(" · ");
  item.iconPath = new ThemeIcon("sync~spin");
  item.contextValue = run.phase === "cancelling" ? "run.cancelling" : "run.active";
  item.command = { title: l10n.t("Show Messages"), command: "vscode.open", arguments: [messages] };
  item.accessibilityInformation = { label: `${run.title}, ${item.description}` };
  return item;
}

function pastItem(run: PastRunRow): TreeItem {
  const names = run.scripts.map(({ path }) => basename(path));
  const [first = run.name] = names;
  const item = new TreeItem(
    names.length > 1 ? l10n.t("{0} and {1} more", first, names.length - 1) : first,
    TreeItemCollapsibleState.Collapsed,
  );
  item.id = run.folder;
  item.description = `${run.stateName} · ${summaryOf(run)}`;
  item.tooltip = `${run.stateName}: ${run.reason}\n${run.where}\n${run.folder}`;
  const [icon, colour] = run.state === "Completed" && run.errors > 0 ? completedWithErrors : icons[run.state];
  item.iconPath = new ThemeIcon(icon, colour === undefined ? undefined : new ThemeColor(colour));
  item.contextValue = canResume(run) ? "run.past.resumable" : "run.past";
  item.accessibilityInformation = { label: `${item.label as string}, ${item.description}` };
  return item;
}

function resultNodes(results: readonly RunResultSet[]): RunNode[] {
  return results.flatMap((result) =>
    result.file === undefined ? [] : [{ kind: "result", file: result.file, result }],
  );
}

function pastChildren(run: PastRunRow, started: StartedRun | undefined): RunNode[] {
  const known = new Map((started?.run.results ?? []).map((result) => [result.file, result]));
  return [
    ...run.scripts.map(({ path, ended, started: begun, errors }): RunNode => {
      const ending = ended ? l10n.t("came to its end") : begun ? l10n.t("not finished") : l10n.t("not run");
      return { kind: "script", path, ending: errors > 0 ? `${ending}, ${errorCount(errors)}` : ending };
    }),
    { kind: "file", path: joined(run.folder, "messages.log"), label: l10n.t("Messages") },
    { kind: "file", path: joined(run.folder, "journal.jsonl"), label: l10n.t("Journal") },
    ...run.resultFiles.map((file): RunNode => ({ kind: "result", file, result: known.get(file) })),
    ...run.outputFiles.map((path): RunNode => ({ kind: "file", path, label: basename(path) })),
  ];
}

function joined(folder: string, name: string): string {
  return Uri.joinPath(Uri.file(folder), name).fsPath;
}

function resultItem(file: string, result: RunResultSet | undefined): TreeItem {
  const item = new TreeItem(resultTitle(file));
  item.description =
    result?.rows === undefined
      ? undefined
      : l10n.t("{0} rows, {1} columns", result.rows, result.columns.length);
  item.tooltip = file;
  item.iconPath = new ThemeIcon("table");
  item.contextValue = "run.result";
  item.command = {
    title: l10n.t("Show Result"),
    command: "handlerWorkbench.showResult",
    arguments: [{ kind: "result", file, result }],
  };
  return spoken(item);
}

/** `000012-1.csv`: batch 12, result set 1. */
export function resultTitle(file: string): string {
  const [, batch, set] = /^0*(\d+)-(\d+)\.csv$/.exec(basename(file)) ?? [];
  return batch === undefined ? basename(file) : l10n.t("Result {0} of batch {1}", set ?? "", batch);
}
