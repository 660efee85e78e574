import * as l10n from "@vscode/l10n";
import type { ScriptPlace } from "../../scripts/items";
import { sourceLine } from "../../scripts/items";
import type { BatchItem } from "../../scripts/items";
import type { BatchSink, Cell, Column, ServerMessage } from "../driver";
import type { ErrorEvent } from "../messages";
import type { RunFolder } from "../runFolder";
import type { Output } from "./output";
import { countText } from "./textTable";
import { TextFile } from "./textFile";

/** Rows go on together, up to so many. */
const together = 100;
/** Longer values are cut for showing; files have them whole. */
const longestShown = 4000;

export interface RowOptions {
  readonly shown: number;
  readonly files: boolean;
  readonly folder: RunFolder;
}

interface Set {
  readonly number: number;
  readonly columns: readonly Column[];
  count: number;
  waiting: (readonly Cell[])[];
  last: readonly Cell[] | undefined;
  readonly path: string | undefined;
}

/** Takes what one execution brings: counts everything, hands on as many rows as wanted, and writes the rest to files. */
export class BatchOutput implements BatchSink {
  readonly errors: ServerMessage[] = [];
  /** A message or error with state 127: it ends the run. */
  final: ServerMessage | undefined;
  /** Columns and last row of the result set that came last. */
  lastSet: { readonly columns: readonly Column[]; readonly row: readonly Cell[] | undefined } | undefined;
  /** Set by SET FEEDBACK OFF. */
  quiet = false;
  /** Rows of all result sets so far. */
  totalRows = 0;
  private set: Set | undefined;
  private sets = 0;
  private file: Promise<TextFile | undefined> | undefined;
  private openFile: TextFile | undefined;
  private opening: Promise<void> | undefined;
  private rowsLost = false;
  private pending = "";

  constructor(
    private readonly output: Output,
    private readonly batch: BatchItem,
    private readonly execution: number,
    private readonly rowOptions: RowOptions,
  ) {}

  get busy(): Promise<void> | undefined {
    const { busy } = this.output;
    const filing = this.openFile ? this.openFile.busy : this.opening;
    if (!busy) return filing;
    return filing ? Promise.all([busy, filing]).then(() => undefined) : busy;
  }

  message(message: ServerMessage): void {
    this.flush();
    if (message.state === 127) this.final = message;
    this.output.message(message.text);
  }

  error(error: ServerMessage): void {
    this.flush();
    this.errors.push(error);
    if (error.state === 127) this.final = error;
    this.output.error(this.errorEvent(error));
  }

  columns(columns: readonly Column[]): void {
    this.endSet(undefined);
    const number = ++this.sets;
    const path = this.rowOptions.files ? this.rowOptions.folder.rows(this.execution, number) : undefined;
    this.set = { number, columns, count: 0, waiting: [], last: undefined, path };
    this.output.columns(number, columns);
    if (path !== undefined) this.startFile(path, columns);
  }

  row(cells: readonly Cell[]): void {
    const { set } = this;
    if (!set) return;
    set.count++;
    this.totalRows++;
    set.last = cells;
    this.output.capturedRow(set.number, cells);
    if (set.count <= this.rowOptions.shown) {
      set.waiting.push(cells.map((cell) => this.shown(cell)));
      if (set.waiting.length >= together) this.flush();
    }
    if (set.path !== undefined) this.writeRow(cells);
  }

  count(rows: number | undefined, resultSet: boolean): void {
    if (resultSet && this.set) this.endSet(rows);
    else if (rows !== undefined) {
      this.output.count({ kind: "count", rows }, this.quiet ? undefined : countText(rows));
    }
  }

  /** The execution is over. */
  async end(): Promise<void> {
    this.endSet(undefined);
    const file = await this.file;
    if (this.pending !== "") file?.write(this.pending);
    await file?.close();
  }

  private endSet(rows: number | undefined): void {
    const { set } = this;
    if (!set) return;
    this.flush();
    this.set = undefined;
    this.lastSet = { columns: set.columns, row: set.last };
    // The rows that came are the truth, whatever the server counts.
    this.output.count(
      { kind: "count", set: set.number, rows: set.count, ...(set.path !== undefined && { file: set.path }) },
      rows === undefined || this.quiet ? undefined : `\n${countText(set.count)}`,
    );
  }

  /** Rows must not come after what came after them. */
  private flush(): void {
    const { set } = this;
    if (!set || set.waiting.length === 0) return;
    this.output.rows(set.number, set.waiting);
    set.waiting = [];
  }

  private shown(cell: Cell): Cell {
    if (cell === null) return null;
    const text = this.batch.secrets.length > 0 ? this.output.scrubber.scrub(cell) : cell;
    return text.length > longestShown
      ? l10n.t("{0}... ({1} characters)", text.slice(0, longestShown), text.length)
      : text;
  }

  private startFile(path: string, columns: readonly Column[]): void {
    const before = this.file;
    this.openFile = undefined;
    const rest = this.pending;
    this.pending = "";
    this.file = (async () => {
      const old = await before;
      if (rest !== "") old?.write(rest);
      await old?.close();
      try {
        const file = await TextFile.open(path, "w", (message) => this.output.note("warning", message));
        file.write(csvLine(columns.map(({ name }) => name)));
        this.openFile = file;
        return file;
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error);
        this.output.note("warning", l10n.t("rows are not written: {0}", why));
        this.rowsLost = true;
        this.pending = "";
        return undefined;
      }
    })();
    this.opening = this.file.then(() => {
      this.opening = undefined;
    });
  }

  private writeRow(cells: readonly Cell[]): void {
    if (this.rowsLost) return;
    const text =
      this.batch.secrets.length > 0 ? cells.map((cell) => cell && this.output.scrubber.scrub(cell)) : cells;
    this.pending += csvLine(text);
    if (!this.openFile || this.pending.length < 32 * 1024) return;
    this.openFile.write(this.pending);
    this.pending = "";
  }

  private errorEvent(error: ServerMessage): ErrorEvent {
    const { text, code, number, severity, state, procedure, line, column, lineInBatch } = error;
    const inBatch = procedure === undefined || lineInBatch === true;
    return {
      text,
      ...(code !== undefined && { code }),
      ...(number !== undefined && { number }),
      ...(severity !== undefined && { severity }),
      ...(state !== undefined && { state }),
      ...(procedure !== undefined && { procedure }),
      ...(!inBatch && line !== undefined && { procedureLine: line }),
      ...(column !== undefined && { column }),
      place: this.place(inBatch ? line : undefined),
    };
  }

  /** The script's line of a line of the batch; its first line when the server does not say. */
  private place(line: number | undefined): ScriptPlace {
    const { map, file, startLine } = this.batch;
    return (line === undefined ? undefined : sourceLine(map, line)) ?? { file, line: startLine };
  }
}

/** RFC 4180; NULL is nothing at all, an empty text is a pair of quotes. */
export function csvLine(cells: readonly Cell[]): string {
  return `${cells
    .map((cell) =>
      cell === null ? "" : cell === "" || /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell,
    )
    .join(",")}\n`;
}
