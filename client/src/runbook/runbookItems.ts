import {
  l10n,
  ThemeColor,
  ThemeIcon,
  TreeItem,
  TreeItemCheckboxState,
  TreeItemCollapsibleState,
} from "vscode";
import type { RunbookStep } from "../../../server/src/protocol";
import { short } from "../compare/resultTree";
import { linkTitle } from "./links";
import {
  type FactNode,
  isDoubtful,
  type PhaseNode,
  shownDay,
  shownTime,
  type StepNode,
} from "./runbookNodes";

const attention = new ThemeIcon("warning", new ThemeColor("list.warningForeground"));
const good = new ThemeColor("charts.green");
const bad = new ThemeColor("list.errorForeground");

export function phaseItem({ phase }: PhaseNode): TreeItem {
  const { id, number, title, done, needed, blocked } = phase;
  const isDone = done === needed;
  const item = new TreeItem(
    `${number} ${title}`,
    isDone ? TreeItemCollapsibleState.Collapsed : TreeItemCollapsibleState.Expanded,
  );
  item.id = `phase ${id}`;
  const parts = [l10n.t("{0} of {1}", done, needed)];
  if (blocked > 0) parts.push(l10n.t("{0} blocked", blocked));
  item.description = parts.join(" · ");
  item.iconPath = isDone ? new ThemeIcon("pass-filled", good) : undefined;
  item.contextValue = "runbookPhase";
  item.accessibilityInformation = { label: `${number} ${title}, ${parts.join(", ")}` };
  return item;
}

export function stepItem({ step }: StepNode): TreeItem {
  const item = new TreeItem(`${step.number} ${step.title}`, TreeItemCollapsibleState.Collapsed);
  item.id = `step ${step.id}`;
  const description = describe(step);
  item.description = description;
  item.iconPath = iconOf(step);
  const who = step.at === "" ? "" : l10n.t("{0}, {1}", step.by, shownTime(step.at));
  item.tooltip = [
    `${step.number} ${step.title}`,
    stateText(step),
    who,
    ...step.broken,
    step.detail,
    step.note,
  ]
    .filter((line) => line !== "")
    .join("\n");
  item.accessibilityInformation = {
    label: [`${step.number} ${step.title}`, stateText(step), description]
      .filter((text) => text !== "")
      .join(", "),
  };
  item.checkboxState = {
    state: step.state === "done" ? TreeItemCheckboxState.Checked : TreeItemCheckboxState.Unchecked,
    tooltip: step.state === "done" ? l10n.t("Done") : l10n.t("Not done"),
  };
  // Menus offer what there is.
  item.contextValue = [
    "runbookStep",
    step.state,
    ...(step.evidence === "" ? [] : ["evidence"]),
    ...(step.links.length > 0 ? ["linked"] : []),
    ...(step.provable ? ["provable"] : []),
  ].join(" ");
  return item;
}

function iconOf(step: RunbookStep): ThemeIcon {
  if (step.broken.length > 0 || isDoubtful(step)) return attention;
  switch (step.state) {
    case "done":
      return step.proved ? new ThemeIcon("verified-filled", good) : new ThemeIcon("check", good);
    case "notNeeded":
      return new ThemeIcon("circle-slash", new ThemeColor("disabledForeground"));
    case "blocked":
      return new ThemeIcon("error", bad);
    case "open":
      return new ThemeIcon(step.held.length > 0 ? "lock" : "circle-large-outline");
  }
}

/** The state in words, for whom the icon says nothing. */
export function stateText(step: RunbookStep): string {
  if (step.broken.length > 0) return l10n.t("done out of order");
  if (isDoubtful(step)) return l10n.t("proved once, but not now");
  switch (step.state) {
    case "done":
      return step.proved ? l10n.t("done and proved") : l10n.t("done");
    case "notNeeded":
      return l10n.t("not needed");
    case "blocked":
      return l10n.t("blocked");
    case "open":
      return step.held.length > 0 ? l10n.t("not yet") : l10n.t("open");
  }
}

function describe(step: RunbookStep): string {
  const { by, at, proved, held, note, state } = step;
  const parts: string[] = [];
  if (step.broken.length > 0 || isDoubtful(step) || state === "blocked" || state === "notNeeded")
    parts.push(stateText(step));
  if (state === "open" && held.length > 0)
    parts.push(l10n.t("after {0}", step.waits.map(({ number }) => number).join(", ")));
  if (at !== "" && state !== "open") parts.push(by === "" ? shownDay(at) : `${by}, ${shownDay(at)}`);
  else if (proved) parts.push(l10n.t("proved {0}", shownDay(proved.at)));
  if (note !== "") parts.push(`✎ ${short(note, 60)}`);
  return parts.filter((part) => part !== "").join(" · ");
}

export function factItem(node: FactNode): TreeItem {
  const { fact, of } = node;
  const item = new TreeItem("");
  item.id = `${of.step.id} ${node.id}`;
  item.contextValue = `runbookFact ${fact.is}`;
  if (fact.is === "link") {
    const { title, icon } = linkTitle(fact.link);
    item.label = title;
    item.iconPath = new ThemeIcon(icon);
    item.command = { title, command: "handlerWorkbench.runStepLink", arguments: [of, fact.link] };
    return item;
  }
  const { label, icon } = factLook(fact.is);
  item.label = label === "" ? short(fact.text, 160) : `${label} ${short(fact.text, 160)}`;
  item.tooltip = fact.text;
  // A screen reader would read the tooltip alone.
  item.accessibilityInformation = { label: `${label} ${fact.text}`.trim() };
  item.iconPath = icon;
  if (fact.is === "waits") {
    const title = l10n.t("Go to Step");
    item.command = { title, command: "handlerWorkbench.revealStep", arguments: [fact.step] };
  } else if (fact.is === "note") {
    const title = l10n.t("Edit Note");
    item.command = { title, command: "handlerWorkbench.editStepNote", arguments: [of] };
  } else if (fact.is === "evidence") {
    const title = l10n.t("Open Evidence");
    item.command = { title, command: "handlerWorkbench.openStepEvidence", arguments: [of] };
  }
  return item;
}

type FactKind = Exclude<FactNode["fact"]["is"], "link">;

function factLook(is: FactKind): { readonly label: string; readonly icon: ThemeIcon } {
  switch (is) {
    case "detail":
      return { label: "", icon: new ThemeIcon("info") };
    case "tool":
      return { label: l10n.t("With:"), icon: new ThemeIcon("tools") };
    case "proof":
      return { label: l10n.t("Closed by:"), icon: new ThemeIcon("target") };
    case "source":
      return { label: "", icon: new ThemeIcon("book") };
    case "note":
      return { label: l10n.t("Note:"), icon: new ThemeIcon("note") };
    case "evidence":
      return { label: l10n.t("Evidence:"), icon: new ThemeIcon("file-symlink-file") };
    case "broken":
      return { label: l10n.t("Out of order:"), icon: attention };
    case "held":
      return { label: l10n.t("Not yet:"), icon: new ThemeIcon("lock") };
    case "waits":
      return { label: l10n.t("After:"), icon: new ThemeIcon("arrow-up") };
    case "proved":
      return { label: l10n.t("Proved"), icon: new ThemeIcon("verified-filled", good) };
    case "failed":
      return { label: l10n.t("Not proved:"), icon: attention };
    case "unknown":
      return { label: l10n.t("Not proved:"), icon: new ThemeIcon("question") };
  }
}
