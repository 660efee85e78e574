/** Median of the times of `run`, in milliseconds, after a warm-up that lets the engine compile what is used often. */
export function median(run: () => void, { runs = 31, warmUp = 200 } = {}): number {
  const enough = performance.now() + 200;
  for (let i = 0; i < warmUp && performance.now() < enough; i++) run();
  const times: number[] = [];
  for (let i = 0; i < runs; i++) {
    const start = performance.now();
    run();
    times.push(performance.now() - start);
  }
  return middle(times);
}

/** The middle value. */
export function middle(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1]!;
}

/** Time of one call, in milliseconds. */
export async function once<T>(run: () => T | Promise<T>): Promise<{ time: number; result: T }> {
  const start = performance.now();
  const result = await run();
  return { time: performance.now() - start, result };
}

/** Heap and buffers in use, in MB, after a collection (needs `--expose-gc`). */
export function memoryInUse(): number {
  (globalThis as { gc?: () => void }).gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / 1024 / 1024;
}
