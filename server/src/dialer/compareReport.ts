import type { Comparison, ObjectChange } from "./compare";
import type { Report, ReportRow, Tone } from "./report";

const tones: Readonly<Record<ObjectChange["status"], Tone>> = {
  added: "good",
  removed: "bad",
  changed: "attention",
};

/** A comparison for people: one row a changed value, one a new or removed object. */
export function comparisonReport(
  { objects, unchanged, ignored }: Comparison,
  oldName: string,
  newName: string,
): Report {
  const count = (status: ObjectChange["status"]): number =>
    objects.filter((object) => object.status === status).length;
  return {
    title: `${oldName} → ${newName}`,
    paragraphs: [
      objects.length === 0
        ? `No object differs; ${unchanged} are the same.`
        : `${count("changed")} changed, ${count("added")} added, ${count("removed")} removed, ${unchanged} the same.`,
      ...(ignored > 0
        ? [
            `${ignored} difference(s) that come while Dialer runs are left out: run state, revisions and cached names.`,
          ]
        : []),
    ],
    tables:
      objects.length === 0
        ? []
        : [
            {
              title: "Differences",
              head: ["Change", "Kind", "Name", "Where", "Old", "New"],
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
  const common = {
    tone: tones[status],
    ...(start !== undefined && { place: { start, inOld: newStart === undefined } }),
  };
  if (changes.length === 0) return [{ ...common, cells: [status, kind, name, "", "", ""] }];
  return changes.map(({ path, old, new: now }) => ({
    ...common,
    cells: [status, kind, name, path, old ?? "(none)", now ?? "(none)"],
  }));
}
