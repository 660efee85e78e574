import * as l10n from "@vscode/l10n";

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

/** `HOST`, `HOST\INSTANCE`, `HOST,PORT` and `tcp:` before any of them, as sqlcmd's -S takes them. */
export function parseServer(text: string): { server: string; instance?: string; port?: number } | string {
  const match = /^(?:tcp:)?([^\\,]*)(?:\\([^\\,]+))?(?:,\s*(\d+))?$/i.exec(text.trim());
  const [, name = "", instance, port] = match ?? [];
  if (!match) return l10n.t("'{0}' is no server; HOST, HOST\\INSTANCE and HOST,PORT are", text);
  const server = name === "" || name === "." || name === "(local)" ? "localhost" : name;
  if (port !== undefined) {
    // With a port the instance's name says nothing more.
    const number = Number(port);
    return number > 0 && number < 65536 ? { server, port: number } : l10n.t("{0} is no port", port);
  }
  return { server, ...(instance !== undefined && { instance }) };
}

/** Where a run goes, in one line, for people. */
export function describeTarget(target: Target): string {
  const instance = target.kind === "sqlserver" && target.instance ? `\\${target.instance}` : "";
  const port =
    target.port === undefined ? "" : target.kind === "sqlserver" ? `,${target.port}` : `:${target.port}`;
  const database =
    target.database === undefined
      ? ""
      : target.kind === "oracle"
        ? `, ${l10n.t("service {0}", target.database)}`
        : `, ${l10n.t("database {0}", target.database)}`;
  const where = `${target.server}${instance}${port}${database}`;
  return target.kind === "oracle" && target.privilege
    ? l10n.t("{0}, user {1} as {2}", where, target.user, target.privilege)
    : l10n.t("{0}, user {1}", where, target.user);
}

/** How the connection is protected, in one line, for people. */
export function describeProtection({ encryption, trustServerCertificate }: Protection): string {
  if (encryption === "none") return l10n.t("NOT ENCRYPTED: what is sent can be read and changed on the way");
  const tls =
    encryption === "strict" ? l10n.t("encrypted from the first byte (strict)") : l10n.t("encrypted");
  return trustServerCertificate
    ? l10n.t("{0}, certificate NOT CHECKED: the server may not be the one it says it is", tls)
    : l10n.t("{0}, server certificate checked", tls);
}

/** What makes two runs meet: the same server and database, whoever logs in. */
export function targetKey(target: Target): string {
  const instance = target.kind === "sqlserver" ? (target.instance ?? "") : "";
  const port = target.port ?? (target.kind === "oracle" ? 1521 : instance === "" ? 1433 : 0);
  return [target.kind, target.server, instance, String(port), target.database ?? ""].join("|").toLowerCase();
}
