/** Keys are derived in other threads while content is unpacked here, so a few entries at a time go faster. */
const AT_A_TIME = 4;

/**
 * Does `work` for each position, a few at a time, in order of their start. The first error stops it, and is
 * thrown after what had been started has ended.
 */
export async function walk<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  let next = 0;
  const errors: unknown[] = [];
  const worker = async (): Promise<void> => {
    while (next < items.length && errors.length === 0) {
      const item = items[next++] as T;
      try {
        await work(item);
      } catch (error) {
        errors.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(AT_A_TIME, items.length) }, worker));
  if (errors.length > 0) throw errors[0];
}

/** What long work tells while it goes on. Bytes are unpacked bytes, and the total is what directories state. */
export interface Progress {
  readonly bytes: number;
  readonly totalBytes: number;
  readonly items: number;
  readonly totalItems: number;
  readonly path: string;
}

/** Adds up what is done; a callback that throws would stop the work, so it must not. */
export class ProgressMeter {
  private bytes = 0;
  private items = 0;

  constructor(
    private readonly totalBytes: number,
    private readonly totalItems: number,
    private readonly tell: ((progress: Progress) => void) | undefined,
  ) {}

  chunk(path: string, bytes: number): void {
    this.bytes += bytes;
    this.report(path);
  }

  item(path: string): void {
    this.items++;
    this.report(path);
  }

  private report(path: string): void {
    const { bytes, items, totalBytes, totalItems } = this;
    this.tell?.({ bytes, totalBytes, items, totalItems, path });
  }
}
