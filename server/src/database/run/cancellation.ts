/** The user's wish to stop: the first time what runs is asked to stop, the second time the connection is cut. */
export class Cancellation {
  private count = 0;
  private readonly controller = new AbortController();
  private stop: { readonly ask: () => void; readonly cut: () => void } | undefined;
  /** The process that has started the run is gone: the batch at hand comes to its end, and no other starts. */
  abandoned = false;

  get requested(): boolean {
    return this.count > 0;
  }

  /** Aborted with the first request: for what can be given up at once, connecting and asking. */
  get signal(): AbortSignal {
    return this.controller.signal;
  }

  /** Returns whether the connection is being cut. */
  request(): boolean {
    this.count++;
    this.controller.abort();
    if (this.count === 1) this.stop?.ask();
    else this.stop?.cut();
    return this.count > 1;
  }

  /** While `work` runs, this is how it is stopped. */
  async during<T>(
    work: () => Promise<T>,
    stop: { readonly ask: () => void; readonly cut: () => void },
  ): Promise<T> {
    this.stop = stop;
    try {
      const working = work();
      // It may have been asked for before there was anything to stop.
      if (this.count === 1) stop.ask();
      else if (this.count > 1) stop.cut();
      return await working;
    } finally {
      this.stop = undefined;
    }
  }
}
