/** What is used of the driver `oracledb`, so that tests can put their own in its place. */

export interface OracleModule {
  readonly BIND_IN: number;
  readonly BIND_INOUT: number;
  readonly BIND_OUT: number;
  /** Constants for types are objects in the driver's newer versions. */
  readonly STRING: unknown;
  readonly NUMBER: unknown;
  readonly CURSOR: unknown;
  readonly CLOB: unknown;
  readonly DB_TYPE_NUMBER: unknown;
  readonly DB_TYPE_BINARY_INTEGER?: unknown;
  readonly SYSDBA: number;
  readonly SYSOPER: number;
  readonly SYSBACKUP: number;
  readonly SYSDG: number;
  readonly SYSKM: number;
  readonly SYSASM: number;
  initOracleClient(options: Readonly<Record<string, string>>): void;
  getConnection(options: Readonly<Record<string, unknown>>): Promise<OracleConnection>;
}

export interface OracleConnection {
  /** Milliseconds; 0: none. */
  callTimeout?: number;
  readonly transactionInProgress?: boolean;
  readonly oracleServerVersionString?: string;
  execute(
    sql: string,
    binds: Readonly<Record<string, unknown>>,
    options: Readonly<Record<string, unknown>>,
  ): Promise<OracleResult>;
  commit(): Promise<void>;
  rollback(): Promise<void>;
  breakExecution(): Promise<void>;
  close(): Promise<void>;
}

export interface OracleResult {
  readonly resultSet?: OracleResultSet;
  readonly implicitResults?: readonly OracleResultSet[];
  readonly rowsAffected?: number;
  readonly outBinds?: Readonly<Record<string, unknown>>;
  /** NJS-700: created with compilation errors. */
  readonly warning?: { readonly code?: string; readonly message: string };
}

export interface OracleResultSet {
  readonly metaData: readonly OracleColumn[];
  getRows(count: number): Promise<readonly (readonly unknown[])[]>;
  close(): Promise<void>;
}

export interface OracleColumn {
  readonly name: string;
  readonly dbType?: unknown;
  readonly dbTypeName?: string;
  readonly byteSize?: number;
  readonly precision?: number;
  readonly scale?: number;
}

/** Errors of the driver and the database. */
export interface OracleFailure {
  readonly code?: string;
  readonly errorNum?: number;
  /** Bytes into the statement. */
  readonly offset?: number;
  readonly message: string;
}

/** Loads the driver. Only the runner's process does, and only for an Oracle run. */
export async function loadOracle(): Promise<OracleModule> {
  const loaded = (await import("oracledb")) as unknown as OracleModule & { readonly default?: OracleModule };
  return loaded.default ?? loaded;
}
