/** What must not outlive this process: stopped in order on SIGINT and SIGTERM, killed when it exits. */
interface Running {
  readonly stop: () => Promise<void>;
  /** The last resort, without waiting. */
  readonly kill: () => void;
}

const running = new Set<Running>();
let watching = false;

/** Registers something to clean up; returns how to take it off the list again. */
export function cleanUp(entry: Running): () => void {
  running.add(entry);
  if (!watching) {
    watching = true;
    for (const [signal, code] of [
      ["SIGINT", 130],
      ["SIGTERM", 143],
      ["SIGHUP", 129],
    ] as const) {
      process.once(signal, () => void stopAll().finally(() => process.exit(code)));
    }
    process.once("exit", () => running.forEach(({ kill }) => kill()));
  }
  return () => running.delete(entry);
}

async function stopAll(): Promise<void> {
  for (const { stop } of [...running].reverse()) await stop().catch(() => undefined);
}
