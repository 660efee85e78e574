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
      process.once(signal, () => {
        void stopAll().finally(() => process.exit(code));
        // Asked again: no more waiting.
        process.once(signal, () => process.exit(code));
      });
    }
    process.once("exit", () => newestFirst().forEach(({ kill }) => kill()));
  }
  return () => running.delete(entry);
}

async function stopAll(): Promise<void> {
  for (const { stop } of newestFirst()) await stop().catch(() => undefined);
}

function newestFirst(): Running[] {
  return [...running].reverse();
}

/** Ends a process that was started as the leader of its own group, and all of the group. */
export function signalGroup(pid: number | undefined, signal: NodeJS.Signals): void {
  try {
    if (pid !== undefined) process.kill(-pid, signal);
  } catch {
    // The group is gone already.
  }
}
