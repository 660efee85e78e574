/* eslint-disable @typescript-eslint/no-namespace -- one namespace a message keeps its name, parameters and result together */

/** What the editor part, the language server and the runner say to each other about database scripts: types and names only. */
import type { Target } from "../database/connection";
import type { QueryAnswer, RunRequest, RunState } from "../database/messages";
import type { Cell } from "../database/rows";
import type { GeneratedFolder } from "../scripts/generated/model";
import type { Dialect, ScriptArgument } from "../scripts/script";

export type {
  Decisions,
  DestructiveStatement,
  ErrorEvent,
  FromRunner,
  ResumeFacts,
  RunEvent,
  RunOptions,
  RunRequest,
  RunResult,
  RunState,
  ScriptToRun,
  Survey,
  SurveyedScript,
  ToRunner,
} from "../database/messages";
export type { QueryAnswer, Queried } from "../database/messages";
export type { OracleTarget, SqlServerTarget, Target } from "../database/connection";
export type { Cell, Column } from "../database/rows";
export type { GeneratedFolder, GeneratedScript } from "../scripts/generated/model";
export type { Dialect, ScriptArgument, ScriptPlace } from "../scripts/script";

/** Formats of script files, as `RecogniseRequest` names them, and the languages of the editor. */
export const scriptFormats = { sqlcmd: "sqlcmd-script", sqlplus: "sqlplus-script" } as const;

/** A target in words. */
export interface DescribedTarget {
  readonly where: string;
  readonly protection: string;
  /** Two targets with the same key are the same database. */
  readonly key: string;
}

/** Client to server: targets in the runner's own words. */
export namespace DescribeTargetsRequest {
  export const method = "handlerWorkbench/describeTargets" as const;
  export interface Params {
    readonly targets: readonly Target[];
  }
  export interface Result {
    readonly targets: readonly DescribedTarget[];
  }
}

/** Client to server: the connections that a `.udl` or `tnsnames.ora` file names. Passwords in them are not read. */
export namespace ImportConnectionsRequest {
  export const method = "handlerWorkbench/importConnections" as const;
  export interface Params {
    readonly path: string;
  }
  export interface Result {
    readonly connections: readonly {
      readonly name: string;
      readonly target: Target;
      /** What was left out or has to be looked at. */
      readonly notes: readonly string[];
    }[];
    readonly problems: readonly string[];
  }
}

/** Client to server: a server as sqlcmd's -S takes it. */
export namespace ParseServerRequest {
  export const method = "handlerWorkbench/parseServer" as const;
  export interface Params {
    readonly text: string;
  }
  export type Result =
    | { readonly server: string; readonly instance?: string; readonly port?: number }
    | { readonly error: string };
}

/** Client to server: the guide's script lists beside the files of a Scripts folder. */
export namespace ScriptListsRequest {
  export const method = "handlerWorkbench/scriptLists" as const;
  export interface Params {
    /** The assistant's `Scripts` folder. */
    readonly folder: string;
  }
  export interface Result {
    readonly lists: readonly BoundList[];
    /** Why the folder looks wrong; empty when it does not. */
    readonly problem: string;
  }
}

export interface BoundList {
  readonly id: string;
  readonly dialect: Dialect;
  readonly title: string;
  readonly section: string;
  /** The folder that the list's scripts lie in. */
  readonly folder: string;
  readonly folderIsThere: boolean;
  readonly database: "source" | "target" | "both";
  readonly steps: readonly BoundStep[];
  /** The steps are alternatives: one of them is run, which one depends on the database. */
  readonly onlyOne: boolean;
  /** Scripts of the folder that the list does not know, and such as were taken out of the product: paths. */
  readonly extra: readonly string[];
  readonly removed: readonly string[];
  readonly procedures: readonly string[];
}

export interface BoundStep {
  /** As the guide prints it. */
  readonly file: string;
  readonly status: "found" | "misspelt" | "missing";
  /** Absolute; null where it is missing. */
  readonly path: string | null;
  readonly arguments: readonly ScriptArgument[];
  readonly connectAs?: "system" | "sysdba";
  readonly note?: string;
}

/** Client to server: what scripts take on their command line. */
export namespace ScriptArgumentsRequest {
  export const method = "handlerWorkbench/scriptArguments" as const;
  export interface Params {
    readonly dialect: Dialect;
    readonly paths: readonly string[];
  }
  export interface Result {
    /** In the order of `paths`. */
    readonly scripts: readonly FoundArguments[];
  }
}

export interface FoundArguments {
  /** By the guide, for a script that is called as one of its lists has it. */
  readonly listed?: readonly ScriptArgument[];
  /** `&1`, `&2`... that the script's text uses, up to the highest; `secret`: as a password. Only for SQL*Plus. */
  readonly used: readonly { readonly secret?: true }[];
}

/** Client to server: texts of scripts that the product writes: nothing is run. */
export namespace MadeScriptRequest {
  export const method = "handlerWorkbench/madeScript" as const;
  export type Params =
    | { readonly kind: "procedures"; readonly list: string }
    | { readonly kind: "commit-frequency"; readonly dialect: Dialect; readonly rows: number }
    | { readonly kind: "remote-query-timeout"; readonly seconds: number };
  export interface Result {
    readonly text: string;
  }
}

/** Client to server: a folder of generated scripts. */
export namespace GeneratedFolderRequest {
  export const method = "handlerWorkbench/generatedFolder" as const;
  export interface Params {
    readonly folder: string;
  }
  export type Result = GeneratedFolder;
}

/** Client to server: the plan of one script as text, for people. */
export namespace PlanTextRequest {
  export const method = "handlerWorkbench/planText" as const;
  export interface Params {
    readonly path: string;
    readonly dialect: Dialect;
    readonly variables?: Readonly<Record<string, string>>;
    readonly arguments?: readonly string[];
  }
  export interface Result {
    readonly text: string;
  }
}

/** Client to server: the runs of a folder, latest first. */
export namespace PastRunsRequest {
  export const method = "handlerWorkbench/pastRuns" as const;
  export interface Params {
    readonly runs: string;
  }
  export interface Result {
    readonly runs: readonly PastRunRow[];
    readonly unreadable: readonly { readonly path: string; readonly message: string }[];
  }
}

export interface PastRunRow {
  readonly folder: string;
  readonly name: string;
  readonly state: RunState | "Running";
  /** The state as people read it. */
  readonly stateName: string;
  readonly reason: string;
  readonly startedAt: string;
  readonly endedAt: string | null;
  readonly request: RunRequest;
  readonly where: string;
  readonly targetKey: string;
  /** Batches that were sent, and errors in them. */
  readonly executed: number;
  readonly errors: number;
  /** Rows of result sets that are in the run's folder. */
  readonly rows: number | null;
  readonly scripts: readonly {
    readonly path: string;
    /** It has come to its end. */
    readonly ended: boolean;
    readonly started: boolean;
    /** Errors of its batches: sqlcmd goes on after errors, and so the script may have ended all the same. */
    readonly errors: number;
  }[];
  readonly resultFiles: readonly string[];
  readonly outputFiles: readonly string[];
}

/** Client to server: writes into a run's journal what the user has decided. */
export namespace MarkRunRequest {
  export const method = "handlerWorkbench/markRun" as const;
  export type Params =
    /** The rest, or all, was done by hand. */
    | { readonly kind: "user completed"; readonly folder: string }
    /** A new run that is done by hand, or later. */
    | {
        readonly kind: "new";
        readonly request: RunRequest;
        readonly state: "User completed" | "Ready for restart";
      };
  export interface Result {
    readonly folder: string;
  }
}

/** Client to server: rows of a result file of a run. */
export namespace ResultRowsRequest {
  export const method = "handlerWorkbench/resultRows" as const;
  export interface Params {
    readonly file: string;
    readonly from: number;
    readonly count: number;
  }
  export interface Result {
    readonly columns: readonly string[];
    readonly rows: readonly (readonly Cell[])[];
    readonly total: number;
  }
}

/** Client to server: everything a run said and found, as text that can be compared with another run's. */
export namespace RunTextRequest {
  export const method = "handlerWorkbench/runText" as const;
  export interface Params {
    readonly folder: string;
  }
  export interface Result {
    readonly text: string;
  }
}

/** Client to server: a run as a batch file or shell script for the official tools. */
export namespace ExportRunRequest {
  export const method = "handlerWorkbench/exportRun" as const;
  export interface Params {
    readonly request: RunRequest;
    readonly form: "bat" | "sh";
    /** The file's name, without its folder. */
    readonly name: string;
  }
  export interface Result {
    /** The one to start, and the files that belong beside it. */
    readonly files: readonly { readonly name: string; readonly text: string }[];
  }
}

/** What the clean-up procedures found, from the messages of a run. */
export namespace AuditRequest {
  export const method = "handlerWorkbench/audit" as const;
  export interface Params {
    readonly folder: string;
  }
  export interface Result {
    readonly findings: readonly {
      readonly table: string;
      readonly kind: "duplicates" | "nulls";
      readonly copy: string;
      readonly rows: number;
    }[];
  }
}

/** Client to server: the readiness checks for a database. */
export namespace ReadinessRequest {
  export const method = "handlerWorkbench/readiness" as const;
  export interface Params {
    readonly kind: Target["kind"];
    readonly role: "source" | "target";
    /** The migration user or schema that rights are looked for. */
    readonly schema?: string;
  }
  export interface Result {
    readonly checks: readonly ReadinessCheck[];
  }
}

/** One check: a query that only reads. */
export interface ReadinessCheck {
  readonly id: string;
  readonly title: string;
  readonly why: string;
  readonly source: string;
  readonly sql: string;
}

/** Client to server: what the answers mean. */
export namespace JudgeReadinessRequest {
  export const method = "handlerWorkbench/judgeReadiness" as const;
  export interface Params extends ReadinessRequest.Params {
    readonly answers: readonly QueryAnswer[];
  }
  export interface Result {
    readonly findings: readonly ReadinessFinding[];
  }
}

export interface ReadinessFinding {
  readonly id: string;
  readonly title: string;
  readonly state: "good" | "attention" | "bad" | "unknown";
  readonly message: string;
  /** What to do, as a script to look at; nothing is run. */
  readonly fix?: string;
}
