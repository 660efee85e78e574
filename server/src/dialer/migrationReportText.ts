import { certaintyNote } from "../problem";
import type { Fate, MigrationReport, MigrationRow } from "./migrationReport";

const heading = "What will migrate";
const fates: readonly Fate[] = ["migrates", "partly", "converted", "by hand", "stays behind", "unknown"];

/** A table for both forms: column heads and rows of plain text. */
interface Table {
  readonly title: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** The report as Markdown; `file` is the name to show. */
export function migrationMarkdown(report: MigrationReport, file: string): string {
  const tables = tablesOf(report).map(({ title, head, rows }) => {
    const line = (cells: readonly string[]): string => `| ${cells.map(markdownCell).join(" | ")} |`;
    return [`## ${title}`, "", line(head), line(head.map(() => "---")), ...rows.map(line), ""].join("\n");
  });
  return [
    `# ${heading}: ${markdownCell(file)}`,
    "",
    ...introduction(report).flatMap((text) => [markdownCell(text), ""]),
    ...tables,
    "## To decide",
    "",
    ...report.questions.map((question) => `- ${markdownCell(question)}`),
    "",
  ].join("\n");
}

/** The report as one HTML page without scripts. */
export function migrationHtml(report: MigrationReport, file: string): string {
  const tables = tablesOf(report).map(({ title, head, rows }) => {
    const cells = (tag: string, row: readonly string[]): string =>
      `<tr>${row.map((cell) => `<${tag}>${html(cell)}</${tag}>`).join("")}</tr>`;
    const body = rows.map((row) => cells("td", row)).join("\n");
    return `<h2>${html(title)}</h2>\n<table><thead>${cells('th scope="col"', head).replaceAll('</th scope="col">', "</th>")}</thead>\n<tbody>\n${body}\n</tbody></table>`;
  });
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${html(`${heading}: ${file}`)}</title>
<style>
:root { color-scheme: light dark; font-family: system-ui, sans-serif; }
table { border-collapse: collapse; margin-bottom: 1.5em; }
th, td { border: 1px solid GrayText; padding: 0.2em 0.6em; text-align: left; vertical-align: top; }
</style></head>
<body><h1>${html(`${heading}: ${file}`)}</h1>
${introduction(report)
  .map((text) => `<p>${html(text)}</p>`)
  .join("\n")}
${tables.join("\n")}
<h2>To decide</h2>
<ul>
${report.questions.map((question) => `<li>${html(question)}</li>`).join("\n")}
</ul>
</body></html>
`;
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

function tablesOf(report: MigrationReport): Table[] {
  const workflows = report.workflows.map((workflow) => [
    workflow.name,
    workflow.status ?? "not readable",
    workflow.paused === undefined ? "not readable" : yesNo(workflow.paused),
    yesNo(workflow.deleted),
    workflow.dataSources.map(({ file, state }) => `${file} (${state})`).join(", ") || "none found",
    String(workflow.campaigns.length),
  ]);
  return [
    {
      title: "Summary",
      head: ["Result", "Objects"],
      rows: fates.map((fate) => [fate, String(report.totals[fate])]),
    },
    {
      title: "Objects",
      head: ["Kind", "Name", "Result", "Why", "Certainty"],
      rows: report.rows.map((row) => [row.kind, row.name, row.fate, row.why, noteOf(row)]),
    },
    ...(workflows.length > 0
      ? [
          {
            title: "Workflows",
            head: ["Workflow", "Status", "Paused", "Deleted", "Data sources", "Campaigns"],
            rows: workflows,
          },
        ]
      : []),
    {
      title: "After the import",
      head: ["Task", "Items in this file", "Source"],
      rows: report.tasks.map(({ task, items, source }) => [
        task,
        items === undefined ? "not counted" : String(items),
        source,
      ]),
    },
  ];
}

function noteOf({ certainty, source }: MigrationRow): string {
  return certaintyNote(certainty, source);
}

function yesNo(value: boolean): string {
  return value ? "yes" : "no";
}

/** Text that Markdown must not read as markup, in one line. */
export function markdownCell(text: string): string {
  return text.replace(/[\r\n\t]+/g, " ").replace(/[\\`*_{}[\]<>|#]/g, (mark) => `\\${mark}`);
}

function html(text: string): string {
  return text.replace(/[&<>"']/g, (mark) => `&#${mark.charCodeAt(0)};`);
}
