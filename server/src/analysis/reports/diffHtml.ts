import * as l10n from "@vscode/l10n";
import type { Change } from "../compare/change";
import { differencesText, inWords } from "../compare/changeText";
import type { FolderDiff, HandlerPair } from "../compare/compareFolders";
import { pairDetails } from "./details";
import {
  type DiffReportOptions,
  kindName,
  pairsOf,
  pairStatuses,
  pathsText,
  summaryText,
} from "./diffReport";
import { html, pageEnd, pageStart, picture, unifiedDiff, value } from "./html";

export interface DiffHtmlOptions extends DiffReportOptions {
  /** Most handlers with pictures; a page of thousands is too large for a browser. 200 when not given. */
  readonly pictures?: number;
}

/**
 * The comparison as one HTML page that needs nothing else, piece by piece: an overview, then every changed handler
 * with its differences, both pictures and the unified diff of both listings.
 */
export async function* diffHtml(diff: FolderDiff, options: DiffHtmlOptions): AsyncGenerator<string> {
  const { old, now, date, signal, pictures = 200 } = options;
  const changed = pairsOf(diff, "changed");
  const anchors = new Map(changed.map((pair, at) => [pair, `handler-${at + 1}`]));
  yield pageStart(l10n.t("Handler Diff: {0} and {1}", old, now));
  yield `<h1>Handler Diff</h1>\n<dl class="about"><dt>${html(l10n.t("Old"))}</dt><dd>${html(old)}</dd><dt>${html(l10n.t("New"))}</dt><dd>${html(now)}</dd>`;
  if (date) yield `<dt>${html(l10n.t("Compared on"))}</dt><dd>${html(date.toISOString())}</dd>`;
  yield `<dt>${html(l10n.t("Compared"))}</dt><dd>${html([...diff.kinds].map(kindName).join(", "))}</dd></dl>\n`;
  for (const note of diff.notes) yield `<p class="note">${html(note)}</p>\n`;
  yield overview(diff, anchors);
  for (const [at, pair] of changed.entries()) {
    signal?.throwIfAborted();
    yield* changedPair(pair, anchors.get(pair)!, diff, at < pictures);
  }
  yield pageEnd;
}

function overview(diff: FolderDiff, anchors: ReadonlyMap<HandlerPair, string>): string {
  const rows = pairStatuses.flatMap(({ id, name, sign }) =>
    pairsOf(diff, id).map((pair) => {
      const anchor = anchors.get(pair);
      const label = anchor ? `<a href="#${anchor}">${html(pair.name)}</a>` : html(pair.name);
      const count = id === "changed" ? String(pair.changes.length) : "";
      const about = [pathsText(pair), pair.note].filter((text) => text !== "").join(". ");
      return `<tr><td class="status is-${id}">${html(sign)} ${html(name)}</td><th scope="row">${label}</th><td class="number">${count}</td><td>${html(about)}</td></tr>\n`;
    }),
  );
  const summary = `<p><strong>${html(summaryText(diff))}</strong></p>\n`;
  if (rows.length === 0) return summary;
  return `${summary}<table><thead><tr><th scope="col">${html(l10n.t("Status"))}</th><th scope="col">${html(l10n.t("Handler"))}</th><th scope="col" class="number">${html(l10n.t("Differences"))}</th><th scope="col">${html(l10n.t("Where"))}</th></tr></thead>\n<tbody>\n${rows.join("")}</tbody></table>\n`;
}

async function* changedPair(
  pair: HandlerPair,
  anchor: string,
  { kinds }: FolderDiff,
  withPictures: boolean,
): AsyncGenerator<string> {
  yield `<section aria-labelledby="${anchor}">\n<h2 id="${anchor}">${html(pair.name)}</h2>\n`;
  yield `<p class="muted">${html(pathsText(pair))}, ${html(differencesText(pair.changes.length))}</p>\n`;
  if (pair.note) yield `<p class="note">${html(pair.note)}</p>\n`;
  yield changeTable(pair.changes);
  const details = await pairDetails(pair, kinds);
  if (typeof details === "string") yield `<p class="note">${html(details)}</p>\n`;
  else {
    if (withPictures) {
      const { old, now } = details.pictures();
      yield `<details open><summary>${html(l10n.t("Pictures"))}</summary>\n${LEGEND}`;
      yield picture(old, l10n.t("{0}, old version", pair.name));
      yield `${picture(now, l10n.t("{0}, new version", pair.name))}</details>\n`;
    } else {
      yield `<p class="muted">${html(l10n.t("The pictures are left out, for the page would be too large: compare fewer handlers."))}</p>\n`;
    }
    if (details.hunks === null)
      yield `<p class="note">${html(l10n.t("The listings differ in too much to show it."))}</p>\n`;
    else if (details.hunks.length > 0)
      yield `<details open><summary>${html(l10n.t("Listing"))}</summary>\n${unifiedDiff(details.hunks)}</details>\n`;
  }
  yield `</section>\n`;
}

const LEGEND = `<p class="muted">${html(l10n.t("+ added, - removed, ~ changed; dotted lines are gone."))}</p>\n`;

function changeTable(changes: readonly Change[]): string {
  const groups = new Map<string, Change[]>();
  for (const change of changes) {
    // Steps of both versions may have one id without being one.
    const key = `${change.node ?? ""} ${change.oldNode ?? ""} ${change.node === null ? "" : change.label}`;
    const group = groups.get(key);
    if (group) group.push(change);
    else groups.set(key, [change]);
  }
  const rows = [...groups.values()].flatMap((group) =>
    group.map((change, at) => {
      const head = at === 0 ? `<th scope="rowgroup" rowspan="${group.length}">${subject(change)}</th>` : "";
      const { what: said, old, new: now } = inWords(change);
      const what = change.node === null && change.label ? `${change.label}: ${said}` : said;
      return `<tr>${head}<td>${html(kindName(change.kind))}</td><td>${html(what)}</td><td>${value(old)}</td><td>${value(now)}</td></tr>\n`;
    }),
  );
  return `<table><thead><tr><th scope="col">${html(l10n.t("Where"))}</th><th scope="col">${html(l10n.t("Kind"))}</th><th scope="col">${html(l10n.t("What"))}</th><th scope="col">${html(l10n.t("Old"))}</th><th scope="col">${html(l10n.t("New"))}</th></tr></thead>\n<tbody>\n${rows.join("")}</tbody></table>\n`;
}

function subject({ node, oldNode, label }: Change): string {
  if (node === null) return html(l10n.t("Handler"));
  const was =
    oldNode !== null && oldNode !== node
      ? ` <span class="muted">${html(l10n.t("(was {0})", oldNode))}</span>`
      : "";
  return `${html(l10n.t("Step {0}", node))}${was}<br>${html(label)}`;
}
