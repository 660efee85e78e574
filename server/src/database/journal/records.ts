import type { BatchEnd, RunRequest, RunState } from "../messages";

/**
 * The lines of `journal.jsonl`, one JSON object each, in the order in which things happened. Nothing in it is ever
 * changed, and it holds no secrets: the text of a batch is there as a hash only, and that of a batch with a secret
 * in it is the hash of the text as written in the script.
 */
export type JournalRecord =
  | RunRecord
  | FileRecord
  | StartRecord
  | EndRecord
  | AnswerRecord
  | VariablesRecord
  | ScriptEndRecord
  | ResumeRecord
  | ReplayRecord
  | FinishRecord;

/** The first line. */
export interface RunRecord {
  readonly type: "run";
  readonly version: 1;
  readonly at: string;
  readonly request: RunRequest;
}

/** A script file was opened. `n`: the execution that comes next. */
export interface FileRecord {
  readonly type: "file";
  readonly script: number;
  readonly path: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly n: number;
}

/** An execution is about to be sent. On disk before it is. */
export interface StartRecord {
  readonly type: "start";
  readonly at: string;
  /** Counted from 1 over all scripts of the run. */
  readonly n: number;
  readonly script: number;
  readonly file: string;
  readonly line: number;
  readonly endLine: number;
  readonly hash: string;
  /** Which of `GO count` it is. */
  readonly round?: number;
  readonly database?: string;
}

/** An execution has ended. On disk before the next one starts. */
export interface EndRecord {
  readonly type: "end";
  readonly at: string;
  readonly n: number;
  readonly outcome: BatchEnd;
  readonly errors: number;
  readonly milliseconds: number;
  readonly database?: string;
  /** A transaction is open after it. */
  readonly open: boolean;
  /** It has ended the run: an error that the dialect's rules end a run for. */
  readonly fatal?: boolean;
  /** Values of bind variables after it. */
  readonly binds?: Readonly<Record<string, string | number | null>>;
}

/** A value that was asked for (secrets are asked for again). */
export interface AnswerRecord {
  readonly type: "answer";
  readonly script: number;
  readonly name: string;
  readonly value: string | null;
}

/** Variables that got their values from a query of execution `n`. */
export interface VariablesRecord {
  readonly type: "variables";
  readonly n: number;
  readonly values: Readonly<Record<string, string>>;
}

/** A script has come to its end. `next`: the execution that comes next. */
export interface ScriptEndRecord {
  readonly type: "script-end";
  readonly at: string;
  readonly script: number;
  readonly exitCode: number;
  readonly next: number;
  /** What became of an open transaction. */
  readonly transaction: "none" | "committed" | "rolled back";
}

/** The run goes on, at execution `n`. What was unfinished is run again, or taken as done. */
export interface ResumeRecord {
  readonly type: "resume";
  readonly at: string;
  readonly n: number;
  readonly unfinished?: "rerun" | "skip";
}

/** Execution `n`, which has finished before, was sent again because it sets up the session. */
export interface ReplayRecord {
  readonly type: "replay";
  readonly at: string;
  readonly n: number;
}

export interface FinishRecord {
  readonly type: "finish";
  readonly at: string;
  readonly state: RunState;
  readonly reason: string;
  readonly exitCode: number;
  /** What became of an open transaction. */
  readonly transaction?: "none" | "committed" | "rolled back";
}
