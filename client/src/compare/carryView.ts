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
  TreeItemCollapsibleState,
  type TreeView,
  window,
} from "vscode";
import type { WorkListMark } from "../../../server/src/protocol";
import {
  type CarryFactNode,
  type CarryForward,
  type CarryHandlerNode,
  type CarryItemNode,
  type CarryNode,
  carryTree,
} from "./carryTree";
import { spoken } from "../spoken";
import { short } from "./resultTree";
import type { WorkListFile } from "./workListFile";

/** What has to be done to carry customisations forward, with check marks and notes. */
export class CarryView implements TreeDataProvider<CarryNode>, Disposable {
  private readonly changed = new EventEmitter<undefined>();
  readonly onDidChangeTreeData = this.changed.event;
  private readonly view: TreeView<CarryNode>;
  private readonly registrations: Disposable;
  private current: CarryForward | undefined;
  private roots: readonly CarryNode[] = [];

  constructor(
    private readonly marks: WorkListFile,
    /** Called when the view is looked at and shows nothing yet. */
    opened: () => void,
  ) {
    this.view = window.createTreeView("handlerWorkbench.carryForward", {
      treeDataProvider: this,
      showCollapseAll: true,
      manageCheckboxStateManually: true,
    });
    this.registrations = Disposable.from(
      this.view,
      marks.onDidChange(() => this.refresh()),
      this.view.onDidChangeCheckboxState(({ items }) => void this.check(items)),
      this.view.onDidChangeVisibility(({ visible }) => {
        if (visible && !this.current) opened();
      }),
    );
  }

  get carryForward(): CarryForward | undefined {
    return this.current;
  }

  async show(carryForward: CarryForward | undefined): Promise<void> {
    this.current = carryForward;
    this.roots = carryForward ? carryTree(carryForward) : [];
    await commands.executeCommand("setContext", "handlerWorkbench.carried", carryForward !== undefined);
    this.refresh();
  }

  getTreeItem(node: CarryNode): TreeItem {
    switch (node.kind) {
      case "note": {
        const item = new TreeItem(node.text);
        item.iconPath = new ThemeIcon("warning", new ThemeColor("list.warningForeground"));
        item.tooltip = node.text;
        return item;
      }
      case "status": {
        const { id, name, action, count } = node.status;
        const isWork = id !== "not-customised";
        const item = new TreeItem(
          l10n.t("{0} ({1})", name, count),
          isWork ? TreeItemCollapsibleState.Expanded : TreeItemCollapsibleState.Collapsed,
        );
        item.id = `status ${id}`;
        item.description = action;
        item.tooltip = `${name}\n${action}`;
        item.iconPath = icons[id];
        item.contextValue = "status";
        return spoken(item);
      }
      case "handler":
        return this.handlerItem(node);
      case "item":
        return this.itemItem(node);
      case "fact":
        return factItem(node);
    }
  }

  getChildren(node?: CarryNode): CarryNode[] {
    switch (node?.kind) {
      case undefined:
        return [...this.roots];
      case "status":
        return [...node.handlers];
      case "handler":
        return [...node.items];
      case "item":
        return [...node.facts];
      default:
        return [];
    }
  }

  getParent(node: CarryNode): CarryNode | undefined {
    if (node.kind === "item" || node.kind === "fact") return node.of;
    if (node.kind !== "handler") return undefined;
    return this.roots.find((root) => root.kind === "status" && root.handlers.includes(node));
  }

  /** Lets the user write a note on a handler or a customisation, unless it is given. */
  async note(node: CarryNode, given?: string): Promise<void> {
    const mark = this.markOf(node);
    if (!mark) return;
    const note =
      given ??
      (await window.showInputBox({
        title: l10n.t("Note on {0}", node.kind === "item" ? titleOf(node) : mark.handler),
        value: mark.note,
        prompt: l10n.t("Kept in .handler-workbench/carry-forward.json; empty takes the note away"),
      }));
    if (note !== undefined) await this.marks.set([{ ...mark, note: note.trim() }]);
  }

  dispose(): void {
    this.registrations.dispose();
    this.changed.dispose();
  }

  private async check(items: readonly (readonly [CarryNode, TreeItemCheckboxState])[]): Promise<void> {
    const set = items.flatMap(([node, state]): WorkListMark[] => {
      const mark = this.markOf(node);
      return mark ? [{ ...mark, done: state === TreeItemCheckboxState.Checked }] : [];
    });
    try {
      await this.marks.set(set);
    } catch (error) {
      // The boxes show what the file says.
      this.refresh();
      void window.showErrorMessage(error instanceof Error ? error.message : String(error));
    }
  }

  private markOf(node: CarryNode): WorkListMark | undefined {
    if (node.kind === "handler") return this.marks.get(node.row.name, "");
    if (node.kind === "item") return this.marks.get(node.of.row.name, node.item.id);
    return undefined;
  }

  private refresh(): void {
    const { current } = this;
    this.view.message = current && this.messageOf(current);
    this.changed.fire(undefined);
  }

  private messageOf({ oldBase, custom, newBase, result: { handlers } }: CarryForward): string {
    const work = handlers.filter(({ status }) => status !== "not-customised");
    const done = work.filter(({ name }) => this.marks.get(name, "").done).length;
    return l10n.t(
      "{0}: {1} → {2}. {3} of {4} handlers done.",
      custom.label,
      oldBase.label,
      newBase.label,
      done,
      work.length,
    );
  }

  private handlerItem(node: CarryHandlerNode): TreeItem {
    const { row, items } = node;
    const mark = this.marks.get(row.name, "");
    const item = new TreeItem(
      row.name,
      items.length > 0 ? TreeItemCollapsibleState.Collapsed : TreeItemCollapsibleState.None,
    );
    const done = items.filter((each) => each.item.done || this.marks.get(row.name, each.item.id).done).length;
    const counts = items.length > 0 ? l10n.t("{0} of {1} customizations", done, items.length) : "";
    item.id = `${row.custom?.uri ?? row.oldBase?.uri ?? row.newBase?.uri ?? row.name}`;
    item.description = described(counts, row.note, mark.note);
    item.tooltip = [
      row.name,
      ...[row.oldBase, row.custom, row.newBase].map((each, at) =>
        l10n.t("{0}: {1}", sideNames()[at]!, each?.path ?? l10n.t("not there")),
      ),
      row.note,
      mark.note,
    ]
      .filter((line) => line !== "")
      .join("\n");
    item.accessibilityInformation = { label: [row.name, item.description].filter((text) => text).join(", ") };
    item.checkboxState = box(mark);
    // Menus offer what there is: o old base, c customised, n new base.
    const sides = `${row.oldBase ? "o" : ""}${row.custom ? "c" : ""}${row.newBase ? "n" : ""}`;
    item.contextValue = `handler ${row.status === "unreadable" ? "" : sides}`;
    return item;
  }

  private itemItem(node: CarryItemNode): TreeItem {
    const { item, of } = node;
    const mark = this.marks.get(of.row.name, item.id);
    const shown = new TreeItem(titleOf(node), TreeItemCollapsibleState.Collapsed);
    const [first] = item.changes;
    const what = item.done
      ? l10n.t("the new base has it already")
      : item.against.length > 0
        ? l10n.t("conflict: {0}", first?.what ?? "")
        : (first?.what ?? "");
    shown.description = described(what, "", mark.note);
    shown.iconPath = item.against.length > 0 && !item.done ? icons["conflict"] : itemIcons[item.kind];
    shown.checkboxState = item.done ? TreeItemCheckboxState.Checked : box(mark);
    shown.contextValue = item.against.length > 0 ? "item conflict" : "item";
    shown.command = {
      title: l10n.t("Open Customization"),
      command: "handlerWorkbench.openCustomization",
      arguments: [node],
    };
    return shown;
  }
}

const box = ({ done }: WorkListMark): TreeItemCheckboxState =>
  done ? TreeItemCheckboxState.Checked : TreeItemCheckboxState.Unchecked;

const described = (...parts: readonly string[]): string =>
  parts
    .map((part, at) => (at === 2 && part !== "" ? `✎ ${short(part)}` : short(part, 120)))
    .filter((part) => part !== "")
    .join(" · ");

export const sideNames = (): readonly string[] => [
  l10n.t("Old base"),
  l10n.t("Customized"),
  l10n.t("New base"),
];

const icons: Readonly<Record<string, ThemeIcon>> = {
  conflict: new ThemeIcon("warning", new ThemeColor("list.warningForeground")),
  "re-apply": new ThemeIcon("edit"),
  "base-gone": new ThemeIcon("question"),
  "take-over": new ThemeIcon("arrow-right"),
  "custom-written": new ThemeIcon("person"),
  unreadable: new ThemeIcon("error", new ThemeColor("list.errorForeground")),
  "not-customised": new ThemeIcon("check"),
};

const itemIcons: Readonly<Record<CarryItemNode["item"]["kind"], ThemeIcon>> = {
  "step-added": new ThemeIcon("diff-added", new ThemeColor("charts.green")),
  "step-removed": new ThemeIcon("diff-removed", new ThemeColor("charts.red")),
  "step-changed": new ThemeIcon("diff-modified", new ThemeColor("charts.yellow")),
  connection: new ThemeIcon("git-compare"),
  handler: new ThemeIcon("symbol-event"),
};

function titleOf({ item }: CarryItemNode): string {
  if (item.node !== null) return l10n.t("{0} ({1})", item.label, item.node);
  return item.label === "" ? l10n.t("Handler") : item.label;
}

function factItem({ fact, of }: CarryFactNode): TreeItem {
  switch (fact.is) {
    case "change":
    case "against": {
      const { what, old, new: now } = fact.change;
      const item = new TreeItem(fact.is === "change" ? what : l10n.t("New base: {0}", what));
      item.description = `${short(old ?? l10n.t("(nothing)"), 60)} → ${short(now ?? l10n.t("(nothing)"), 60)}`;
      item.tooltip = `${what}\n${l10n.t("Old")}: ${old ?? l10n.t("(nothing)")}\n${l10n.t("New")}: ${now ?? l10n.t("(nothing)")}`;
      item.iconPath = fact.is === "against" ? icons["conflict"] : itemIcons[of.item.kind];
      return spoken(item);
    }
    case "place": {
      const { relation, label, node, exit } = fact.place;
      const step = l10n.t("{0} ({1})", label, node);
      const item = new TreeItem(
        relation === "at"
          ? l10n.t("Belongs to {0} of the new base", step)
          : relation === "after"
            ? l10n.t("Belongs after {0} of the new base", step)
            : l10n.t("Belongs before {0} of the new base", step),
      );
      item.description = exit === "" ? undefined : l10n.t("exit {0}", exit);
      item.iconPath = new ThemeIcon("location");
      return item;
    }
    case "point": {
      const { name, node } = fact.point;
      const item = new TreeItem(l10n.t("Customization point {0} ({1})", name, node));
      item.description = l10n.t("{0} steps away", fact.point.distance);
      item.iconPath = new ThemeIcon("plug");
      return item;
    }
  }
}
