import * as l10n from "@vscode/l10n";
import type { BatchOutcome, BatchSink, ServerMessage, Session } from "../driver";
import { Binds } from "./binds";
import { errorOf, failureOf, isBreak, isLost, isTimeout } from "./errors";
import type { OracleColumn, OracleConnection, OracleModule, OracleResult, OracleResultSet } from "./module";
import { cellOf, columnOf } from "./values";

/** Rows a round trip. */
const fetched = 200;
/** Lines a round trip, and the longest line there can be (DBMS_OUTPUT). */
const linesFetched = 100;
const longestLine = 32767;

/** An error that a compilation has left. */
export interface CompileError {
  readonly line: number;
  readonly column: number;
  readonly text: string;
}

/** A connection to Oracle. Nothing is committed unless `commit` is called, or the server does it by itself (DDL). */
export class OracleSession implements Session {
  binds = new Binds();
  /** SQL.SQLCODE. */
  lastErrorNumber = 0;
  /** The statement before has created something with compilation errors. */
  compiledWithErrors = false;
  private lostBecause: string | undefined;
  private stopping = false;
  private cut: (() => void) | undefined;

  constructor(
    private readonly connection: OracleConnection,
    private readonly oracle: OracleModule,
    readonly database: string | undefined,
    readonly protection: string,
  ) {}

  get inTransaction(): boolean {
    return this.connection.transactionInProgress ?? false;
  }

  get alive(): boolean {
    return this.lostBecause === undefined;
  }

  async execute(text: string, sink: BatchSink, timeoutSeconds = 0): Promise<BatchOutcome> {
    if (this.lostBecause !== undefined) return { kind: "lost", reason: this.lostBecause };
    this.stopping = false;
    this.compiledWithErrors = false;
    this.connection.callTimeout = timeoutSeconds * 1000;
    const cut = new Promise<BatchOutcome>((resolve) => {
      this.cut = () => resolve({ kind: "lost", reason: l10n.t("the connection was closed here") });
    });
    const outcome = await Promise.race([this.run(text, sink), cut]);
    this.cut = undefined;
    return outcome;
  }

  cancel(): void {
    this.stopping = true;
    // Whether it worked shows in how the statement ends.
    void this.connection.breakExecution().catch(() => undefined);
  }

  async close(): Promise<void> {
    if (!this.alive) return;
    this.lostBecause = l10n.t("the connection was closed");
    await this.connection.close().catch(() => undefined);
  }

  /** The driver has no way to cut a connection: it is left to the end of the process, and not waited for. */
  destroy(): void {
    this.lostBecause ??= l10n.t("the connection was closed here");
    this.cut?.();
  }

  async commit(sink: BatchSink): Promise<boolean> {
    return this.told("COMMIT", sink, () => this.connection.commit());
  }

  async rollback(sink: BatchSink): Promise<boolean> {
    return this.told("ROLLBACK", sink, () => this.connection.rollback());
  }

  /** SET SERVEROUTPUT ON. */
  async enableOutput(size: number | undefined, sink: BatchSink): Promise<boolean> {
    const enable = `begin dbms_output.enable(${size ?? "null"}); end;`;
    return this.told(enable, sink, () => this.connection.execute(enable, {}, {}));
  }

  async disableOutput(sink: BatchSink): Promise<boolean> {
    const disable = "begin dbms_output.disable; end;";
    return this.told(disable, sink, () => this.connection.execute(disable, {}, {}));
  }

  /** Hands on the lines that the last statement has put out. The server keeps them until it is done. */
  async fetchOutput(onLine: (line: string) => void, sink: BatchSink): Promise<void> {
    const fetch = "begin dbms_output.get_lines(:lines, :count); end;";
    const { oracle } = this;
    await this.told(fetch, sink, async () => {
      for (let count = linesFetched; count === linesFetched;) {
        const { outBinds } = await this.connection.execute(
          fetch,
          {
            lines: {
              dir: oracle.BIND_OUT,
              type: oracle.STRING,
              maxSize: longestLine,
              maxArraySize: linesFetched,
            },
            count: { dir: oracle.BIND_INOUT, type: oracle.NUMBER, val: linesFetched },
          },
          {},
        );
        const lines = (outBinds?.lines ?? []) as (string | null)[];
        count = Number(outBinds?.count ?? 0);
        for (const line of lines.slice(0, count)) onLine(line ?? "");
        await sink.busy;
      }
    });
  }

  /** What USER_ERRORS says of an object; ALL_ERRORS knows those of other owners too. */
  async compileErrors(
    owner: string | undefined,
    name: string,
    type: string,
    sink: BatchSink,
  ): Promise<CompileError[]> {
    const query =
      "select line, position, text from all_errors where owner = nvl(:owner, sys_context('userenv', 'current_schema')) " +
      "and name = :name and type = :type and attribute = 'ERROR' order by sequence";
    const found: CompileError[] = [];
    await this.told(query, sink, async () => {
      const { resultSet } = await this.connection.execute(
        query,
        { owner: owner ?? null, name, type },
        { resultSet: true },
      );
      if (!resultSet) return;
      for (const [line, column, text] of await resultSet.getRows(1000)) {
        found.push({ line: Number(line), column: Number(column), text: String(text).trim() });
      }
      await resultSet.close();
    });
    return found;
  }

  /** Rows of a REFCURSOR variable. */
  async printCursor(cursor: unknown, sink: BatchSink): Promise<void> {
    await this.told("PRINT", sink, () => this.rows(cursor as OracleResultSet, sink));
  }

  private async run(text: string, sink: BatchSink): Promise<BatchOutcome> {
    const isBlock = /^\s*(?:begin|declare|call|<<)/i.test(text);
    try {
      const result = await this.connection.execute(
        text,
        this.binds.forStatement(text, isBlock, this.oracle),
        {
          resultSet: true,
          autoCommit: false,
          fetchArraySize: fetched,
          prefetchRows: fetched,
          fetchTypeHandler: (column: OracleColumn) => this.fetchType(column),
        },
      );
      this.lastErrorNumber = 0;
      await this.take(result, isBlock, sink);
      return { kind: "done" };
    } catch (error) {
      return this.failed(error, text, sink);
    }
  }

  /** Numbers as text: JavaScript's have 15 digits, Oracle's 38. */
  private fetchType(column: OracleColumn): { readonly type: unknown } | undefined {
    return column.dbType === this.oracle.DB_TYPE_NUMBER ? { type: this.oracle.STRING } : undefined;
  }

  private async take(result: OracleResult, isBlock: boolean, sink: BatchSink): Promise<void> {
    this.binds.take(result.outBinds);
    if (result.resultSet) await this.rows(result.resultSet, sink);
    else if (!isBlock && result.rowsAffected !== undefined) sink.count(result.rowsAffected, false);
    for (const set of result.implicitResults ?? []) await this.rows(set, sink);
    if (result.warning?.code === "NJS-700") this.compiledWithErrors = true;
    else if (result.warning) sink.message({ text: result.warning.message });
  }

  private async rows(set: OracleResultSet, sink: BatchSink): Promise<void> {
    const { metaData } = set;
    sink.columns(metaData.map(columnOf));
    let count = 0;
    try {
      for (;;) {
        const rows = await set.getRows(fetched);
        for (const row of rows) {
          const cells = row.map((value, index) => cellOf(value, metaData[index]));
          sink.row(await Promise.all(cells));
        }
        count += rows.length;
        if (rows.length < fetched) break;
        await sink.busy;
      }
    } finally {
      sink.count(count, true);
      await set.close().catch(() => undefined);
    }
  }

  private failed(error: unknown, text: string, sink: BatchSink): BatchOutcome {
    const failure = failureOf(error);
    this.lastErrorNumber = failure.errorNum ?? 0;
    if (isLost(failure)) {
      this.lostBecause ??= failure.message.split("\n")[0] ?? l10n.t("the connection was lost");
      return { kind: "lost", reason: this.lostBecause };
    }
    if (this.stopping && isBreak(failure)) return { kind: "cancelled" };
    if (isTimeout(failure)) return { kind: "timeout" };
    sink.error(errorOf(failure, text));
    return { kind: "done" };
  }

  /** What the runner sends by itself; its errors are told as the script's would be. */
  private async told(what: string, sink: BatchSink, act: () => Promise<unknown>): Promise<boolean> {
    if (!this.alive) return false;
    try {
      await act();
      return true;
    } catch (error) {
      const failure = failureOf(error);
      if (isLost(failure))
        this.lostBecause ??= failure.message.split("\n")[0] ?? l10n.t("the connection was lost");
      const told: ServerMessage = errorOf(failure, what);
      sink.error({ ...told, text: `${what}: ${told.text}` });
      return false;
    }
  }
}
