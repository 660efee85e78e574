import { readFile } from "node:fs/promises";
import { connect as connectSocket, type Socket } from "node:net";
import type { TLSSocket } from "node:tls";
import * as l10n from "@vscode/l10n";
import type { Connection, ConnectionConfiguration } from "tedious";
import { ConnectError, type ConnectSqlServer, type SqlServerOptions } from "../driver";
import { describeTarget, type SqlServerTarget } from "../target";
import { explainConnect } from "./explain";
import { NotEncryptedError, requireEncryption } from "./guard";
import { type LoginMessage, SqlServerSession } from "./session";

/**
 * Connects as sqlcmd does: the session settings of the ODBC driver that sqlcmd uses, QUOTED_IDENTIFIER off unless
 * asked for, language and date settings of the login, no time limit for batches. Rejects with a ConnectError.
 */
export const connectSqlServer: ConnectSqlServer<SqlServerSession> = async (target, options) => {
  options.signal.throwIfAborted();
  const tedious = await import("tedious");
  const attempt: Attempt = { messages: [], refused: undefined, secure: undefined };
  let connection: Connection;
  try {
    const ca = target.caFile === undefined ? undefined : await readFile(target.caFile, "utf8");
    connection = new tedious.Connection(configuration(target, options, attempt, ca));
  } catch (error) {
    throw explainConnect(error, target, attempt);
  }
  // Without a listener an error that comes late would end the process.
  connection.on("error", () => undefined);
  const collect = (message: unknown): void => void attempt.messages.push(message as LoginMessage);
  connection.on("errorMessage", collect);
  connection.on("secure", (socket) => (attempt.secure = socket as unknown as TLSSocket));
  let database = target.database;
  connection.on("databaseChange", (name) => (database = name));
  try {
    await opened(connection, options);
  } catch (error) {
    connection.close();
    throw explainConnect(error, target, attempt);
  } finally {
    connection.off("errorMessage", collect);
  }
  if (target.encryption === "required" && !attempt.secure) {
    connection.close();
    throw new ConnectError(
      "encryption",
      l10n.t("{0}: the connection would not be encrypted; it was closed", describeTarget(target)),
    );
  }
  return new SqlServerSession(connection, tedious.Request, database, protectionOf(target, attempt));
};

/** What is learned while connecting. */
export interface Attempt {
  readonly messages: LoginMessage[];
  refused: NotEncryptedError | undefined;
  secure: TLSSocket | undefined;
}

function configuration(
  target: SqlServerTarget,
  { password, timeoutSeconds, quotedIdentifiers }: SqlServerOptions,
  attempt: Attempt,
  ca: string | undefined,
): ConnectionConfiguration {
  const windows = /^([^\\]+)\\(.+)$/.exec(target.user);
  return {
    server: target.server,
    authentication: windows
      ? { type: "ntlm", options: { domain: windows[1] ?? "", userName: windows[2] ?? "", password } }
      : { type: "default", options: { userName: target.user, password } },
    options: {
      ...(target.instance === undefined ? { port: target.port ?? 1433 } : { instanceName: target.instance }),
      ...(target.database !== undefined && { database: target.database }),
      ...(target.certificateHost !== undefined && { serverName: target.certificateHost }),
      ...(ca !== undefined && { cryptoCredentialsDetails: { ca } }),
      appName: "Handler Workbench",
      encrypt: target.encryption === "strict" ? "strict" : target.encryption === "required",
      trustServerCertificate: target.trustServerCertificate,
      connectTimeout: timeoutSeconds * 1000,
      connector: connector(target, attempt),
      // A refused login is told at once; trying again is the user's decision.
      maxRetriesOnTransientErrors: 0,
      // Limits are the session's own; the driver's stop counting at the first byte of an answer.
      requestTimeout: 0,
      // The server may need long to undo a statement: the user decides when to give up waiting.
      cancelTimeout: 0,
      useUTC: true,
      ...sessionSettings(quotedIdentifiers),
    },
  };
}

/**
 * The SET options that sqlcmd's connections have: those of ODBC ("SET Options", the ODBC driver sets the ANSI
 * options on) with QUOTED_IDENTIFIER off (sqlcmd utility reference, -I). What is null is left to the login and the
 * server, where the driver by itself would set us_english, mdy, Sunday and ARITHABORT.
 */
function sessionSettings(quotedIdentifiers: boolean): ConnectionConfiguration["options"] {
  return {
    enableAnsiNull: true,
    enableAnsiNullDefault: true,
    enableAnsiPadding: true,
    enableAnsiWarnings: true,
    enableConcatNullYieldsNull: true,
    enableCursorCloseOnCommit: false,
    enableImplicitTransactions: false,
    enableQuotedIdentifier: quotedIdentifiers,
    textsize: 2147483647,
    enableArithAbort: unset,
    enableNumericRoundabort: unset,
    abortTransactionOnError: unset,
    language: unset as unknown as string,
    dateFormat: unset as unknown as string,
    datefirst: unset as unknown as number,
  };
}

/** Documented as "null: not sent", but the driver's types do not know it. */
const unset = null as unknown as boolean;

interface Address {
  readonly host: string;
  readonly port: number;
}

/** Opens the socket, and guards it where encryption is required. */
function connector(target: SqlServerTarget, attempt: Attempt): () => Promise<Socket> {
  // The driver hands over the address (after asking for an instance's port, or being sent to another server), and
  // a signal that ends the attempt.
  const open = async (...given: unknown[]): Promise<Socket> => {
    const [address, , signal] = given as [Address, unknown, AbortSignal];
    const socket = connectSocket({ host: address.host, port: address.port });
    await new Promise<void>((resolve, reject) => {
      const abort = (): void => void socket.destroy(signal.reason as Error);
      signal.addEventListener("abort", abort, { once: true });
      socket.once("connect", () => {
        signal.removeEventListener("abort", abort);
        socket.off("error", reject);
        resolve();
      });
      socket.once("error", reject);
    });
    // The driver leaves it on: the last packet of each larger batch would wait for the server's acknowledgement.
    socket.setNoDelay(true);
    if (target.encryption === "required") {
      requireEncryption(socket);
      socket.once("error", (error) => {
        if (error instanceof NotEncryptedError) attempt.refused = error;
      });
    }
    return socket;
  };
  return open;
}

/** The driver's own time limit does not cover an answer that stops in the middle. */
async function opened(connection: Connection, { timeoutSeconds, signal }: SqlServerOptions): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  let abort: (() => void) | undefined;
  try {
    await new Promise<void>((resolve, reject) => {
      const grace = 1000;
      timer = setTimeout(
        () => {
          reject(new ConnectError("timeout", l10n.t("no answer within {0} seconds", timeoutSeconds)));
        },
        timeoutSeconds * 1000 + grace,
      );
      abort = () => reject(new ConnectError("cancelled", l10n.t("cancelled while connecting")));
      signal.addEventListener("abort", abort, { once: true });
      connection.connect((error) => (error ? reject(error) : resolve()));
    });
  } finally {
    clearTimeout(timer);
    if (abort) signal.removeEventListener("abort", abort);
  }
}

function protectionOf(target: SqlServerTarget, { secure }: Attempt): string {
  if (target.encryption === "none") return l10n.t("not encrypted");
  const checked = target.trustServerCertificate
    ? l10n.t("certificate not checked")
    : l10n.t("certificate checked");
  if (!secure) return `TLS (strict), ${checked}`;
  return `${secure.getProtocol() ?? "TLS"} ${secure.getCipher().name}, ${checked}`;
}
