import * as l10n from "@vscode/l10n";
import { ConnectError, type ConnectFailure } from "../driver";
import { describeTarget, type OracleTarget } from "../target";
import { codeOf, failureOf } from "./errors";

const explanations: readonly (readonly [codes: string, failure: ConnectFailure, advice: string])[] = [
  [
    "ORA-01017 ORA-01005 ORA-28009",
    "login",
    l10n.t("check user and password, and whether the user has to log in as sysdba"),
  ],
  ["ORA-28000", "login", l10n.t("the account is locked; a database administrator can unlock it")],
  ["ORA-28001", "login", l10n.t("the password has expired; set a new one with Oracle's own tools")],
  ["ORA-01045", "login", l10n.t("the user needs the right CREATE SESSION")],
  [
    "ORA-12514 ORA-12505 NJS-518 NJS-519",
    "database",
    l10n.t("check the name of the service; `lsnrctl services` on the server lists them"),
  ],
  ["ORA-12541 NJS-511", "network", l10n.t("no listener there; check server and port")],
  [
    "ORA-12545 ORA-12154 NJS-515 NJS-517",
    "host",
    l10n.t("check the name, and the folder of tnsnames.ora if it is one from there"),
  ],
  ["NJS-516", "host", l10n.t("name the folder of tnsnames.ora, or give server, port and service instead")],
  [
    "NJS-510 ORA-12170 ORA-12535",
    "timeout",
    l10n.t("the server, or a firewall before it, does not answer; check server and port"),
  ],
  [
    "NJS-505 NJS-506 NJS-507 NJS-508 ORA-28860 ORA-29024",
    "certificate",
    l10n.t(
      "TLS failed. Name the wallet's folder or the authority's certificate, check the port (a TLS port is often 2484), or choose an unencrypted connection",
    ),
  ],
  [
    "NJS-138 NJS-116 ORA-28040",
    "client",
    l10n.t(
      "the server is too old for the driver by itself. Name the folder of an Oracle Instant Client 19 (it reaches Oracle 11.2 and later)",
    ),
  ],
  [
    "NJS-045",
    "client",
    l10n.t(
      "thick mode is not there for this kind of computer; without the folder of Instant Client the driver works by itself (Oracle 12.1 and later)",
    ),
  ],
  [
    "DPI-1047",
    "client",
    l10n.t(
      "Oracle Instant Client cannot be loaded from the folder given. It must be for this computer's processor (64 bit), and on Linux the folder has to be in the library path before the program starts",
    ),
  ],
  ["NJS-118", "client", l10n.t("the folder of Instant Client has to be given from the start of a run")],
  [
    "NJS-503 NJS-501 NJS-521 NJS-500 ORA-12537 ORA-12547 ORA-03113",
    "network",
    l10n.t("the server closed the connection; its listener's log says why"),
  ],
];

/** What went wrong while connecting, where, and what to do. */
export function explainOracle(error: unknown, target: OracleTarget): ConnectError {
  const failure = failureOf(error);
  const code = codeOf(failure) ?? "";
  const message = failure.message
    .replace(/\nHelp: https:\S+\s*$/, "")
    // Pages of advice on installing, which is given below for the folder in question.
    .replace(/\.? See https:[\s\S]*$/, "")
    .replace(/\s+/g, " ")
    .trim();
  // A refused connection says so only in its text.
  const refused = /ECONNREFUSED/.test(message)
    ? "NJS-511"
    : /ENOTFOUND|EAI_AGAIN/.test(message)
      ? "NJS-515"
      : code;
  const known = explanations.find(([codes]) => codes.split(" ").includes(refused));
  const advice = known ? `. ${(known[2][0] ?? "").toUpperCase()}${known[2].slice(1)}` : "";
  return new ConnectError(known?.[1] ?? "other", `${describeTarget(target)}: ${message}${advice}`);
}
