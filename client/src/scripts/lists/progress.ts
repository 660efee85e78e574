import type { PastRunRow } from "../../../../server/src/protocol";

/** How far a script is, by the history. */
export interface Progress {
  /** `done`: it came to its end, maybe with errors. */
  readonly state: "done" | "started" | "none";
  readonly errors: number;
}

export const notRun: Progress = { state: "none", errors: 0 };

/** The latest run that has a script decides, on one database where that is given. */
export function progressOf(path: string, runs: readonly PastRunRow[], targetKey?: string): Progress {
  for (const run of runs) {
    if (targetKey !== undefined && run.targetKey !== targetKey) continue;
    const script = run.scripts.find((each) => each.path === path);
    if (!script) continue;
    const state = script.ended ? "done" : script.started || run.state === "Running" ? "started" : "none";
    // Who has marked the run as completed by hand has dealt with its errors.
    return { state, errors: run.state === "User completed" ? 0 : script.errors };
  }
  return notRun;
}

/** Of steps in their order: the first that has not come to its end, and those before it that had errors. */
export function nextStep(steps: readonly Progress[]): {
  readonly next: number | undefined;
  readonly faulty: readonly number[];
} {
  const found = steps.findIndex(({ state }) => state !== "done");
  const next = found < 0 ? undefined : found;
  const faulty = steps.slice(0, next).flatMap(({ errors }, index) => (errors > 0 ? [index] : []));
  return { next, faulty };
}
