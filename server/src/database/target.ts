import type { Protection, Target } from "./connection";

export type { OracleTarget, SqlServerTarget, Target } from "./connection";

/** `HOST`, `HOST\INSTANCE`, `HOST,PORT` and `tcp:` before any of them, as sqlcmd's -S takes them. */
export function parseServer(text: string): { server: string; instance?: string; port?: number } | string {
  const match = /^(?:tcp:)?([^\\,]*)(?:\\([^\\,]+))?(?:,\s*(\d+))?$/i.exec(text.trim());
  const [, name = "", instance, port] = match ?? [];
  if (!match) return `'${text}' is no server; HOST, HOST\\INSTANCE and HOST,PORT are`;
  const server = name === "" || name === "." || name === "(local)" ? "localhost" : name;
  if (port !== undefined) {
    // With a port the instance's name says nothing more.
    const number = Number(port);
    return number > 0 && number < 65536 ? { server, port: number } : `${port} is no port`;
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
      : `, ${target.kind === "oracle" ? "service" : "database"} ${target.database}`;
  const privilege = target.kind === "oracle" && target.privilege ? ` as ${target.privilege}` : "";
  return `${target.server}${instance}${port}${database}, user ${target.user}${privilege}`;
}

/** How the connection is protected, in one line, for people. */
export function describeProtection({ encryption, trustServerCertificate }: Protection): string {
  if (encryption === "none") return "NOT ENCRYPTED: what is sent can be read and changed on the way";
  const tls = encryption === "strict" ? "encrypted from the first byte (strict)" : "encrypted";
  return trustServerCertificate
    ? `${tls}, certificate NOT CHECKED: the server may not be the one it says it is`
    : `${tls}, server certificate checked`;
}

/** What makes two runs meet: the same server and database, whoever logs in. */
export function targetKey(target: Target): string {
  const instance = target.kind === "sqlserver" ? (target.instance ?? "") : "";
  const port = target.port ?? (target.kind === "oracle" ? 1521 : instance === "" ? 1433 : 0);
  return [target.kind, target.server, instance, String(port), target.database ?? ""].join("|").toLowerCase();
}
