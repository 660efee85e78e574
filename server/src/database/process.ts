import { type ChildProcess, fork } from "node:child_process";
import * as l10n from "@vscode/l10n";
import type { Decisions, FromRunner, RunEvent, RunRequest, RunResult, Survey, ToRunner } from "./messages";

export type AskedQuestion = Extract<FromRunner, { type: "question" }>;

/** What the starter of a run has to do with what happens in it. */
export interface RunWatcher {
  readonly onEvents: (events: readonly RunEvent[]) => void;
  /** Undefined: there is nobody to answer. */
  readonly onQuestion: (question: AskedQuestion) => Promise<string | undefined>;
}

/** The runner has ended without a result, or has refused. */
export class RunnerError extends Error {}

/** A runner process, seen from the one that starts it. */
export class RunnerProcess {
  private readonly child: ChildProcess;
  private waiting: ((message: FromRunner | undefined) => void) | undefined;
  private errorOutput = "";
  private ended = false;

  /** `module`: the runner's script, `dist/runner.js`. */
  constructor(
    module: string,
    private readonly watcher: RunWatcher,
    environment: NodeJS.ProcessEnv = process.env,
  ) {
    // What a driver prints is nothing for users, unless the runner dies of it.
    this.child = fork(module, [], {
      stdio: ["ignore", "ignore", "pipe", "ipc"],
      env: environment,
      execArgv: [],
    });
    this.child.stderr?.on("data", (data: Buffer) => {
      this.errorOutput = (this.errorOutput + data.toString("utf8")).slice(-4000);
    });
    this.child.on("message", (message) => this.receive(message as FromRunner));
    this.child.on("error", (error) => (this.errorOutput += error.message));
    this.child.on("close", () => {
      this.ended = true;
      this.waiting?.(undefined);
    });
  }

  get id(): number | undefined {
    return this.child.pid;
  }

  /** Reads the scripts. Rejects with RunnerError. */
  async survey(request: RunRequest, resume?: string): Promise<Survey> {
    const reply = await this.request({ type: "survey", request, ...(resume !== undefined && { resume }) });
    if (reply?.type === "surveyed") return reply.survey;
    throw this.failure(reply);
  }

  /** Runs what was surveyed; secrets go through the pipe between the processes only. Rejects with RunnerError. */
  async start(
    password: string,
    secrets: Readonly<Record<string, string>>,
    decisions: Decisions,
  ): Promise<RunResult> {
    const reply = await this.request({ type: "start", password, secrets, decisions });
    if (reply?.type === "finished") return reply.result;
    throw this.failure(reply);
  }

  /** Asks the server to stop; the second time, cuts the connection. */
  cancel(): void {
    this.send({ type: "cancel" });
  }

  /** Lets go of the runner: a batch that runs comes to its end, and the journal with it. */
  dispose(): void {
    if (this.child.connected) this.child.disconnect();
  }

  private failure(reply: FromRunner | undefined): RunnerError {
    if (reply?.type === "refused") return new RunnerError(reply.message);
    const why = this.errorOutput.trim();
    return new RunnerError(
      why === ""
        ? l10n.t(
            "the runner has ended unexpectedly. The journal in the run's folder is true; the run can be resumed",
          )
        : l10n.t(
            "the runner has ended unexpectedly: {0}. The journal in the run's folder is true; the run can be resumed",
            why,
          ),
    );
  }

  private async request(message: ToRunner): Promise<FromRunner | undefined> {
    if (this.ended) return undefined;
    return new Promise((resolve) => {
      this.waiting = resolve;
      this.send(message);
    });
  }

  private send(message: ToRunner): void {
    if (this.child.connected) this.child.send(message, () => undefined);
  }

  private receive(message: FromRunner): void {
    if (message.type === "events") this.watcher.onEvents(message.events);
    else if (message.type === "question") {
      void this.watcher
        .onQuestion(message)
        .catch(() => undefined)
        .then((value) =>
          this.send({ type: "answer", id: message.id, ...(value !== undefined && { value }) }),
        );
    } else this.waiting?.(message);
  }
}
