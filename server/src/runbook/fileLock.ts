import { randomUUID } from "node:crypto";
import { link, open, rename, rm, stat } from "node:fs/promises";
import { setTimeout as pause } from "node:timers/promises";
import * as l10n from "@vscode/l10n";

/** Milliseconds: a lock is held for a few; one that is older was left behind by a process that died. */
const stale = 10_000;
const patience = 15_000;
const beat = 15;

/**
 * Does something while no other process that keeps to the same lock file does. The file is there only meanwhile; it
 * works on shared folders too, as long as the clocks are right to some seconds.
 */
export async function withFileLock<T>(path: string, action: () => Promise<T>): Promise<T> {
  const end = Date.now() + patience;
  while (!(await take(path))) {
    await removeStale(path);
    if (Date.now() > end) {
      throw new Error(
        l10n.t("{0} is held by another window. Wait a moment; delete it if no other window is open.", path),
      );
    }
    await pause(beat);
  }
  try {
    return await action();
  } finally {
    await rm(path, { force: true });
  }
}

async function take(path: string): Promise<boolean> {
  try {
    await (await open(path, "wx")).close();
    return true;
  } catch (error) {
    const { code } = error as { code?: unknown };
    // Windows says EPERM of a file that is just being deleted.
    if (code === "EEXIST" || (code === "EPERM" && process.platform === "win32")) return false;
    throw error;
  }
}

/** Of several that find it stale only one can move it away; who moved a fresh one puts it back. */
async function removeStale(path: string): Promise<void> {
  if (!(await isStale(path))) return;
  const aside = `${path}.${randomUUID()}`;
  try {
    await rename(path, aside);
    if (!(await isStale(aside))) await link(aside, path);
  } catch {
    // Somebody was quicker.
  }
  await rm(aside, { force: true });
}

async function isStale(path: string): Promise<boolean> {
  try {
    return Date.now() - (await stat(path)).mtimeMs > stale;
  } catch {
    return false;
  }
}
