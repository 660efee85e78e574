import { posix, win32 } from "node:path";
import type { RunRequest, ScriptToRun } from "./messages";
import { describeTarget, type OracleTarget, type SqlServerTarget } from "./target";

export type ExportForm = "bat" | "sh";

/** A file of an export; all of them belong into one folder. */
export interface ExportedFile {
  readonly name: string;
  readonly text: string;
}

/** What SQL*Plus is to do: its lines, and the secrets among its variables with their environment variables. */
interface PlusInput {
  readonly secrets: readonly { readonly name: string; readonly variable: string }[];
  readonly defines: readonly string[];
  readonly lines: readonly string[];
}

/** How one of the two shells writes things. */
interface Shell {
  readonly quote: (text: string) => string;
  readonly comment: (text: string) => string;
  readonly need: (name: string, what: string) => string;
  /** Gives a variable of sqlcmd the value of an environment variable, in lines before the call and words in front of it. */
  readonly hand: (name: string, variable: string) => { readonly line?: string; readonly words?: string[] };
  /** Around a call that is to have this folder as its current one; ends the file when the call fails. */
  readonly inFolder: (path: string, call: readonly string[]) => readonly string[];
  readonly head: readonly string[];
  /** Starts SQL*Plus; what the shell cannot give it on its input goes to a file of this name. */
  readonly sqlplus: (input: PlusInput, file: string) => { readonly call: string[]; readonly file?: string[] };
  readonly lineEnd: string;
}

const oneLine = (text: string): string => text.replace(/[\r\n]+/g, " ");

const bat: Shell = {
  quote: (text) => `"${oneLine(text).replaceAll("%", "%%").replaceAll('"', '""')}"`,
  comment: (text) => `rem ${oneLine(text).replaceAll("%", "%%")}`,
  need: (name, what) => `if not defined ${name} (echo Set ${name} to ${what} first.& exit /b 2)`,
  hand: (name, variable) => ({ line: `set "${name}=%${variable}%"` }),
  // Not cd: that cannot go to \\server\share.
  inFolder: (path, call) => [
    `pushd ${bat.quote(folderOf(path))} || exit /b 2`,
    ...call,
    "if not %errorlevel%==0 exit /b 1",
    "popd",
  ],
  // %~dp0 means something else after a change of the folder.
  head: ["@echo off", "setlocal DisableDelayedExpansion", 'set "EXPORT_FOLDER=%~dp0"'],
  // cmd would read lines for echo in its own way, and twice in a pipe; it reads nothing in what !NAME! gives.
  sqlplus: ({ secrets, defines, lines }, file) => ({
    call: [
      `cmd /d /v:on /s /c "${secrets.map(({ variable }) => `(echo(!${variable}!)`).join("&")}"` +
        `| sqlplus -L /nolog @"%EXPORT_FOLDER%${file.replaceAll("%", "%%")}"`,
    ],
    file: [
      "SET DEFINE OFF",
      ...defines,
      "SET DEFINE ON",
      ...secrets.map(({ name }) => `ACCEPT ${name} CHAR NOPROMPT`),
      ...lines,
    ],
  }),
  lineEnd: "\r\n",
};

const sh: Shell = {
  quote: (text) => `'${oneLine(text).replaceAll("'", "'\\''")}'`,
  comment: (text) => `# ${oneLine(text)}`,
  need: (name, what) => `: "\${${name}:?Set ${name} to ${what} first.}"`,
  hand: (name, variable) =>
    // sqlcmd takes names that a shell does not.
    /^[A-Za-z_]\w*$/.test(name)
      ? { line: `export ${name}="$${variable}"` }
      : { words: [`${name}="$${variable}"`] },
  inFolder: (path, call) => [`cd ${sh.quote(folderOf(path))}`, ...call],
  head: ["#!/bin/sh", "set -eu"],
  sqlplus: ({ secrets, defines, lines }) => ({
    call: [
      "sqlplus -L /nolog <<END_OF_INPUT",
      "SET DEFINE OFF",
      ...defines.map(hereDocument),
      ...secrets.map(({ name, variable }) => `DEFINE ${name} = "$${variable}"`),
      "SET DEFINE ON",
      ...lines.map(hereDocument),
      "END_OF_INPUT",
    ],
  }),
  lineEnd: "\n",
};

function hereDocument(line: string): string {
  return line.replace(/[\\`$]/g, "\\$&");
}

/** The folder of a script, on whichever system the run was. */
function folderOf(path: string): string {
  return (/^(?:[a-z]:|\\\\)/i.test(path) ? win32 : posix).dirname(path);
}

/**
 * A run as a batch file or shell script for the official sqlcmd or SQL*Plus: the same scripts, in the same order, one
 * after another. It holds no password: these come from environment variables. How it behaves is the official
 * tools' matter: there is no journal, and nothing resumes. The first file is the one to start, and has the `name`; a
 * batch file for SQL*Plus needs a small SQL*Plus file for each script beside it.
 */
export function exportRun(request: RunRequest, form: ExportForm, name: string): ExportedFile[] {
  const shell = form === "bat" ? bat : sh;
  const { target, scripts } = request;
  const text = (lines: readonly string[]): string => lines.map((line) => `${line}${shell.lineEnd}`).join("");
  const { lines, files } =
    target.kind === "sqlserver"
      ? { lines: sqlcmdLines(request, target, shell), files: [] }
      : sqlplusLines(request, target, shell, name.replace(/\.[^.]*$/, ""));
  const head = [
    ...shell.head,
    shell.comment(`${scripts.length} scripts, in this order, on ${describeTarget(target)}.`),
    shell.comment(
      "Written by Handler Workbench. It holds no password. There is no journal: after an error, look",
    ),
    shell.comment("at what has run before anything is run again."),
  ];
  return [
    { name, text: text([...head, ...lines]) },
    ...files.map((file) => ({ name: file.name, text: text(file.lines) })),
  ];
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
  const given = Object.entries(variables)
    .filter(([name]) => !secretVariables.includes(name))
    .map(([name, value]) => `${name}=${shell.quote(value)}`);
  // sqlcmd looks for variables in the environment too; what is on a command line can be read by everybody.
  const handed = secretVariables.map((name) => shell.hand(name, variableFor(name)));
  lines.push(...handed.flatMap(({ line }) => line ?? []));
  const before = handed.flatMap(({ words: more = [] }) => more);
  const start = before.length > 0 ? ["env", ...before] : [];
  for (const { path } of scripts) {
    const call = [...start, ...words, "-i", shell.quote(path), ...(given.length > 0 ? ["-v", ...given] : [])];
    lines.push(...shell.inFolder(path, [call.join(" ")]));
  }
  return lines;
}

function sqlplusLines(
  { secretVariables, scripts }: RunRequest,
  target: OracleTarget,
  shell: Shell,
  base: string,
): { lines: string[]; files: { name: string; lines: string[] }[] } {
  const lines = [
    shell.need("HW_DATABASE_PASSWORD", `the password of ${target.user}`),
    ...secretVariables.map((name) => shell.need(variableFor(name), `the value of ${name}`)),
    shell.comment("A password with a double quote has to be typed by hand instead."),
    shell.comment(
      "Scripts that ask for values take the lines for SQL*Plus for answers: run such scripts by hand.",
    ),
  ];
  const files: { name: string; lines: string[] }[] = [];
  for (const [index, script] of scripts.entries()) {
    const name = `${base}.${index + 1}.sql`;
    const { call, file } = shell.sqlplus(plusInput(script, target, secretVariables), name);
    lines.push(...shell.inFolder(script.path, call));
    if (file) files.push({ name, lines: file });
  }
  return { lines, files };
}

/** Values are defined while `&` means nothing; what comes from a variable is not looked through for `&` again. */
function plusInput(
  { path, arguments: given = [] }: ScriptToRun,
  target: OracleTarget,
  secretNames: readonly string[],
): PlusInput {
  const privilege = target.privilege === undefined ? "" : ` AS ${target.privilege.toUpperCase()}`;
  const values = given.map((value, index) => ({
    name: `hw_${index + 1}`,
    value,
    secret: secretNames.includes(String(index + 1)),
  }));
  const quoteOf = (value: string): string => (value.includes('"') ? "'" : '"');
  const define = (name: string, value: string): string => {
    const quote = quoteOf(value);
    return `DEFINE ${name} = ${quote}${oneLine(value).replaceAll(quote, quote + quote)}${quote}`;
  };
  return {
    secrets: [
      { name: "hw_password", variable: "HW_DATABASE_PASSWORD" },
      ...values.flatMap(({ name, secret }, index) =>
        secret ? { name, variable: variableFor(String(index + 1)) } : [],
      ),
    ],
    defines: [
      define("hw_script", path),
      ...values.flatMap(({ name, value, secret }) => (secret ? [] : define(name, value))),
    ],
    lines: [
      "WHENEVER OSERROR EXIT 1",
      "WHENEVER SQLERROR EXIT 1",
      `CONNECT ${target.user}/"&hw_password"@${identifier(target)}${privilege}`,
      "UNDEFINE hw_password",
      "WHENEVER SQLERROR CONTINUE",
      [
        '@"&hw_script"',
        ...values.map(({ name, value, secret }) => {
          const quote = secret ? '"' : quoteOf(value);
          return `${quote}&${name}${quote}`;
        }),
      ].join(" "),
      "EXIT",
    ],
  };
}

function identifier({ server, port = 1521, database, encryption }: OracleTarget): string {
  if (database === undefined) return server;
  const protocol = encryption === "none" ? "TCP" : "TCPS";
  return `(DESCRIPTION=(ADDRESS=(PROTOCOL=${protocol})(HOST=${server})(PORT=${port}))(CONNECT_DATA=(SERVICE_NAME=${database})))`;
}
