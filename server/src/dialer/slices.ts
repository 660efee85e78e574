/** What a caller may say about long work: when to stop it, and how others get their turn. */
export interface SliceOptions {
  /** Aborted work rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Milliseconds of work between two pauses. */
  readonly budget?: number;
  readonly pause?: () => Promise<void>;
}

/** Runs work that `yield`s in slices of a few milliseconds, so that a server stays able to answer meanwhile. */
export async function inSlices<T>(work: Generator<void, T>, options: SliceOptions = {}): Promise<T> {
  const { signal, budget = 10, pause = nextTurn } = options;
  for (let deadline = performance.now() + budget; ;) {
    signal?.throwIfAborted();
    const step = work.next();
    if (step.done) return step.value;
    if (performance.now() < deadline) continue;
    await pause();
    deadline = performance.now() + budget;
  }
}

/** The same work without pauses: for the command line and for tests. */
export function atOnce<T>(work: Generator<void, T>): T {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}

/** After what waits in the event loop, unlike a promise's microtask. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
