import type { Cell, Column } from "../driver";

/** Wider columns are cut to this: sqlcmd's SQLCMDMAXVARTYPEWIDTH. */
const widest = 256;

/**
 * A result set as text, as sqlcmd and SQL*Plus print it: names, dashes, columns as wide as the server says their
 * values get. Longer values are cut; a rows file has them whole.
 */
export class TextTable {
  private readonly widths: readonly number[];

  constructor(private readonly columns: readonly Column[]) {
    this.widths = columns.map(({ name, width }) =>
      Math.max(1, [...name].length, Math.min(width ?? widest, widest), 4),
    );
  }

  head(): string {
    const names = this.columns.map(({ name }, index) => pad(name, this.widths[index] ?? 1, false));
    const dashes = this.widths.map((width) => "-".repeat(width));
    return `${names.join(" ").trimEnd()}\n${dashes.join(" ")}\n`;
  }

  row(cells: readonly Cell[]): string {
    const texts = cells.map((cell, index) =>
      pad(
        (cell ?? "NULL").replace(/[\r\n\t]/g, " "),
        this.widths[index] ?? 1,
        this.columns[index]?.right ?? false,
      ),
    );
    return `${texts.join(" ").trimEnd()}\n`;
  }
}

function pad(text: string, width: number, right: boolean): string {
  const cut = text.length > width ? text.slice(0, width) : text;
  return right ? cut.padStart(width) : cut.padEnd(width);
}

/** `(1 row affected)`, as sqlcmd counts. */
export function countText(rows: number): string {
  return `(${rows} row${rows === 1 ? "" : "s"} affected)`;
}
