import { mkdir, open, readFile, realpath, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import * as l10n from "@vscode/l10n";
import { versionOf } from "../workspace/stableContent";
import { formatRunbook, type ReadRunbook, readRunbook, runbookPath } from "./file";
import { withFileLock } from "./fileLock";
import { type Change, changed, type Marks } from "./marks";

/** The file was changed by others each time it was about to be written. */
const tries = 20;

/** Says why nothing was written; the file is as it was. */
export class NotWritten extends Error {}

/**
 * The runbook of one workspace folder. Windows, people and git may all write the file: each change is made to what the
 * file says at that moment, under a lock that other windows keep to, and takes the file's place in one go.
 */
export class RunbookStore {
  readonly path: string;

  constructor(
    folder: string,
    private readonly now: () => Date = () => new Date(),
  ) {
    this.path = join(folder, ...runbookPath.split("/"));
  }

  /** What the file says; where there is none, that nobody has started. */
  async read(): Promise<ReadRunbook & { readonly exists: boolean }> {
    const text = await textOf(this.path);
    return { ...readRunbook(text ?? ""), exists: text !== undefined };
  }

  /** Makes changes. Throws `NotWritten` where that would lose what could not be read. */
  async change(changes: readonly Change[], by: string): Promise<Marks> {
    return await this.rewrite(({ marks, writable, problems }) => {
      if (!writable)
        throw new NotWritten(`${runbookPath}: ${problems[0]?.message ?? l10n.t("cannot be read")}`);
      const at = this.now().toISOString();
      return changes.reduce((before, change) => changed(before, change, by, at), marks);
    });
  }

  /** Writes a file with conflict markers as the merge of its two sides. */
  async mergeConflict(): Promise<Marks> {
    return await this.rewrite(({ marks, writable, conflict, problems }) => {
      if (!writable && !conflict)
        throw new NotWritten(`${runbookPath}: ${problems[0]?.message ?? l10n.t("cannot be read")}`);
      return marks;
    });
  }

  private async rewrite(change: (read: ReadRunbook) => Marks): Promise<Marks> {
    await mkdir(dirname(this.path), { recursive: true });
    // Where it is a link, the file it leads to is what is replaced.
    const path = await realpath(this.path).catch(() => this.path);
    return await withFileLock(`${path}.lock`, async () => {
      for (let attempt = 0; attempt < tries; attempt++) {
        const version = await versionAt(path);
        const text = (await textOf(path)) ?? "";
        const marks = change(readRunbook(text));
        const next = formatRunbook(marks, /\r\n/.test(text) ? "\r\n" : "\n");
        if (next === text) return marks;
        const draft = `${path}.${process.pid}.new`;
        try {
          await writeThrough(draft, next);
          // Who does not know the lock, an editor or git, may have written meanwhile.
          if ((await versionAt(path)) !== version) continue;
          await rename(draft, path);
          return marks;
        } finally {
          await rm(draft, { force: true });
        }
      }
      throw new NotWritten(
        l10n.t("{0} changes all the time. Wait until nobody writes it, then try again.", runbookPath),
      );
    });
  }
}

/** The whole text is on the disk before it takes the file's place: after a power loss there is the old or the new. */
async function writeThrough(path: string, text: string): Promise<void> {
  await using file = await open(path, "w");
  await file.writeFile(text);
  await file.sync();
}

async function textOf(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if ((error as { code?: unknown }).code === "ENOENT") return undefined;
    throw error;
  }
}

async function versionAt(path: string): Promise<string> {
  try {
    return versionOf(await stat(path));
  } catch (error) {
    if ((error as { code?: unknown }).code === "ENOENT") return "";
    throw error;
  }
}
