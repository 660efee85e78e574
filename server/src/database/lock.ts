import { createHash } from "node:crypto";
import { link, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import type { OtherRun } from "./messages";
import { type Target, targetKey } from "./target";

/**
 * Says on this computer that a run works on a target. A file named after the target holds the process; a process
 * that has died holds nothing. Runs from other computers are not seen.
 */
export class TargetLock {
  private readonly path: string;
  private held = false;

  constructor(
    target: Target,
    private readonly folder = lockFolder(),
  ) {
    this.path = join(
      folder,
      `${createHash("sha256").update(targetKey(target)).digest("hex").slice(0, 32)}.json`,
    );
  }

  /** The run that works on the target now, if there is one. */
  async other(): Promise<OtherRun | undefined> {
    const holder = await read(this.path);
    return holder && holder.process !== process.pid && isAlive(holder.process) ? holder : undefined;
  }

  /** Takes the target; the run that has it, if there is one, and then nothing is taken. */
  async take(runFolder: string, now: Date): Promise<OtherRun | undefined> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    const mine: OtherRun = { process: process.pid, since: now.toISOString(), folder: runFolder };
    for (let attempt = 0; attempt < 10; attempt++) {
      try {
        await writeFile(this.path, JSON.stringify(mine), { flag: "wx", mode: 0o600 });
        this.held = true;
        return undefined;
      } catch (error) {
        if ((error as { code?: unknown }).code !== "EEXIST") throw error;
      }
      const other = await this.other();
      if (other) return other;
      await this.removeStale();
    }
    return { process: 0, since: mine.since, folder: "" };
  }

  async release(): Promise<void> {
    if (this.held) await rm(this.path, { force: true }).catch(() => undefined);
    this.held = false;
  }

  /** Of several that find it stale only one can move it away; who moved a fresh one puts it back. */
  private async removeStale(): Promise<void> {
    const aside = `${this.path}.${process.pid}`;
    try {
      await rename(this.path, aside);
      const moved = await read(aside);
      if (moved && isAlive(moved.process)) await link(aside, this.path);
    } catch {
      // Somebody was quicker.
    }
    await rm(aside, { force: true }).catch(() => undefined);
  }
}

async function read(path: string): Promise<OtherRun | undefined> {
  try {
    const holder = JSON.parse(await readFile(path, "utf8")) as Partial<OtherRun>;
    return typeof holder.process === "number" &&
      typeof holder.since === "string" &&
      typeof holder.folder === "string"
      ? { process: holder.process, since: holder.since, folder: holder.folder }
      : undefined;
  } catch {
    return undefined;
  }
}

function lockFolder(): string {
  return join(tmpdir(), `handler-workbench-${userInfo().username.replace(/[^\w.-]/g, "_")}`);
}

function isAlive(id: number): boolean {
  try {
    process.kill(id, 0);
    return true;
  } catch (error) {
    // It is there and belongs to somebody else.
    return (error as { code?: unknown }).code === "EPERM";
  }
}
