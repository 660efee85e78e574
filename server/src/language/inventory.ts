import { join } from "node:path";
import * as l10n from "@vscode/l10n";
import { type Connection } from "vscode-languageserver";
import { URI } from "vscode-uri";
import { byHandlerName, type HandlerFile } from "../analysis/compare/handlerFiles";
import { type Inventory, inventoryClasses, takeInventory } from "../analysis/inventory/inventory";
import {
  classNames,
  inventoryCsv,
  inventoryHtml,
  inventoryJson,
  inventoryMarkdown,
  startedByText,
} from "../analysis/inventory/reports";
import { noNotes, readNotes, type TeamNotes, withNote, writeNotes } from "../analysis/inventory/teamNotes";
import { InventoryReportRequest, InventoryRequest, TeamNotesRequest } from "../protocol";
import { Settling } from "../workspace/settling";
import { progressOf, signalOf } from "./compareShared";
import { sideFiles } from "./compareSides";
import type { Session } from "./session";

/** Answers the requests about the inventory. */
export function registerInventory(connection: Connection, { reader }: Session): void {
  /** The last one, for reports. */
  let kept: { readonly id: string; readonly inventory: Inventory } | undefined;
  connection.onRequest(
    InventoryRequest.method,
    async (params: InventoryRequest.Params, token): Promise<InventoryRequest.Result> => {
      const own = await sideFiles({ folder: params.folder }, reader);
      const base = await Promise.all(
        params.base.map(async (folder) => ({ folder, ...(await sideFiles({ folder }, reader)) })),
      );
      const firsts = firstOfName(base.flatMap(({ files }) => files));
      const signal = signalOf(token);
      const settling = new Settling(reader.memory, signal);
      const [ownFiles, baseFiles] = [settling.add(own.files), settling.add(firsts)];
      const inventory = await takeInventory(ownFiles, params.base.length === 0 ? null : baseFiles, {
        withMissing: params.withMissing,
        progress: progressOf(connection, params.id),
        signal,
      });
      kept = { id: params.id, inventory };
      const baseUris = new Map(firsts.map(({ name, uri }) => [name.toLowerCase(), uri]));
      const root = URI.parse(params.folder).fsPath;
      const empty = [{ folder: params.folder, files: own.files }, ...base].filter(
        ({ files }) => files.length === 0,
      );
      return {
        rows: inventory.rows.map((row) => {
          const baseUri = baseUris.get(row.name.toLowerCase()) ?? null;
          const uri =
            row.class === "missing" && baseUri ? baseUri : URI.file(join(root, row.path)).toString();
          return { ...row, startedBy: startedByText(row), uri, base: baseUri };
        }),
        classes: inventoryClasses.map((id) => ({ id, name: classNames[id], count: inventory.counts[id] })),
        notes: [
          ...empty.map(({ folder }) => l10n.t("There are no handlers in {0}.", URI.parse(folder).fsPath)),
          ...own.notes,
          ...base.flatMap(({ notes }) => notes),
          ...inventory.notes,
        ],
      };
    },
  );
  connection.onRequest(
    InventoryReportRequest.method,
    ({ id, format, notes }: InventoryReportRequest.Params): InventoryReportRequest.Result => {
      if (kept?.id !== id)
        throw new Error(l10n.t("This inventory is not at hand any more: take it again, then export."));
      return { text: report(kept.inventory, format, notesOf(notes)) };
    },
  );
  connection.onRequest(TeamNotesRequest.method, teamNotes);
}

/** Reads the file's text and sets cells in it. */
export function teamNotes({ text, file, set, columns }: TeamNotesRequest.Params): TeamNotesRequest.Result {
  const read = text === "" ? { notes: noNotes } : readNotes(text, file);
  if ("problem" in read)
    return { text: null, columns: noNotes.columns, cells: [], problem: read.problem.message };
  const before = columns ? withColumns(read.notes, columns) : read.notes;
  const notes = set.reduce((all, cell) => withNote(all, cell.handler, cell.column, cell.text), before);
  return {
    text: writeNotes(notes),
    columns: notes.columns,
    cells: [...notes.handlers].flatMap(([handler, cells]) =>
      [...cells].map(([column, cell]) => ({ handler, column, text: cell })),
    ),
    problem: null,
  };
}

function withColumns({ handlers }: TeamNotes, columns: readonly string[]): TeamNotes {
  const kept = new Set(columns);
  const left = [...handlers].map(
    ([name, cells]) => [name, new Map([...cells].filter(([column]) => kept.has(column)))] as const,
  );
  return { columns: [...kept], handlers: new Map(left.filter(([, cells]) => cells.size > 0)) };
}

function notesOf(text: string): TeamNotes {
  if (text === "") return { columns: [], handlers: new Map() };
  const read = readNotes(text, "inventory.json");
  if ("problem" in read) throw new Error(read.problem.message);
  return read.notes;
}

function report(
  inventory: Inventory,
  format: InventoryReportRequest.Params["format"],
  notes: TeamNotes,
): string {
  switch (format) {
    case "csv":
      return inventoryCsv(inventory, notes);
    case "markdown":
      return inventoryMarkdown(inventory, notes);
    case "html":
      return inventoryHtml(inventory, notes);
    case "json":
      return `${JSON.stringify(inventoryJson(inventory, notes), null, 1)}\n`;
  }
}

/** Several base folders are searched in their order. */
function firstOfName<File extends HandlerFile>(files: readonly File[]): File[] {
  return [...byHandlerName(files).values()].map((same) => same[0] as File);
}
