import { type Disposable, EventEmitter, l10n, type Uri } from "vscode";
import { errorCount } from "./errorCount";
import { type PastRunRow, PastRunsRequest } from "../../../../server/src/protocol";
import type { Server } from "../../server";
import type { ActiveRun } from "./activeRun";
import type { RunSpec } from "./runSpec";

/** A run that this window has started, with its live messages. */
export interface StartedRun {
  readonly run: ActiveRun;
  readonly spec: RunSpec;
  readonly messages: Uri;
}

/** Progress is shown this often at most. */
const patience = 250;

/** The runs of this window, and those that the folder of runs knows. */
export class Runs implements Disposable {
  private readonly changed = new EventEmitter<void>();
  /** What runs, or what is known of past runs. */
  readonly onDidChange = this.changed.event;
  private readonly ended = new EventEmitter<StartedRun>();
  readonly onDidEnd = this.ended.event;
  private readonly forgotten = new EventEmitter<void>();
  /** What is known of past runs is to be read anew: one has begun, ended, or was marked. */
  readonly onDidChangeHistory = this.forgotten.event;
  private readonly started: StartedRun[] = [];
  private past: PastRunsRequest.Result | undefined;
  private reading: Promise<PastRunsRequest.Result> | undefined;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly server: Server,
    readonly folder: () => string,
  ) {}

  /** Runs of this window that go on. */
  get active(): readonly StartedRun[] {
    return this.started.filter(({ run }) => run.phase !== "ended");
  }

  get all(): readonly StartedRun[] {
    return this.started;
  }

  /** The run of this window that works in a folder. */
  inFolder(folder: string): StartedRun | undefined {
    return this.started.findLast(({ run }) => run.folder === folder);
  }

  add(started: StartedRun): void {
    this.started.push(started);
    const { run } = started;
    run.onDidChange(() => {
      if (run.phase !== "ended") return this.soon();
      this.refresh();
      this.ended.fire(started);
    });
    this.refresh();
  }

  /** What the folder of runs knows, latest first. Rejects when the server does not answer. */
  async history(): Promise<PastRunsRequest.Result> {
    if (this.past) return this.past;
    const params: PastRunsRequest.Params = { runs: this.folder() };
    const reading = (this.reading ??= this.server.request<PastRunsRequest.Result>(
      PastRunsRequest.method,
      params,
    ));
    try {
      const past = await reading;
      if (this.reading === reading) this.past = past;
      return past;
    } finally {
      if (this.reading === reading) this.reading = undefined;
    }
  }

  /** Reads past runs anew. */
  refresh(): void {
    this.past = this.reading = undefined;
    this.changed.fire();
    this.forgotten.fire();
  }

  dispose(): void {
    clearTimeout(this.timer);
    // What runs comes to the end of its batch; the journal is true, and it can be resumed.
    for (const { run } of this.started) run.dispose();
    this.changed.dispose();
    this.ended.dispose();
    this.forgotten.dispose();
  }

  private soon(): void {
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      this.changed.fire();
    }, patience);
  }
}

/** Milliseconds as people read them. */
export function duration(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / 1000);
  const two = (value: number): string => String(value).padStart(2, "0");
  const hours = Math.floor(seconds / 3600);
  const rest = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return hours > 0 ? `${hours}:${rest}` : rest;
}

/** A past run in one line. */
export function summaryOf({ startedAt, endedAt, where, executed, errors, rows }: PastRunRow): string {
  const took = endedAt === null ? "" : duration(Date.parse(endedAt) - Date.parse(startedAt));
  return [
    new Date(startedAt).toLocaleString(),
    where,
    took,
    l10n.t("{0} batches", executed),
    errorCount(errors),
    rows ? l10n.t("{0} rows", rows) : "",
  ]
    .filter((part) => part !== "")
    .join(" · ");
}

/** A run that can go on. */
export function canResume({ state }: PastRunRow): boolean {
  return (
    state === "Ready for restart" || state === "Failed" || state === "Cancelled" || state === "Incomplete"
  );
}
