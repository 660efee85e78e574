import { dirname } from "node:path";
import type { Memento } from "vscode";
import type { Dialect, RunOptions, RunRequest, ScriptArgument } from "../../../../server/src/protocol";
import type { Connection } from "../connections/connections";

export interface SpecifiedScript {
  readonly path: string;
  /** What the script takes, in order; undefined where that is not known. */
  readonly arguments?: readonly ScriptArgument[];
}

/** What somebody wants to run, before values are filled in. */
export interface RunSpec {
  readonly title: string;
  readonly connection: Connection;
  readonly scripts: readonly SpecifiedScript[];
  /** Under which the values are remembered: a list or a script. */
  readonly memory: string;
  /** Folder of the run that goes on. */
  readonly resume?: string;
  /** Folders that includes may come from, beside the scripts' own. */
  readonly folders?: readonly string[];
}

/** What is filled in on the preview page, other than secrets. */
export interface RunChoices {
  readonly onError: RunOptions["onError"];
  readonly allowOutside: boolean;
  /** Values by name: of variables, of named arguments. */
  readonly values: Readonly<Record<string, string>>;
  /** The arguments of a SQL*Plus script whose names are not known, as they would stand on the command line. */
  readonly plainArguments: string;
}

export const noChoices: RunChoices = {
  onError: "ignore",
  allowOutside: false,
  values: {},
  plainArguments: "",
};

export function dialectOf({ target }: Connection): Dialect {
  return target.kind === "oracle" ? "sqlplus" : "sqlcmd";
}

/** A variable that is called a password holds one. */
export function soundsSecret(name: string): boolean {
  return /passw|pwd|secret/i.test(name);
}

/** Something to fill in before a run. */
export interface Wanted {
  readonly name: string;
  readonly secret: boolean;
}

/** The named arguments of all scripts, each once. */
export function wantedBy({ scripts }: RunSpec): Wanted[] {
  const found = new Map<string, Wanted>();
  for (const { name, secret } of scripts.flatMap((script) => script.arguments ?? []))
    if (!found.has(name)) found.set(name, { name, secret: secret === true });
  return [...found.values()];
}

/** The name under which the runner takes a secret: that of the variable, for SQL*Plus the argument's number. */
export interface SecretSlot {
  readonly name: string;
  readonly wanted: string;
}

export interface BuiltRequest {
  readonly request: RunRequest;
  readonly secrets: readonly SecretSlot[];
  /** Names that have no value yet. */
  readonly missing: readonly string[];
  /** A script that takes another argument where others take a password: it cannot be in one run with them. */
  readonly mixed?: string;
}

/** The request of a run, as far as values are known. */
export function buildRequest(
  spec: RunSpec,
  { onError, allowOutside, values, plainArguments }: RunChoices,
  runs: string,
  extraSecrets: readonly string[] = [],
): BuiltRequest {
  const { connection, scripts } = spec;
  const dialect = dialectOf(connection);
  const secrets = new Map<string, string>(extraSecrets.map((name) => [name, name]));
  const missing = new Set<string>();
  const variables: Record<string, string> = {};
  const valueOf = (name: string): string => {
    const value = values[name] ?? "";
    if (value === "") missing.add(name);
    return value;
  };
  const plain = splitArguments(plainArguments);
  const toRun = scripts.map(({ path, arguments: wanted }) => {
    if (dialect === "sqlcmd") {
      for (const { name, secret } of wanted ?? []) {
        if (secret) secrets.set(name, name);
        else variables[name] = valueOf(name);
      }
      return { path };
    }
    if (!wanted) return { path, ...(plain.length > 0 && { arguments: plain }) };
    const given = wanted.map(({ name, secret }, index) => {
      const slot = String(index + 1);
      if (secret) secrets.set(slot, name);
      return secret ? "***" : valueOf(name);
    });
    return { path, arguments: given };
  });
  const mixed = dialect === "sqlplus" ? mixedSecrets(scripts, secrets) : undefined;
  for (const [name, value] of dialect === "sqlcmd" ? Object.entries(values) : []) {
    if (!(name in variables) && value !== "" && !secrets.has(name)) variables[name] = value;
  }
  const [first] = scripts;
  const request: RunRequest = {
    dialect,
    target: connection.target,
    scripts: toRun,
    variables,
    secretVariables: [...secrets.keys()],
    runs,
    options: {
      onError,
      quotedIdentifiers: false,
      undefinedVariables: "stop",
      batchTimeout: 0,
      connectTimeout: 30,
      // The grid reads rows where the runner writes them: all are there, and none in memory.
      shownRows: 0,
      rowFiles: true,
      startDirectory: first ? dirname(first.path) : runs,
      folders: spec.folders ?? [],
      allowOutside,
      substitution: true,
      environment: false,
      colonlessCommands: true,
    },
  };
  return {
    request,
    secrets: [...secrets].map(([name, wanted]) => ({ name, wanted })),
    missing: [...missing],
    ...(mixed !== undefined && { mixed }),
  };
}

/** A secret goes by its number, for all scripts of a run: the script that has another value in its place. */
function mixedSecrets(
  scripts: readonly SpecifiedScript[],
  secrets: ReadonlyMap<string, string>,
): string | undefined {
  return scripts.find(({ arguments: wanted = [] }) =>
    wanted.some(({ name }, index) => (secrets.get(String(index + 1)) ?? name) !== name),
  )?.path;
}

/** Words as on a command line; quotation marks keep blanks. */
export function splitArguments(text: string): string[] {
  return [...text.matchAll(/"((?:[^"]|"")*)"|(\S+)/g)].map(([, quoted, bare]) =>
    quoted === undefined ? (bare ?? "") : quoted.replaceAll('""', '"'),
  );
}

const key = "scripts.values";
/** Values of lists and scripts used long ago are forgotten. */
const mostKept = 100;

/** What was filled in before, by list or script. Never a secret. */
export class RememberedChoices {
  constructor(private readonly memory: Memento) {}

  of({ memory }: Pick<RunSpec, "memory">): RunChoices {
    return { ...noChoices, ...this.memory.get<Readonly<Record<string, RunChoices>>>(key, {})[memory] };
  }

  async keep(
    { memory }: Pick<RunSpec, "memory">,
    choices: RunChoices,
    secret: readonly string[],
  ): Promise<void> {
    const { [memory]: _before, ...others } = this.memory.get<Readonly<Record<string, RunChoices>>>(key, {});
    const kept = Object.entries(others).slice(1 - mostKept);
    const values = Object.fromEntries(
      Object.entries(choices.values).filter(([name]) => !secret.includes(name) && !soundsSecret(name)),
    );
    await this.memory.update(key, Object.fromEntries([...kept, [memory, { ...choices, values }]]));
  }
}
