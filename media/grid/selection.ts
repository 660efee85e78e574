import type { GridSelection } from "../../server/src/protocol";

export interface CellPlace {
  readonly row: number;
  readonly column: number;
}

export interface GridSize {
  readonly rows: number;
  readonly columns: number;
  /** Rows that fit on the screen. */
  readonly page: number;
}

/** The rectangle between the anchor and the active cell. */
export interface Selected {
  readonly anchor: CellPlace;
  readonly active: CellPlace;
}

export const start: Selected = { anchor: { row: 0, column: 0 }, active: { row: 0, column: 0 } };

export function rectangle({ anchor, active }: Selected): GridSelection {
  return {
    top: Math.min(anchor.row, active.row),
    bottom: Math.max(anchor.row, active.row),
    left: Math.min(anchor.column, active.column),
    right: Math.max(anchor.column, active.column),
  };
}

export interface Key {
  readonly key: string;
  readonly shift: boolean;
  /** Ctrl, or Cmd on a Mac. */
  readonly control: boolean;
}

/** The selection after a key; undefined when the key is none of the grid's. */
export function afterKey(
  selected: Selected,
  { key, shift, control }: Key,
  size: GridSize,
): Selected | undefined {
  const { active } = selected;
  const lastRow = Math.max(0, size.rows - 1);
  const lastColumn = Math.max(0, size.columns - 1);
  if (control && key.toLowerCase() === "a")
    return { anchor: { row: 0, column: 0 }, active: { row: lastRow, column: lastColumn } };
  const to = target(key, control, active, { ...size, lastRow, lastColumn });
  if (!to) return undefined;
  const place = {
    row: Math.max(0, Math.min(lastRow, to.row)),
    column: Math.max(0, Math.min(lastColumn, to.column)),
  };
  return { anchor: shift ? selected.anchor : place, active: place };
}

function target(
  key: string,
  control: boolean,
  { row, column }: CellPlace,
  { page, lastRow, lastColumn }: GridSize & { readonly lastRow: number; readonly lastColumn: number },
): CellPlace | undefined {
  switch (key) {
    case "ArrowUp":
      return { row: control ? 0 : row - 1, column };
    case "ArrowDown":
      return { row: control ? lastRow : row + 1, column };
    case "ArrowLeft":
      return { row, column: control ? 0 : column - 1 };
    case "ArrowRight":
      return { row, column: control ? lastColumn : column + 1 };
    case "PageUp":
      return { row: row - page, column };
    case "PageDown":
      return { row: row + page, column };
    case "Home":
      return { row: control ? 0 : row, column: 0 };
    case "End":
      return { row: control ? lastRow : row, column: lastColumn };
    default:
      return undefined;
  }
}
