import * as l10n from "@vscode/l10n";
import { certaintyNote } from "../problem";
import { incompleteNotes } from "./incomplete";
import type { Fate, MigrationReport, MigrationRow } from "./migrationReport";
import { type Report, reportHtml, reportMarkdown, type ReportTable, type Tone } from "./report";
import { fateWords, kindWords } from "./words";
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
    title: l10n.t("What will migrate: {0}", file),
    warnings: incompleteNotes([file, report.incomplete]),
    paragraphs: introduction(report),
    tables: tablesOf(report),
    lists: [{ title: l10n.t("To decide"), items: report.questions }],
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
  const lines = [l10n.t("Version in the file: {0}.", version ?? l10n.t("not given"))];
  if (alreadyTarget)
    lines.push(
      l10n.t(
        "This configuration is 4.x already: nothing of it needs the migration. The list is for comparison.",
      ),
    );
  if (workflows.length === 0) {
    lines.push(
      l10n.t(
        "The file shows no workflows. Only campaigns in an Active workflow migrate, so look the campaigns up in Dialer.",
      ),
    );
  }
  lines.push(
    l10n.t(
      "How Dialer 2.4 and 3.0 write this file is not public. Each line says whether a vendor document says so (documented), real files show it (seen) or it is concluded (inferred).",
    ),
  );
  return lines;
}

function tablesOf(report: MigrationReport): ReportTable[] {
  const { rows, totals, workflows, tasks } = report;
  return [
    {
      title: l10n.t("Summary"),
      head: [l10n.t("Result"), l10n.t("Objects")],
      rows: fates.map((fate) => ({ cells: [fateWords[fate], String(totals[fate])], tone: tones[fate] })),
    },
    {
      title: l10n.t("Objects"),
      head: [l10n.t("Kind"), l10n.t("Name"), l10n.t("Result"), l10n.t("Why"), l10n.t("Certainty")],
      rows: rows.map((row) => ({
        cells: [kindWords[row.kind], row.name, fateWords[row.fate], row.why, noteOf(row)],
        place: { start: row.start },
        tone: tones[row.fate],
      })),
      linked: 1,
    },
    ...(workflows.length > 0 ? [workflowTable(workflows)] : []),
    {
      title: l10n.t("After the import"),
      head: [l10n.t("Task"), l10n.t("Items in this file"), l10n.t("Source")],
      rows: tasks.map(({ task, items, source }) => ({
        cells: [task, items === undefined ? l10n.t("not counted") : String(items), source],
      })),
    },
  ];
}

function noteOf({ certainty, source }: MigrationRow): string {
  return certaintyNote(certainty, source);
}
