import { languageCode } from "../languageCode";

/** Where a row of a report is to be found: an offset in the text, of two texts the newer one. */
export interface ReportPlace {
  readonly start: number;
  /** Of two compared texts the old one. */
  readonly inOld?: boolean;
}

/** How the rows of a table are coloured, beside what their text says. */
export type Tone = "good" | "attention" | "bad" | "none";

export interface ReportRow {
  readonly cells: readonly string[];
  readonly place?: ReportPlace;
  readonly tone?: Tone;
}

export interface ReportTable {
  readonly title: string;
  readonly head: readonly string[];
  readonly rows: readonly ReportRow[];
  /** Index of the column that leads to the row's place. */
  readonly linked?: number;
}

/** A report as people read it; everything is plain text. */
export interface Report {
  readonly title: string;
  /** What stands above all else, because it puts the rest in doubt. */
  readonly warnings: readonly string[];
  readonly paragraphs: readonly string[];
  readonly tables: readonly ReportTable[];
  readonly lists: readonly { readonly title: string; readonly items: readonly string[] }[];
  /** Index of the table that makes sense in a spreadsheet. */
  readonly data: number;
}

export function reportMarkdown({ title, warnings, paragraphs, tables, lists }: Report): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(markdownCell).join(" | ")} |`;
  return [
    `# ${markdownCell(title)}`,
    "",
    ...warnings.flatMap((text) => [`> **${markdownCell(text)}**`, ""]),
    ...paragraphs.flatMap((text) => [markdownCell(text), ""]),
    ...tables.flatMap((table) => [
      `## ${markdownCell(table.title)}`,
      "",
      line(table.head),
      line(table.head.map(() => "---")),
      ...table.rows.map(({ cells }) => line(cells)),
      "",
    ]),
    ...lists.flatMap((list) => [
      `## ${markdownCell(list.title)}`,
      "",
      ...list.items.map((item) => `- ${markdownCell(item)}`),
      "",
    ]),
  ].join("\n");
}

/** One HTML page without scripts. */
export function reportHtml({ title, warnings, paragraphs, tables, lists }: Report): string {
  const row = (tag: "td" | 'th scope="col"', cells: readonly string[]): string => {
    const close = tag.slice(0, 2);
    return `<tr>${cells.map((cell) => `<${tag}>${html(cell)}</${close}>`).join("")}</tr>`;
  };
  const body = [
    ...warnings.map((text) => `<p class="warning">${html(text)}</p>`),
    ...paragraphs.map((text) => `<p>${html(text)}</p>`),
    ...tables.map(
      (table) =>
        `<h2>${html(table.title)}</h2>\n<table><thead>${row('th scope="col"', table.head)}</thead>\n` +
        `<tbody>\n${table.rows.map(({ cells }) => row("td", cells)).join("\n")}\n</tbody></table>`,
    ),
    ...lists.map(
      (list) =>
        `<h2>${html(list.title)}</h2>\n<ul>\n${list.items.map((item) => `<li>${html(item)}</li>`).join("\n")}\n</ul>`,
    ),
  ];
  return `<!doctype html>
<html lang="${languageCode()}"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${html(title)}</title>
<style>
:root { color-scheme: light dark; font-family: system-ui, sans-serif; }
table { border-collapse: collapse; margin-bottom: 1.5em; }
.warning { border: 2px solid; padding: 0.5em; font-weight: bold; }
th, td { border: 1px solid GrayText; padding: 0.2em 0.6em; text-align: left; vertical-align: top; }
</style></head>
<body><h1>${html(title)}</h1>
${body.join("\n")}
</body></html>
`;
}

/** The data table for a spreadsheet (RFC 4180), with the mark by which spreadsheets know UTF-8. */
/** The report's data; what puts them in doubt is the first row, in its first cell. */
export function reportCsv({ warnings, tables, data }: Report): string {
  const table = tables[data];
  if (!table) return "";
  const doubts = warnings.map((text) => table.head.map((_, column) => (column === 0 ? text : "")));
  const lines = [table.head, ...doubts, ...table.rows.map(({ cells }) => cells)];
  return `\uFEFF${lines.map((cells) => `${cells.map(csvCell).join(",")}\r\n`).join("")}`;
}

/** Always in quotes; a cell that a spreadsheet would take for a formula begins with an apostrophe. */
function csvCell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""')}"`;
}

/** Text that Markdown must not read as markup, in one line. */
export function markdownCell(text: string): string {
  return text.replace(/[\r\n\t]+/g, " ").replace(/[\\`*_{}[\]<>|#]/g, (mark) => `\\${mark}`);
}

function html(text: string): string {
  return text.replace(/[&<>"']/g, (mark) => `&#${mark.charCodeAt(0)};`);
}
