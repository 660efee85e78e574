import * as l10n from "@vscode/l10n";
import type { Question } from "../scripts/sqlplus/session";
import type { Channel } from "./channel";
import { type History, readHistory } from "./journal/history";
import { TargetLock } from "./lock";
import type { RunRequest, Survey, ToRunner } from "./messages";
import { query } from "./query";
import { Cancellation } from "./run/cancellation";
import type { Drivers } from "./run/context";
import { run, RunRefused } from "./run/run";
import { survey } from "./run/survey";
import { RunFolder } from "./runFolder";
import { stateNames } from "./stateNames";
import { describeTarget, targetKey } from "./target";

/**
 * What went before says what is run, and how it is read: else it would not be the same run. Protection, credentials
 * and limits are those of now.
 */
function resumedRequest(now: RunRequest, { request: before }: History): RunRequest {
  if (targetKey(now.target) !== targetKey(before.target)) {
    throw new RunRefused(
      l10n.t(
        "that run worked on {0}, this would be {1}; start a new run instead",
        describeTarget(before.target),
        describeTarget(now.target),
      ),
    );
  }
  const { batchTimeout, connectTimeout, shownRows, rowFiles } = now.options;
  const options = { ...before.options, batchTimeout, connectTimeout, shownRows, rowFiles };
  return { ...before, target: now.target, options };
}

/** One run, as its parent asks for it: a survey, then the run, then the end of the process. */
export class RunnerService {
  private readonly cancellation = new Cancellation();
  private surveyed:
    { readonly request: RunRequest; readonly survey: Survey; readonly history?: History } | undefined;
  private readonly questions = new Map<number, (answer: string | undefined) => void>();
  private asked = 0;
  private running = false;

  constructor(
    private readonly channel: Channel,
    private readonly drivers: Drivers,
    private readonly environment: Readonly<Record<string, string | undefined>>,
    /** Called when there is nothing more to do. */
    private readonly done: () => void,
  ) {}

  /** Never rejects. */
  async receive(message: ToRunner): Promise<void> {
    try {
      switch (message.type) {
        case "survey":
          await this.survey(message.request, message.resume);
          break;
        case "query":
          this.channel.say({
            type: "queried",
            queried: await query(message, this.drivers, this.cancellation.signal),
          });
          await this.finish();
          break;
        case "start":
          await this.start(message);
          break;
        case "cancel":
          this.cancel();
          break;
        case "answer":
          this.questions.get(message.id)?.(message.value);
          this.questions.delete(message.id);
      }
    } catch (error) {
      this.channel.say({ type: "refused", message: error instanceof Error ? error.message : String(error) });
      await this.finish();
    }
  }

  /** The parent is gone. What runs comes to its end; nobody could watch more. */
  async abandoned(): Promise<void> {
    this.cancellation.abandoned = true;
    for (const answer of this.questions.values()) answer(undefined);
    if (!this.running) await this.finish();
  }

  private async survey(request: RunRequest, resume: string | undefined): Promise<void> {
    let given = request;
    let history: History | undefined;
    if (resume !== undefined) {
      history = await readHistory(new RunFolder(resume).journal);
      given = resumedRequest(request, history);
    }
    const lock = new TargetLock(given.target);
    if (resume !== undefined && (await lock.isRunning(resume))) {
      throw new RunRefused(
        l10n.t("that run is still going on; wait for its end, or cancel it where it was started"),
      );
    }
    const otherRun = await lock.other();
    const found = await survey({
      request: given,
      environment: this.environment,
      signal: this.cancellation.signal,
      ...(otherRun && { otherRun }),
      ...(resume !== undefined && history && { resume: { folder: resume, history } }),
    });
    this.surveyed = { request: given, survey: found, ...(history && { history }) };
    this.channel.say({ type: "surveyed", survey: found });
  }

  private async start({ password, secrets, decisions }: Extract<ToRunner, { type: "start" }>): Promise<void> {
    const { surveyed } = this;
    if (!surveyed || this.running) throw new RunRefused(l10n.t("a run starts once, after its survey"));
    this.running = true;
    const result = await run({
      ...surveyed,
      decisions,
      password,
      secrets,
      events: this.channel,
      ask: (question) => this.ask(question),
      drivers: this.drivers,
      environment: this.environment,
      cancellation: this.cancellation,
    });
    this.channel.say({ type: "finished", result, stateName: stateNames[result.state] });
    await this.finish();
  }

  private cancel(): void {
    const closing = this.cancellation.request();
    this.channel.post({ kind: "cancelling", closing });
    if (!this.surveyed) void this.finish();
  }

  private ask({ name, prompt, hidden, place, default: fallback }: Question): Promise<string | undefined> {
    if (this.cancellation.abandoned) return Promise.resolve(undefined);
    const id = ++this.asked;
    return new Promise((resolve) => {
      this.questions.set(id, resolve);
      this.channel.say({
        type: "question",
        id,
        name,
        prompt,
        hidden,
        place,
        ...(fallback !== undefined && { default: fallback }),
      });
    });
  }

  private async finish(): Promise<void> {
    await this.channel.sent();
    this.done();
  }
}
