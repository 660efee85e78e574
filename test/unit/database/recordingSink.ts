import type { BatchSink, Cell, Column, ServerMessage } from "../../../server/src/database/driver";

/** Writes down what a batch brings, one line each. */
export class RecordingSink implements BatchSink {
  readonly said: string[] = [];
  readonly messages: ServerMessage[] = [];
  readonly errors: ServerMessage[] = [];
  rows = 0;
  busy: Promise<void> | undefined;
  /** Called with each line. */
  onLine: ((line: string) => void) | undefined;

  message(message: ServerMessage): void {
    this.messages.push(message);
    this.add(`message ${message.text}`);
  }

  error(error: ServerMessage): void {
    this.errors.push(error);
    this.add(`error ${error.number ?? ""} ${error.severity ?? ""} line ${error.line ?? ""}: ${error.text}`);
  }

  columns(columns: readonly Column[]): void {
    this.add(`columns ${columns.map(({ name, type }) => `${name} ${type}`).join(", ")}`);
  }

  row(cells: readonly Cell[]): void {
    this.rows++;
    if (this.rows <= 20) this.add(`row ${cells.map((cell) => cell ?? "NULL").join(", ")}`);
  }

  count(rows: number | undefined, resultSet: boolean): void {
    this.add(`${resultSet ? "set" : "count"} ${rows ?? "-"}`);
  }

  private add(line: string): void {
    this.said.push(line);
    this.onLine?.(line);
  }
}
