import { ConnectError, type ConnectFailure } from "../driver";
import { describeTarget, type SqlServerTarget } from "../target";
import type { Attempt } from "./connect";

const certificateCodes: Readonly<Record<string, string>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: "it is self-signed",
  SELF_SIGNED_CERT_IN_CHAIN: "its authority is not known here",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "its authority is not known here",
  UNABLE_TO_GET_ISSUER_CERT: "its authority is not known here",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "its authority is not known here",
  CERT_HAS_EXPIRED: "it has expired",
  CERT_NOT_YET_VALID: "it is not valid yet",
  CERT_SIGNATURE_FAILURE: "its signature is wrong",
  CERT_REVOKED: "it was revoked",
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
      message:
        "the server does not encrypt connections, so nothing was sent, no password either. Give the server a certificate, or choose an unencrypted connection if you trust everything on the way",
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
      certificate === undefined ? "it is for another name than the server's" : certificateCodes[certificate];
    return {
      failure: "certificate",
      message: `the server's certificate is not accepted: ${why} (${certificate ?? text}). Name the file of its authority's certificate or the name it is for, or choose to trust this server's certificate unchecked`,
    };
  }
  if (codes.includes("EENCRYPT")) {
    return {
      failure: "encryption",
      message: "the server takes encrypted connections only; choose an encrypted one",
    };
  }
  if (codes.includes("ENOTFOUND") || codes.includes("EAI_AGAIN")) {
    return {
      failure: "host",
      message: `no computer is known by the name ${target.server}; check the server's name`,
    };
  }
  if (codes.includes("EINSTLOOKUP")) {
    return {
      failure: "host",
      message: `SQL Server Browser does not tell the port of ${target.instance ?? "the instance"} (${text}). Start it, or give the port instead of the instance`,
    };
  }
  if (codes.includes("ECONNREFUSED")) {
    return {
      failure: "network",
      message: "nothing listens there; check server and port, and that SQL Server takes TCP connections",
    };
  }
  if (codes.includes("ETIMEOUT") || codes.includes("ETIMEDOUT")) {
    return {
      failure: "timeout",
      message: `${text}. The server, or a firewall before it, does not answer; check server and port`,
    };
  }
  if (codes.includes("ESOCKET") || codes.includes("ECONNRESET") || codes.includes("EPIPE")) {
    const tls = /ssl|tls|protocol/i.test(text)
      ? " Servers before SQL Server 2016 need their update for TLS 1.2 to be reached encrypted"
      : " The server closed the connection; its error log says why";
    return { failure: "network", message: `${text}.${tls}` };
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
      message: `the database ${database ?? "(the login's default)"} cannot be opened (Msg ${number}: ${text}). Check its name, that it is online, and that ${user} may use it`,
    };
  }
  if (loginFailed.has(number)) {
    return {
      failure: "login",
      message: `the login was refused (Msg ${number}: ${text}). Check user and password; the server's error log has the exact reason`,
    };
  }
  return { failure: "login", message: `the server refused the connection (Msg ${number}: ${text})` };
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
