/**
 * What a runner process and the one that has started it say to each other: types only. The parent asks for a survey,
 * shows it, and starts the run if its user agrees; the runner tells what happens as it happens. Passwords come with
 * `start`, over the pipe between the two, and go nowhere else.
 */
import type { Problem } from "../problem";
import type { Dialect, ScriptPlace } from "../scripts/script";
import type { ConnectFailure, Target } from "./connection";
import type { Cell, Column } from "./rows";

export interface ScriptToRun {
  readonly path: string;
  /** `&1`, `&2`... of SQL*Plus. */
  readonly arguments?: readonly string[];
  /** Arguments that are secrets: the position, from 1, and which of `RunRequest.secretVariables` has the value. */
  readonly secretArguments?: Readonly<Record<string, string>>;
}

export interface RunOptions {
  /** What an error does before the script says something else: sqlcmd's -b is `exit`, its default `ignore`. */
  readonly onError: "exit" | "ignore";
  /** sqlcmd's -V: only errors of this class and above end the run. */
  readonly errorSeverity?: number;
  /** sqlcmd's -I. */
  readonly quotedIdentifiers: boolean;
  /** Batches that use variables without a value: the run stops before them, or sends them as they are. */
  readonly undefinedVariables: "stop" | "send";
  /** Seconds that a batch may take; 0: any time. */
  readonly batchTimeout: number;
  readonly connectTimeout: number;
  /** Rows of a result set that are handed on; all are counted. */
  readonly shownRows: number;
  /** All rows go to files in the run's folder. */
  readonly rowFiles: boolean;
  /** How scripts are read; see `ReadOptions`. */
  readonly startDirectory: string;
  readonly folders: readonly string[];
  readonly allowOutside: boolean;
  readonly encoding?: string;
  readonly substitution: boolean;
  readonly environment: boolean;
  readonly terminator?: string;
  readonly colonlessCommands: boolean;
}

/** One run: scripts one after another, each on a connection of its own. */
export interface RunRequest {
  readonly dialect: Dialect;
  readonly target: Target;
  readonly scripts: readonly ScriptToRun[];
  readonly variables: Readonly<Record<string, string>>;
  /** Variables and arguments whose values come with `start`. */
  readonly secretVariables: readonly string[];
  readonly options: RunOptions;
  /** The folder in which each run gets a folder of its own. */
  readonly runs: string;
}

/** The states of a run. The first four are the vendor's (CIC Migration guide, "Past Migration Utility Executions"). */
export type RunState =
  /** Every script came to its end. */
  | "Completed"
  /** Ended before anything was sent. */
  | "Incomplete"
  /** Interrupted: it can go on at the first batch that did not finish. */
  | "Ready for restart"
  /** Somebody has done the rest by hand and says so. */
  | "User completed"
  /** An error ended it by the rules of its dialect. */
  | "Failed"
  | "Cancelled";

/** A statement that destroys something, as the survey lists it. */
export interface DestructiveStatement extends ScriptPlace {
  readonly statement: string;
  readonly target?: string;
  /** In the definition of a procedure: runs when that is called. */
  readonly definition: boolean;
  readonly temporary: boolean;
}

export interface SurveyedScript {
  readonly path: string;
  /** Hash of the script and of each file that it includes, in order. */
  readonly files: readonly { readonly path: string; readonly sha256: string }[];
  readonly bytes: number;
  /** Executions: a batch with `GO 5` counts five times. */
  readonly batches: number;
  /** It came to its end in the run that is resumed, and is not run again. */
  readonly finished: boolean;
}

/** What went before, when a run is resumed. */
export interface ResumeFacts {
  readonly folder: string;
  readonly state: RunState;
  /** The execution at which the run goes on if what is unfinished is run again. */
  readonly at: number;
  readonly place?: ScriptPlace;
  /** Sent, and not known to have finished: maybe done, maybe not, maybe in part. */
  readonly inFlight?: ResumeBatch & { readonly why: string };
  /** Finished, but in a transaction that the server has rolled back with the connection. */
  readonly rolledBack: readonly ResumeBatch[];
  /** Scripts that are no longer what they were. */
  readonly changed: readonly string[];
  /** The first finished batch that reads differently now: the run cannot be resumed. */
  readonly different?: ResumeBatch;
  /** What finished batches have set for their session, which is gone. */
  readonly sessionState: readonly SessionStatement[];
  /** The database that was current. */
  readonly database?: string;
}

export interface ResumeBatch extends ScriptPlace {
  readonly number: number;
}

/** A statement whose effect ends with the connection. */
export interface SessionStatement extends ScriptPlace {
  readonly kind: "setting" | "temporary table" | "context" | "variable";
  readonly text: string;
  /** Its batch does nothing else, and could be sent again. */
  readonly alone: boolean;
}

/** A run that is going on against the same database. */
export interface OtherRun {
  readonly process: number;
  readonly since: string;
  readonly folder: string;
}

/** What would run, found by reading all scripts without sending anything. Lists are cut at `listed`. */
export interface Survey {
  readonly dialect: Dialect;
  readonly target: Target;
  readonly scripts: readonly SurveyedScript[];
  readonly batches: number;
  readonly variables: readonly { readonly name: string; readonly value: string | undefined }[];
  /** Variables whose values `start` has to bring. */
  readonly secretVariables: readonly string[];
  /** Values that the scripts will ask for. */
  readonly questions: readonly {
    readonly name: string;
    readonly prompt: string;
    readonly place: ScriptPlace;
  }[];
  /** Other servers and users that the scripts connect to. */
  readonly connects: readonly (ScriptPlace & { readonly text: string })[];
  readonly destructive: readonly DestructiveStatement[];
  readonly destructiveCount: number;
  readonly problems: readonly Problem[];
  readonly problemCount: number;
  /** Why it cannot run at all. */
  readonly blocked: readonly string[];
  readonly otherRun?: OtherRun;
  readonly resume?: ResumeFacts;
}

/** What the user has decided after seeing the survey. */
export interface Decisions {
  /** Batches that are unfinished or rolled back: run them again, or take them as done. */
  readonly unfinished?: "rerun" | "skip";
  /** Go on although scripts have changed, as long as finished batches have not. */
  readonly changedScripts?: boolean;
  /** Send the finished batches that only set the session again. */
  readonly replaySession?: boolean;
  readonly besideOtherRun?: boolean;
}

/** What a SELECT has brought. */
export interface QueryAnswer {
  readonly id: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
  readonly error?: string;
}

export type Queried =
  | {
      readonly ok: true;
      /** How the connection was protected, for people. */
      readonly protection: string;
      readonly database?: string;
      readonly answers: readonly QueryAnswer[];
    }
  | { readonly ok: false; readonly failure: ConnectFailure; readonly message: string };

export type ToRunner =
  /** Instead of a run: connects, sends SELECTs (none to test the connection only), and ends. */
  | {
      readonly type: "query";
      readonly target: Target;
      readonly password: string;
      readonly connectTimeout: number;
      readonly texts: readonly { readonly id: string; readonly sql: string }[];
    }
  | { readonly type: "survey"; readonly request: RunRequest; readonly resume?: string }
  | {
      readonly type: "start";
      readonly password: string;
      readonly secrets: Readonly<Record<string, string>>;
      readonly decisions: Decisions;
    }
  /** The second one closes the connection. */
  | { readonly type: "cancel" }
  | { readonly type: "answer"; readonly id: number; readonly value?: string };

export type FromRunner =
  | { readonly type: "surveyed"; readonly survey: Survey }
  | { readonly type: "queried"; readonly queried: Queried }
  | { readonly type: "events"; readonly events: readonly RunEvent[] }
  | {
      readonly type: "question";
      readonly id: number;
      readonly name: string;
      readonly prompt: string;
      readonly default?: string;
      readonly hidden: boolean;
      readonly place?: ScriptPlace;
    }
  /** `stateName`: the state of the result as people read it. */
  | { readonly type: "finished"; readonly result: RunResult; readonly stateName: string }
  /** The runner could not do what it was asked, and has ended. */
  | { readonly type: "refused"; readonly message: string };

/** What happens in a run. Texts hold no secrets. */
export type RunEvent =
  | { readonly kind: "started"; readonly folder: string }
  | { readonly kind: "connecting"; readonly target: string }
  | {
      readonly kind: "connected";
      readonly target: string;
      readonly database?: string;
      readonly protection: string;
    }
  | { readonly kind: "script"; readonly path: string; readonly index: number }
  | ({ readonly kind: "batch"; readonly number: number; readonly endLine: number } & ScriptPlace)
  | ({
      readonly kind: "batch-end";
      readonly number: number;
      readonly outcome: BatchEnd;
      readonly milliseconds: number;
      readonly errors: number;
    } & ScriptPlace)
  /** PRINT, PROMPT, DBMS_OUTPUT: what the script says. */
  | { readonly kind: "message"; readonly text: string }
  | ({ readonly kind: "error" } & ErrorEvent)
  | { readonly kind: "columns"; readonly set: number; readonly columns: readonly Column[] }
  | { readonly kind: "rows"; readonly set: number; readonly rows: readonly (readonly Cell[])[] }
  /** `set` for the rows of a result set, none for those a statement has changed. */
  | { readonly kind: "count"; readonly set?: number; readonly rows?: number; readonly file?: string }
  /** What the runner itself has to say. */
  | {
      readonly kind: "note";
      readonly severity: "information" | "warning" | "error";
      readonly text: string;
      readonly place?: ScriptPlace;
    }
  | { readonly kind: "cancelling"; readonly closing: boolean };

export interface ErrorEvent {
  readonly text: string;
  readonly code?: string;
  readonly number?: number;
  readonly severity?: number;
  readonly state?: number;
  readonly procedure?: string;
  /** Line in the procedure, when the error is in one. */
  readonly procedureLine?: number;
  readonly place?: ScriptPlace;
  readonly column?: number;
}

/** `done`: finished, maybe with errors. Anything else: not known to have finished. */
export type BatchEnd = "done" | "cancelled" | "timeout" | "lost";

export interface RunResult {
  readonly state: RunState;
  /** Why it ended as it did, for people. */
  readonly reason: string;
  readonly folder?: string;
  /** The exit code of the official tool. */
  readonly exitCode: number;
  readonly executed: number;
  readonly errors: number;
  /** Where it would go on; the place of a batch that was not reached is not known. */
  readonly at?: Pick<ResumeBatch, "number"> & Partial<ScriptPlace>;
}
