// `npm start`: opens the sample workspace, with the extension as it is built, in whichever real VS Code is
// there. Ctrl-C stops all of it. `npm start -- FOLDER` opens another folder.
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { cleanUp } from "./vscode/cleanup";
import { startCodeServer } from "./vscode/codeServer";
import { canShowWindows, findDesktop, newProfile } from "./vscode/desktop";
import { findChromium } from "./vscode/editor/programs";
import { installExtension, root, sampleFolder } from "./vscode/extension";

async function main(): Promise<void> {
  const folder = resolve(process.argv[2] ?? sampleFolder);
  if (!existsSync(folder)) throw new Error(`${folder} is not there.`);
  const desktop = await findDesktop();
  if (desktop) await openDesktop(desktop, folder);
  else await serve(folder);
}

/** A window of its own: other windows, settings and extensions of the user stay as they are. */
async function openDesktop(program: string, folder: string): Promise<void> {
  const { profile, remove } = newProfile();
  console.log(`Opening ${folder} in ${program}; close the window or press Ctrl-C to stop.`);
  const sandbox = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  const args = [`--extensionDevelopmentPath=${root}`, ...profile, ...sandbox, "--disable-workspace-trust"];
  const child = spawn(program, [...args, folder], { stdio: "ignore" });
  const closed = new Promise<void>((done, failed) => {
    child.once("error", failed);
    child.once("close", () => done());
  });
  cleanUp({
    stop: async () => {
      child.kill("SIGTERM");
      await closed;
      remove();
    },
    kill: () => child.kill("SIGKILL"),
  });
  await closed;
  remove();
}

async function serve(folder: string): Promise<void> {
  const server = await startCodeServer({ prepare: (folders) => installExtension(root, folders) });
  const address = `${server.origin}/?folder=${encodeURIComponent(folder)}`;
  console.log(`VS Code shows ${folder} at\n\n  ${address}\n\nPress Ctrl-C to stop.`);
  const browser = findChromium();
  if (!browser || !canShowWindows()) return;
  const profile = mkdtempSync(join(tmpdir(), "hw-chromium-"));
  const sandbox = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  const args = [`--user-data-dir=${profile}`, "--no-first-run", ...sandbox, `--app=${address}`];
  const child = spawn(browser, args, { stdio: "ignore" });
  child.once("error", (error) => console.error(`${browser} did not start: ${error.message}`));
  const remove = (): void =>
    rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  cleanUp({
    stop: async () => {
      child.kill("SIGTERM");
      if (child.exitCode === null) await new Promise((done) => child.once("close", done));
      remove();
    },
    kill: () => child.kill("SIGKILL"),
  });
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
