import type {
  OracleColumn,
  OracleConnection,
  OracleModule,
  OracleResult,
  OracleResultSet,
} from "../../../server/src/database/oracle/module";

/** An error as the driver throws it. */
export function oracleError(number: number, text: string, offset?: number): Error {
  const code = `ORA-${String(number).padStart(5, "0")}`;
  const help = `\nHelp: https://docs.oracle.com/error-help/db/ora-${String(number).padStart(5, "0")}/`;
  return Object.assign(new Error(`${code}: ${text}${help}`), { code, errorNum: number, offset });
}

function driverError(code: string, text: string): Error {
  return Object.assign(new Error(`${code}: ${text}`), { code });
}

interface Bind {
  readonly dir: number;
  readonly val?: unknown;
  readonly maxArraySize?: number;
}

const numberType = { number: true };
const stringType = { string: true };

class Rows implements OracleResultSet {
  private at = 0;
  closed = false;

  constructor(
    readonly metaData: readonly OracleColumn[],
    private readonly rows: readonly (readonly unknown[])[],
    private readonly onRows?: () => void,
  ) {}

  getRows(count: number): Promise<readonly (readonly unknown[])[]> {
    this.onRows?.();
    const part = this.rows.slice(this.at, this.at + count);
    this.at += part.length;
    return Promise.resolve(part);
  }

  close(): Promise<void> {
    this.closed = true;
    return Promise.resolve();
  }
}

/**
 * Stands in for the driver and the database, and writes down every call. It knows as much SQL as the tests need:
 * INSERT, UPDATE, DELETE, COMMIT, ROLLBACK, CREATE, SELECT, blocks with put_line and assignments to binds; words in a
 * statement make it fail: `nosuch`, `bad_compile`, `wait_forever`, `lose_connection`, `too_slow`.
 */
export class OracleDouble {
  /** `execute ...`, `commit`, `rollback`, `break`, `close`, in order. */
  readonly calls: string[] = [];
  readonly connects: Readonly<Record<string, unknown>>[] = [];
  readonly clients: Readonly<Record<string, string>>[] = [];
  /** Rows that COMMIT has made last, by statement. */
  readonly committed: string[] = [];
  /** Called with each statement before it is carried out. */
  onExecute: ((sql: string) => void) | undefined;
  failConnect: Error | undefined;
  private pending: string[] = [];
  private output: string[] = [];
  private outputEnabled = false;
  private stop: (() => void) | undefined;

  readonly module: OracleModule = {
    BIND_IN: 1,
    BIND_INOUT: 2,
    BIND_OUT: 3,
    STRING: stringType,
    NUMBER: numberType,
    CURSOR: { cursor: true },
    CLOB: { clob: true },
    DB_TYPE_NUMBER: numberType,
    SYSDBA: 2,
    SYSOPER: 4,
    SYSBACKUP: 131072,
    SYSDG: 262144,
    SYSKM: 524288,
    SYSASM: 32768,
    initOracleClient: (options) => {
      this.clients.push(options);
    },
    getConnection: (options) => {
      this.connects.push(options);
      if (this.failConnect) return Promise.reject(this.failConnect);
      this.outputEnabled = false;
      return Promise.resolve(this.connection());
    },
  };

  /** Statements of the script, without what the runner sends by itself. */
  get statements(): string[] {
    return this.calls
      .filter((call) => call.startsWith("execute ") && !/dbms_output|all_errors/.test(call))
      .map((call) => call.slice(8));
  }

  private connection(): OracleConnection {
    const { pending } = this;
    pending.length = 0;
    return {
      callTimeout: 0,
      get transactionInProgress() {
        return pending.length > 0;
      },
      execute: (sql, binds) => this.execute(sql, binds as Readonly<Record<string, Bind>>),
      commit: () => {
        this.calls.push("commit");
        this.commit();
        return Promise.resolve();
      },
      rollback: () => {
        this.calls.push("rollback");
        pending.length = 0;
        return Promise.resolve();
      },
      breakExecution: () => {
        this.calls.push("break");
        this.stop?.();
        return Promise.resolve();
      },
      close: () => {
        this.calls.push("close");
        pending.length = 0;
        return Promise.resolve();
      },
    };
  }

  private commit(): void {
    this.committed.push(...this.pending);
    this.pending.length = 0;
  }

  private async execute(sql: string, binds: Readonly<Record<string, Bind>>): Promise<OracleResult> {
    await Promise.resolve();
    this.calls.push(`execute ${sql}`);
    this.onExecute?.(sql);
    if (/dbms_output/.test(sql) && !/put_line/.test(sql)) return this.dbmsOutput(sql, binds);
    if (/all_errors/.test(sql)) {
      return { resultSet: new Rows([], [[2, 3, "PLS-00201: identifier 'NOSUCH' must be declared"]]) };
    }
    const position = sql.search(/\bnosuch\b/);
    if (/\bwait_forever\b/.test(sql)) {
      await new Promise<void>((resolve) => {
        this.stop = resolve;
      });
      throw oracleError(1013, "user requested cancel of current operation");
    }
    if (/\blose_connection\b/.test(sql))
      throw driverError("NJS-500", "connection to Oracle Database was closed or broken");
    if (/\btoo_slow\b/.test(sql)) throw driverError("NJS-123", "call timeout of 200 ms exceeded");
    if (/^\s*create/i.test(sql)) {
      this.commit();
      if (/bad_compile/.test(sql))
        return { warning: driverError("NJS-700", "creation succeeded with compilation errors") };
      return { rowsAffected: 0 };
    }
    if (/^\s*(?:begin|declare)/i.test(sql)) return this.block(sql, binds, position);
    if (position >= 0)
      throw oracleError(942, "table or view does not exist", Buffer.byteLength(sql.slice(0, position)));
    if (/^\s*select/i.test(sql)) return { resultSet: this.select(sql) };
    if (/^\s*commit/i.test(sql)) this.commit();
    else if (/^\s*rollback/i.test(sql)) this.pending.length = 0;
    else if (/^\s*(?:insert|update|delete|merge)/i.test(sql)) {
      this.pending.push(sql);
      return { rowsAffected: 1 };
    }
    return {};
  }

  private block(sql: string, binds: Readonly<Record<string, Bind>>, position: number): OracleResult {
    for (const [, line = ""] of sql.matchAll(/put_line\('([^']*)'\)/g))
      if (this.outputEnabled) this.output.push(line);
    if (position >= 0) {
      const line = sql.slice(0, position).split("\n").length;
      throw oracleError(
        6550,
        `line ${line}, column 3:\nPLS-00201: identifier 'NOSUCH' must be declared\nORA-06550: line ${line}, column 3:\nPL/SQL: Statement ignored`,
      );
    }
    if (/raise_it/.test(sql)) {
      const line = sql.slice(0, sql.indexOf("raise_it")).split("\n").length;
      throw oracleError(
        1476,
        `divisor is equal to zero\nORA-06512: at "CIC.P", line 7\nORA-06512: at line ${line}`,
      );
    }
    if (/insert/i.test(sql)) this.pending.push(sql);
    const outBinds: Record<string, unknown> = {};
    for (const [name, bind] of Object.entries(binds)) {
      const value = new RegExp(`:${name}\\s*:=\\s*(?:'([^']*)'|(\\d+))`, "i").exec(sql);
      if (/:=\s*open_cursor/.test(sql)) outBinds[name] = this.select("select 2 rows");
      else outBinds[name] = value ? (value[1] ?? Number(value[2])) : (bind.val ?? null);
    }
    return { outBinds };
  }

  private dbmsOutput(sql: string, binds: Readonly<Record<string, Bind>>): OracleResult {
    if (/enable/.test(sql)) this.outputEnabled = true;
    else if (/disable/.test(sql)) this.outputEnabled = false;
    else {
      const lines = this.output.splice(0, Number(binds.count?.val ?? 0));
      return { outBinds: { lines, count: lines.length } };
    }
    return {};
  }

  /** `select 3 rows ...`: three rows; `select 'x' as name`: that. */
  private select(sql: string): Rows {
    const literal = /^\s*select\s+'([^']*)'\s+as\s+(\w+)/i.exec(sql);
    if (literal) {
      const column = { name: (literal[2] ?? "").toUpperCase(), dbTypeName: "VARCHAR2", byteSize: 20 };
      return new Rows([column], [[literal[1]]]);
    }
    const count = Number(/^\s*select\s+(\d+)\s+rows/i.exec(sql)?.[1] ?? 1);
    const columns = [
      { name: "ID", dbType: numberType, dbTypeName: "NUMBER", precision: 10 },
      { name: "WHEN", dbTypeName: "DATE" },
    ];
    const rows = Array.from({ length: count }, (_, index) => [
      String(index + 1),
      new Date(2013, 2, 13, 4, 5, 6),
    ]);
    return new Rows(columns, rows);
  }
}
