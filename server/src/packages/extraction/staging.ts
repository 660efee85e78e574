import { lstat, mkdir, mkdtemp, readdir, rename, rm, rmdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import * as l10n from "@vscode/l10n";

/**
 * A folder inside the target in which everything is written first, and moved into place when it is complete. What
 * fails or is cancelled leaves the target as it was, replaced files included.
 */
export class Staging {
  private readonly undo: (() => Promise<void>)[] = [];
  private replaced = 0;
  /** Holds files of the user that could not be moved back. */
  private precious = false;

  private constructor(
    readonly target: string,
    private readonly folder: string,
    private readonly madeFolders: readonly string[],
  ) {}

  /** Makes the target too, if need be. */
  static async create(target: string): Promise<Staging> {
    const made: string[] = [];
    for (let here = target; !(await exists(here)); here = dirname(here)) made.push(here);
    await mkdir(target, { recursive: true });
    const folder = await mkdtemp(join(target, ".extracting-"));
    await mkdir(join(folder, "new"));
    await mkdir(join(folder, "old"));
    return new Staging(target, folder, made);
  }

  /** Where the file of that path (`/` between names) is written first. */
  path(path: string): string {
    return join(this.folder, "new", ...path.split("/"));
  }

  /**
   * Moves everything into place.
   * @param mayReplace paths of existing files that may be replaced; any other existing file stops the move
   * @throws after everything was moved back
   */
  async place(mayReplace: ReadonlySet<string>): Promise<void> {
    try {
      const stack: string[][] = [[]];
      let names: string[] | undefined;
      while ((names = stack.pop())) {
        const from = join(this.folder, "new", ...names);
        for (const child of await readdir(from, { withFileTypes: true })) {
          const path = [...names, child.name];
          const to = join(this.target, ...path);
          const there = await lstat(to).catch(absent);
          if (there?.isDirectory() && child.isDirectory()) {
            stack.push(path);
            continue;
          }
          if (there) {
            if (!there.isFile() || !child.isFile() || !mayReplace.has(path.join("/"))) {
              throw new Error(l10n.t("{0} has come into being meanwhile; nothing was replaced", to));
            }
            await this.move(to, join(this.folder, "old", String(this.replaced++)));
          }
          await this.move(join(from, child.name), to);
        }
      }
    } catch (error) {
      for (const step of this.undo.reverse()) await step().catch(() => (this.precious = true));
      if (!this.precious) throw error;
      const reason = error instanceof Error ? error.message : String(error);
      throw new Error(
        l10n.t(
          "{0}. Not all could be moved back: replaced files are in {1}",
          reason,
          join(this.folder, "old"),
        ),
        { cause: error },
      );
    }
    // Only replaced files are left in it: a virus scanner that holds one must not make a success a failure.
    await rm(this.folder, { recursive: true, force: true }).catch(() => undefined);
  }

  /** Removes everything that was written, and the target when it was made for it. */
  async discard(): Promise<void> {
    if (this.precious) return;
    await rm(this.folder, { recursive: true, force: true });
    for (const folder of this.madeFolders) await rmdir(folder).catch(() => undefined);
  }

  private async move(from: string, to: string): Promise<void> {
    await rename(from, to);
    this.undo.push(() => rename(to, from));
  }
}

async function exists(path: string): Promise<boolean> {
  return (await lstat(path).catch(absent)) !== undefined;
}

export function absent(error: unknown): undefined {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === "ENOENT" || code === "ENOTDIR") return undefined;
  throw error;
}
