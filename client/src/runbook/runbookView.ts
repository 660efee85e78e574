import {
  commands,
  Disposable,
  EventEmitter,
  l10n,
  ThemeColor,
  ThemeIcon,
  type TreeDataProvider,
  TreeItem,
  TreeItemCheckboxState,
  type TreeView,
  window,
} from "vscode";
import type { RunbookFile } from "./runbookFile";
import { factItem, phaseItem, stepItem } from "./runbookItems";
import { type RunbookNode, runbookTree, type StepNode } from "./runbookNodes";

/** The phases and steps of the migration, with boxes to tick. */
export class RunbookView implements TreeDataProvider<RunbookNode>, Disposable {
  private readonly changed = new EventEmitter<undefined>();
  readonly onDidChangeTreeData = this.changed.event;
  private readonly view: TreeView<RunbookNode>;
  private readonly registrations: Disposable;
  private roots: readonly RunbookNode[] = [];
  private onlyOpen = false;

  constructor(
    private readonly file: RunbookFile,
    /** A box was ticked or cleared. */
    tick: (steps: readonly string[], done: boolean) => Promise<unknown>,
  ) {
    this.view = window.createTreeView("handlerWorkbench.runbook", {
      treeDataProvider: this,
      showCollapseAll: true,
      canSelectMany: true,
      manageCheckboxStateManually: true,
    });
    this.registrations = Disposable.from(
      this.view,
      file.onDidChange(() => this.refresh()),
      this.view.onDidChangeCheckboxState(async ({ items }) => {
        for (const wanted of [TreeItemCheckboxState.Checked, TreeItemCheckboxState.Unchecked]) {
          const steps = items.flatMap(([node, state]) =>
            node.kind === "step" && state === wanted ? [node.step.id] : [],
          );
          if (steps.length > 0) await tick(steps, wanted === TreeItemCheckboxState.Checked);
        }
      }),
      this.view.onDidChangeVisibility(({ visible }) => {
        if (visible) file.lookSoon();
      }),
      // Scripts may have run meanwhile, or files have come from elsewhere.
      window.onDidChangeWindowState(({ focused }) => {
        if (focused && this.view.visible) file.lookSoon();
      }),
    );
    this.showAll(true);
  }

  /** Rows that are selected now. */
  get selection(): readonly RunbookNode[] {
    return this.view.selection;
  }

  showAll(all: boolean): void {
    this.onlyOpen = !all;
    void commands.executeCommand("setContext", "handlerWorkbench.runbookOnlyOpen", this.onlyOpen);
    this.refresh();
  }

  /** Selects a step; shows all steps first where it is not among those that are shown. */
  async reveal(step: string): Promise<void> {
    const found = this.find(step) ?? (this.showAll(true), this.find(step));
    if (found) await this.view.reveal(found, { select: true, focus: true });
  }

  getTreeItem(node: RunbookNode): TreeItem {
    switch (node.kind) {
      case "phase":
        return phaseItem(node);
      case "step":
        return stepItem(node);
      case "fact":
        return factItem(node);
      case "problem": {
        const item = new TreeItem(node.text);
        item.tooltip = node.text;
        item.iconPath = new ThemeIcon("error", new ThemeColor("list.errorForeground"));
        item.contextValue = "runbookProblem";
        const title = l10n.t("Open Runbook File");
        item.command = { title, command: "handlerWorkbench.openRunbookFile" };
        return item;
      }
    }
  }

  getChildren(node?: RunbookNode): RunbookNode[] {
    switch (node?.kind) {
      case undefined:
        return [...this.roots];
      case "phase":
        return [...node.steps];
      case "step":
        return [...node.facts];
      default:
        return [];
    }
  }

  getParent(node: RunbookNode): RunbookNode | undefined {
    return node.kind === "step" || node.kind === "fact" ? node.of : undefined;
  }

  dispose(): void {
    this.registrations.dispose();
    this.changed.dispose();
  }

  private find(step: string): StepNode | undefined {
    return this.roots
      .flatMap((root) => (root.kind === "phase" ? root.steps : []))
      .find((node) => node.step.id === step);
  }

  private refresh(): void {
    const { runbook } = this.file;
    this.roots = runbook ? runbookTree(runbook, this.onlyOpen) : [];
    const started = runbook?.started ?? false;
    void commands.executeCommand("setContext", "handlerWorkbench.runbookStarted", started);
    void commands.executeCommand(
      "setContext",
      "handlerWorkbench.runbookConflict",
      runbook?.conflict ?? false,
    );
    this.view.message = messageOf(this.file, this.roots.length === 0 && started);
    this.changed.fire(undefined);
  }
}

function messageOf({ runbook }: RunbookFile, allDone: boolean): string | undefined {
  if (!runbook?.started) return undefined;
  if (allDone) return l10n.t("All steps are done.");
  return l10n.t("{0} of {1} steps done.", runbook.done, runbook.needed);
}
