/** Who types does not want to be checked at every letter; a long text takes longer to check. */
const pause = { short: 150, long: 600 };
const longText = 1024 * 1024;

/** Work that is done again a moment after something changed; what is under way is given up then. */
export class Checking {
  private timer: NodeJS.Timeout | undefined;
  private run = new AbortController();

  constructor(
    private readonly work: (signal: AbortSignal) => Promise<void>,
    private readonly failed: (error: unknown) => void,
  ) {}

  now(): void {
    this.stop();
    const run = (this.run = new AbortController());
    this.work(run.signal).catch((error: unknown) => {
      if (!run.signal.aborted) this.failed(error);
    });
  }

  /** Together with whatever changes in the next moment. */
  soon(length: number): void {
    this.stop();
    this.timer = setTimeout(() => this.now(), length > longText ? pause.long : pause.short);
  }

  stop(): void {
    clearTimeout(this.timer);
    this.run.abort();
  }
}
