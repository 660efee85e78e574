import type { ConnectFailure, OracleTarget, SqlServerTarget } from "./connection";
import type { Cell, Column } from "./rows";

export type { ConnectFailure } from "./connection";
export type { Cell, Column } from "./rows";

/** Something the server says. */
export interface ServerMessage {
  readonly text: string;
  /** SQL Server's message number; the number of an ORA- error. */
  readonly number?: number;
  /** For people: `Msg 207`, `ORA-00942`. */
  readonly code?: string;
  /** SQL Server's class. */
  readonly severity?: number;
  readonly state?: number;
  readonly server?: string;
  readonly procedure?: string;
  /** Line of the batch, counted from 1; of the procedure when there is one. */
  readonly line?: number;
  readonly column?: number;
  /** The line is one of the batch although a procedure is named: the batch creates it. */
  readonly lineInBatch?: boolean;
}

/** What a batch brings, in the server's order. */
export interface BatchSink {
  /** Information: PRINT, RAISERROR up to class 10, DBMS_OUTPUT. */
  message(message: ServerMessage): void;
  error(error: ServerMessage): void;
  /** A result set begins. */
  columns(columns: readonly Column[]): void;
  row(cells: readonly Cell[]): void;
  /** A statement has ended; the number of rows if the server said one. */
  count(rows: number | undefined, resultSet: boolean): void;
  /** Set while more than enough is on its way: wait for it. */
  readonly busy: Promise<void> | undefined;
}

/** How the execution of a batch ended. */
export type BatchOutcome =
  /** The server is done with it. Errors, if any, were told. */
  | { readonly kind: "done" }
  /** Stopped because we asked; the server has confirmed it. */
  | { readonly kind: "cancelled" }
  /** Stopped because it took longer than allowed; the server has confirmed it. */
  | { readonly kind: "timeout" }
  /** The connection is gone: nobody knows how far the batch came. */
  | { readonly kind: "lost"; readonly reason: string };

/** One connection. One batch at a time. */
export interface Session {
  /** The current database, as far as the server tells. */
  readonly database: string | undefined;
  /** A transaction is open: what was done since it began is lost with the connection. */
  readonly inTransaction: boolean;
  /** False once the connection is gone. */
  readonly alive: boolean;
  /** How the connection is protected in fact, for people. */
  readonly protection: string;
  /** Runs one batch. Never rejects. */
  execute(text: string, sink: BatchSink, timeoutSeconds?: number): Promise<BatchOutcome>;
  /** Asks the server to stop the batch that runs (attention, break). */
  cancel(): void;
  /** Where a client ends transactions by itself (SQL*Plus). Resolves to false when that failed and has been told. */
  commit?(sink: BatchSink): Promise<boolean>;
  rollback?(sink: BatchSink): Promise<boolean>;
  /** Ends the connection in order; the server rolls back what is open. Never rejects. */
  close(): Promise<void>;
  /** Cuts the connection now. */
  destroy(): void;
}

/** A sink for what the runner sends by itself: only errors matter. */
export function errorsOnly(onError: (error: ServerMessage) => void): BatchSink {
  const ignore = (): void => undefined;
  return { message: ignore, error: onError, columns: ignore, row: ignore, count: ignore, busy: undefined };
}

/** Why there is no connection; the message says what to do next. */
export class ConnectError extends Error {
  constructor(
    readonly failure: ConnectFailure,
    message: string,
  ) {
    super(message);
  }
}

export interface ConnectOptions {
  readonly password: string;
  readonly timeoutSeconds: number;
  /** Ends the attempt. */
  readonly signal: AbortSignal;
}

export interface SqlServerOptions extends ConnectOptions {
  /** `sqlcmd -I`. */
  readonly quotedIdentifiers: boolean;
}

export type ConnectSqlServer<S extends Session = Session> = (
  target: SqlServerTarget,
  options: SqlServerOptions,
) => Promise<S>;
export type ConnectOracle<S extends Session = Session> = (
  target: OracleTarget,
  options: ConnectOptions,
) => Promise<S>;
