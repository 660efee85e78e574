import { runTests } from "@vscode/test-electron";
import { newProfile } from "./desktop";
import { root } from "./extension";
import type { SuiteRun } from "./runSuite";

/** The suite in the desktop VS Code, with settings and extensions of its own. */
export async function runInElectron(
  vscode: string,
  { folder, suite, env, timeout }: SuiteRun,
): Promise<void> {
  const { profile, remove } = newProfile();
  let timer: NodeJS.Timeout | undefined;
  try {
    await Promise.race([
      runTests({
        vscodeExecutablePath: vscode,
        extensionDevelopmentPath: root,
        extensionTestsPath: suite,
        extensionTestsEnv: env,
        launchArgs: [folder, ...profile],
      }),
      new Promise<never>((_, failed) => {
        timer = setTimeout(() => failed(new Error(`The tests did not end in ${timeout / 1000} s.`)), timeout);
      }),
    ]);
  } finally {
    clearTimeout(timer);
    remove();
  }
}
