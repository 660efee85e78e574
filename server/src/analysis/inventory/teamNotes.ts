import * as l10n from "@vscode/l10n";
import type { Problem } from "../../problem";
import { byText } from "../dependencies/facts";

/** Stands at the start of every such file; what has another is foreign. */
const FORMAT = "handler-workbench inventory";
const VERSION = 1;
const most = { characters: 16 * 1024 * 1024, columns: 50 };

/** What a team writes beside the handlers of an inventory; kept in a file of its own, which people may edit. */
export interface TeamNotes {
  /** In the order views show them. */
  readonly columns: readonly string[];
  /** By handler name, then by column; what is not there is empty. Handlers that are gone stay in the file. */
  readonly handlers: ReadonlyMap<string, ReadonlyMap<string, string>>;
}

export const noNotes: TeamNotes = { columns: ["owner", "decision", "note"], handlers: new Map() };

/** The text in a cell; handlers are known by name in any case. */
export function noteOf(notes: TeamNotes, handler: string, column: string): string {
  const key = keyOf(notes, handler);
  return (key === undefined ? undefined : notes.handlers.get(key)?.get(column)) ?? "";
}

/** The notes with one cell changed; "" empties it. A column that is not there is added. */
export function withNote(notes: TeamNotes, handler: string, column: string, text: string): TeamNotes {
  const columns = notes.columns.includes(column) ? notes.columns : [...notes.columns, column];
  const key = keyOf(notes, handler) ?? handler;
  const cells = new Map(notes.handlers.get(key));
  if (text === "") cells.delete(column);
  else cells.set(column, text);
  const handlers = new Map(notes.handlers);
  if (cells.size === 0) handlers.delete(key);
  else handlers.set(key, cells);
  return { columns, handlers };
}

/** One handler a line, by name, so that a team's changes merge under version control. */
export function writeNotes({ columns, handlers }: TeamNotes): string {
  const lines = [...handlers]
    .sort(([one], [other]) => byText(one, other))
    .map(([name, cells]) => {
      const inOrder = columns.flatMap((column) => (cells.has(column) ? [[column, cells.get(column)!]] : []));
      return `  ${JSON.stringify(name)}: ${JSON.stringify(Object.fromEntries(inOrder))}`;
    });
  const head = `{\n "format": ${JSON.stringify(FORMAT)},\n "version": ${VERSION},\n "columns": ${JSON.stringify(columns)},\n`;
  return `${head} "handlers": {${lines.length === 0 ? "" : `\n${lines.join(",\n")}\n `}}\n}\n`;
}

export type ReadNotes = { readonly notes: TeamNotes } | { readonly problem: Problem };

/** Reads such a file; one that is foreign or damaged is refused, so that saving never loses what stands in it. */
export function readNotes(text: string, file: string): ReadNotes {
  const refuse = (reason: string): ReadNotes => ({
    problem: {
      code: "inventory-notes",
      severity: "error",
      message: l10n.t(
        "The notes of the inventory in {0} are not used: {1}. Correct the file, or name another.",
        file,
        reason,
      ),
      place: { file },
    },
  });
  if (text.length > most.characters)
    return refuse(l10n.t("it is larger than {0} characters", most.characters));
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (error) {
    return refuse(l10n.t("it is no JSON ({0})", error instanceof Error ? error.message : String(error)));
  }
  if (!isRecord(value) || value["format"] !== FORMAT)
    return refuse(l10n.t("it holds no notes of an inventory"));
  if (value["version"] !== VERSION)
    return refuse(l10n.t("its version is {0}, not {1}", JSON.stringify(value["version"]), VERSION));
  const { columns, handlers } = value;
  if (!Array.isArray(columns) || !columns.every(isName) || columns.length > most.columns) {
    return refuse(l10n.t('"columns" is no list of at most {0} names', most.columns));
  }
  if (new Set(columns).size < columns.length) return refuse(l10n.t('"columns" names one twice'));
  if (!isRecord(handlers)) return refuse(l10n.t('"handlers" is no object'));
  const read = new Map<string, Map<string, string>>();
  const known = new Set(columns);
  for (const [name, cells] of Object.entries(handlers)) {
    if (!isRecord(cells)) return refuse(l10n.t("the entry of {0} is no object", JSON.stringify(name)));
    const wrong = Object.entries(cells).find(
      ([column, cell]) => typeof cell !== "string" || !known.has(column),
    );
    if (wrong)
      return refuse(
        l10n.t("{0} of {1} is no column, or no text", JSON.stringify(wrong[0]), JSON.stringify(name)),
      );
    read.set(name, new Map(Object.entries(cells as Record<string, string>)));
  }
  return { notes: { columns, handlers: read } };
}

function keyOf({ handlers }: TeamNotes, handler: string): string | undefined {
  if (handlers.has(handler)) return handler;
  const name = handler.toLowerCase();
  for (const key of handlers.keys()) if (key.toLowerCase() === name) return key;
  return undefined;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isName(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}
