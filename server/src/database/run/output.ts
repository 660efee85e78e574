import type { ScriptPlace } from "../../scripts/items";
import type { Cell, Column } from "../driver";
import type { ErrorEvent, RunEvent } from "../messages";
import type { Scrubber } from "../scrub";
import { TextTable } from "./textTable";
import type { TextFile } from "./textFile";

/** Where events go: to the process that has started the run. */
export interface EventSink {
  readonly post: (event: RunEvent) => void;
  /** Set while the other side is behind. */
  readonly busy: Promise<void> | undefined;
}

/** A file of a script that gets what is printed: SPOOL, :OUT, :ERROR. */
export interface Capture {
  readonly file: TextFile;
  /** `results`: messages, rows, counts and commands' output; `errors`: errors; `all`: both. */
  readonly what: "results" | "errors" | "all";
}

/** Everything that a run says passes here: secrets are taken out, and the log and the script's files get their part. */
export class Output {
  private readonly captures = new Map<string, Capture>();
  private log: TextFile | undefined;
  private tables = new Map<number, TextTable>();

  constructor(
    private readonly events: EventSink,
    readonly scrubber: Scrubber,
    private readonly now: () => Date,
  ) {}

  get busy(): Promise<void> | undefined {
    // Asked for every row: one after another is as good as all at once.
    if (this.events.busy) return this.events.busy;
    if (this.log?.busy) return this.log.busy;
    for (const { file } of this.captures.values()) if (file.busy) return file.busy;
    return undefined;
  }

  openLog(file: TextFile): void {
    this.log = file;
  }

  /** Sets or ends the file that a command captures output in. */
  async capture(name: string, capture: Capture | undefined): Promise<void> {
    const before = this.captures.get(name);
    this.captures.delete(name);
    await before?.file.close();
    if (capture) this.captures.set(name, capture);
  }

  async closeCaptures(): Promise<void> {
    for (const name of [...this.captures.keys()]) await this.capture(name, undefined);
  }

  async close(): Promise<void> {
    await this.closeCaptures();
    await this.log?.close();
    this.log = undefined;
  }

  /** PRINT, PROMPT, DBMS_OUTPUT, and what commands print. */
  message(text: string): void {
    const clean = this.scrubber.scrub(text);
    this.events.post({ kind: "message", text: clean });
    this.write("results", `${clean}\n`);
    this.logLine(clean);
  }

  error(error: ErrorEvent): void {
    const clean = { ...error, text: this.scrubber.scrub(error.text) };
    this.events.post({ kind: "error", ...clean });
    const line = errorText(clean);
    this.write("errors", `${line}\n`);
    this.logLine(`error: ${line}`);
  }

  note(severity: "information" | "warning" | "error", text: string, place?: ScriptPlace): void {
    const clean = this.scrubber.scrub(text);
    this.events.post({
      kind: "note",
      severity,
      text: clean,
      ...(place && { place: { file: place.file, line: place.line } }),
    });
    this.logLine(`${severity}: ${place ? `${place.file}, line ${place.line}: ` : ""}${clean}`);
  }

  columns(set: number, columns: readonly Column[]): void {
    this.events.post({ kind: "columns", set, columns });
    if (this.captures.size === 0) return;
    const table = new TextTable(columns);
    this.tables.set(set, table);
    this.write("results", table.head());
  }

  /** Rows for the parent; `capturedRow` is called for every row. */
  rows(set: number, rows: readonly (readonly Cell[])[]): void {
    this.events.post({ kind: "rows", set, rows });
  }

  capturedRow(set: number, cells: readonly Cell[]): void {
    if (this.captures.size === 0) return;
    const table = this.tables.get(set);
    if (table) this.write("results", table.row(cells));
  }

  count(event: Extract<RunEvent, { kind: "count" }>, text: string | undefined): void {
    this.events.post(event);
    if (event.set !== undefined) this.tables.delete(event.set);
    if (text !== undefined) this.write("results", `${text}\n`);
  }

  /** Anything that needs no more than to be passed on. */
  post(event: RunEvent, log?: string): void {
    this.events.post(event);
    if (log !== undefined) this.logLine(log);
  }

  private write(what: "results" | "errors", text: string): void {
    for (const capture of this.captures.values()) {
      if (capture.what === what || capture.what === "all") capture.file.write(text);
    }
  }

  private logLine(text: string): void {
    this.log?.write(`${this.now().toISOString()} ${text}\n`);
  }
}

/** An error in the words of the official tools, with the script's place in front. */
export function errorText({
  text,
  code,
  severity,
  state,
  procedure,
  procedureLine,
  place,
}: ErrorEvent): string {
  const where = place ? `${place.file}, line ${place.line}: ` : "";
  const details = [
    code,
    severity === undefined ? undefined : `Level ${severity}`,
    state === undefined ? undefined : `State ${state}`,
    procedure === undefined
      ? undefined
      : `Procedure ${procedure}${procedureLine === undefined ? "" : `, line ${procedureLine}`}`,
  ].filter((part) => part !== undefined);
  return `${where}${details.length > 0 ? `${details.join(", ")}: ` : ""}${text}`;
}
