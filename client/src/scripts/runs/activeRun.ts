import { EventEmitter, l10n, window } from "vscode";
import type {
  Column,
  Decisions,
  FromRunner,
  RunEvent,
  RunRequest,
  RunResult,
  ScriptPlace,
  Survey,
} from "../../../../server/src/protocol";
import { RunnerProcess, type RunnerPlace } from "../runnerProcess";

export type RunPhase = "surveying" | "surveyed" | "running" | "cancelling" | "ended";

/** A result set of a run. */
export interface RunResultSet {
  readonly batch: number;
  readonly set: number;
  readonly columns: readonly Column[];
  readonly place: ScriptPlace | undefined;
  rows: number | undefined;
  file: string | undefined;
}

/** How far a run is. */
export interface RunProgress {
  readonly script: number;
  readonly scripts: number;
  readonly path: string;
  readonly batch: number;
  readonly batches: number;
  readonly rows: number;
  readonly errors: number;
  /** Milliseconds since the start. */
  readonly elapsed: number;
}

/** One run from its survey to its end, in a process of its own. */
export class ActiveRun {
  private readonly changed = new EventEmitter<void>();
  /** Its phase or progress is another one. */
  readonly onDidChange = this.changed.event;
  private readonly happened = new EventEmitter<readonly RunEvent[]>();
  readonly onDidHappen = this.happened.event;
  phase: RunPhase = "surveying";
  survey: Survey | undefined;
  folder: string | undefined;
  result: RunResult | undefined;
  /** How it ended, as people read it. */
  ending = l10n.t("Ended");
  /** Why there is no result. */
  failure: string | undefined;
  protection = "";
  readonly results: RunResultSet[] = [];
  private readonly runner: RunnerProcess;
  private awaited: ((message: FromRunner | undefined) => void) | undefined;
  private startedAt = 0;
  private endedAt = 0;
  private script = 0;
  private path = "";
  private batch = 0;
  private done = 0;
  private rows = 0;
  private errors = 0;
  private place: ScriptPlace | undefined;

  constructor(
    place: RunnerPlace,
    public request: RunRequest,
    readonly title: string,
    private readonly resume?: string,
  ) {
    this.runner = new RunnerProcess(
      place,
      request.target,
      (message) => this.receive(message),
      (why) => this.gone(why),
    );
  }

  get processId(): number | undefined {
    return this.runner.id;
  }

  get progress(): RunProgress {
    const end = this.endedAt || Date.now();
    return {
      script: this.script,
      scripts: this.request.scripts.length,
      path: this.path,
      batch: this.batch,
      batches: this.survey?.batches ?? 0,
      rows: this.rows,
      errors: this.errors,
      elapsed: this.startedAt === 0 ? 0 : end - this.startedAt,
    };
  }

  /** Batches that have come to their end. */
  get finishedBatches(): number {
    return this.done;
  }

  /** Reads the scripts, or reads them anew for another request. Rejects with a message for people. */
  async read(request = this.request): Promise<Survey> {
    this.request = request;
    this.phase = "surveying";
    const answer = this.wait();
    this.runner.send({ type: "survey", request, ...(this.resume !== undefined && { resume: this.resume }) });
    const message = await answer;
    if (message?.type !== "surveyed") throw new Error(this.reasonOf(message));
    this.survey = message.survey;
    this.setPhase("surveyed");
    return message.survey;
  }

  /** Starts what was surveyed; resolves with the end. Never rejects: `failure` says why there is no result. */
  async start(
    password: string,
    secrets: Readonly<Record<string, string>>,
    decisions: Decisions,
  ): Promise<RunResult | undefined> {
    this.startedAt = Date.now();
    this.setPhase("running");
    const answer = this.wait();
    this.runner.send({ type: "start", password, secrets, decisions });
    const message = await answer;
    this.endedAt = Date.now();
    if (message?.type === "finished") {
      this.result = message.result;
      this.ending = message.stateName;
    } else this.failure = this.reasonOf(message);
    this.folder ??= this.result?.folder;
    this.setPhase("ended");
    return this.result;
  }

  /** Asks the server to stop; the second time, cuts the connection. */
  cancel(): void {
    if (this.phase !== "running" && this.phase !== "cancelling") return;
    this.runner.send({ type: "cancel" });
    this.setPhase("cancelling");
  }

  /** Nobody wants it any more: what runs comes to its end, nothing else starts. */
  dispose(): void {
    this.runner.letGo();
  }

  private async wait(): Promise<FromRunner | undefined> {
    return new Promise((resolve) => (this.awaited = resolve));
  }

  private reasonOf(message: FromRunner | undefined): string {
    if (message?.type === "refused") return message.message;
    const why = this.failure ?? "";
    return this.startedAt === 0
      ? l10n.t("The runner has ended unexpectedly. {0}", why)
      : l10n.t("The runner has ended unexpectedly. {0} Its journal is true: the run can be resumed.", why);
  }

  private gone(why: string): void {
    this.failure = why;
    this.awaited?.(undefined);
    this.awaited = undefined;
  }

  private receive(message: FromRunner): void {
    switch (message.type) {
      case "events":
        for (const event of message.events) this.take(event);
        this.happened.fire(message.events);
        this.changed.fire();
        return;
      case "question":
        void this.ask(message);
        return;
      case "queried":
        return;
      default: {
        const { awaited } = this;
        this.awaited = undefined;
        awaited?.(message);
      }
    }
  }

  private async ask(question: Extract<FromRunner, { type: "question" }>): Promise<void> {
    const { id, name, prompt, hidden, default: fallback } = question;
    const value = await window.showInputBox({
      title: l10n.t("{0} asks for {1}", this.title, name),
      prompt,
      password: hidden,
      ...(fallback !== undefined && { value: fallback }),
      ignoreFocusOut: true,
    });
    this.runner.send({ type: "answer", id, ...(value !== undefined && { value }) });
  }

  private take(event: RunEvent): void {
    switch (event.kind) {
      case "started":
        this.folder = event.folder;
        return;
      case "connected":
        this.protection = event.protection;
        return;
      case "script":
        this.script = event.index + 1;
        this.path = event.path;
        return;
      case "batch":
        this.batch = event.number;
        this.place = { file: event.file, line: event.line };
        return;
      case "batch-end":
        this.done++;
        return;
      case "error":
        this.errors++;
        return;
      case "columns": {
        const { batch, place } = this;
        this.results.push({
          batch,
          set: event.set,
          columns: event.columns,
          place,
          rows: undefined,
          file: undefined,
        });
        return;
      }
      case "count": {
        const result = this.results.findLast(({ batch, set }) => batch === this.batch && set === event.set);
        if (event.set === undefined || !result) return;
        result.rows = event.rows;
        result.file = event.file;
        this.rows += event.rows ?? 0;
        return;
      }
      case "cancelling":
        this.phase = "cancelling";
    }
  }

  private setPhase(phase: RunPhase): void {
    this.phase = phase;
    this.changed.fire();
  }
}
