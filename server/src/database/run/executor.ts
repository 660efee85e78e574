import * as l10n from "@vscode/l10n";
import type { BatchItem } from "../../scripts/items";
import type { BatchOutcome, Session } from "../driver";
import { BatchOutput } from "./batchOutput";
import type { Ending, RunContext } from "./context";
import { batchHash } from "./progress";

/** One execution that was carried out. */
export interface Executed {
  readonly n: number;
  readonly outcome: BatchOutcome;
  readonly output: BatchOutput;
}

/** What a dialect adds to an execution. */
export interface ExecutionRules {
  /** After the batch, before its end is recorded: fetch what the server still has, commit. May set the errors right. */
  readonly after?: (executed: Executed) => Promise<void>;
  /** Whether what happened ends the run. */
  readonly ending: (executed: Executed) => Ending | undefined;
  readonly binds?: () => Readonly<Record<string, string | number | null>> | undefined;
  readonly quiet?: boolean;
}

/**
 * Carries out executions one by one. The start of each is on the disk before it is sent, the end of each before the
 * next is: whatever happens to this process or its computer, the journal never knows less than was sent.
 */
export class Executor {
  constructor(
    private readonly context: RunContext,
    private readonly script: number,
  ) {}

  async execute(
    session: Session,
    batch: BatchItem,
    n: number,
    round: number,
    rules: ExecutionRules,
  ): Promise<Executed & { readonly ending: Ending | undefined }> {
    const { journal, output, request, folder, cancellation, totals, now } = this.context;
    const { options } = request;
    const place = { file: batch.file, line: batch.startLine };
    await journal.add({
      type: "start",
      at: now().toISOString(),
      n,
      script: this.script,
      ...place,
      endLine: batch.endLine,
      hash: batchHash(batch),
      ...(batch.count > 1 && { round }),
      ...(session.database !== undefined && { database: session.database }),
    });
    await journal.sync();
    output.post(
      { kind: "batch", number: n, endLine: batch.endLine, ...place },
      `batch ${n}: ${place.file}, line ${place.line}`,
    );
    const sink = new BatchOutput(output, batch, n, {
      shown: options.shownRows,
      files: options.rowFiles,
      folder,
    });
    sink.quiet = rules.quiet ?? false;
    const began = performance.now();
    let outcome = await cancellation.during(() => session.execute(batch.text, sink, options.batchTimeout), {
      ask: () => session.cancel(),
      cut: () => session.destroy(),
    });
    if (outcome.kind === "done") {
      await rules.after?.({ n, outcome, output: sink });
      // What belongs to the batch, a commit above all, did not come through.
      if (!session.alive)
        outcome = { kind: "lost", reason: l10n.t("the connection was lost right after the batch") };
    }
    const executed: Executed = { n, outcome, output: sink };
    await sink.end();
    const milliseconds = Math.round(performance.now() - began);
    const ending = endingOf(outcome, cancellation.requested) ?? rules.ending(executed);
    const errors = sink.errors.length;
    totals.executed++;
    totals.errors += errors;
    const binds = rules.binds?.();
    await journal.add({
      type: "end",
      at: now().toISOString(),
      n,
      outcome: outcome.kind,
      errors,
      milliseconds,
      ...(sink.totalRows > 0 && { rows: sink.totalRows }),
      ...(session.database !== undefined && { database: session.database }),
      open: session.inTransaction,
      ...(ending?.kind === "failed" && { fatal: true }),
      ...(binds && { binds }),
    });
    output.post(
      { kind: "batch-end", number: n, outcome: outcome.kind, milliseconds, errors, ...place },
      `batch ${n}: ${outcome.kind}, ${errors} errors, ${milliseconds} ms`,
    );
    return { ...executed, ending };
  }

  /** Sends a batch again that has finished before, for what it sets in the session. */
  async replay(session: Session, batch: BatchItem, n: number): Promise<Ending | undefined> {
    const { journal, output, request, folder, cancellation, now } = this.context;
    await journal.add({ type: "replay", at: now().toISOString(), n });
    await journal.sync();
    const sink = new BatchOutput(output, batch, n, {
      shown: request.options.shownRows,
      files: false,
      folder,
    });
    const outcome = await cancellation.during(
      () => session.execute(batch.text, sink, request.options.batchTimeout),
      {
        ask: () => session.cancel(),
        cut: () => session.destroy(),
      },
    );
    await sink.end();
    if (sink.errors.length === 0 && outcome.kind === "done") return undefined;
    return (
      endingOf(outcome, cancellation.requested) ?? {
        kind: "interrupted",
        reason: l10n.t("{0}, line {1}: the session could not be set up again", batch.file, batch.startLine),
        exitCode: 1,
      }
    );
  }
}

/** Endings that no dialect has a say in. */
function endingOf(outcome: BatchOutcome, cancelled: boolean): Ending | undefined {
  if (outcome.kind === "cancelled")
    return { kind: "cancelled", reason: l10n.t("cancelled; the server has stopped the batch"), exitCode: 1 };
  if (outcome.kind !== "lost") return undefined;
  return cancelled
    ? {
        kind: "cancelled",
        reason: l10n.t("cancelled, and the connection was cut: how far the batch came is not known"),
        exitCode: 1,
      }
    : { kind: "interrupted", reason: l10n.t("the connection was lost ({0})", outcome.reason), exitCode: 1 };
}

/** Whether the loop must stop before the next execution. */
export function stopBefore({ cancellation }: RunContext): Ending | undefined {
  if (cancellation.requested)
    return { kind: "cancelled", reason: l10n.t("cancelled between two batches"), exitCode: 1 };
  if (cancellation.abandoned) {
    return {
      kind: "interrupted",
      reason: l10n.t("the program that has started the run is gone"),
      exitCode: 1,
    };
  }
  return undefined;
}
