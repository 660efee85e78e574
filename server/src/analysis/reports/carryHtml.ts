import * as l10n from "@vscode/l10n";
import type { CarriedHandler, CarryReport } from "../carry/carryFolders";
import { carryStatuses, type CarryItem } from "../carry/model";
import { WorkList } from "../carry/workList";
import {
  type CarryReportOptions,
  handlersOf,
  isOpen,
  itemRows,
  itemTitle,
  placeText,
  pointsText,
} from "./carryReport";
import { html, pageEnd, pageStart, value } from "./html";

/**
 * The carry-forward as one HTML page that needs nothing else, to hand on: what is to be done, handler by handler,
 * with where each customisation belongs and what the new base did there.
 */
export function* carryHtml(report: CarryReport, options: CarryReportOptions): Generator<string> {
  const { oldBase, custom, newBase, date, marks = new WorkList() } = options;
  yield pageStart(l10n.t("Carry-forward: {0} to {1}", custom, newBase));
  yield `<h1>${html(l10n.t("Carry-forward"))}</h1>\n<dl class="about"><dt>${html(l10n.t("Old base"))}</dt><dd>${html(oldBase)}</dd><dt>${html(l10n.t("Customised"))}</dt><dd>${html(custom)}</dd><dt>${html(l10n.t("New base"))}</dt><dd>${html(newBase)}</dd>`;
  if (date) yield `<dt>${html(l10n.t("Made on"))}</dt><dd>${html(date.toISOString())}</dd>`;
  yield `</dl>\n`;
  yield `<p class="muted">${html(l10n.t("Steps are named by label and node id. “Where” and the customization points name steps of the new base, everything else those of the customised handler."))}</p>\n`;
  for (const note of report.notes) yield `<p class="note">${html(note)}</p>\n`;
  const anchors = new Map(report.handlers.map((handler, at) => [handler, `handler-${at + 1}`]));
  yield overview(report, anchors);
  for (const handler of report.handlers) {
    if (isOpen(handler.status)) yield* section(handler, anchors.get(handler)!, marks);
  }
  yield pageEnd;
}

function overview(report: CarryReport, anchors: ReadonlyMap<CarriedHandler, string>): string {
  const rows = carryStatuses.map(({ id, name, action }) => {
    const handlers = handlersOf(report, id).map((handler) => {
      const label = html(handler.name);
      const linked = isOpen(id) ? `<a href="#${anchors.get(handler)}">${label}</a>` : label;
      return handler.note && !isOpen(id)
        ? `${linked} <span class="muted">${html(handler.note)}</span>`
        : linked;
    });
    const list = handlers.map((each) => `<li>${each}</li>`).join("");
    return `<tr><th scope="row" class="status is-${id}">${html(name)}</th><td class="number">${report.summary[id]}</td><td>${html(action)}</td><td>${list ? `<ul>${list}</ul>` : ""}</td></tr>\n`;
  });
  return `<table><thead><tr><th scope="col">${html(l10n.t("Status"))}</th><th scope="col" class="number">${html(l10n.t("Handlers"))}</th><th scope="col">${html(l10n.t("What to do"))}</th><th scope="col">${html(l10n.t("Which"))}</th></tr></thead>\n<tbody>\n${rows.join("")}</tbody></table>\n`;
}

function* section(handler: CarriedHandler, anchor: string, marks: WorkList): Generator<string> {
  const { name, status, note, items, customChanges, baseChanges, custom, oldBase, newBase } = handler;
  const { name: statusName } = carryStatuses.find(({ id }) => id === status)!;
  const paths = [
    oldBase && l10n.t("old base {0}", oldBase.path),
    custom && l10n.t("customised {0}", custom.path),
    newBase && l10n.t("new base {0}", newBase.path),
  ].filter((text) => text !== null);
  yield `<section aria-labelledby="${anchor}">\n<h2 id="${anchor}">${html(name)}: <span class="is-${status}">${html(statusName)}</span></h2>\n`;
  const counts = oldBase && status !== "unreadable" ? ` ${html(countsText(customChanges, baseChanges))}` : "";
  yield `<p class="muted">${html(paths.join(", "))}.${counts}</p>\n`;
  if (note) yield `<p class="note">${html(note)}</p>\n`;
  yield markText(marks, name, "");
  for (const item of items) yield itemSection(item, name, marks);
  yield `</section>\n`;
}

const countsText = (custom: number, base: number): string =>
  custom === 1
    ? l10n.t("1 difference of the customised handler, {0} of the new base, from the old base.", base)
    : l10n.t(
        "{0} differences of the customised handler, {1} of the new base, from the old base.",
        custom,
        base,
      );

function itemSection(item: CarryItem, handler: string, marks: WorkList): string {
  const mark = marks.get(handler, item.id);
  const done = item.done || mark.done;
  const box = `<span class="tick${done ? " done" : ""}" role="img" aria-label="${html(done ? l10n.t("done") : l10n.t("to do"))}"></span>`;
  const conflict =
    item.against.length > 0 && !item.done
      ? ` <span class="is-conflict">${html(l10n.t("in conflict"))}</span>`
      : "";
  const facts = [
    [l10n.t("Where"), placeText(item)],
    [l10n.t("Customization points nearby"), pointsText(item)],
    [l10n.t("Note"), mark.note],
    [l10n.t("State"), item.done ? l10n.t("The new base did the same itself.") : ""],
  ].filter(([, text]) => text !== "");
  const list = facts.map(([name, text]) => `<dt>${html(name!)}</dt><dd>${html(text!)}</dd>`).join("");
  const about = list ? `<dl class="about">${list}</dl>\n` : "";
  return `<h3>${box}${html(itemTitle(item))}${conflict}</h3>\n${about}${itemContent(item)}`;
}

/** An added step as its listing, to make it again; everything else as old and new. */
function itemContent(item: CarryItem): string {
  const listing =
    item.listing.length > 0
      ? `<pre class="listing" tabindex="0">${item.listing.map(html).join("\n")}</pre>\n`
      : "";
  return item.listing.length > 0 && item.against.length === 0 ? listing : `${listing}${itemTable(item)}`;
}

function itemTable(item: CarryItem): string {
  const isConflict = item.against.length > 0;
  const rows = itemRows(item).map(({ what, oldBase, custom, newBase, foreign }) => {
    const theirs = isConflict ? `<td>${newBase === null && !foreign ? "" : value(newBase)}</td>` : "";
    return `<tr><th scope="row">${html(what)}</th><td>${value(oldBase)}</td><td>${foreign ? "" : value(custom)}</td>${theirs}</tr>\n`;
  });
  const theirs = isConflict ? `<th scope="col">${html(l10n.t("New base"))}</th>` : "";
  return `<table><thead><tr><th scope="col">${html(l10n.t("What"))}</th><th scope="col">${html(l10n.t("Old base"))}</th><th scope="col">${html(l10n.t("Customised"))}</th>${theirs}</tr></thead>\n<tbody>\n${rows.join("")}</tbody></table>\n`;
}

function markText(marks: WorkList, handler: string, item: string): string {
  const { done, note } = marks.get(handler, item);
  if (!done && note === "") return "";
  return `<p>${done ? `${html(l10n.t("Done."))} ` : ""}${html(note)}</p>\n`;
}
