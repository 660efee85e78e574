import { createHash } from "node:crypto";
import type { BatchItem } from "../../scripts/items";
import type { History, PastExecution } from "../journal/history";
import { isFinished } from "../journal/history";

/** What tells whether a batch is the one that ran: its text, or the text as written when a secret is in it. */
export function batchHash(batch: BatchItem): string {
  const text = batch.secrets.length > 0 ? (batch.original ?? "") : batch.text;
  return createHash("sha256").update(text, "utf8").digest("hex");
}

export type Step =
  | { readonly kind: "run"; readonly n: number }
  /** It has finished in the run that goes on. */
  | { readonly kind: "skip"; readonly n: number; readonly past: PastExecution | undefined }
  /** Something else has finished in its place. */
  | { readonly kind: "different"; readonly n: number; readonly past: PastExecution };

/**
 * Counts executions over all scripts of a run, and knows which of them have finished before. The same reading of the
 * same scripts counts the same way; that each finished execution reads as it did is checked by its hash.
 */
export class Progress {
  private n: number;

  constructor(
    private readonly history: History | undefined,
    /** The first execution that is run. */
    readonly from: number,
    first = 1,
  ) {
    this.n = first - 1;
  }

  /** The number of the execution that comes next. */
  get upcoming(): number {
    return this.n + 1;
  }

  /** True while everything that comes has been done before. */
  get replaying(): boolean {
    return this.upcoming < this.from;
  }

  /** Passes over executions that run anyway. */
  leap(count: number): void {
    this.n += count;
  }

  next(hash: string): Step {
    const n = ++this.n;
    if (n >= this.from) return { kind: "run", n };
    const past = this.history?.executions.get(n);
    if (past && isFinished(past) && !past.settled && past.start.hash !== hash)
      return { kind: "different", n, past };
    return { kind: "skip", n, past };
  }
}
