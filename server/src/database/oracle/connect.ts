import * as l10n from "@vscode/l10n";
import { ConnectError, type ConnectOptions, type ConnectOracle } from "../driver";
import { describeTarget, type OracleTarget } from "../target";
import { explainOracle } from "./explain";
import type { OracleConnection, OracleModule } from "./module";
import { OracleSession } from "./session";

export interface OracleDriverOptions {
  readonly load: () => Promise<OracleModule>;
  /** Where the driver's native part is, which thick mode needs. */
  readonly binaryFolder?: string;
}

/** Thin or thick is decided once for a process: which client it was. */
let initialised: string | undefined;

/** Connects to Oracle. Rejects with a ConnectError. */
export function oracleConnector({ load, binaryFolder }: OracleDriverOptions): ConnectOracle<OracleSession> {
  return async (target, options) => {
    options.signal.throwIfAborted();
    const given = checked(target);
    const oracle = await load();
    try {
      if (target.clientFolder !== undefined && initialised !== target.clientFolder) {
        oracle.initOracleClient({
          libDir: target.clientFolder,
          ...(target.configFolder !== undefined && { configDir: target.configFolder }),
          ...(binaryFolder !== undefined && { binaryDir: binaryFolder }),
        });
        initialised = target.clientFolder;
      }
      const connection = await within(options, () =>
        oracle.getConnection({
          user: target.user,
          password: options.password,
          connectString: given,
          ...(target.clientFolder === undefined && {
            transportConnectTimeout: options.timeoutSeconds,
            connectTimeout: options.timeoutSeconds,
            ...(target.configFolder !== undefined && { configDir: target.configFolder }),
          }),
          ...(target.walletFolder !== undefined && { walletLocation: target.walletFolder }),
          ...(target.privilege !== undefined && { privilege: privilegeOf(oracle, target) }),
        }),
      );
      return new OracleSession(connection, oracle, target.database, protectionOf(target));
    } catch (error) {
      throw error instanceof ConnectError ? error : explainOracle(error, target);
    }
  };
}

/** The driver's own limits do not cover every wait, and nothing of it can be aborted. */
async function within(
  { timeoutSeconds, signal }: ConnectOptions,
  connect: () => Promise<OracleConnection>,
): Promise<OracleConnection> {
  const connecting = connect();
  let timer: NodeJS.Timeout | undefined;
  let abort: (() => void) | undefined;
  const given = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () =>
        reject(
          new ConnectError(
            "timeout",
            l10n.t("no answer within {0} seconds; check server and port", timeoutSeconds),
          ),
        ),
      timeoutSeconds * 1000 + 1000,
    );
    abort = () => reject(new ConnectError("cancelled", l10n.t("cancelled while connecting")));
    signal.addEventListener("abort", abort, { once: true });
  });
  try {
    return await Promise.race([connecting, given]);
  } catch (error) {
    // Whatever still comes is not wanted any more.
    connecting.then((late) => late.close()).catch(() => undefined);
    throw error;
  } finally {
    clearTimeout(timer);
    if (abort) signal.removeEventListener("abort", abort);
  }
}

/** The connect descriptor; says no to what is not as safe as it was chosen to be. */
function checked(target: OracleTarget): string {
  const { server, port = 1521, database, encryption, certificateHost } = target;
  const refuse = (message: string): never => {
    throw new ConnectError("encryption", `${describeTarget(target)}: ${message}`);
  };
  if (target.trustServerCertificate && encryption !== "none") {
    refuse(
      l10n.t(
        "Oracle's driver cannot take a certificate unchecked. Give a wallet or the authority's certificate, or choose an unencrypted connection",
      ),
    );
  }
  if (database === undefined) {
    // A descriptor or a name of tnsnames.ora says itself how it connects.
    if (encryption !== "none" && !/protocol\s*=\s*tcps/i.test(server) && !/^tcps:/i.test(server)) {
      refuse(
        l10n.t(
          "whether this connection is encrypted is not to be seen. Give server, port and service, a descriptor with PROTOCOL=TCPS, or choose an unencrypted connection",
        ),
      );
    }
    return server;
  }
  for (const part of [server, database, certificateHost ?? ""]) {
    if (/[()"]/.test(part)) refuse(l10n.t("{0} has characters that no server or service has", part));
  }
  const protocol = encryption === "none" ? "TCP" : "TCPS";
  const name = certificateHost === undefined ? "" : `(SSL_SERVER_CERT_DN="${certificateHost}")`;
  const security = encryption === "none" ? "" : `(SECURITY=(SSL_SERVER_DN_MATCH=TRUE)${name})`;
  return `(DESCRIPTION=(ADDRESS=(PROTOCOL=${protocol})(HOST=${server})(PORT=${port}))(CONNECT_DATA=(SERVICE_NAME=${database}))${security})`;
}

function privilegeOf(oracle: OracleModule, target: OracleTarget): number {
  const name = (target.privilege ?? "").toUpperCase();
  switch (name) {
    case "SYSDBA":
    case "SYSOPER":
    case "SYSBACKUP":
    case "SYSDG":
    case "SYSKM":
    case "SYSASM":
      return oracle[name];
    default:
      throw new ConnectError(
        "login",
        l10n.t(
          "{0}: {1} is no privilege to log in with; SYSDBA and SYSOPER are",
          describeTarget(target),
          name,
        ),
      );
  }
}

function protectionOf({ encryption, clientFolder }: OracleTarget): string {
  const mode = clientFolder === undefined ? l10n.t("thin mode") : l10n.t("thick mode");
  return encryption === "none"
    ? l10n.t("not encrypted, {0}", mode)
    : l10n.t("TLS, certificate checked, {0}", mode);
}
