import { randomUUID } from "node:crypto";
import { appendFile, readdir, rename, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import * as l10n from "@vscode/l10n";
import { type History, readHistory } from "./journal/history";
import type { JournalRecord } from "./journal/records";
import { TargetLock } from "./lock";
import type { RunRequest } from "./messages";
import { createRunFolder, RunFolder } from "./runFolder";
import { stateNames } from "./stateNames";

/** A run, and whether it goes on now: its journal is then like that of one that was interrupted. */
export interface ListedRun {
  readonly folder: RunFolder;
  readonly name: string;
  readonly history: History;
  readonly running: boolean;
}

/** Lists the runs of folders. Journals that have not changed are not read again. */
export class PastRuns {
  private readonly read = new Map<string, { readonly version: string; readonly history: Promise<History> }>();

  /** More runs than `most`, latest first, are not listed. */
  constructor(private readonly most = Infinity) {}

  /** The runs in a folder, latest first; those that cannot be read come with the reason. */
  async list(runs: string): Promise<{
    readonly runs: readonly ListedRun[];
    readonly unreadable: readonly { readonly path: string; readonly message: string }[];
  }> {
    const found: ListedRun[] = [];
    const unreadable: { path: string; message: string }[] = [];
    const names = await readdir(runs).catch((): string[] => []);
    for (const name of names.sort().reverse().slice(0, this.most)) {
      const folder = new RunFolder(join(runs, name));
      try {
        const history = await this.history(folder);
        if (!history) continue;
        found.push({ folder, name, history, running: await goesOn(folder, history) });
      } catch (error) {
        unreadable.push({
          path: folder.path,
          message: error instanceof Error ? error.message : String(error),
        });
      }
    }
    return { runs: found, unreadable };
  }

  /** Undefined when there is no journal. */
  private async history({ journal }: RunFolder): Promise<History | undefined> {
    const facts = await stat(journal).catch(() => undefined);
    if (!facts?.isFile()) return undefined;
    const version = `${facts.size} ${facts.mtimeMs}`;
    let known = this.read.get(journal);
    if (known?.version !== version) {
      known = { version, history: readHistory(journal) };
      this.read.set(journal, known);
      known.history.catch(() => this.read.delete(journal));
    }
    return known.history;
  }
}

/** Only a run without an end can be going on. */
async function goesOn(folder: RunFolder, history: History): Promise<boolean> {
  return history.endedAt === undefined && (await isRunning(folder, history));
}

/** A run that goes on has a journal like one that was interrupted; its lock tells them apart. */
async function isRunning(folder: RunFolder, { request }: History): Promise<boolean> {
  return new TargetLock(request.target).isRunning(folder.path);
}

function finish(state: "User completed" | "Ready for restart", reason: string): JournalRecord {
  return { type: "finish", at: new Date().toISOString(), state, reason, exitCode: 0 };
}

/** Writes into a run's journal that somebody has done the rest by hand. Rejects when it is going on, or over. */
export async function markCompleted(path: string): Promise<void> {
  const folder = new RunFolder(path);
  const history = await readHistory(folder.journal);
  if (await isRunning(folder, history)) throw new Error(l10n.t("the run is still going on"));
  if (history.state === "Completed" || history.state === "User completed")
    throw new Error(l10n.t("the run is {0} already", stateNames[history.state]));
  await appendFile(
    folder.journal,
    `\n${JSON.stringify(finish("User completed", l10n.t("marked as completed by hand")))}\n`,
  );
}

/**
 * Makes the folder of a run of which nothing was sent: one that is done by hand ("Execute manually" of the guide),
 * or later ("Execute later": Ready for restart). Returns its path.
 */
export async function writeUnsentRun(
  request: RunRequest,
  state: "User completed" | "Ready for restart",
): Promise<string> {
  const variables = Object.fromEntries(
    Object.entries(request.variables).filter(([name]) => !request.secretVariables.includes(name)),
  );
  const folder = await createRunFolder(request.runs, new Date());
  const records: readonly JournalRecord[] = [
    { type: "run", version: 1, at: new Date().toISOString(), request: { ...request, variables } },
    finish(
      state,
      state === "User completed" ? l10n.t("marked as done by hand") : l10n.t("to be executed later"),
    ),
  ];
  const text = records.map((record) => `${JSON.stringify(record)}\n`).join("");
  // Written beside first: a reader must not see a part of it.
  const beside = `${folder.journal}.${randomUUID()}`;
  await writeFile(beside, text, { mode: 0o600 });
  await rename(beside, folder.journal);
  return folder.path;
}
