import { readFile, stat } from "node:fs/promises";
import { basename, dirname } from "node:path";
import * as l10n from "@vscode/l10n";
import { decodeText } from "../../config/decode";
import { findInside, type NetParameter, readOracleNet } from "../../config/oracleNet";
import { readUdl, type Udl } from "../../config/udl";
import { parseServer, type Target } from "../../database/target";
import type { ImportConnectionsRequest } from "../../protocol/scripts";

type Found = ImportConnectionsRequest.Result["connections"][number];

/** Such files are small; anything larger is something else. */
const mostBytes = 4 * 1024 * 1024;

const protection = { encryption: "required", trustServerCertificate: false } as const;

/** The connections that a `.udl` file or a `tnsnames.ora` names. Passwords never leave the readers. */
export async function importConnections(path: string): Promise<ImportConnectionsRequest.Result> {
  let text: string;
  try {
    const { size } = await stat(path);
    if (size > mostBytes) throw new Error(l10n.t("it has {0} bytes, more than such a file can have", size));
    text = decodeText(await readFile(path)).text;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { connections: [], problems: [l10n.t("{0} cannot be read: {1}", path, why)] };
  }
  return /\.ora$/i.test(path) ? fromTnsNames(text, path) : fromUdl(text, path);
}

function fromUdl(text: string, path: string): ImportConnectionsRequest.Result {
  const link = readUdl(text);
  const name = basename(path).replace(/\.udl$/i, "");
  if (link.dataSource === undefined) {
    return { connections: [], problems: [l10n.t("{0} names no data source", path)] };
  }
  const value = valuesOf(link);
  const user = value("user id") ?? value("uid") ?? "";
  const notes = [
    ...(user === "" ? [l10n.t("The file names no user; fill one in before connecting.")] : []),
    ...(link.properties.some(({ secret }) => secret)
      ? [l10n.t("The password in the file is not taken over.")]
      : []),
  ];
  if (link.isOracle)
    return {
      connections: [{ name, target: oracleTarget(link.dataSource, user, path), notes }],
      problems: [],
    };
  const server = parseServer(link.dataSource);
  if (typeof server === "string") return { connections: [], problems: [`${path}: ${server}`] };
  const database = value("initial catalog") ?? value("database");
  if (/^sspi$/i.test(value("integrated security") ?? "")) {
    notes.push(
      l10n.t("The file logs in as the Windows user; here a user DOMAIN\\name and its password are needed."),
    );
  }
  const target: Target = {
    kind: "sqlserver",
    ...server,
    ...(database !== undefined && { database }),
    user,
    ...protection,
  };
  return { connections: [{ name, target, notes }], problems: [] };
}

function valuesOf({ properties }: Udl): (name: string) => string | undefined {
  return (name) =>
    properties.find((each) => !each.secret && each.name.toLowerCase() === name && each.value !== "")?.value;
}

/** HOST:PORT/SERVICE, or a name of the tnsnames.ora in the same folder. */
function oracleTarget(source: string, user: string, path: string): Target {
  const easy = /^(?:\/\/)?([^:/\s]+)(?::(\d+))?\/([^/\s]+)$/.exec(source.trim());
  if (!easy) return { kind: "oracle", server: source, configFolder: dirname(path), user, ...protection };
  const [, server = "", port, database] = easy;
  return {
    kind: "oracle",
    server,
    ...(port !== undefined && { port: Number(port) }),
    ...(database !== undefined && { database }),
    user,
    ...protection,
  };
}

function fromTnsNames(text: string, path: string): ImportConnectionsRequest.Result {
  const { parameters, flaws } = readOracleNet(text);
  const connections: Found[] = [];
  const problems: string[] = flaws.slice(0, 3).map(({ message }) => `${basename(path)}: ${message}`);
  for (const parameter of parameters) {
    if (/^IFILE$/i.test(parameter.name)) {
      problems.push(l10n.t("{0}: the file that IFILE names is not read", basename(path)));
      continue;
    }
    connections.push(fromAlias(parameter, path));
  }
  if (connections.length === 0) problems.push(l10n.t("{0} names no service", path));
  return { connections, problems };
}

/** An alias with one address becomes host, port and service; any other keeps its name, which Oracle's client reads. */
function fromAlias(parameter: NetParameter, path: string): Found {
  const [host, ...otherHosts] = findInside(parameter, "HOST");
  const [port] = findInside(parameter, "PORT");
  const [service] = findInside(parameter, "SERVICE_NAME");
  const [protocol] = findInside(parameter, "PROTOCOL");
  const encrypted = /^tcps$/i.test(protocol?.value ?? "");
  const notes = [l10n.t("The file names no user; fill one in before connecting.")];
  if (!encrypted) {
    notes.push(
      l10n.t(
        "Its protocol is not TCPS: Oracle would not encrypt. Here encryption is required unless you choose None.",
      ),
    );
  }
  const number = Number(port?.value);
  const plain = host && service && otherHosts.length === 0 && Number.isInteger(number) && number > 0;
  const target: Target = plain
    ? { kind: "oracle", server: host.value, port: number, database: service.value, user: "", ...protection }
    : { kind: "oracle", server: parameter.name, configFolder: dirname(path), user: "", ...protection };
  return { name: parameter.name, target, notes };
}
