import { createReadStream } from "node:fs";
import { lstat, opendir } from "node:fs/promises";
import { join } from "node:path";
import * as l10n from "@vscode/l10n";
import type { PackageRule } from "./rules";
import { isContent, isLeaf, type PackageProblem } from "./entry";
import { type Limits, withDefaults } from "./limits";
import { openPackage, type OpenOptions, type Package } from "./package";
import type { Sink } from "./zip/archive";
import { PackageFailure } from "./failure";
import { isZipName } from "./packageName";

/** A file on disk, or an entry of a zip on disk. */
export interface Origin {
  /** On disk. */
  readonly file: string;
  /** In the zip; absent for the file itself. */
  readonly path?: string;
  /** Of several entries with one path: which of them, when it is not the first. */
  readonly copy?: number;
}

/** A file with its content, wherever it lies. */
export interface TreeFile {
  /** `/` between names. */
  readonly path: string;
  readonly size: number;
  readonly origin: Origin;
  /** @throws PackageFailure for content that cannot be had */
  readonly stream: (sink: Sink, signal?: AbortSignal) => Promise<void>;
}

/** The files of a package or of a folder, zips in it opened. */
export interface ContentTree {
  readonly files: readonly TreeFile[];
  /** The server whose package it is. */
  readonly server?: string;
  readonly problems: readonly PackageProblem[];
  /** Zips on disk that the password opened. */
  readonly unlocked: readonly string[];
  /** Closes what it opened itself, not a package that was given. */
  readonly close: () => Promise<void>;
}

export function packageTree(opened: Package): ContentTree {
  const { server } = opened.name;
  return {
    files: filesOf(opened, ""),
    problems: opened.problems,
    unlocked: unlockedOf([opened]),
    close: async () => undefined,
    ...(server === undefined ? {} : { server }),
  };
}

function unlockedOf(packages: readonly Package[]): string[] {
  return packages.filter(({ encrypted, locked }) => encrypted && !locked).map(({ file }) => file);
}

function filesOf(opened: Package, prefix: string): TreeFile[] {
  const files: TreeFile[] = [];
  const counts = new Map<string, number>();
  for (const [position, entry] of opened.entries.entries()) {
    if (!isContent(entry)) continue;
    const copy = (counts.get(entry.path) ?? 0) + 1;
    counts.set(entry.path, copy);
    if (!isLeaf(entry)) continue;
    files.push({
      path: prefix + entry.path,
      size: entry.size,
      origin: { file: opened.file, path: entry.path, ...(copy > 1 ? { copy } : {}) },
      stream: (sink, signal) => opened.streamAt(position, sink, signal),
    });
  }
  return files;
}

/**
 * All files below a folder. Links are not followed; zips are opened as in a package, with the same password.
 * @throws what the file system says about the folder itself, and the signal's reason when aborted
 */
export async function folderTree(folder: string, options: OpenOptions = {}): Promise<ContentTree> {
  const limits = withDefaults(options.limits);
  const walker = new FolderWalker(folder, limits, options);
  try {
    await walker.run();
  } catch (error) {
    await walker.close();
    throw error;
  }
  const { files, problems, opened } = walker;
  return { files, problems, unlocked: unlockedOf(opened), close: () => walker.close() };
}

/** Zips in a folder stay open while it is compared, and a process may only have so many files open. */
const OPEN_ZIPS = 400;

class FolderWalker {
  readonly files: TreeFile[] = [];
  readonly problems: PackageProblem[] = [];
  readonly opened: Package[] = [];

  constructor(
    private readonly folder: string,
    private readonly limits: Limits,
    private readonly options: OpenOptions,
  ) {}

  async run(): Promise<void> {
    const stack = [""];
    let prefix: string | undefined;
    while ((prefix = stack.pop()) !== undefined) {
      this.options.signal?.throwIfAborted();
      for await (const child of await opendir(join(this.folder, prefix))) {
        const path = prefix === "" ? child.name : `${prefix}/${child.name}`;
        if (child.isDirectory()) stack.push(path);
        else if (child.isFile()) await this.file(path);
        else this.say("folder-link", "information", path, l10n.t("links and devices are not compared"));
        if (this.files.length >= this.limits.entries) {
          this.say(
            "too-large",
            "error",
            path,
            l10n.t("more than {0} files; the rest is left out", this.limits.entries),
          );
          return;
        }
      }
    }
  }

  async close(): Promise<void> {
    for (const opened of this.opened.splice(0)) await opened.close();
  }

  private async file(path: string): Promise<void> {
    const full = join(this.folder, path);
    if (isZipName(path) && this.opened.length < OPEN_ZIPS) {
      const opened = await openPackage(full, this.options);
      if (!opened.unreadable) {
        this.opened.push(opened);
        this.problems.push(...opened.problems);
        this.files.push(...filesOf(opened, `${path}/`));
        return;
      }
      await opened.close();
    }
    const { size } = await lstat(full);
    this.files.push({
      path,
      size,
      origin: { file: full },
      stream: async (sink, signal) => {
        try {
          for await (const chunk of createReadStream(full, signal ? { signal } : {}))
            await sink(chunk as Uint8Array);
        } catch (error) {
          if (signal?.aborted) throw signal.reason;
          if (!(error instanceof Error) || !("syscall" in error)) throw error;
          throw new PackageFailure("damaged", l10n.t("it cannot be read: {0}", error.message));
        }
      },
    });
  }

  private say(code: PackageRule, severity: PackageProblem["severity"], path: string, message: string): void {
    this.problems.push({
      code: `package/${code}`,
      severity,
      message: `${join(this.folder, path)}: ${message}`,
      path,
    });
  }
}
