import * as l10n from "@vscode/l10n";
import { ConnectError, type ConnectFailure } from "../driver";
import { describeTarget, type SqlServerTarget } from "../target";
import type { Attempt } from "./connect";

const certificateCodes: Readonly<Record<string, string>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: l10n.t("it is self-signed"),
  SELF_SIGNED_CERT_IN_CHAIN: l10n.t("its authority is not known here"),
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: l10n.t("its authority is not known here"),
  UNABLE_TO_GET_ISSUER_CERT: l10n.t("its authority is not known here"),
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: l10n.t("its authority is not known here"),
  CERT_HAS_EXPIRED: l10n.t("it has expired"),
  CERT_NOT_YET_VALID: l10n.t("it is not valid yet"),
  CERT_SIGNATURE_FAILURE: l10n.t("its signature is wrong"),
  CERT_REVOKED: l10n.t("it was revoked"),
};

/** SQL Server's "Database Engine events and errors". */
const cannotOpenDatabase = new Set([4060, 4063, 4064, 911]);
const loginFailed = new Set([18456, 18452, 18450, 18470, 18486, 18487, 18488]);

/** What went wrong while connecting, where, and what to do. */
export function explainConnect(error: unknown, target: SqlServerTarget, attempt: Attempt): ConnectError {
  const { failure, message } = explanation(error, target, attempt);
  return new ConnectError(failure, `${describeTarget(target)}: ${message}`);
}

function explanation(
  error: unknown,
  target: SqlServerTarget,
  { messages, refused }: Attempt,
): { failure: ConnectFailure; message: string } {
  if (refused) {
    return {
      failure: "encryption",
      message: l10n.t(
        "the server does not encrypt connections, so nothing was sent, no password either. Give the server a certificate, or choose an unencrypted connection if you trust everything on the way",
      ),
    };
  }
  if (error instanceof ConnectError) return error;
  const refusal = messages.find(({ number }) => cannotOpenDatabase.has(number)) ?? messages[0];
  if (refusal) return explainRefusal(refusal.number, refusal.message, target);
  const codes = codesOf(error);
  const text = textOf(error);
  const certificate = codes.find((code) => Object.hasOwn(certificateCodes, code));
  if (certificate !== undefined || codes.includes("ERR_TLS_CERT_ALTNAME_INVALID")) {
    const why =
      certificate === undefined
        ? l10n.t("it is for another name than the server's")
        : certificateCodes[certificate];
    return {
      failure: "certificate",
      message: l10n.t(
        "the server's certificate is not accepted: {0} ({1}). Name the file of its authority's certificate or the name it is for, or choose to trust this server's certificate unchecked",
        why ?? "",
        certificate ?? text,
      ),
    };
  }
  if (codes.includes("EENCRYPT")) {
    return {
      failure: "encryption",
      message: l10n.t("the server takes encrypted connections only; choose an encrypted one"),
    };
  }
  if (codes.includes("ENOTFOUND") || codes.includes("EAI_AGAIN")) {
    return {
      failure: "host",
      message: l10n.t("no computer is known by the name {0}; check the server's name", target.server),
    };
  }
  if (codes.includes("EINSTLOOKUP")) {
    return {
      failure: "host",
      message: l10n.t(
        "SQL Server Browser does not tell the port of {0} ({1}). Start it, or give the port instead of the instance",
        target.instance ?? l10n.t("the instance"),
        text,
      ),
    };
  }
  if (codes.includes("ECONNREFUSED")) {
    return {
      failure: "network",
      message: l10n.t(
        "nothing listens there; check server and port, and that SQL Server takes TCP connections",
      ),
    };
  }
  if (codes.includes("ETIMEOUT") || codes.includes("ETIMEDOUT")) {
    return {
      failure: "timeout",
      message: l10n.t(
        "{0}. The server, or a firewall before it, does not answer; check server and port",
        text,
      ),
    };
  }
  if (codes.includes("ESOCKET") || codes.includes("ECONNRESET") || codes.includes("EPIPE")) {
    const tls = /ssl|tls|protocol/i.test(text)
      ? l10n.t("Servers before SQL Server 2016 need their update for TLS 1.2 to be reached encrypted")
      : l10n.t("The server closed the connection; its error log says why");
    return { failure: "network", message: `${text}. ${tls}` };
  }
  return { failure: "other", message: text };
}

function explainRefusal(
  number: number,
  text: string,
  { database, user }: SqlServerTarget,
): { failure: ConnectFailure; message: string } {
  if (cannotOpenDatabase.has(number)) {
    return {
      failure: "database",
      message: l10n.t(
        "the database {0} cannot be opened (Msg {1}: {2}). Check its name, that it is online, and that {3} may use it",
        database ?? l10n.t("(the login's default)"),
        number,
        text,
        user,
      ),
    };
  }
  if (loginFailed.has(number)) {
    return {
      failure: "login",
      message: l10n.t(
        "the login was refused (Msg {0}: {1}). Check user and password; the server's error log has the exact reason",
        number,
        text,
      ),
    };
  }
  return {
    failure: "login",
    message: l10n.t("the server refused the connection (Msg {0}: {1})", number, text),
  };
}

/** The codes of an error, its causes and its parts. */
function codesOf(error: unknown): string[] {
  const codes: string[] = [];
  const waiting: unknown[] = [error];
  for (let next = waiting.pop(); next !== undefined && codes.length < 20; next = waiting.pop()) {
    if (typeof next !== "object" || next === null) continue;
    const { code, cause, errors } = next as { code?: unknown; cause?: unknown; errors?: unknown };
    if (typeof code === "string") codes.push(code);
    if (cause !== undefined) waiting.push(cause);
    if (Array.isArray(errors)) waiting.push(...(errors as unknown[]));
  }
  return codes;
}

function textOf(error: unknown): string {
  if (error instanceof AggregateError && error.message === "") return error.errors.map(textOf).join("; ");
  return error instanceof Error ? error.message : String(error);
}
