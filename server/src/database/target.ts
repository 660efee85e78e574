import * as l10n from "@vscode/l10n";
import type { Protection, Target } from "./connection";

export type { OracleTarget, SqlServerTarget, Target } from "./connection";

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
