import {
  type Command,
  l10n,
  ThemeColor,
  ThemeIcon,
  TreeItem,
  TreeItemCollapsibleState,
  Uri,
  workspace,
} from "vscode";
import type { HandlerRef } from "../../../server/src/protocol";
import { callersCount, handlersCount } from "../counts";
import { folderOf } from "../folderOf";
import { spoken } from "../spoken";
import type { DependencyNode } from "./dependencyTree";

const warning = new ThemeIcon("warning", new ThemeColor("list.warningForeground"));

const kindIcons: Readonly<Record<string, string>> = {
  subroutine: "symbol-function",
  tool: "tools",
  initiator: "symbol-event",
  prompt: "unmute",
  sequence: "list-ordered",
  "international-string": "globe",
  "db-profile": "database",
  "html-template": "file-code",
  "audio-file": "file-media",
  attribute: "symbol-field",
  unresolved: "warning",
  cycles: "sync",
  dead: "circle-slash",
  callers: "call-incoming",
};

/** How a row of the Dependencies view looks, and where it leads. */
export function dependencyItem(node: DependencyNode): TreeItem {
  const item = itemOf(node);
  item.collapsibleState =
    node.nodes.length === 0
      ? TreeItemCollapsibleState.None
      : node.kind === "group" && isFinding(node.id)
        ? TreeItemCollapsibleState.Expanded
        : TreeItemCollapsibleState.Collapsed;
  return spoken(item);
}

const isFinding = (id: string): boolean => ["unresolved", "cycles", "dead"].includes(id);

function itemOf(node: DependencyNode): TreeItem {
  switch (node.kind) {
    case "group": {
      const item = new TreeItem(node.name);
      item.description = String(node.nodes.length);
      item.iconPath = isFinding(node.id) ? warning : new ThemeIcon(kindIcons[node.id] ?? "references");
      return item;
    }
    case "handler": {
      const { handler } = node;
      const item = handlerItem(handler, handler.isSubroutine ? "symbol-function" : "symbol-event");
      item.description = `${callersCount(handler.callers.length)} · ${folderOf(uriOf(handler))}`;
      return item;
    }
    case "item": {
      const { name, label, kind, users } = node.item;
      const item = new TreeItem(name);
      item.description = [label, handlersCount(users.length)].filter((text) => text !== "").join(" · ");
      item.iconPath = new ThemeIcon(kindIcons[kind] ?? "references");
      item.tooltip = [name, label].filter((text) => text !== "").join("\n");
      return item;
    }
    case "use": {
      const { name, label, kind, steps, targets } = node.use;
      const item = new TreeItem(name);
      const isMissing = kind === "subroutine" && targets.length === 0;
      item.description = [label, stepsText(steps), isMissing ? l10n.t("not there") : ""]
        .filter((text) => text !== "")
        .join(" · ");
      item.iconPath = isMissing ? warning : new ThemeIcon(kindIcons[kind] ?? "references");
      if (steps.length === 1) item.command = listingAt(node.by.uri, steps[0]);
      return item;
    }
    case "missing": {
      const item = new TreeItem(node.name);
      item.description = callersCount(node.nodes.length);
      item.iconPath = warning;
      return item;
    }
    case "user": {
      const item = handlerItem(node.user, "symbol-method");
      item.description = `${stepsText(node.user.steps)} · ${folderOf(uriOf(node.user))}`;
      if (node.user.steps.length === 1) item.command = listingAt(node.user.uri, node.user.steps[0]);
      return item;
    }
    case "cycle": {
      const item = new TreeItem(node.members.map(({ name }) => name).join(" → "));
      item.iconPath = new ThemeIcon("sync");
      return item;
    }
    case "ref": {
      const item = handlerItem(node.ref, "symbol-function");
      const only = node.isCalledByDead ? `${l10n.t("called by such only")} · ` : "";
      item.description = `${only}${folderOf(uriOf(node.ref))}`;
      return item;
    }
    case "step": {
      const item = new TreeItem(l10n.t("Step {0}", node.node));
      item.iconPath = new ThemeIcon("arrow-small-right");
      item.command = listingAt(node.uri, node.node);
      return item;
    }
  }
}

/** A row about a handler; menus offer what they offer in the Handlers view. */
function handlerItem({ name, uri }: HandlerRef, icon: string): TreeItem {
  const item = new TreeItem(name);
  const resource = Uri.parse(uri, true);
  item.iconPath = new ThemeIcon(icon);
  item.tooltip = `${name}\n${workspace.asRelativePath(resource)}`;
  item.command = { title: l10n.t("Open Flow"), command: "handlerWorkbench.openFlow", arguments: [resource] };
  return item;
}

const uriOf = ({ uri }: HandlerRef): Uri => Uri.parse(uri, true);

function listingAt(uri: string, node: number | undefined): Command {
  return {
    title: l10n.t("Open Listing"),
    command: "handlerWorkbench.openListing",
    arguments: [Uri.parse(uri, true), node],
  };
}

const stepsText = (steps: readonly number[]): string =>
  steps.length === 1 ? l10n.t("step {0}", steps[0]!) : l10n.t("steps {0}", steps.join(", "));
