import type { Ask } from "../../scripts/sqlplus/session";
import type { ConnectOracle, ConnectSqlServer } from "../driver";
import type { OracleSession } from "../oracle/session";
import type { History } from "../journal/history";
import type { Journal } from "../journal/writer";
import type { Decisions, RunRequest, Survey } from "../messages";
import type { RunFolder } from "../runFolder";
import type { Cancellation } from "./cancellation";
import type { Output } from "./output";

/** The drivers; tests give their own. */
export interface Drivers {
  readonly sqlServer: ConnectSqlServer;
  readonly oracle: ConnectOracle<OracleSession>;
}

/** What all scripts of a run share. */
export interface RunContext {
  readonly request: RunRequest;
  readonly survey: Survey;
  readonly decisions: Decisions;
  readonly history: History | undefined;
  readonly folder: RunFolder;
  readonly journal: Journal;
  readonly output: Output;
  readonly cancellation: Cancellation;
  readonly drivers: Drivers;
  readonly password: string;
  /** Values of the secret variables. */
  readonly secrets: Readonly<Record<string, string>>;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Asks the user; undefined when there is nobody. */
  readonly ask: Ask;
  readonly now: () => Date;
  readonly totals: Totals;
}

/** What a run has done so far. */
export class Totals {
  executed = 0;
  errors = 0;
}

/** How a script, and maybe the run, has ended. */
export interface Ending {
  readonly kind:
    /** As the script says. */
    | "ended"
    /** By the rules for errors. */
    | "failed"
    /** The user has cancelled. */
    | "cancelled"
    /** The connection, the journal or the parent is gone: it can go on later. */
    | "interrupted";
  readonly reason: string;
  /** The official tool's. */
  readonly exitCode: number;
  /** What becomes of an open transaction, where the dialect has a choice. */
  readonly transaction?: "commit" | "rollback";
}
