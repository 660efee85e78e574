import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ConnectOracle } from "../../../server/src/database/driver";
import { type History, readHistory } from "../../../server/src/database/journal/history";
import type { JournalRecord } from "../../../server/src/database/journal/records";
import type { Journal } from "../../../server/src/database/journal/writer";
import { TargetLock } from "../../../server/src/database/lock";
import type {
  Decisions,
  RunEvent,
  RunOptions,
  RunRequest,
  RunResult,
  Survey,
} from "../../../server/src/database/messages";
import type { OracleSession } from "../../../server/src/database/oracle/session";
import { Cancellation } from "../../../server/src/database/run/cancellation";
import type { EventSink } from "../../../server/src/database/run/output";
import { run } from "../../../server/src/database/run/run";
import { survey } from "../../../server/src/database/run/survey";
import { connectSqlServer } from "../../../server/src/database/sqlServer/connect";
import type { OracleTarget, SqlServerTarget, Target } from "../../../server/src/database/target";
import type { Dialect } from "../../../server/src/scripts/items";
import type { Question } from "../../../server/src/scripts/sqlplus/session";
import type { TdsServer } from "../../tds/server";
import { authorityFile } from "../../tds/tls";

export const password = "correct horse";

/** A folder for scripts and runs, gone afterwards. */
export class Workplace implements Disposable {
  readonly folder = mkdtempSync(join(tmpdir(), "hw-run-"));

  /** Writes a script; returns its path. */
  script(name: string, text: string): string {
    const path = join(this.folder, name);
    writeFileSync(path, text);
    return path;
  }

  get runs(): string {
    return join(this.folder, "runs");
  }

  [Symbol.dispose](): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

export function sqlServerTarget(server: TdsServer): SqlServerTarget {
  return {
    kind: "sqlserver",
    server: "localhost",
    port: server.port,
    database: "I3_IC",
    user: "sa",
    encryption: "required",
    trustServerCertificate: false,
    caFile: authorityFile,
  };
}

export const oracleTarget: OracleTarget = {
  kind: "oracle",
  server: "db.example.test",
  database: "CIC",
  user: "cic_admin",
  encryption: "none",
  trustServerCertificate: false,
};

export function requestFor(
  workplace: Workplace,
  target: Target,
  scripts: readonly string[],
  more: Partial<Omit<RunRequest, "options">> & { readonly options?: Partial<RunOptions> } = {},
): RunRequest {
  const dialect: Dialect = target.kind === "oracle" ? "sqlplus" : "sqlcmd";
  return {
    dialect,
    target,
    scripts: scripts.map((path) => ({ path })),
    variables: {},
    secretVariables: [],
    runs: workplace.runs,
    ...more,
    options: {
      onError: "ignore",
      quotedIdentifiers: false,
      undefinedVariables: "stop",
      batchTimeout: 0,
      connectTimeout: 5,
      shownRows: 1000,
      rowFiles: false,
      startDirectory: workplace.folder,
      folders: [],
      allowOutside: false,
      substitution: true,
      environment: false,
      colonlessCommands: true,
      ...more.options,
    },
  };
}

/** Takes events. */
export class Events implements EventSink {
  readonly all: RunEvent[] = [];
  busy: Promise<void> | undefined;
  on: ((event: RunEvent) => void) | undefined;

  post(event: RunEvent): void {
    this.all.push(event);
    this.on?.(event);
  }

  of<K extends RunEvent["kind"]>(kind: K): Extract<RunEvent, { kind: K }>[] {
    return this.all.filter((event): event is Extract<RunEvent, { kind: K }> => event.kind === kind);
  }

  /** What the script has printed. */
  get messages(): string[] {
    return this.of("message").map(({ text }) => text);
  }

  get notes(): string[] {
    return this.of("note").map(({ severity, text }) => `${severity}: ${text}`);
  }

  get errors(): string[] {
    return this.of("error").map(({ text, place }) => `${place?.line ?? ""}: ${text}`);
  }
}

export interface RunHelp {
  readonly decisions?: Decisions;
  readonly secrets?: Readonly<Record<string, string>>;
  readonly password?: string;
  /** The folder of the run to go on with. */
  readonly resume?: string;
  readonly answers?: Readonly<Record<string, string>>;
  readonly cancellation?: Cancellation;
  readonly onEvent?: (event: RunEvent, cancellation: Cancellation) => void;
  readonly onQuestion?: (question: Question) => void;
  readonly oracle?: ConnectOracle<OracleSession>;
  readonly openJournal?: (path: string) => Promise<Journal>;
  readonly environment?: Readonly<Record<string, string>>;
  /** Called between survey and run. */
  readonly between?: (survey: Survey) => void;
}

export interface Ran {
  readonly result: RunResult;
  readonly survey: Survey;
  readonly events: Events;
  readonly journal: readonly JournalRecord[];
  readonly history: History;
}

/** Surveys and runs in this process. */
export async function runHere(request: RunRequest, help: RunHelp = {}): Promise<Ran> {
  const events = new Events();
  const cancellation = help.cancellation ?? new Cancellation();
  events.on = (event) => help.onEvent?.(event, cancellation);
  const history =
    help.resume === undefined ? undefined : await readHistory(join(help.resume, "journal.jsonl"));
  const { environment = {} } = help;
  const surveyed = await survey({
    request,
    environment,
    signal: new AbortController().signal,
    ...(help.resume !== undefined && history && { resume: { folder: help.resume, history } }),
  });
  help.between?.(surveyed);
  const result = await run({
    request,
    survey: surveyed,
    ...(history && { history }),
    decisions: help.decisions ?? {},
    password: help.password ?? password,
    secrets: help.secrets ?? {},
    events,
    ask: (question) => {
      help.onQuestion?.(question);
      return Promise.resolve(help.answers?.[question.name]);
    },
    drivers: {
      sqlServer: connectSqlServer,
      oracle: help.oracle ?? (() => Promise.reject(new Error("no Oracle here"))),
    },
    environment,
    cancellation,
    lock: new TargetLock(request.target, join(request.runs, "..", "locks")),
    ...(help.openJournal && { openJournal: help.openJournal }),
  });
  const path = join(result.folder ?? "", "journal.jsonl");
  return { result, survey: surveyed, events, journal: journalOf(path), history: await readHistory(path) };
}

/** The records of a journal, other than one that was cut off. */
export function journalOf(path: string): JournalRecord[] {
  const lines = readFileSync(path, "utf8").split("\n");
  return lines.filter((line) => line.endsWith("}")).map((line) => JSON.parse(line) as JournalRecord);
}
