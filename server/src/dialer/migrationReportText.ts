import { certaintyNote } from "../problem";
import type { Fate, MigrationReport, MigrationRow } from "./migrationReport";
import { type Report, reportHtml, reportMarkdown, type ReportTable, type Tone } from "./report";
import { workflowTable } from "./workflowReport";

const fates: readonly Fate[] = ["migrates", "partly", "converted", "by hand", "stays behind", "unknown"];
const tones: Readonly<Record<Fate, Tone>> = {
  migrates: "good",
  partly: "attention",
  converted: "attention",
  "by hand": "attention",
  "stays behind": "bad",
  unknown: "none",
};

/** The report for people; `file` is the name to show. */
export function migrationPages(report: MigrationReport, file: string): Report {
  return {
    title: `What will migrate: ${file}`,
    paragraphs: introduction(report),
    tables: tablesOf(report),
    lists: [{ title: "To decide", items: report.questions }],
    data: 1,
  };
}

/** The report as Markdown; `file` is the name to show. */
export function migrationMarkdown(report: MigrationReport, file: string): string {
  return reportMarkdown(migrationPages(report, file));
}

/** The report as one HTML page without scripts. */
export function migrationHtml(report: MigrationReport, file: string): string {
  return reportHtml(migrationPages(report, file));
}

function introduction({ version, alreadyTarget, workflows }: MigrationReport): string[] {
  const lines = [`Version in the file: ${version ?? "not given"}.`];
  if (alreadyTarget)
    lines.push(
      "This configuration is 4.x already: nothing of it needs the migration. The list is for comparison.",
    );
  if (workflows.length === 0) {
    lines.push(
      "The file shows no workflows. Only campaigns in an Active workflow migrate, so look the campaigns up in Dialer.",
    );
  }
  lines.push(
    "How Dialer 2.4 and 3.0 write this file is not public. Each line says whether a vendor document says so " +
      "(documented), real files show it (seen) or it is concluded (inferred).",
  );
  return lines;
}

function tablesOf(report: MigrationReport): ReportTable[] {
  const { rows, totals, workflows, tasks } = report;
  return [
    {
      title: "Summary",
      head: ["Result", "Objects"],
      rows: fates.map((fate) => ({ cells: [fate, String(totals[fate])], tone: tones[fate] })),
    },
    {
      title: "Objects",
      head: ["Kind", "Name", "Result", "Why", "Certainty"],
      rows: rows.map((row) => ({
        cells: [row.kind, row.name, row.fate, row.why, noteOf(row)],
        place: { start: row.start },
        tone: tones[row.fate],
      })),
      linked: 1,
    },
    ...(workflows.length > 0 ? [workflowTable(workflows)] : []),
    {
      title: "After the import",
      head: ["Task", "Items in this file", "Source"],
      rows: tasks.map(({ task, items, source }) => ({
        cells: [task, items === undefined ? "not counted" : String(items), source],
      })),
    },
  ];
}

function noteOf({ certainty, source }: MigrationRow): string {
  return certaintyNote(certainty, source);
}
