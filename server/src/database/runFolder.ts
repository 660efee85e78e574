import { mkdir, open } from "node:fs/promises";
import { join } from "node:path";

/** The folder of one run: its journal, its log, and what its scripts write. */
export class RunFolder {
  constructor(readonly path: string) {}

  get journal(): string {
    return join(this.path, "journal.jsonl");
  }

  get log(): string {
    return join(this.path, "messages.log");
  }

  /** Where SPOOL and :OUT write. Folders in the name are dropped: a script writes nowhere else. */
  output(name: string): string {
    return join(this.path, "output", safeName(name));
  }

  rows(execution: number, set: number): string {
    return join(this.path, "rows", `${String(execution).padStart(6, "0")}-${set}.csv`);
  }
}

/** The last part of a file name as a script gives it, fit for every system. */
export function safeName(name: string): string {
  const last = name.replaceAll("\\", "/").split("/").pop() ?? "";
  const clean = last
    .replace(/[<>:"|?*\p{Cc}]/gu, "_")
    .replace(/[. ]+$/, "")
    .slice(0, 120);
  const reserved = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i.test(clean);
  return clean === "" || reserved ? `_${clean}` : clean;
}

/** Makes the folder of a new run, named by the time of its start. */
export async function createRunFolder(runs: string, now: Date): Promise<RunFolder> {
  await mkdir(runs, { recursive: true });
  const stamp = now
    .toISOString()
    .slice(0, 19)
    .replace(/[T:]/g, (sign) => (sign === "T" ? "_" : "-"));
  for (let count = 1; ; count++) {
    const path = join(runs, count === 1 ? stamp : `${stamp}_${count}`);
    try {
      // What scripts print may be confidential: nobody else's business.
      await mkdir(path, { mode: 0o700 });
      await syncFolder(runs);
      return new RunFolder(path);
    } catch (error) {
      if ((error as { code?: unknown }).code !== "EEXIST") throw error;
    }
  }
}

/** After a power loss a new file is there only if its folder is on the disk. Windows sees to that itself. */
export async function syncFolder(path: string): Promise<void> {
  try {
    const handle = await open(path, "r");
    await handle.sync().finally(() => handle.close());
  } catch {
    // No such thing here.
  }
}
