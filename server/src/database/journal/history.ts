import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import * as l10n from "@vscode/l10n";
import type { ResumeBatch, RunRequest, RunState } from "../messages";
import type {
  EndRecord,
  FileRecord,
  JournalRecord,
  ResumeRecord,
  ScriptEndRecord,
  StartRecord,
} from "./records";

/** An execution that was started, and what is known of its end. */
export interface PastExecution {
  readonly start: StartRecord;
  readonly end?: EndRecord;
  /** The user has said that it counts as done. */
  readonly settled?: boolean;
}

/** An answer that was given before execution `n`. */
export interface PastAnswer {
  readonly n: number;
  readonly script: number;
  readonly name: string;
  readonly value: string | null;
}

/** The journal says something that cannot be, or is no journal. */
export class HistoryError extends Error {}

/** What a journal tells. */
export interface History {
  readonly request: RunRequest;
  readonly startedAt: string;
  readonly endedAt: string | undefined;
  readonly state: RunState;
  readonly reason: string;
  /** By number; those that were run again have their last attempt here. */
  readonly executions: ReadonlyMap<number, PastExecution>;
  /** Scripts that came to their end, by index. */
  readonly ended: ReadonlyMap<number, ScriptEndRecord>;
  /** Files that each script was read from. */
  readonly files: ReadonlyMap<number, readonly FileRecord[]>;
  /** Answers to questions, in order, with the number of the execution that came next. */
  readonly answers: readonly PastAnswer[];
  /** Variables set from queries, by the execution that set them. */
  readonly variables: ReadonlyMap<number, Readonly<Record<string, string>>>;
  /** Executions whose work the server has rolled back, first one first. */
  readonly rolledBack: readonly number[];
  /** The last execution, if it is not known to have come to a good end. */
  readonly unfinished: PastExecution | undefined;
  /** Where the run goes on when everything unfinished is run again. */
  readonly next: number;
  /** The number after all that was started. */
  readonly after: number;
}

/** Reads a journal. Rejects with HistoryError when it is damaged: guessing what has run would be worse. */
export async function readHistory(path: string): Promise<History> {
  const reader = new HistoryReader(path);
  const lines = createInterface({ input: createReadStream(path, "utf8"), crlfDelay: Infinity });
  for await (const line of lines) reader.line(line);
  return reader.result();
}

class HistoryReader {
  private request: RunRequest | undefined;
  private startedAt = "";
  private finish: Extract<JournalRecord, { type: "finish" }> | undefined;
  private readonly executions = new Map<number, PastExecution>();
  private readonly ended = new Map<number, ScriptEndRecord>();
  private readonly files = new Map<number, FileRecord[]>();
  private answers: PastAnswer[] = [];
  private readonly variables = new Map<number, Readonly<Record<string, string>>>();
  /** The first execution after which a transaction was open that is open still. */
  private openSince: number | undefined;
  private last = 0;
  private number = 0;
  /** A line that is no record: cut off by a power loss if nothing but a resumption follows. */
  private torn: number | undefined;

  constructor(private readonly path: string) {}

  line(text: string): void {
    this.number++;
    if (text === "") return;
    let record: JournalRecord;
    try {
      record = JSON.parse(text) as JournalRecord;
    } catch {
      if (this.torn !== undefined) this.damaged(this.torn);
      this.torn = this.number;
      return;
    }
    if (this.torn !== undefined) {
      if (record.type !== "resume" && record.type !== "finish") this.damaged(this.torn);
      this.torn = undefined;
    }
    this.take(record);
  }

  result(): History {
    const { request, executions, finish } = this;
    if (!request) {
      throw new HistoryError(
        this.number <= 1
          ? l10n.t(
              "the journal {0} is empty: that run ended before anything was sent. Start a new run",
              this.path,
            )
          : l10n.t("{0} is not the journal of a run", this.path),
      );
    }
    const rolledBack =
      this.openSince === undefined ? [] : [...executions.keys()].filter((n) => n >= (this.openSince ?? 0));
    const latest = executions.get(this.last);
    const unfinished = latest && !isFinished(latest) ? latest : undefined;
    const after = this.last + 1;
    return {
      request,
      startedAt: this.startedAt,
      endedAt: finish?.at,
      state: finish?.state ?? (executions.size === 0 ? "Incomplete" : "Ready for restart"),
      reason: finish?.reason ?? l10n.t("the runner, the computer or its power failed before the end"),
      executions,
      ended: this.ended,
      files: this.files,
      answers: this.answers,
      variables: this.variables,
      rolledBack: rolledBack.filter((n) => n !== unfinished?.start.n),
      unfinished,
      next: rolledBack[0] ?? unfinished?.start.n ?? after,
      after,
    };
  }

  private damaged(line: number): never {
    throw new HistoryError(
      l10n.t(
        "the journal {0} is damaged at line {1}: what has run cannot be told from it. Compare the database by hand, and start a new run",
        this.path,
        line,
      ),
    );
  }

  private take(record: JournalRecord): void {
    if (record.type !== "run" && !this.request)
      throw new HistoryError(l10n.t("{0} is not the journal of a run", this.path));
    if (record.type !== "finish") this.finish = undefined;
    switch (record.type) {
      case "run":
        if ((record.version as number) !== 1) {
          throw new HistoryError(
            l10n.t("{0} was written by a newer version of Handler Workbench", this.path),
          );
        }
        this.request = record.request;
        this.startedAt = record.at;
        break;
      case "file":
        this.files.set(record.script, [...(this.files.get(record.script) ?? []), record]);
        break;
      case "start":
        this.executions.set(record.n, { start: record });
        this.last = record.n;
        break;
      case "end":
        this.end(record);
        break;
      case "answer":
        this.answers.push({
          n: this.last + 1,
          script: record.script,
          name: record.name,
          value: record.value,
        });
        break;
      case "variables":
        this.variables.set(record.n, record.values);
        break;
      case "script-end":
        this.ended.set(record.script, record);
        this.openSince = undefined;
        break;
      case "resume":
        this.resume(record);
        break;
      case "finish":
        this.finish = record;
        if (record.transaction === "committed") this.openSince = undefined;
    }
  }

  private end(record: EndRecord): void {
    const execution = this.executions.get(record.n);
    if (!execution || record.n !== this.last) this.damaged(this.number);
    this.executions.set(record.n, { start: execution.start, end: record });
    if (!record.open) this.openSince = undefined;
    else this.openSince ??= record.n;
  }

  /** What comes from here on replaces what was done from `n` on. */
  private resume({ n }: ResumeRecord): void {
    this.openSince = undefined;
    for (const [number, execution] of this.executions) {
      if (number >= n) this.executions.delete(number);
      else if (!isFinished(execution)) this.executions.set(number, { ...execution, settled: true });
    }
    for (const number of this.variables.keys()) if (number >= n) this.variables.delete(number);
    // The script that goes on is read again from its beginning.
    for (const script of this.files.keys()) if (!this.ended.has(script)) this.files.delete(script);
    this.answers = this.answers.filter((answer) => answer.n <= n);
    this.last = n - 1;
  }
}

/** Errors of the batches of each script, by the script's index; scripts without any are not in it. */
export function errorsByScript({ executions }: Pick<History, "executions">): ReadonlyMap<number, number> {
  const found = new Map<number, number>();
  for (const { start, end } of executions.values())
    if (end && end.errors > 0) found.set(start.script, (found.get(start.script) ?? 0) + end.errors);
  return found;
}

/** It came to its end, and not to one that ended the run. */
export function isFinished({ end, settled }: PastExecution): boolean {
  return settled === true || (end?.outcome === "done" && end.fatal !== true);
}

export function placeOf({ start: { n, file, line } }: PastExecution): ResumeBatch {
  return { number: n, file, line };
}
