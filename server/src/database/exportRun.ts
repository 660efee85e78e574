import { dirname } from "node:path";
import type { RunRequest, ScriptToRun } from "./messages";
import { describeTarget, type OracleTarget, type SqlServerTarget } from "./target";

export type ExportForm = "bat" | "sh";

/** How one of the two shells writes things. */
interface Shell {
  readonly quote: (text: string) => string;
  readonly comment: (text: string) => string;
  /** The value of an environment variable, inside a quoted word. */
  readonly variable: (name: string) => string;
  readonly need: (name: string, what: string) => string;
  readonly stopOnError: readonly string[];
  readonly folder: (path: string) => string;
  readonly head: readonly string[];
  /** Feeds lines to a program. */
  readonly feed: (program: string, lines: readonly string[]) => readonly string[];
  readonly lineEnd: string;
}

const oneLine = (text: string): string => text.replace(/[\r\n]+/g, " ");

const bat: Shell = {
  quote: (text) => `"${oneLine(text).replaceAll("%", "%%").replaceAll('"', '""')}"`,
  comment: (text) => `rem ${oneLine(text).replaceAll("%", "%%")}`,
  variable: (name) => `%${name}%`,
  need: (name, what) => `if not defined ${name} (echo Set ${name} to ${what} first.& exit /b 2)`,
  stopOnError: ["if errorlevel 1 exit /b 1"],
  folder: (path) => `cd /d ${bat.quote(path)} || exit /b 2`,
  head: ["@echo off", "setlocal"],
  feed: (program, lines) => [
    "(",
    ...lines.map((line) => `echo ${line.replace(/[&|<>()^]/g, "^$&")}`),
    `) | ${program}`,
  ],
  lineEnd: "\r\n",
};

const sh: Shell = {
  quote: (text) => `'${oneLine(text).replaceAll("'", "'\\''")}'`,
  comment: (text) => `# ${oneLine(text)}`,
  variable: (name) => `$${name}`,
  need: (name, what) => `: "\${${name}:?Set ${name} to ${what} first.}"`,
  stopOnError: [],
  folder: (path) => `cd ${sh.quote(path)}`,
  head: ["#!/bin/sh", "set -eu"],
  feed: (program, lines) => [`${program} <<END_OF_INPUT`, ...lines.map(hereDocument), "END_OF_INPUT"],
  lineEnd: "\n",
};

/** In a here-document `$` and backquotes mean something; the variable of the password is meant to. */
function hereDocument(line: string): string {
  return line.replace(/[\\`]|\$(?!HW_)/g, "\\$&");
}

/**
 * A run as a batch file or shell script for the official sqlcmd or SQL*Plus: the same scripts, in the same order, one
 * after another. It holds no password: these come from environment variables. How it behaves is the official
 * tools' matter: there is no journal, and nothing resumes.
 */
export function exportRun(request: RunRequest, form: ExportForm): string {
  const shell = form === "bat" ? bat : sh;
  const { target, scripts } = request;
  const lines = [
    ...shell.head,
    shell.comment(`${scripts.length} scripts, in this order, on ${describeTarget(target)}.`),
    shell.comment(
      "Written by Handler Workbench. It holds no password. There is no journal: after an error, look",
    ),
    shell.comment("at what has run before anything is run again."),
    ...(target.kind === "sqlserver"
      ? sqlcmdLines(request, target, shell)
      : sqlplusLines(request, target, shell)),
  ];
  return lines.map((line) => `${line}${shell.lineEnd}`).join("");
}

/** The environment variable for a secret of this name. */
function variableFor(name: string): string {
  return `HW_${name.replace(/\W/g, "_").toUpperCase()}`;
}

function sqlcmdLines(request: RunRequest, target: SqlServerTarget, shell: Shell): string[] {
  const { options, variables, secretVariables, scripts } = request;
  const windows = target.user.includes("\\");
  const lines: string[] = [];
  if (windows)
    lines.push(shell.comment(`sqlcmd -E logs in as the Windows user; run this as ${target.user}.`));
  else lines.push(shell.need("SQLCMDPASSWORD", `the password of ${target.user}`));
  for (const name of secretVariables) lines.push(shell.need(variableFor(name), `the value of ${name}`));
  const port = target.port === undefined ? "" : `,${target.port}`;
  const instance = target.instance === undefined ? "" : `\\${target.instance}`;
  const words = ["sqlcmd", "-S", shell.quote(`${target.server}${instance}${port}`)];
  if (target.database !== undefined) words.push("-d", shell.quote(target.database));
  words.push(...(windows ? ["-E"] : ["-U", shell.quote(target.user)]));
  if (target.encryption !== "none") words.push(target.encryption === "strict" ? "-Ns" : "-N");
  if (target.encryption !== "none" && target.trustServerCertificate) words.push("-C");
  if (options.onError === "exit") words.push("-b");
  if (options.errorSeverity !== undefined) words.push("-V", String(options.errorSeverity));
  if (options.quotedIdentifiers) words.push("-I");
  if (!options.substitution) words.push("-x");
  if (options.batchTimeout > 0) words.push("-t", String(options.batchTimeout));
  words.push("-l", String(options.connectTimeout));
  if (options.terminator !== undefined) words.push("-c", shell.quote(options.terminator));
  const given = [
    ...Object.entries(variables)
      .filter(([name]) => !secretVariables.includes(name))
      .map(([name, value]) => `${name}=${shell.quote(value)}`),
    ...secretVariables.map((name) => `${name}="${shell.variable(variableFor(name))}"`),
  ];
  for (const { path } of scripts) {
    const all = [...words, "-i", shell.quote(path), ...(given.length > 0 ? ["-v", ...given] : [])];
    lines.push(all.join(" "), ...shell.stopOnError);
  }
  return lines;
}

function sqlplusLines(request: RunRequest, target: OracleTarget, shell: Shell): string[] {
  const { secretVariables, scripts } = request;
  const lines = [
    shell.need("HW_DATABASE_PASSWORD", `the password of ${target.user}`),
    ...secretVariables.map((name) => shell.need(variableFor(name), `the value of ${name}`)),
    shell.comment(
      "A password with signs that SQL*Plus or this shell takes for its own has to be typed by hand instead.",
    ),
    shell.comment("Scripts that ask for values take the next lines for answers: run such scripts by hand."),
  ];
  const privilege = target.privilege === undefined ? "" : ` AS ${target.privilege.toUpperCase()}`;
  const password = shell.variable("HW_DATABASE_PASSWORD");
  for (const script of scripts) {
    lines.push(
      shell.folder(dirname(script.path)),
      ...shell.feed("sqlplus -L /nolog", [
        `WHENEVER SQLERROR EXIT 1`,
        `CONNECT ${target.user}/"${password}"@${identifier(target)}${privilege}`,
        `WHENEVER SQLERROR CONTINUE`,
        `@"${script.path}"${argumentsOf(script, secretVariables, shell)}`,
        "EXIT",
      ]),
      ...shell.stopOnError,
    );
  }
  return lines;
}

function argumentsOf(
  { arguments: given = [] }: ScriptToRun,
  secrets: readonly string[],
  shell: Shell,
): string {
  return given
    .map((value, index) => {
      const name = String(index + 1);
      const text = secrets.includes(name) ? shell.variable(variableFor(name)) : oneLine(value);
      return ` "${text}"`;
    })
    .join("");
}

function identifier({ server, port = 1521, database, encryption }: OracleTarget): string {
  if (database === undefined) return server;
  const protocol = encryption === "none" ? "TCP" : "TCPS";
  return `(DESCRIPTION=(ADDRESS=(PROTOCOL=${protocol})(HOST=${server})(PORT=${port}))(CONNECT_DATA=(SERVICE_NAME=${database})))`;
}
