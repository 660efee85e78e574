import { basename, dirname } from "node:path";
import type { Memento } from "vscode";
import type {
  Dialect,
  FoundArguments,
  RunOptions,
  RunRequest,
  ScriptArgument,
  ScriptPlace,
  ScriptToRun,
} from "../../../../server/src/protocol";
import type { Connection } from "../connections/connections";

/** A value that is asked for. */
export interface AskedArgument extends ScriptArgument {
  /**
   * What it means is not known: it may stay empty, whoever fills it in says whether it is a secret, and it is not
   * remembered.
   */
  readonly unknown?: true;
}

/** A value that is known, but for what stands as `%NAME%` in it: that is asked for. */
export interface GivenArgument {
  readonly given: string;
}

export type SpecifiedArgument = AskedArgument | GivenArgument;

export interface SpecifiedScript {
  readonly path: string;
  /** What the script takes, in order; undefined as long as that is not known. */
  readonly arguments?: readonly SpecifiedArgument[];
}

/** What a batch file says of a variable. */
export interface GivenValue {
  readonly name: string;
  /** Undefined where it is not taken over: it is not the same for all scripts, or only the batch file knows it. */
  readonly value?: string;
  readonly refused?: "differs" | "unknown";
  /** Path of the batch file, and where in it the variable gets a value first. */
  readonly place: ScriptPlace;
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
  /** For sqlcmd. What is filled in wins. */
  readonly given?: readonly GivenValue[];
}

/** What is filled in on the preview page, other than secrets. */
export interface RunChoices {
  readonly onError: RunOptions["onError"];
  readonly allowOutside: boolean;
  /** Values by name: of variables, of named arguments. */
  readonly values: Readonly<Record<string, string>>;
  /** Names of arguments whose meaning is not known that are secrets. */
  readonly hidden: readonly string[];
}

export const noChoices: RunChoices = {
  onError: "ignore",
  allowOutside: false,
  values: {},
  hidden: [],
};

export function dialectOf({ target }: Connection): Dialect {
  return target.kind === "oracle" ? "sqlplus" : "sqlcmd";
}

export function givenFor({ given = [] }: Pick<RunSpec, "given">, name: string): GivenValue | undefined {
  return given.find((each) => sameVariable(each.name, name));
}

/** What was filled in for a variable. */
export function filledFor({ values }: Pick<RunChoices, "values">, name: string): string | undefined {
  return values[name] ?? Object.entries(values).find(([each]) => sameVariable(each, name))?.[1];
}

/** sqlcmd does not tell upper from lower case in names of variables. */
export function sameVariable(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

/** A variable that is called a password holds one. */
export function soundsSecret(name: string): boolean {
  return /passw|pwd|secret/i.test(name);
}

/** Something to fill in before a run. */
export interface Wanted {
  readonly name: string;
  /** What people read for the name. */
  readonly title?: string;
  readonly secret: boolean;
  readonly unknown?: true;
}

/** What is to be filled in for all scripts, each name once. */
export function wantedBy({ scripts }: RunSpec): Wanted[] {
  const found = new Map<string, Wanted>();
  for (const wanted of scripts.flatMap((script) => script.arguments ?? []).flatMap(wantedFor))
    if (!found.has(wanted.name)) found.set(wanted.name, wanted);
  return [...found.values()];
}

function wantedFor(argument: SpecifiedArgument): Wanted[] {
  if (!("given" in argument)) {
    const { name, title, secret, unknown } = argument;
    return [
      { name, ...(title !== undefined && { title }), secret: secret === true, ...(unknown && { unknown }) },
    ];
  }
  const names = argument.given.match(placeholder) ?? [];
  // A secret is known to the runner as a whole argument.
  if (names.some(soundsSecret)) return [{ name: argument.given, secret: true }];
  return names.map((name) => ({ name, secret: false }));
}

/** What people read for the names of values. */
export function titlesOf(wanted: readonly Wanted[]): (name: string) => string {
  return (name) => wanted.find((each) => each.name === name)?.title ?? name;
}

/** A variable of a batch file that has its value from somewhere else. */
const placeholder = /%[^%\s]+%/g;

/** Names the arguments that were found for the scripts that have none yet; both lists are in the order of the scripts. */
export function withArguments(spec: RunSpec, found: readonly FoundArguments[]): RunSpec {
  const scripts = spec.scripts.map((script, index): SpecifiedScript => {
    const { listed, used = [] } = found[index] ?? {};
    if (script.arguments || spec.scripts.length !== found.length) return script;
    if (listed) return { ...script, arguments: listed };
    const before = spec.scripts.length > 1 ? `${index + 1}. ${basename(script.path)} ` : "";
    return {
      ...script,
      arguments: used.map(({ secret }, place) => ({
        name: `${before}&${place + 1}`,
        ...(secret ? { secret } : { unknown: true as const }),
      })),
    };
  });
  return { ...spec, scripts };
}

export interface BuiltRequest {
  readonly request: RunRequest;
  /** Names of the secrets that the start of the run has to bring. */
  readonly secrets: readonly string[];
  /** Names that have no value yet. */
  readonly missing: readonly string[];
}

/** The request of a run, as far as values are known. */
export function buildRequest(
  spec: RunSpec,
  choices: RunChoices,
  runs: string,
  extraSecrets: readonly string[] = [],
): BuiltRequest {
  const { connection, scripts } = spec;
  const { onError, allowOutside, values } = choices;
  const dialect = dialectOf(connection);
  const secrets = new Set(extraSecrets);
  const missing = new Set<string>();
  const variables: Record<string, string> = {};
  const toRun = scripts.map(({ path, arguments: wanted = [] }): ScriptToRun => {
    if (dialect === "sqlcmd") {
      for (const { name, secret } of wanted.flatMap(wantedFor)) {
        if (secret) secrets.add(name);
        else variables[name] = filledIn(name, values, missing);
      }
      return { path };
    }
    return { path, ...argumentsOf(wanted, choices, secrets, missing) };
  });
  for (const [name, value] of dialect === "sqlcmd" ? Object.entries(values) : []) {
    if (!(name in variables) && value !== "" && !secrets.has(name)) variables[name] = value;
  }
  for (const { name, value } of dialect === "sqlcmd" ? (spec.given ?? []) : []) {
    const known = [...Object.keys(variables), ...secrets].some((each) => sameVariable(each, name));
    if (value !== undefined && !known) variables[name] = value;
  }
  const [first] = scripts;
  const request: RunRequest = {
    dialect,
    target: connection.target,
    scripts: toRun,
    variables,
    secretVariables: [...secrets],
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
  return { request, secrets: [...secrets], missing: [...missing] };
}

function filledIn(name: string, values: RunChoices["values"], missing: Set<string>): string {
  const value = values[name] ?? "";
  if (value === "") missing.add(name);
  return value;
}

/** `&1`, `&2`... of one script. Of a secret the request has the place and the name only. */
function argumentsOf(
  wanted: readonly SpecifiedArgument[],
  { values, hidden }: RunChoices,
  secrets: Set<string>,
  missing: Set<string>,
): Pick<ScriptToRun, "arguments" | "secretArguments"> {
  const secretArguments: Record<string, string> = {};
  const given: string[] = [];
  for (const [index, argument] of wanted.entries()) {
    const secret = wantedFor(argument).find(
      (each) => each.secret || (each.unknown && hidden.includes(each.name)),
    );
    if (secret) {
      secrets.add(secret.name);
      secretArguments[index + 1] = secret.name;
      given.push("***");
    } else if ("given" in argument) {
      given.push(argument.given.replace(placeholder, (name) => filledIn(name, values, missing)));
    } else if (argument.unknown) given.push(values[argument.name] ?? "");
    else given.push(filledIn(argument.name, values, missing));
  }
  // What nobody has filled in at the end is not given: if the script needs it, it asks.
  while (given.length > 0 && given[given.length - 1] === "" && isUnknown(wanted[given.length - 1]))
    given.pop();
  if (given.length === 0) return {};
  return { arguments: given, ...(Object.keys(secretArguments).length > 0 && { secretArguments }) };
}

function isUnknown(argument: SpecifiedArgument | undefined): boolean {
  return argument !== undefined && "unknown" in argument;
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

  /** Keeps what was filled in, without secrets, and without arguments of which nobody knows what they are. */
  async keep(spec: RunSpec, choices: RunChoices, secret: readonly string[]): Promise<void> {
    const { [spec.memory]: _before, ...others } = this.memory.get<Readonly<Record<string, RunChoices>>>(
      key,
      {},
    );
    const kept = Object.entries(others).slice(1 - mostKept);
    const left = new Set(secret);
    for (const { name, unknown, secret: isSecret } of wantedBy(spec)) if (unknown || isSecret) left.add(name);
    const values = Object.fromEntries(
      Object.entries(choices.values).filter(([name]) => !left.has(name) && !soundsSecret(name)),
    );
    await this.memory.update(key, Object.fromEntries([...kept, [spec.memory, { ...choices, values }]]));
  }
}
