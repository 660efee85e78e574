import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import * as l10n from "@vscode/l10n";
import type { Problem } from "../../problem";
import { destructiveIn } from "../../scripts/destructive";
import type { BatchItem, CommandItem, ScriptPlace } from "../../scripts/items";
import { readScript } from "../../scripts/read";
import type { Question } from "../../scripts/sqlplus/session";
import { type History, type PastAnswer, placeOf } from "../journal/history";
import type {
  DestructiveStatement,
  OtherRun,
  ResumeBatch,
  RunRequest,
  SessionStatement,
  Survey,
  SurveyedScript,
} from "../messages";
import { batchHash, Progress } from "./progress";
import { readOptions, sqlcmdSession, sqlplusSession } from "./scriptSession";
import { sessionStatements } from "./sessionState";

/** Lists for people are cut here; everything is counted. */
export const listed = 500;

export interface SurveyParts {
  readonly request: RunRequest;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly otherRun?: OtherRun;
  readonly resume?: { readonly folder: string; readonly history: History };
  /** Ends the reading. */
  readonly signal: AbortSignal;
}

/** Reads all scripts of a run as the run will, and sends nothing. Rejects only when it is stopped. */
export async function survey(parts: SurveyParts): Promise<Survey> {
  return new Surveyor(parts).run();
}

class Surveyor {
  private readonly scripts: SurveyedScript[] = [];
  private readonly variables = new Map<string, string | undefined>();
  private readonly questions: Survey["questions"][number][] = [];
  private readonly connects: Survey["connects"][number][] = [];
  private readonly destructive: DestructiveStatement[] = [];
  private destructiveCount = 0;
  private readonly problems: Problem[] = [];
  private problemCount = 0;
  private readonly blocked: string[] = [];
  private readonly changed: string[] = [];
  private readonly sessionState: SessionStatement[] = [];
  private different: ResumeBatch | undefined;
  private at: ScriptPlace | undefined;
  private batches = 0;

  constructor(private readonly parts: SurveyParts) {}

  async run(): Promise<Survey> {
    const { request, resume, otherRun } = this.parts;
    const from = resume?.history.next ?? 1;
    let first = 1;
    for (const index of request.scripts.keys()) {
      const ended = resume?.history.ended.get(index);
      if (ended) {
        await this.finishedScript(index);
        first = ended.next;
      } else first = await this.script(index, new Progress(resume?.history, from, first));
    }
    if (this.different) {
      this.blocked.push(
        l10n.t(
          "what has finished reads differently now: {0}, line {1}. The run cannot go on with it; start a new run",
          this.different.file,
          this.different.line,
        ),
      );
    }
    return {
      dialect: request.dialect,
      target: request.target,
      scripts: this.scripts,
      batches: this.batches,
      variables: [...this.variables].map(([name, value]) => ({ name, value })),
      secretVariables: request.secretVariables,
      questions: this.questions,
      connects: this.connects,
      destructive: this.destructive,
      destructiveCount: this.destructiveCount,
      problems: this.problems,
      problemCount: this.problemCount,
      blocked: this.blocked,
      ...(otherRun && { otherRun }),
      ...(resume && { resume: this.resumeFacts(resume) }),
    };
  }

  private resumeFacts({
    folder,
    history,
  }: NonNullable<SurveyParts["resume"]>): NonNullable<Survey["resume"]> {
    const { unfinished, rolledBack, executions, next, state } = history;
    const last = executions.get((unfinished?.start.n ?? history.after) - 1);
    const database = last?.end?.database ?? unfinished?.start.database;
    return {
      folder,
      state,
      at: next,
      ...(this.at && { place: this.at }),
      ...(unfinished && { inFlight: { ...placeOf(unfinished), why: whyUnfinished(unfinished) } }),
      rolledBack: rolledBack.flatMap((n) => {
        const past = executions.get(n);
        return past ? [placeOf(past)] : [];
      }),
      changed: this.changed,
      ...(this.different && { different: this.different }),
      sessionState: this.sessionState,
      ...(database !== undefined && { database }),
    };
  }

  /** Not run again; told when it is not what it was. */
  private async finishedScript(index: number): Promise<void> {
    const { request, resume } = this.parts;
    const files = resume?.history.files.get(index) ?? [];
    const path = request.scripts[index]?.path ?? "";
    for (const file of files) {
      const now = await hashOf(file.path).catch(() => undefined);
      if (now !== file.sha256 && !this.changed.includes(file.path)) this.changed.push(file.path);
    }
    this.scripts.push({
      path,
      files: files.map(({ path: name, sha256 }) => ({ path: name, sha256 })),
      bytes: files[0]?.bytes ?? 0,
      batches: 0,
      finished: true,
    });
  }

  /** Returns the number of the execution after the script. */
  private async script(index: number, progress: Progress): Promise<number> {
    const { request, environment, signal, resume } = this.parts;
    const script = request.scripts[index] ?? { path: "" };
    const secrets = Object.fromEntries(request.secretVariables.map((name) => [name, "***"]));
    const answers = new Answers(resume?.history.answers ?? [], index);
    const ask = (question: Question): Promise<string | undefined> => {
      const before = progress.replaying || question.hidden ? answers.take(question.name) : undefined;
      if (before !== undefined) return Promise.resolve(before ?? undefined);
      if (this.questions.length < listed) {
        const { name, prompt, place } = question;
        this.questions.push({ name, prompt, place });
      }
      // Something has to stand there so that the rest can be read; the run asks.
      return Promise.resolve(question.default ?? `<${question.name}>`);
    };
    const parts = { request, script, secrets, environment };
    const session = request.dialect === "sqlcmd" ? sqlcmdSession(parts) : sqlplusSession(parts, ask);
    const files: { path: string; sha256: string }[] = [];
    let bytes = 0;
    let count = 0;
    const known = new Map((resume?.history.files.get(index) ?? []).map(({ path, sha256 }) => [path, sha256]));
    for await (const item of readScript(script.path, session, readOptions(request))) {
      signal.throwIfAborted();
      switch (item.kind) {
        case "file": {
          const { path, sha256 } = item;
          if (files.length === 0) bytes = item.bytes;
          files.push({ path, sha256 });
          if (known.has(path) && known.get(path) !== sha256 && !this.changed.includes(path))
            this.changed.push(path);
          break;
        }
        case "batch":
          count += item.count;
          for (const [name, value] of Object.entries(this.batch(item, progress))) session.set(name, value);
          break;
        case "command":
          this.command(item.command);
          break;
        case "problem":
          this.problemCount++;
          if (this.problems.length < listed) this.problems.push(item.problem);
          break;
        case "end":
          if (item.reason === "unreadable" || item.reason === "stopped") {
            const why = this.problems[this.problems.length - 1]?.message ?? script.path;
            this.blocked.push(l10n.t("the script cannot be read to its end: {0}", why));
          }
      }
    }
    for (const { name, value } of session.list()) {
      if (session.uses.has(name.toUpperCase()) || session.uses.has(name.toLowerCase()))
        this.variables.set(name, value);
    }
    for (const name of request.dialect === "sqlcmd" ? session.uses.keys() : []) {
      if (session.get(name) === undefined) this.variables.set(name, undefined);
    }
    this.batches += count;
    this.scripts.push({ path: script.path, files, bytes, batches: count, finished: false });
    return progress.upcoming;
  }

  /** Counts a batch; returns the variables that it has set in the run that goes on. */
  private batch(batch: BatchItem, progress: Progress): Readonly<Record<string, string>> {
    const { request, resume } = this.parts;
    const hash = batchHash(batch);
    const variables: Record<string, string> = {};
    let runs = false;
    for (let round = 1; round <= batch.count && !this.different; round++) {
      const step = progress.next(hash);
      if (step.kind === "run") {
        if (step.n === progress.from) this.at = { file: batch.file, line: batch.startLine };
        runs = true;
        // All that follow run as well, and need not be looked at one by one.
        progress.leap(batch.count - round);
        break;
      }
      if (step.kind === "different")
        this.different = { number: step.n, file: batch.file, line: batch.startLine };
      else Object.assign(variables, resume?.history.variables.get(step.n));
    }
    if (!runs) {
      if (this.sessionState.length < listed)
        this.sessionState.push(...sessionStatements(batch, request.dialect));
      return variables;
    }
    this.undefinedIn(batch);
    for (const { statement, target, file, line, definition, temporary } of destructiveIn(
      batch,
      request.dialect,
    )) {
      this.destructiveCount++;
      if (this.destructive.length >= listed) continue;
      this.destructive.push({ statement, ...(target && { target }), file, line, definition, temporary });
    }
    return variables;
  }

  private undefinedIn(batch: BatchItem): void {
    const { options, dialect } = this.parts.request;
    if (batch.undefined.length === 0 || options.undefinedVariables === "send" || dialect === "sqlplus")
      return;
    if (this.blocked.length >= listed) return;
    this.blocked.push(
      l10n.t(
        "{0}, line {1}: no value for {2}; the run would stop there",
        batch.file,
        batch.startLine,
        batch.undefined.join(", "),
      ),
    );
  }

  private command(command: CommandItem["command"]): void {
    if (command.name !== "connect" || this.connects.length >= listed) return;
    this.connects.push({ text: command.text, file: command.file, line: command.line });
  }
}

/** Answers of the run that goes on, for one script, in their order. */
export class Answers {
  private readonly waiting: PastAnswer[];

  constructor(all: readonly PastAnswer[], script: number) {
    this.waiting = all.filter((answer) => answer.script === script);
  }

  /** The next answer if it is for this name; null: it was left unanswered. */
  take(name: string): string | null | undefined {
    if (this.waiting[0]?.name !== name) return undefined;
    return this.waiting.shift()?.value;
  }
}

export function whyUnfinished({
  end,
}: {
  readonly end?: { readonly outcome: string; readonly fatal?: boolean };
}): string {
  switch (end?.outcome) {
    case undefined:
      return l10n.t("it was sent, and the runner stopped before its end was known");
    case "cancelled":
      return l10n.t("it was cancelled");
    case "timeout":
      return l10n.t("it was stopped because it took too long");
    case "lost":
      return l10n.t("the connection was lost while it ran");
    default:
      return l10n.t("it failed and ended the run");
  }
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(path), hash);
  return hash.digest("hex");
}
