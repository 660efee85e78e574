import { rmdir } from "node:fs/promises";
import * as l10n from "@vscode/l10n";
import type { Ask } from "../../scripts/sqlplus/session";
import { errorsOnly, type Session } from "../driver";
import { type History, placeOf, readHistory } from "../journal/history";
import { type Journal, JournalError, openJournal } from "../journal/writer";
import type { Decisions, RunRequest, RunResult, RunState, Survey } from "../messages";
import { TargetLock } from "../lock";
import { createRunFolder, RunFolder, syncFolder } from "../runFolder";
import { Scrubber } from "../scrub";
import { stateNames } from "../stateNames";
import { describeProtection, describeTarget } from "../target";
import { Cancellation } from "./cancellation";
import { type Drivers, type Ending, type RunContext, Totals } from "./context";
import { type EventSink, Output } from "./output";
import { Progress } from "./progress";
import { askUser, runItems, type ScriptRules } from "./scriptLoop";
import { sqlcmdSession, sqlplusSession } from "./scriptSession";
import { SqlcmdScript } from "./sqlcmdScript";
import { SqlplusScript } from "./sqlplusScript";
import { TextFile } from "./textFile";

export interface RunParts {
  readonly request: RunRequest;
  readonly survey: Survey;
  readonly history?: History;
  readonly decisions: Decisions;
  readonly password: string;
  readonly secrets: Readonly<Record<string, string>>;
  readonly events: EventSink;
  readonly ask: Ask;
  readonly drivers: Drivers;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly cancellation?: Cancellation;
  readonly now?: () => Date;
  readonly lock?: TargetLock;
  /** Opens the journal; tests let it fail. */
  readonly openJournal?: (path: string) => Promise<Journal>;
}

/** The run was not started; the message says why, and what to do. */
export class RunRefused extends Error {}

/** Runs the scripts of a request, or goes on with a run. Rejects with RunRefused when it must not start. */
export async function run(parts: RunParts): Promise<RunResult> {
  const { survey, decisions, now = () => new Date() } = parts;
  const refusal = refusalOf(survey, decisions) ?? missingSecret(parts);
  if (refusal !== undefined) throw new RunRefused(refusal);
  const lock = parts.lock ?? new TargetLock(parts.request.target);
  const folder = survey.resume ? new RunFolder(survey.resume.folder) : await newFolder(parts.request, now());
  const other = await lock.take(folder.path, now(), decisions.besideOtherRun);
  if (other) {
    if (!survey.resume) await rmdir(folder.path).catch(() => undefined);
    throw new RunRefused(
      l10n.t(
        "another run works on this database since {0} (process {1}, {2})",
        other.since,
        other.process,
        other.folder,
      ),
    );
  }
  try {
    return await new Run(parts, folder, now).run();
  } finally {
    await lock.release();
  }
}

async function newFolder({ runs }: RunRequest, now: Date): Promise<RunFolder> {
  try {
    return await createRunFolder(runs, now);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new RunRefused(
      l10n.t(
        "the folder for the run cannot be made in {0}: {1}. Nothing was run; choose another folder",
        runs,
        why,
      ),
    );
  }
}

function refusalOf({ blocked, resume, otherRun }: Survey, decisions: Decisions): string | undefined {
  if (blocked.length > 0) return blocked.join("\n");
  if (otherRun && !decisions.besideOtherRun) {
    return l10n.t(
      "another run works on this database since {0} (process {1}, {2})",
      otherRun.since,
      otherRun.process,
      otherRun.folder,
    );
  }
  if (!resume) return undefined;
  if (resume.state === "Completed" || resume.state === "User completed")
    return l10n.t("the run is {0}: there is nothing to go on with", stateNames[resume.state]);
  if (resume.changed.length > 0 && !decisions.changedScripts) {
    return l10n.t("these scripts have changed since they were run: {0}", resume.changed.join(", "));
  }
  if ((resume.inFlight || resume.rolledBack.length > 0) && decisions.unfinished === undefined) {
    return l10n.t("it has to be decided whether what did not finish is run again, or counts as done");
  }
  return undefined;
}

function missingSecret({ survey: { secretVariables }, secrets }: RunParts): string | undefined {
  const missing = secretVariables.filter((name) => secrets[name] === undefined);
  return missing.length > 0
    ? l10n.t("there is no value for {0}: secrets are not kept", missing.join(", "))
    : undefined;
}

class Run {
  private readonly output: Output;
  private readonly cancellation: Cancellation;
  private readonly totals = new Totals();
  private journal: Journal | undefined;
  /** What became of an open transaction when the last connection ended. */
  private transaction: "none" | "committed" | "rolled back" = "none";

  constructor(
    private readonly parts: RunParts,
    private readonly folder: RunFolder,
    private readonly now: () => Date,
  ) {
    const scrubber = new Scrubber();
    for (const secret of [parts.password, ...Object.values(parts.secrets)])
      if (secret !== "") scrubber.add(secret);
    this.output = new Output(parts.events, scrubber, now);
    this.cancellation = parts.cancellation ?? new Cancellation();
  }

  async run(): Promise<RunResult> {
    const { output, folder } = this;
    let ending: Ending;
    try {
      this.journal = await (this.parts.openJournal ?? openJournal)(folder.journal);
      await syncFolder(folder.path);
      await this.openLog();
      ending = await this.scripts(this.journal);
    } catch (error) {
      ending = this.broken(error);
    }
    const state = this.stateOf(ending);
    let reason = output.scrubber.scrub(ending.reason);
    try {
      await this.journal?.add({
        type: "finish",
        at: this.now().toISOString(),
        state,
        reason,
        exitCode: ending.exitCode,
        transaction: this.transaction,
      });
      await this.journal?.sync();
    } catch (error) {
      if (!(ending.kind === "interrupted")) reason += `. ${(error as Error).message}`;
    }
    await this.journal?.close();
    output.note(state === "Completed" ? "information" : "warning", `${stateNames[state]}: ${reason}`);
    await output.close();
    const next = state === "Completed" ? undefined : await this.next();
    return {
      state,
      reason,
      folder: folder.path,
      exitCode: ending.exitCode,
      executed: this.totals.executed,
      errors: this.totals.errors,
      ...(next && { at: next }),
    };
  }

  private async openLog(): Promise<void> {
    const { output, folder } = this;
    try {
      // A log that cannot be written is a pity, no reason to stop.
      output.openLog(await TextFile.open(folder.log, "a", () => undefined));
    } catch {
      output.note("warning", l10n.t("{0} cannot be written", folder.log));
    }
  }

  private async scripts(journal: Journal): Promise<Ending> {
    const { parts, output, folder } = this;
    const { request, history, decisions } = parts;
    output.post({ kind: "started", folder: folder.path });
    const at = this.now().toISOString();
    let from = 1;
    if (history) {
      from = decisions.unfinished === "skip" ? history.after : history.next;
      await journal.add({
        type: "resume",
        at,
        n: from,
        ...(decisions.unfinished && { unfinished: decisions.unfinished }),
      });
      output.note("information", l10n.t("the run goes on at batch {0}", from));
    } else {
      await journal.add({ type: "run", version: 1, at, request: this.withoutSecrets(request) });
    }
    await journal.sync();
    output.note("information", `${describeTarget(request.target)}; ${describeProtection(request.target)}`);
    let first = 1;
    let ending: Ending = { kind: "ended", reason: l10n.t("there is nothing to run"), exitCode: 0 };
    for (const [index, { path }] of request.scripts.entries()) {
      const ended = history?.ended.get(index);
      if (ended) {
        first = ended.next;
        output.note("information", l10n.t("{0}: finished before, not run again", path));
        continue;
      }
      output.post({ kind: "script", path, index }, `script ${path}`);
      const progress = new Progress(history, from, first);
      ending = await this.script(journal, index, progress);
      if (ending.kind !== "ended") return ending;
      first = progress.upcoming;
      if (ending.exitCode !== 0) {
        const rest = request.scripts.length - index - 1;
        return {
          ...ending,
          kind: "failed",
          reason:
            rest > 0
              ? l10n.t(
                  "{0} has ended with exit code {1}; {2} more scripts were not run",
                  path,
                  ending.exitCode,
                  rest,
                )
              : l10n.t("{0} has ended with exit code {1}", path, ending.exitCode),
        };
      }
    }
    return { ...ending, reason: l10n.t("all scripts have come to their end") };
  }

  /** One script, on a connection of its own. */
  private async script(journal: Journal, index: number, progress: Progress): Promise<Ending> {
    const { parts, output, folder } = this;
    const { request } = parts;
    const context: RunContext = {
      request,
      survey: parts.survey,
      decisions: parts.decisions,
      history: parts.history,
      folder,
      journal,
      output,
      cancellation: this.cancellation,
      drivers: parts.drivers,
      password: parts.password,
      secrets: parts.secrets,
      environment: parts.environment,
      ask: (question) => this.ask(question),
      now: this.now,
      totals: this.totals,
    };
    const script = request.scripts[index] ?? { path: "" };
    const sessionParts = { request, script, secrets: parts.secrets, environment: parts.environment };
    let rules: ScriptRules & { session: Session | undefined };
    let ending: Ending;
    if (request.dialect === "sqlcmd") {
      const variables = sqlcmdSession(sessionParts);
      rules = new SqlcmdScript(context, variables, index, this.databaseBefore(index, progress.from));
      ending = await this.items(context, index, progress, variables, rules);
    } else {
      const variables = sqlplusSession(sessionParts, askUser(context, index, progress));
      rules = new SqlplusScript(context, variables, index);
      ending = await this.items(context, index, progress, variables, rules);
    }
    ending = await this.closeSession(rules.session, ending);
    await output.closeCaptures();
    // A script that has said goodbye is done, also when it says so with an exit code.
    if (ending.kind === "ended") {
      const { exitCode } = ending;
      const at = this.now().toISOString();
      await journal.add({
        type: "script-end",
        at,
        script: index,
        exitCode,
        next: progress.upcoming,
        transaction: this.transaction,
      });
      await journal.sync();
    }
    return ending;
  }

  /** Runs the items of a script. A journal that cannot be written ends it; the connection is closed in order all the same. */
  private async items(...given: Parameters<typeof runItems>): Promise<Ending> {
    const [, , , , rules] = given;
    try {
      // A new script connects at once, to fail early; one that goes on, when the first batch is due.
      const failed = given[2].replaying ? undefined : await rules.connect();
      return failed ?? (await runItems(...given));
    } catch (error) {
      return this.broken(error);
    }
  }

  /** Ends the connection by the dialect's rule: sqlcmd leaves an open transaction to the server, SQL*Plus commits. */
  private async closeSession(session: Session | undefined, ending: Ending): Promise<Ending> {
    const { output } = this;
    this.transaction = "none";
    let result = ending;
    if (session?.alive && session.inTransaction) {
      result = await this.endTransaction(session, ending);
    } else if (session && !session.alive && session.inTransaction) {
      this.transaction = "rolled back";
      output.note(
        "warning",
        l10n.t("a transaction was open when the connection was lost: the server rolls it back"),
      );
    }
    await session?.close();
    return result;
  }

  private async endTransaction(session: Session, ending: Ending): Promise<Ending> {
    const { output } = this;
    const wanted = ending.kind === "ended" || ending.kind === "failed" ? ending.transaction : undefined;
    const errors: string[] = [];
    const sink = errorsOnly(({ text }) => errors.push(text));
    if (wanted === "commit" && session.commit) {
      if (await session.commit(sink)) {
        this.transaction = "committed";
        output.note("information", l10n.t("the open transaction was committed, as SQL*Plus does at the end"));
        return ending;
      }
      this.transaction = "rolled back";
      return {
        kind: "interrupted",
        reason: l10n.t("the COMMIT at the end was not confirmed: {0}", errors.join("; ")),
        exitCode: 1,
      };
    }
    await session.rollback?.(sink);
    this.transaction = "rolled back";
    output.note("warning", l10n.t("a transaction was open at the end: it is rolled back"));
    if (ending.kind !== "ended" || wanted === "rollback") return ending;
    return {
      kind: "failed",
      reason: l10n.t("the script has ended with an open transaction, and what was done in it is rolled back"),
      exitCode: ending.exitCode === 0 ? 1 : ending.exitCode,
    };
  }

  /** The database that was current before execution `n`, if that one belongs to this script. */
  private databaseBefore(script: number, n: number): string | undefined {
    const { executions } = this.parts.history ?? {};
    const due = executions?.get(n);
    if (due?.start.script === script && due.start.database !== undefined) return due.start.database;
    const before = executions?.get(n - 1);
    return before?.start.script === script ? (before.end?.database ?? before.start.database) : undefined;
  }

  private async ask(question: Parameters<Ask>[0]): Promise<string | undefined> {
    const { signal } = this.cancellation;
    if (signal.aborted) return undefined;
    const stopped = new Promise<undefined>((resolve) => {
      signal.addEventListener("abort", () => resolve(undefined), { once: true });
    });
    return Promise.race([this.parts.ask(question), stopped]);
  }

  private broken(error: unknown): Ending {
    const text = error instanceof Error ? error.message : String(error);
    const reason =
      error instanceof JournalError
        ? l10n.t("{0}. Nothing more was sent", text)
        : l10n.t("something unexpected: {0}", text);
    this.output.note("error", reason);
    return { kind: "interrupted", reason, exitCode: 1 };
  }

  private stateOf({ kind }: Ending): RunState {
    if (kind === "ended") return "Completed";
    const nothing = this.totals.executed === 0 && (this.parts.history?.executions.size ?? 0) === 0;
    if (nothing && kind !== "failed") return "Incomplete";
    return kind === "failed" ? "Failed" : kind === "cancelled" ? "Cancelled" : "Ready for restart";
  }

  /** Where it would go on, as the journal has it; it has no place of what was never started. */
  private async next(): Promise<RunResult["at"]> {
    const history = await readHistory(this.folder.journal).catch(() => undefined);
    if (!history) return undefined;
    const past = history.executions.get(history.next);
    return past ? placeOf(past) : { number: history.next };
  }

  /** Secrets are not in a request; this makes sure of the variables that were found to be some. */
  private withoutSecrets(request: RunRequest): RunRequest {
    const variables = Object.fromEntries(
      Object.entries(request.variables).filter(([name]) => !request.secretVariables.includes(name)),
    );
    return { ...request, variables };
  }
}
