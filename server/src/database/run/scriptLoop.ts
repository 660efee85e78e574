import * as l10n from "@vscode/l10n";
import type { BatchItem, CommandItem, EndItem, FileItem, ProblemItem } from "../../scripts/items";
import { readScript, type ScriptSession } from "../../scripts/read";
import type { Question } from "../../scripts/sqlplus/session";
import type { Ending, RunContext } from "./context";
import { stopBefore } from "./executor";
import { batchHash, type Progress } from "./progress";
import { readOptions } from "./scriptSession";
import { sessionStatements } from "./sessionState";
import { Answers } from "./survey";

/** What a dialect does with the items of a script. `replaying`: what comes has been done in the run that goes on. */
export interface ScriptRules {
  readonly command: (command: CommandItem["command"], replaying: boolean) => Promise<Ending | undefined>;
  /** Runs one execution. */
  readonly execute: (batch: BatchItem, n: number, round: number) => Promise<Ending | undefined>;
  /** Sends a batch again that only sets up the session. */
  readonly replay: (batch: BatchItem, n: number) => Promise<Ending | undefined>;
  /** The execution was finished before; variables that it has set are set again already. */
  readonly skipped: (batch: BatchItem, n: number) => void;
  readonly problem: (item: ProblemItem) => Promise<Ending | undefined>;
  /** The script is at its end, and nothing has ended it before. */
  readonly end: () => Ending;
  /** Connects if that has not happened yet. */
  readonly connect: () => Promise<Ending | undefined>;
}

/** Reads one script and has it carried out, item by item: one thing at a time, in the script's order. */
export async function runItems(
  context: RunContext,
  index: number,
  progress: Progress,
  session: ScriptSession,
  rules: ScriptRules,
): Promise<Ending> {
  const { request, output } = context;
  const path = request.scripts[index]?.path ?? "";
  const loop = new ScriptLoop(context, index, progress, session, rules);
  for await (const item of readScript(path, session, readOptions(request))) {
    const stop = stopBefore(context);
    if (stop) return stop;
    const ending = await loop.item(item);
    if (ending) return ending;
  }
  output.note("error", l10n.t("{0} was not read to its end", path));
  return { kind: "failed", reason: l10n.t("the script was not read to its end"), exitCode: 1 };
}

class ScriptLoop {
  private opened = 0;
  private replaySession = false;

  constructor(
    private readonly context: RunContext,
    private readonly index: number,
    private readonly progress: Progress,
    private readonly session: ScriptSession,
    private readonly rules: ScriptRules,
  ) {
    this.replaySession = context.decisions.replaySession ?? false;
  }

  async item(item: FileItem | BatchItem | CommandItem | ProblemItem | EndItem): Promise<Ending | undefined> {
    switch (item.kind) {
      case "file":
        return this.file(item);
      case "batch":
        return this.batch(item);
      case "command":
        return this.rules.command(item.command, this.progress.replaying);
      case "problem": {
        if (this.progress.replaying) return undefined;
        const { severity, message, place } = item.problem;
        this.context.output.note(severity === "hint" ? "information" : severity, message, {
          file: place?.file ?? "",
          line: place?.line ?? 1,
        });
        if (severity === "error") this.context.totals.errors++;
        return this.rules.problem(item);
      }
      case "end":
        return this.end(item);
    }
  }

  /** What is read must be what was shown. */
  private async file(item: FileItem): Promise<Ending | undefined> {
    const shown = this.context.survey.scripts[this.index]?.files[this.opened++];
    // A file whose name comes from a query could not be shown.
    if (shown && shown.path === item.path && shown.sha256 !== item.sha256) {
      return {
        kind: "interrupted",
        reason: l10n.t("{0} has changed since its contents were shown; nothing of it was run", item.path),
        exitCode: 1,
      };
    }
    const { path, sha256, bytes } = item;
    await this.context.journal.add({
      type: "file",
      script: this.index,
      path,
      sha256,
      bytes,
      n: this.progress.upcoming,
    });
    return undefined;
  }

  private async batch(batch: BatchItem): Promise<Ending | undefined> {
    const { request, output, history } = this.context;
    const hash = batchHash(batch);
    for (let round = 1; round <= batch.count; round++) {
      const stop = round > 1 ? stopBefore(this.context) : undefined;
      if (stop) return stop;
      const step = this.progress.next(hash);
      if (step.kind === "different") {
        return {
          kind: "failed",
          reason: l10n.t(
            "{0}, line {1}: here is something else than what has run; nothing was sent",
            batch.file,
            batch.startLine,
          ),
          exitCode: 1,
        };
      }
      if (step.kind === "skip") {
        for (const [name, value] of Object.entries(history?.variables.get(step.n) ?? {}))
          this.session.set(name, value);
        this.rules.skipped(batch, step.n);
        const ending = this.replaySession ? await this.sendSettings(batch, step.n) : undefined;
        if (ending) return ending;
        continue;
      }
      if (batch.undefined.length > 0 && request.options.undefinedVariables === "stop") {
        output.note(
          "error",
          l10n.t("no value for {0}: the batch is not sent, and the run stops", batch.undefined.join(", ")),
          {
            file: batch.file,
            line: batch.startLine,
          },
        );
        return {
          kind: "failed",
          reason: l10n.t(
            "{0}, line {1}: no value for {2}",
            batch.file,
            batch.startLine,
            batch.undefined.join(", "),
          ),
          exitCode: 1,
        };
      }
      const ending = (await this.rules.connect()) ?? (await this.rules.execute(batch, step.n, round));
      if (ending) return ending;
    }
    return undefined;
  }

  /** A finished batch that does nothing but set its session: sent again because the user wants that. */
  private async sendSettings(batch: BatchItem, n: number): Promise<Ending | undefined> {
    const { output, request } = this.context;
    const statements = sessionStatements(batch, request.dialect);
    if (statements.length === 0 || !statements.every(({ alone }) => alone)) return undefined;
    const failed = await this.rules.connect();
    if (failed) return failed;
    output.note(
      "information",
      l10n.t("sent again for the new session: {0}", statements.map(({ text }) => text).join("; ")),
      {
        file: batch.file,
        line: batch.startLine,
      },
    );
    return this.rules.replay(batch, n);
  }

  private async end({ reason }: EndItem): Promise<Ending | undefined> {
    if (reason === "end" || reason === "exit") return this.rules.end();
    return {
      kind: "failed",
      reason:
        reason === "unreadable"
          ? l10n.t("the script cannot be read")
          : l10n.t("reading the script has stopped; nothing after that point was run"),
      exitCode: 1,
    };
  }
}

/** Answers of the run that goes on as long as it is replayed, then those of the user; all but secrets are recorded. */
export function askUser(
  context: RunContext,
  index: number,
  progress: Progress,
): (question: Question) => Promise<string | undefined> {
  const answers = new Answers(context.history?.answers ?? [], index);
  return async (question) => {
    const before = question.hidden ? undefined : answers.take(question.name);
    if (before !== undefined && progress.upcoming <= progress.from) return before ?? undefined;
    // Waiting may take hours: what has finished is safe before that.
    await context.journal.sync();
    const value = await context.ask(question);
    if (question.hidden) {
      if (value !== undefined) context.output.scrubber.add(value);
    } else {
      await context.journal.add({ type: "answer", script: index, name: question.name, value: value ?? null });
    }
    return value;
  };
}
