import * as l10n from "@vscode/l10n";
import { languageCode } from "../../languageCode";
import { cell } from "../hints/markdown";
import { type Inventory, type InventoryClass, inventoryClasses, type InventoryRow } from "./inventory";
import { noteOf, type TeamNotes } from "./teamNotes";

/** What a class is called in reports. */
export const classNames: Readonly<Record<InventoryClass, string>> = {
  base: l10n.t("base"),
  modified: l10n.t("modified base"),
  custom: l10n.t("custom"),
  missing: l10n.t("missing"),
  unreadable: l10n.t("unreadable"),
  unknown: l10n.t("not compared"),
};

const heads = [
  l10n.t("Handler"),
  l10n.t("Class"),
  l10n.t("Started by"),
  l10n.t("Category"),
  l10n.t("Steps"),
  l10n.t("What is known"),
  l10n.t("Path"),
];

/** What a handler is started by, as people read it. */
export const startedByText = ({ startedBy }: InventoryRow): string =>
  startedBy === "subroutine" ? l10n.t("subroutine") : startedBy;

function cellsOf(row: InventoryRow, notes: TeamNotes): string[] {
  const known = [row.isCustomizationPoint ? l10n.t("customization point") : "", row.note].filter(
    (text) => text !== "",
  );
  return [
    row.name,
    classNames[row.class],
    startedByText(row),
    row.category,
    String(row.steps),
    known.join("; "),
    row.path,
    ...notes.columns.map((column) => noteOf(notes, row.name, column)),
  ];
}

function headOf({ columns }: TeamNotes): string[] {
  return [...heads, ...columns];
}

/** "12 base, 3 modified base, 20 custom". */
export function countsText({ counts }: Inventory): string {
  return inventoryClasses
    .filter((each) => counts[each] > 0)
    .map((each) => `${counts[each]} ${classNames[each]}`)
    .join(", ");
}

/**
 * For a spreadsheet: commas, CR LF, and a byte order mark, without which Excel takes UTF-8 for ANSI. A text that a
 * spreadsheet would take for a formula begins with an apostrophe.
 */
export function inventoryCsv({ rows }: Inventory, notes: TeamNotes): string {
  const lines = [headOf(notes), ...rows.map((row) => cellsOf(row, notes))];
  return `\uFEFF${lines.map((cells) => `${cells.map(csvCell).join(",")}\r\n`).join("")}`;
}

/** Quotes where needed (RFC 4180); `=`, `+`, `-`, `@`, tab and CR at the start make a formula, their wide forms too. */
export function csvCell(text: string): string {
  const safe = /^[=+\-@\t\r\n＝＋－＠]/.test(text) ? `'${text}` : text;
  return /[",\r\n;\t]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export function inventoryMarkdown(inventory: Inventory, notes: TeamNotes): string {
  const head = headOf(notes);
  const rows = inventory.rows.map((row) => cellsOf(row, notes).map(cell));
  const table = [head.map(cell), head.map(() => "---"), ...rows];
  const remarks = inventory.notes.map((note) => `- ${cell(note)}\n`).join("");
  return `# ${l10n.t("Inventory of handlers")}\n\n${countsText(inventory)}\n\n${remarks === "" ? "" : `${remarks}\n`}${table.map((cells) => `| ${cells.join(" | ")} |\n`).join("")}`;
}

export function inventoryJson(inventory: Inventory, notes: TeamNotes): object {
  return {
    counts: inventory.counts,
    columns: notes.columns,
    handlers: inventory.rows.map((row) => ({
      ...row,
      team: Object.fromEntries(notes.columns.map((column) => [column, noteOf(notes, row.name, column)])),
    })),
    notes: inventory.notes,
  };
}

const style = `
:root { color-scheme: light dark; font: 14px/1.45 "Segoe UI", system-ui, sans-serif; }
body { margin: 2rem; }
table { border-collapse: collapse; }
caption { text-align: start; padding-block: 0.5rem; }
th, td { text-align: start; vertical-align: top; padding: 0.3rem 0.7rem; border-block-end: 1px solid color-mix(in srgb, currentColor 25%, transparent); }
thead th { position: sticky; inset-block-start: 0; background: Canvas; }
td.number { text-align: end; font-variant-numeric: tabular-nums; }
tr.modified td:nth-of-type(1), tr.unreadable td:nth-of-type(1) { font-weight: 600; }
`.trim();

/** A page of its own: no scripts, nothing loaded from anywhere. */
export function inventoryHtml(inventory: Inventory, notes: TeamNotes): string {
  const head = headOf(notes).map((text) => `<th scope="col">${escape(text)}</th>`);
  const rows = inventory.rows.map((row) => {
    const [name, ...cells] = cellsOf(row, notes);
    const tds = cells.map((text, at) => `<td${at === 3 ? ' class="number"' : ""}>${escape(text)}</td>`);
    return `<tr class="${row.class}"><th scope="row">${escape(name ?? "")}</th>${tds.join("")}</tr>`;
  });
  return [
    "<!doctype html>",
    `<html lang="${languageCode()}"><head><meta charset="utf-8">`,
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
    `<title>${escape(l10n.t("Inventory of handlers"))}</title><style>${style}</style></head><body>`,
    `<h1>${escape(l10n.t("Inventory of handlers"))}</h1>`,
    ...inventory.notes.map((note) => `<p>${escape(note)}</p>`),
    `<table><caption>${escape(countsText(inventory))}</caption>`,
    `<thead><tr>${head.join("")}</tr></thead><tbody>`,
    ...rows,
    "</tbody></table></body></html>",
    "",
  ].join("\n");
}

function escape(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}
