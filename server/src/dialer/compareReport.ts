import * as l10n from "@vscode/l10n";
import type { Comparison, ObjectChange } from "./compare";
import { incompleteNotes } from "./incomplete";
import type { Report, ReportRow, Tone } from "./report";
import { changeWords, kindWords } from "./words";

const tones: Readonly<Record<ObjectChange["status"], Tone>> = {
  added: "good",
  removed: "bad",
  changed: "attention",
};

/** A comparison for people: one row a changed value, one a new or removed object. */
export function comparisonReport(
  { objects, unchanged, ignored, oldIncomplete, newIncomplete }: Comparison,
  oldName: string,
  newName: string,
): Report {
  const count = (status: ObjectChange["status"]): number =>
    objects.filter((object) => object.status === status).length;
  return {
    title: `${oldName} → ${newName}`,
    warnings: incompleteNotes([oldName, oldIncomplete], [newName, newIncomplete]),
    paragraphs: [
      objects.length === 0
        ? l10n.t("No object differs; {0} are the same.", unchanged)
        : l10n.t(
            "{0} changed, {1} added, {2} removed, {3} the same.",
            count("changed"),
            count("added"),
            count("removed"),
            unchanged,
          ),
      ...(ignored > 0
        ? [
            l10n.t(
              "{0} difference(s) that come while Dialer runs are left out: run state, revisions and cached names.",
              ignored,
            ),
          ]
        : []),
    ],
    tables:
      objects.length === 0
        ? []
        : [
            {
              title: l10n.t("Differences"),
              head: [
                l10n.t("Change"),
                l10n.t("Kind"),
                l10n.t("Name"),
                l10n.t("Where"),
                l10n.t("Old"),
                l10n.t("New"),
              ],
              rows: objects.flatMap(rowsOf),
              linked: 2,
            },
          ],
    lists: [],
    data: 0,
  };
}

function rowsOf({ status, kind, name, oldStart, newStart, changes }: ObjectChange): ReportRow[] {
  const start = newStart ?? oldStart;
  const change = changeWords[status];
  const what = kindWords[kind];
  const common = {
    tone: tones[status],
    ...(start !== undefined && { place: { start, inOld: newStart === undefined } }),
  };
  if (changes.length === 0) return [{ ...common, cells: [change, what, name, "", "", ""] }];
  return changes.map(({ path, old, new: now }) => ({
    ...common,
    cells: [change, what, name, path, old ?? l10n.t("(none)"), now ?? l10n.t("(none)")],
  }));
}
