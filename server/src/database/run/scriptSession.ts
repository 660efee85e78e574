import type { ReadOptions } from "../../scripts/reading";
import { SqlcmdSession } from "../../scripts/sqlcmd/session";
import { type Ask, SqlplusSession } from "../../scripts/sqlplus/session";
import type { RunRequest, ScriptToRun } from "../messages";

export interface SessionParts {
  readonly request: RunRequest;
  readonly script: ScriptToRun;
  /** Values of the secret variables; where they do not matter, anything. */
  readonly secrets: Readonly<Record<string, string>>;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Variables and settings with which a sqlcmd script starts. */
export function sqlcmdSession({ request, secrets, environment }: SessionParts): SqlcmdSession {
  const { variables, secretVariables, target, options } = request;
  const session = new SqlcmdSession({
    variables: { ...variables, ...secrets },
    secrets: secretVariables,
    environment: options.environment ? environment : {},
    substitution: options.substitution,
    colonlessCommands: options.colonlessCommands,
    ...(options.terminator !== undefined && { terminator: options.terminator }),
  });
  session.set("SQLCMDSERVER", target.server);
  session.set("SQLCMDUSER", target.user);
  session.set("SQLCMDDBNAME", target.database ?? "");
  return session;
}

/** Variables and settings with which a SQL*Plus script starts. */
export function sqlplusSession({ request, script, secrets }: SessionParts, ask: Ask): SqlplusSession {
  const { variables, secretVariables, target, options } = request;
  const session = new SqlplusSession({
    variables: { ...variables, ...secrets },
    secrets: secretVariables,
    arguments: script.arguments ?? [],
    ask,
  });
  for (const [position, name] of Object.entries(script.secretArguments ?? {})) {
    session.hide(position);
    const value = secrets[name];
    if (value !== undefined) session.set(position, value);
  }
  session.set("_user", target.user.toUpperCase());
  session.set("_connect_identifier", target.database ?? target.server);
  session.set(
    "_privilege",
    target.kind === "oracle" && target.privilege ? `AS ${target.privilege.toUpperCase()}` : "",
  );
  if (!options.substitution) session.settings.define = undefined;
  return session;
}

/** How the scripts of a run are read. */
export function readOptions({ options }: RunRequest): ReadOptions {
  return {
    startDirectory: options.startDirectory,
    folders: options.folders,
    allowOutside: options.allowOutside,
    ...(options.encoding !== undefined && { fallbackEncoding: options.encoding }),
  };
}
