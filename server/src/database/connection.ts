/** A database, and the way to it: types only, the protocol takes them from here. */

/** How the way to the server is protected. */
export interface Protection {
  /**
   * `required`: TLS, or no connection. `strict`: TLS before anything else is said (SQL Server 2022, TDS 8).
   * `none`: everything goes in the clear, passwords of SQL Server logins included; has to be chosen.
   */
  readonly encryption: "required" | "strict" | "none";
  /** The server's certificate is not checked; has to be chosen. */
  readonly trustServerCertificate: boolean;
  /** PEM file with certificates of authorities to trust beside the known ones. */
  readonly caFile?: string;
  /** The name that the certificate is for, where it is not the server's. */
  readonly certificateHost?: string;
}

/** A SQL Server database and who logs in. The password is never part of it. */
export interface SqlServerTarget extends Protection {
  readonly kind: "sqlserver";
  readonly server: string;
  /** 1433 unless given; not together with an instance. */
  readonly port?: number;
  /** A named instance; SQL Server Browser is asked for its port. */
  readonly instance?: string;
  /** The login's default database unless given. */
  readonly database?: string;
  /** `DOMAIN\user` logs in with Windows credentials (NTLM), anything else is a SQL Server login. */
  readonly user: string;
}

/** An Oracle database and who logs in. The password is never part of it. */
export interface OracleTarget extends Protection {
  readonly kind: "oracle";
  readonly server: string;
  /** 1521 unless given. */
  readonly port?: number;
  /** The service. Without one, `server` is a name of tnsnames.ora or a whole connect descriptor. */
  readonly database?: string;
  readonly user: string;
  /** `sysdba` and the like. */
  readonly privilege?: string;
  /** Folder with tnsnames.ora and sqlnet.ora. */
  readonly configFolder?: string;
  /** Folder of Oracle Instant Client. With it the driver works in thick mode, which Oracle 11g needs. */
  readonly clientFolder?: string;
  /** Folder with ewallet.pem: the certificates for TLS. */
  readonly walletFolder?: string;
}

export type Target = SqlServerTarget | OracleTarget;

/** Why there is no connection. */
export type ConnectFailure =
  | "host"
  | "network"
  | "timeout"
  | "login"
  | "database"
  | "certificate"
  | "encryption"
  | "client"
  | "cancelled"
  | "other";
