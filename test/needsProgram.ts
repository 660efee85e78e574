import { spawnSync } from "node:child_process";

/** Ends a test as skipped, with the reason on screen, where a program is not installed. In CI it must be there. */
export function needsProgram(context: Mocha.Context, program: string): void {
  if (!spawnSync(program, ["--version"]).error) return;
  if (process.env.CI) throw new Error(`${program} is not installed; .ci/run installs it.`);
  console.log(`      (skipped: ${program} is not installed)`);
  context.skip();
}
