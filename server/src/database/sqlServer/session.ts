import * as l10n from "@vscode/l10n";
import type { Connection, Request } from "tedious";
import type { BatchOutcome, BatchSink, ServerMessage, Session } from "../driver";
import { cellOf, columnOf, type TediousColumn } from "./values";

/** An INFO or ERROR token as the driver hands it on. */
export interface LoginMessage {
  readonly number: number;
  readonly state: number;
  readonly class: number;
  readonly message: string;
  readonly serverName?: string;
  readonly procName?: string;
  readonly lineNumber?: number;
}

interface Running {
  readonly request: Request;
  readonly sink: BatchSink;
  readonly text: string;
  columns: readonly TediousColumn[];
  /** Rows are coming; the next count is that of their set. */
  inSet: boolean;
  timedOut: boolean;
}

/** A connection to SQL Server. */
export class SqlServerSession implements Session {
  private running: Running | undefined;
  private lostBecause: string | undefined;

  constructor(
    private readonly connection: Connection,
    private readonly requestClass: typeof Request,
    public database: string | undefined,
    readonly protection: string,
  ) {
    connection.on("databaseChange", (name) => (this.database = name));
    connection.on("infoMessage", (message) => this.tell("message", message as LoginMessage));
    connection.on("errorMessage", (message) => this.tell("error", message as LoginMessage));
    connection.on("error", (error) => (this.lostBecause ??= error.message));
    connection.on("end", () => (this.lostBecause ??= l10n.t("the connection was closed")));
  }

  get inTransaction(): boolean {
    return this.connection.inTransaction;
  }

  get alive(): boolean {
    return this.lostBecause === undefined;
  }

  async execute(text: string, sink: BatchSink, timeoutSeconds?: number): Promise<BatchOutcome> {
    if (this.lostBecause !== undefined) return { kind: "lost", reason: this.lostBecause };
    let timer: NodeJS.Timeout | undefined;
    const outcome = await new Promise<BatchOutcome>((resolve) => {
      const request = new this.requestClass(text, (error) =>
        resolve(this.outcome(running, error ?? undefined)),
      );
      const running: Running = { request, sink, text, columns: [], inSet: false, timedOut: false };
      this.running = running;
      this.listen(running);
      if (timeoutSeconds !== undefined && timeoutSeconds > 0) {
        timer = setTimeout(() => {
          running.timedOut = true;
          request.cancel();
        }, timeoutSeconds * 1000);
      }
      this.connection.execSqlBatch(request);
    });
    clearTimeout(timer);
    this.running = undefined;
    return outcome;
  }

  cancel(): void {
    this.running?.request.cancel();
  }

  async close(): Promise<void> {
    if (!this.alive) return;
    await new Promise<void>((resolve) => {
      this.connection.once("end", resolve);
      this.connection.close();
    });
  }

  destroy(): void {
    this.lostBecause ??= l10n.t("the connection was closed here");
    this.connection.close();
  }

  private listen(running: Running): void {
    const { request, sink } = running;
    const wait = (): void => {
      const { busy } = sink;
      if (!busy || request.paused) return;
      request.pause();
      void busy.then(() => request.resume());
    };
    request.on("columnMetadata", (columns) => {
      running.columns = columns as unknown as readonly TediousColumn[];
      running.inSet = true;
      sink.columns(running.columns.map(columnOf));
    });
    request.on("row", (row: readonly { readonly value: unknown }[]) => {
      sink.row(row.map(({ value }, index) => cellOf(value, running.columns[index])));
      wait();
    });
    const count = (rows: number | undefined): void => {
      // A result set is over with or without a count; a statement without one has nothing to tell.
      if (running.inSet || rows !== undefined) sink.count(rows, running.inSet);
      running.inSet = false;
      wait();
    };
    request.on("done", (rows) => count(rows));
    request.on("doneInProc", (rows) => count(rows));
    request.on("doneProc", (rows) => count(rows));
  }

  private tell(kind: "message" | "error", said: LoginMessage): void {
    const { running } = this;
    if (!running) return;
    running.sink[kind](messageOf(said, running.text));
    const { busy } = running.sink;
    if (busy && !running.request.paused) {
      running.request.pause();
      void busy.then(() => running.request.resume());
    }
  }

  private outcome({ sink, timedOut }: Running, error: Error | undefined): BatchOutcome {
    const code = (error as { code?: unknown } | undefined)?.code;
    if (this.lostBecause !== undefined) return { kind: "lost", reason: this.lostBecause };
    switch (code) {
      case "ECANCEL":
        return { kind: timedOut ? "timeout" : "cancelled" };
      case undefined:
      case "EREQUEST":
        return { kind: "done" };
      case "UNKNOWN":
        sink.error({ text: l10n.t("The server says that the batch failed, and not why.") });
        return { kind: "done" };
      default:
        // What the server said came as messages: any other error is the connection's.
        this.lostBecause = error?.message ?? l10n.t("the connection was lost");
        return { kind: "lost", reason: this.lostBecause };
    }
  }
}

function messageOf(said: LoginMessage, batch: string): ServerMessage {
  const { number, state, class: severity, message, serverName, procName, lineNumber } = said;
  const isError = severity > 10;
  return {
    text: message,
    number,
    severity,
    state,
    ...(isError && { code: `Msg ${number}` }),
    ...(serverName && { server: serverName }),
    ...(procName && { procedure: procName, lineInBatch: creates(batch, procName) }),
    ...(lineNumber !== undefined && lineNumber > 0 && { line: lineNumber }),
  };
}

/** Lines of a procedure count from the batch that created it, which is this one when it creates that procedure. */
function creates(batch: string, procedure: string): boolean {
  const match =
    /\b(?:create(?:\s+or\s+alter)?|alter)\s+(?:proc|procedure|function|trigger|view)\s+((?:\[[^\]]+\]|"[^"]+"|[\w#@$]+)(?:\s*\.\s*(?:\[[^\]]+\]|"[^"]+"|[\w#@$]+))*)/i.exec(
      batch,
    );
  const last = (name: string): string => (name.split(".").pop() ?? "").replace(/[[\]"\s]/g, "").toLowerCase();
  return match !== null && last(match[1] ?? "") === last(procedure);
}
