import {
  type Command,
  l10n,
  Range,
  ThemeColor,
  ThemeIcon,
  TreeItem,
  TreeItemCollapsibleState,
  type Uri,
  workspace,
} from "vscode";
import type { DialerItem, DialerReferrer, Span } from "../../../server/src/protocol";
import { spoken } from "../spoken";

/** A row of the Dialer view. */
export type DialerNode =
  | {
      readonly kind: "configuration";
      readonly uri: Uri;
      /** As far as it was read. */
      workflows: number;
    }
  | {
      readonly kind: "group";
      readonly uri: Uri;
      /** Kind of the objects in it. */
      readonly objects: string;
      readonly title: string;
      readonly items: readonly DialerItem[];
    }
  | { readonly kind: "item"; readonly uri: Uri; readonly item: DialerItem }
  | { readonly kind: "referrer"; readonly uri: Uri; readonly referrer: DialerReferrer }
  | { readonly kind: "message" | "warning" | "failure"; readonly message: string };

const icons: Readonly<Record<string, string>> = {
  campaign: "megaphone",
  workflow: "git-merge",
  "rule set": "law",
  "policy set": "shield",
  "contact list": "list-unordered",
  "database connection": "database",
  "stage set": "layers",
  schedule: "calendar",
  "zone set": "globe",
  "contact list filter": "filter",
  "contact column": "split-horizontal",
  "DNC source": "circle-slash",
  "base script": "note",
  "base script page": "file",
  "skill set": "mortar-board",
  "phone number type": "call-outgoing",
  "time zone map data": "watch",
  server: "server",
  "global settings": "settings-gear",
};

const messageIcons = {
  message: new ThemeIcon("info"),
  warning: new ThemeIcon("warning", new ThemeColor("list.warningForeground")),
  failure: new ThemeIcon("error"),
};

/** `isFiltered`: what is found is shown without further clicks. */
export function treeItemOf(node: DialerNode, isFiltered: boolean): TreeItem {
  switch (node.kind) {
    case "configuration":
      return configurationItem(node.uri, node.workflows > 0);
    case "group":
      return groupItem(node, isFiltered);
    case "item":
      return objectItem(node.uri, node.item);
    case "referrer":
      return referrerItem(node.uri, node.referrer);
    default: {
      const item = new TreeItem(node.message);
      item.iconPath = messageIcons[node.kind];
      item.tooltip = node.message;
      return item;
    }
  }
}

function configurationItem(uri: Uri, withWorkflows: boolean): TreeItem {
  const item = new TreeItem(uri, TreeItemCollapsibleState.Expanded);
  item.id = uri.toString();
  const path = workspace.asRelativePath(uri);
  item.description = path.includes("/") ? path.slice(0, path.lastIndexOf("/")) : undefined;
  item.tooltip = path;
  item.iconPath = ThemeIcon.File;
  item.contextValue = withWorkflows ? "dialerConfiguration.withWorkflows" : "dialerConfiguration";
  return item;
}

function groupItem(
  { uri, objects, title, items }: Extract<DialerNode, { kind: "group" }>,
  isFiltered: boolean,
): TreeItem {
  const state = isFiltered ? TreeItemCollapsibleState.Expanded : TreeItemCollapsibleState.Collapsed;
  const item = new TreeItem(title, state);
  // Another id lets the state be another one.
  item.id = `${uri.toString()} ${objects} ${isFiltered}`;
  item.description = String(items.length);
  item.iconPath = new ThemeIcon(icons[objects] ?? "symbol-misc");
  item.contextValue = "dialerGroup";
  return item;
}

function objectItem(
  uri: Uri,
  { label, description, kind, kindName, id, deleted, referrers, span }: DialerItem,
): TreeItem {
  const state = referrers > 0 ? TreeItemCollapsibleState.Collapsed : TreeItemCollapsibleState.None;
  const item = new TreeItem(label, state);
  item.description = description;
  item.iconPath = deleted
    ? new ThemeIcon("trash", new ThemeColor("list.deemphasizedForeground"))
    : new ThemeIcon(icons[kind] ?? "symbol-misc");
  item.tooltip = [`${kindName} ${label}`, id ?? "", description].filter((text) => text !== "").join("\n");
  item.contextValue = id === null ? "dialerObject" : "dialerObject.withId";
  item.command = opening(uri, span);
  return spoken(item, kindName, deleted ? l10n.t("deleted") : "");
}

function referrerItem(uri: Uri, { title, kindName, property, span }: DialerReferrer): TreeItem {
  const item = new TreeItem(title);
  item.description = l10n.t("{0}, {1}", kindName, property);
  item.iconPath = new ThemeIcon("references");
  item.tooltip = l10n.t(
    "{0} {1} refers to it by {2}, line {3}",
    kindName,
    title,
    property,
    span.start.line + 1,
  );
  item.contextValue = "dialerReferrer";
  item.command = opening(uri, span);
  return item;
}

function opening(uri: Uri, span: Span): Command {
  const title = l10n.t("Open");
  return { title, command: "vscode.open", arguments: [uri, { selection: rangeOf(span) }] };
}

export function rangeOf({ start, end }: Span): Range {
  return new Range(start.line, start.character, end.line, end.character);
}
