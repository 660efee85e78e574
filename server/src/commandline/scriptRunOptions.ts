import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import type { Decisions, RunOptions, RunRequest } from "../database/messages";
import { parseServer, type Target } from "../database/target";
import { type Io, UsageError } from "./command";
import { checkEncoding, dialectOf, readingSwitches } from "./scriptOptions";

const options = {
  ...readingSwitches,
  server: { type: "string" },
  port: { type: "string" },
  database: { type: "string" },
  user: { type: "string" },
  "password-env": { type: "string" },
  encryption: { type: "string" },
  "trust-server-certificate": { type: "boolean" },
  ca: { type: "string" },
  "certificate-host": { type: "string" },
  as: { type: "string" },
  "client-folder": { type: "string" },
  "config-folder": { type: "string" },
  "wallet-folder": { type: "string" },
  "secret-env": { type: "string", multiple: true },
  "arg-env": { type: "string", multiple: true },
  "on-error": { type: "string" },
  "error-severity": { type: "string" },
  "quoted-identifiers": { type: "boolean" },
  "send-undefined": { type: "boolean" },
  "batch-timeout": { type: "string" },
  "connect-timeout": { type: "string" },
  rows: { type: "string" },
  "row-files": { type: "boolean" },
  runs: { type: "string" },
  "dry-run": { type: "boolean" },
  resume: { type: "boolean" },
  unfinished: { type: "string" },
  "changed-scripts": { type: "boolean" },
  "replay-session": { type: "boolean" },
  "beside-other-run": { type: "boolean" },
  yes: { type: "boolean" },
  json: { type: "boolean" },
} as const;

type Parsed = ReturnType<typeof parseValues>;
type Values = Parsed["values"];

/** The call, understood. */
export interface RunCall {
  readonly request: RunRequest;
  readonly decisions: Decisions;
  readonly passwordVariable: string | undefined;
  /** Secret variables and arguments, each with the environment variable that holds its value. */
  readonly secretVariables: Readonly<Record<string, string>>;
  readonly dryRun: boolean;
  readonly resume: boolean;
  readonly yes: boolean;
  readonly json: boolean;
}

/** Where runs are kept unless --runs says otherwise. */
export function runsFolder(given: string | undefined, io: Io): string {
  return resolve(io.cwd, given ?? join(".handler-workbench", "runs"));
}

export function parseRunCall(args: readonly string[], io: Io): RunCall {
  const { values, positionals, tokens } = parseValues(args);
  const dialect = dialectOf(values.dialect);
  const resume = values.resume ?? false;
  if (positionals.length === 0 && !resume)
    throw new UsageError("name the scripts, in the order in which they are to run");
  const given = argumentsOf(tokens);
  const secretVariables = { ...pairs("--secret-env", values["secret-env"] ?? []), ...given.environment };
  const variables = pairs("-v", values.variable ?? []);
  for (const name of Object.keys(variables)) {
    if (/passw|pwd|secret/i.test(name)) {
      throw new UsageError(
        `-v ${name}: a password on a command line can be seen by others; put it into an environment variable and give --secret-env ${name}=THAT_VARIABLE`,
      );
    }
  }
  if (dialect === "sqlcmd" && given.arguments.length > 0)
    throw new UsageError("--arg and --arg-env are for sqlplus scripts; sqlcmd takes -v NAME=VALUE");
  const unfinished = oneOf("--unfinished", values.unfinished, ["rerun", "skip"]);
  return {
    request: {
      dialect,
      target: targetOf(dialect, values, io),
      scripts: positionals.map((file) => ({
        path: resolve(io.cwd, file),
        ...(given.arguments.length > 0 && {
          arguments: given.arguments,
          secretArguments: given.secretArguments,
        }),
      })),
      variables,
      secretVariables: Object.keys(secretVariables),
      options: runOptions(dialect, values, io),
      runs: runsFolder(values.runs, io),
    },
    decisions: {
      ...(unfinished && { unfinished }),
      changedScripts: values["changed-scripts"] ?? false,
      replaySession: values["replay-session"] ?? false,
      besideOtherRun: values["beside-other-run"] ?? false,
    },
    passwordVariable: values["password-env"],
    secretVariables,
    dryRun: values["dry-run"] ?? false,
    resume,
    yes: values.yes ?? false,
    json: values.json ?? false,
  };
}

function parseValues(args: readonly string[]) {
  return parseArgs({ args: [...args], allowPositionals: true, options, tokens: true });
}

/** `&1`, `&2`... in the order in which they are given; those from the environment are secrets. */
function argumentsOf(tokens: Parsed["tokens"]) {
  const given: string[] = [];
  const secretArguments: Record<string, string> = {};
  const environment: Record<string, string> = {};
  for (const token of tokens) {
    if (token.kind !== "option" || (token.name !== "arg" && token.name !== "arg-env")) continue;
    given.push(token.name === "arg" ? token.value : "");
    if (token.name === "arg") continue;
    const name = `argument ${given.length}`;
    secretArguments[given.length] = name;
    environment[name] = token.value;
  }
  return { arguments: given, secretArguments, environment };
}

function targetOf(dialect: "sqlcmd" | "sqlplus", values: Values, io: Io): Target {
  const { server, user, database } = values;
  if (server === undefined) throw new UsageError("--server is missing");
  if (user === undefined)
    throw new UsageError("--user is missing; logging in as the Windows user of this session is not possible");
  const port = values.port === undefined ? undefined : wholeNumber("--port", values.port, 1, 65535);
  const encryption = oneOf("--encryption", values.encryption, ["required", "strict", "none"]) ?? "required";
  const trustServerCertificate = values["trust-server-certificate"] ?? false;
  if (trustServerCertificate && encryption !== "required") {
    throw new UsageError(`--trust-server-certificate has no meaning with --encryption ${encryption}`);
  }
  const common = {
    user,
    encryption,
    trustServerCertificate,
    ...(database !== undefined && { database }),
    ...(values.ca !== undefined && { caFile: resolve(io.cwd, values.ca) }),
    ...(values["certificate-host"] !== undefined && { certificateHost: values["certificate-host"] }),
  };
  const folders = {
    clientFolder: values["client-folder"],
    configFolder: values["config-folder"],
    walletFolder: values["wallet-folder"],
  };
  if (dialect === "sqlcmd") {
    const wrong = Object.entries({ ...folders, as: values.as }).find(([, value]) => value !== undefined);
    if (wrong)
      throw new UsageError("--as, --client-folder, --config-folder and --wallet-folder are for sqlplus");
    const parsed = parseServer(server);
    if (typeof parsed === "string") throw new UsageError(parsed);
    if (port !== undefined && parsed.instance !== undefined) {
      throw new UsageError("give an instance or a port, not both: with the port the instance is known");
    }
    return { kind: "sqlserver", ...parsed, ...(port !== undefined && { port }), ...common };
  }
  const given = Object.entries(folders).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, resolve(io.cwd, value)]],
  );
  return {
    kind: "oracle",
    server,
    ...(port !== undefined && { port }),
    ...common,
    ...(values.as !== undefined && { privilege: values.as }),
    ...(Object.fromEntries(given) as Partial<Record<keyof typeof folders, string>>),
  };
}

function runOptions(dialect: "sqlcmd" | "sqlplus", values: Values, io: Io): RunOptions {
  checkEncoding(values.encoding);
  const onError = oneOf("--on-error", values["on-error"], ["exit", "ignore"]);
  const severity = values["error-severity"];
  if (dialect === "sqlplus" && (onError !== undefined || severity !== undefined)) {
    throw new UsageError(
      "--on-error and --error-severity are sqlcmd's -b and -V; in SQL*Plus scripts WHENEVER says it",
    );
  }
  return {
    onError: onError ?? "ignore",
    ...(severity !== undefined && { errorSeverity: wholeNumber("--error-severity", severity, 0, 25) }),
    quotedIdentifiers: values["quoted-identifiers"] ?? false,
    undefinedVariables: values["send-undefined"] ? "send" : "stop",
    batchTimeout: wholeNumber("--batch-timeout", values["batch-timeout"] ?? "0", 0, 2_000_000),
    connectTimeout: wholeNumber("--connect-timeout", values["connect-timeout"] ?? "30", 1, 3600),
    shownRows: wholeNumber("--rows", values.rows ?? "100", 0, 1_000_000),
    rowFiles: values["row-files"] ?? false,
    startDirectory: io.cwd,
    folders: (values["allow-folder"] ?? []).map((folder) => resolve(io.cwd, folder)),
    allowOutside: values["allow-outside"] ?? false,
    ...(values.encoding !== undefined && { encoding: values.encoding }),
    substitution: !values["no-substitution"],
    environment: !values["no-environment"],
    ...(values.terminator !== undefined && { terminator: values.terminator }),
    colonlessCommands: !values.ssms,
  };
}

function oneOf<T extends string>(
  option: string,
  value: string | undefined,
  allowed: readonly T[],
): T | undefined {
  if (value === undefined || allowed.includes(value as T)) return value as T | undefined;
  throw new UsageError(`${option} is ${allowed.join(" or ")}, not '${value}'`);
}

function wholeNumber(option: string, value: string, least: number, most: number): number {
  const number = Number(value);
  if (!/^\d+$/.test(value) || number < least || number > most) {
    throw new UsageError(`${option} takes a whole number from ${least} to ${most}, not '${value}'`);
  }
  return number;
}

function pairs(option: string, given: readonly string[]): Record<string, string> {
  const found: Record<string, string> = {};
  for (const each of given) {
    const at = each.indexOf("=");
    if (at < 1) throw new UsageError(`${option} takes NAME=VALUE, not '${each.slice(0, 40)}'`);
    found[each.slice(0, at)] = each.slice(at + 1);
  }
  return found;
}
