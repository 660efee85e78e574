import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { newPage, startChromium } from "./chromium";
import { startCodeServer } from "./codeServer";
import { root } from "./extension";
import type { SuiteRun } from "./runSuite";

/** The suite in the extension host of VS Code's server, with the workbench in a browser. */
export async function runInBrowser({ folder, suite, env, timeout }: SuiteRun): Promise<void> {
  const server = await startCodeServer({ suite: true, env });
  try {
    const browser = await startChromium();
    try {
      const { page, errors } = await newPage(browser);
      const ended = new Promise<number>((done) => {
        void page.exposeFunction("codeAutomationExit", (code: number) => done(code));
      });
      // Must be there; what it says is in `errors` and in the server's log too.
      await page.exposeFunction("codeAutomationLog", () => undefined);
      const remote = (path: string): string => `vscode-remote://${server.authority}${path}`;
      const payload = JSON.stringify([
        ["extensionDevelopmentPath", remote(root)],
        ["extensionTestsPath", remote(suite)],
      ]);
      await page.goto(
        `${server.origin}/?folder=${encodeURIComponent(folder)}&payload=${encodeURIComponent(payload)}`,
        { timeout: 60_000 },
      );
      const code = await within(timeout, ended);
      if (code === 0) return;
      const picture = join(root, "out/vscode/failures/suite.png");
      mkdirSync(join(picture, ".."), { recursive: true });
      await page.screenshot({ path: picture }).catch(() => undefined);
      throw new Error(
        [
          code === undefined
            ? `The tests did not end in ${timeout / 1000} s.`
            : `VS Code ended with code ${code}.`,
          `Screenshot: ${picture}`,
          `Page errors:\n${errors.slice(-20).join("\n")}`,
          `Server:\n${server.log().slice(-4000)}`,
        ].join("\n"),
      );
    } finally {
      await browser.close();
    }
  } finally {
    await server.stop();
  }
}

/** The promise's value, or undefined when the time is over first. */
async function within<T>(milliseconds: number, promise: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<undefined>((done) => (timer = setTimeout(() => done(undefined), milliseconds)));
  try {
    return await Promise.race([promise, over]);
  } finally {
    clearTimeout(timer);
  }
}
