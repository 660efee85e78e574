import * as l10n from "@vscode/l10n";
import type { Change } from "../compare/change";
import { differencesText, inWords } from "../compare/changeText";
import type { FolderDiff, HandlerPair } from "../compare/compareFolders";
import { hunkText } from "../compare/listings";
import { pairDetails } from "./details";
import { type DiffReportOptions, kindName, pairsOf, pairStatuses, pathsText } from "./diffReport";
import { brief, visible } from "./text";

const MOST = 300;

/**
 * The comparison in Markdown (CommonMark with GitHub's tables), piece by piece: an overview, then every changed
 * handler with its differences and the unified diff of both listings.
 */
export async function* diffMarkdown(diff: FolderDiff, options: DiffReportOptions): AsyncGenerator<string> {
  const { old, now, date, signal } = options;
  yield `# Handler Diff\n\n${l10n.t("Old: {0}", code(old))}  \n${l10n.t("New: {0}", code(now))}\n\n`;
  if (date) yield `${l10n.t("Compared on {0}", date.toISOString())}\n\n`;
  for (const note of diff.notes) yield `> ${inline(note)}\n\n`;
  yield `| ${l10n.t("Status")} | ${l10n.t("Handlers")} |\n| --- | ---: |\n`;
  for (const { id, name } of pairStatuses) yield `| ${name} | ${diff.summary[id]} |\n`;
  yield `\n${l10n.t("Compared: {0}.", [...diff.kinds].map(kindName).join(", "))}\n`;
  for (const { id, name } of pairStatuses) {
    const pairs = pairsOf(diff, id);
    if (id === "changed" || pairs.length === 0) continue;
    yield `\n## ${name[0]!.toUpperCase()}${name.slice(1)}\n\n`;
    for (const pair of pairs) {
      const paths = pair.note || id !== "identical" ? ` (${code(pathsText(pair))})` : "";
      yield `- ${inline(pair.name)}${paths}${pair.note ? `: ${inline(pair.note)}` : ""}\n`;
    }
  }
  for (const pair of pairsOf(diff, "changed")) {
    signal?.throwIfAborted();
    yield* changedPair(pair, diff);
  }
}

async function* changedPair(pair: HandlerPair, { kinds }: FolderDiff): AsyncGenerator<string> {
  yield `\n## ${inline(pair.name)}\n\n${code(pathsText(pair))}, ${differencesText(pair.changes.length)}\n\n`;
  if (pair.note) yield `> ${inline(pair.note)}\n\n`;
  for (const change of pair.changes) yield `- ${changeText(change)}\n`;
  const details = await pairDetails(pair, kinds);
  if (typeof details === "string") yield `\n${inline(details)}\n`;
  else if (details.hunks === null) yield `\n${l10n.t("The listings differ in too much to show it.")}\n`;
  else if (details.hunks.length > 0) yield `\n${fenced(details.hunks.map(hunkText).join("\n"), "diff")}`;
}

function changeText(change: Change): string {
  const { kind, node, label, what, old, new: now } = inWords(change);
  const subject = node !== null ? l10n.t("step {0} {1}", node, inline(label)) : inline(label);
  const value = (text: string | null): string =>
    text === null ? `_${l10n.t("none")}_` : code(brief(text, MOST));
  const values = isWhole(kind) ? value(now ?? old) : `${value(old)} → ${value(now)}`;
  return `${subject ? `**${subject}**: ` : ""}${inline(what)}: ${values}`;
}

/** What was added or removed as a whole has one side only. */
const isWhole = (kind: string): boolean => /-(added|removed)$/.test(kind);

/** Text that means itself. */
const inline = (text: string): string =>
  brief(text, MOST).replace(/[\\`*_{}[\]<>#|~&!$]/g, (sign) => `\\${sign}`);

/** A code span whose fence the text does not hold. */
function code(text: string): string {
  const shown = brief(text, MOST);
  if (shown.trim() === "") return shown === "" ? `_${l10n.t("empty")}_` : `\` ${shown} \``;
  const fence = "`".repeat(longestRun(shown) + 1);
  const space = shown.startsWith("`") || shown.endsWith("`") ? " " : "";
  return `${fence}${space}${shown}${space}${fence}`;
}

function fenced(text: string, language: string): string {
  const fence = "`".repeat(Math.max(3, longestRun(text) + 1));
  return `${fence}${language}\n${visible(text)}\n${fence}\n`;
}

const longestRun = (text: string): number =>
  (text.match(/`+/g) ?? []).reduce((most, run) => Math.max(most, run.length), 0);
