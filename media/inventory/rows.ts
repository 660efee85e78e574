import type { InventoryItem } from "../../server/src/protocol";

export function wordsOf(filter: string): string[] {
  return filter
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
}

/** Names one cell of the team's columns; handlers are known by name in any case. */
export const keyOf = (handler: string, column: string): string => `${handler.toLowerCase()}\n${column}`;

/** Whether a row has all words, in what is known or in what the team wrote. */
export function isShown(
  row: InventoryItem,
  className: string,
  columns: readonly string[],
  cells: ReadonlyMap<string, string>,
  words: readonly string[],
): boolean {
  if (words.length === 0) return true;
  const own = columns.map((column) => cells.get(keyOf(row.name, column)) ?? "");
  const parts = [row.name, className, row.startedBy, row.category, row.note, row.path, ...own];
  const text = parts.join("\n").toLowerCase();
  return words.every((word) => text.includes(word));
}
