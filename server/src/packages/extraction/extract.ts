import { mkdir, open, rm, utimes } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import * as l10n from "@vscode/l10n";
import { type PackageProblem, printable, someOf } from "../entry";
import type { Package } from "../package";
import type { EntryFailure } from "../verify";
import { type Progress, ProgressMeter, walk } from "../walk";
import { PackageFailure } from "../failure";
import { decide, findExisting, type OnExisting } from "./existing";
import { planExtraction, type PlannedItem, refusals, type Selection } from "./plan";
import { preflight } from "./preflight";
import { Staging } from "./staging";

export interface ExtractOptions extends Selection {
  /** The target folder; made if need be. */
  readonly to: string;
  /** Default `refuse`. A function is asked for each file that is there, by its path in the package. */
  readonly existing?: OnExisting;
  /** Leave out entries whose names must not be written, instead of refusing everything. */
  readonly skipUnsafe?: boolean;
  readonly onProgress?: (progress: Progress) => void;
  readonly signal?: AbortSignal | undefined;
  /** For tests. */
  readonly platform?: NodeJS.Platform;
}

export interface Extraction {
  /** `refused`: a check said no; `cancelled` and `failed`: everything was removed again. `partly`: some entries could not be read. */
  readonly status: "done" | "partly" | "refused" | "cancelled" | "failed";
  /** Paths of files that are now there. */
  readonly written: readonly string[];
  /** Paths that were there already and were left alone. */
  readonly skipped: readonly string[];
  /** Entries whose content could not be had; nothing of them is on disk. */
  readonly failures: readonly EntryFailure[];
  readonly bytes: number;
  readonly problems: readonly PackageProblem[];
}

/**
 * Writes content of the package below a folder: never outside of it, never into an installation, never over files
 * unasked, and never in part. Does not throw for content or for what the disk says: see `status` and `problems`.
 */
export async function extractPackage(opened: Package, options: ExtractOptions): Promise<Extraction> {
  const to = resolve(options.to);
  const plan = planExtraction(opened, to, options, options.platform);
  try {
    const refusal = await preflight(opened, plan, to, options.skipUnsafe ?? false);
    if (refusal.length > 0) return nothing("refused", refusal);
    const existing = await findExisting(plan, to);
    if (existing.blocked.length > 0) return nothing("refused", existing.blocked);
    const decided = await decide(existing.files, options.existing ?? "refuse");
    if (decided.refused.length > 0) return nothing("refused", [overwriting(decided.refused)]);
    const items = plan.items.filter(({ entry }) => !decided.skip.has(entry.path));
    const result = await write(opened, items, to, decided.replace, options);
    const unsafe = refusals(plan.refused);
    return {
      ...result,
      status: result.status === "done" && unsafe.length > 0 ? "partly" : result.status,
      skipped: [...decided.skip],
      problems: [...unsafe, ...result.problems],
    };
  } catch (error) {
    if (options.signal?.aborted) return nothing("cancelled", [cancelled]);
    return nothing("failed", [failed(error)]);
  }
}

const cancelled: PackageProblem = {
  code: "package/extract-cancelled",
  severity: "information",
  message: l10n.t("the extraction was cancelled; what had been written was removed"),
};

function nothing(status: Extraction["status"], problems: readonly PackageProblem[]): Extraction {
  return { status, written: [], skipped: [], failures: [], bytes: 0, problems };
}

function failed(error: unknown): PackageProblem {
  const message = error instanceof Error ? error.message : String(error);
  return {
    code: "package/extract-failed",
    severity: "error",
    message: l10n.t("the extraction failed, and what had been written was removed: {0}", message),
  };
}

function overwriting(paths: readonly string[]): PackageProblem {
  return {
    code: "package/existing-files",
    severity: "error",
    message: l10n.t(
      "nothing was extracted, because it would overwrite {0} files: {1}. Choose an empty folder, or say what to do with existing files",
      paths.length,
      someOf(paths),
    ),
    path: paths[0] ?? "",
  };
}

async function write(
  opened: Package,
  items: readonly PlannedItem[],
  to: string,
  replace: ReadonlySet<string>,
  options: ExtractOptions,
): Promise<Extraction> {
  const written: string[] = [];
  const failures: (EntryFailure & { readonly position: number })[] = [];
  const total = items.reduce((sum, { entry }) => sum + entry.size, 0);
  const meter = new ProgressMeter(total, items.length, options.onProgress);
  let bytes = 0;
  const staging = await Staging.create(to);
  try {
    await walk(items, async (item) => {
      options.signal?.throwIfAborted();
      const { path, kind, size } = item.entry;
      const file = staging.path(path);
      await mkdir(kind === "folder" ? file : dirname(file), { recursive: true });
      if (kind !== "folder") {
        const failure = await writeFile(opened, item, file, meter, options.signal);
        if (failure) failures.push({ position: item.position, path, ...failure });
        else {
          written.push(path);
          bytes += size;
        }
      }
      meter.item(path);
    });
    options.signal?.throwIfAborted();
    await staging.place(replace);
  } catch (error) {
    await staging.discard();
    throw error;
  }
  failures.sort((a, b) => a.position - b.position);
  return {
    status: failures.length > 0 ? "partly" : "done",
    written,
    skipped: [],
    failures: failures.map(({ path, reason, message }) => ({ path, reason, message })),
    bytes,
    problems: failures.map(({ path, reason, message }) => ({
      code: `package/entry-${reason}`,
      severity: "error",
      message: l10n.t("{0}: not extracted: {1}", printable(path), message),
      path,
    })),
  };
}

/** @returns why the entry's content could not be had; its file is gone then */
async function writeFile(
  opened: Package,
  { position, entry }: PlannedItem,
  file: string,
  meter: ProgressMeter,
  signal: AbortSignal | undefined,
): Promise<Pick<EntryFailure, "reason" | "message"> | undefined> {
  const handle = await open(file, "wx");
  let failure: PackageFailure | undefined;
  try {
    await opened.streamAt(
      position,
      async (chunk) => {
        await handle.appendFile(chunk);
        meter.chunk(entry.path, chunk.length);
      },
      signal,
    );
  } catch (error) {
    if (!(error instanceof PackageFailure)) throw error;
    failure = error;
  } finally {
    await handle.close();
  }
  if (failure) {
    await rm(file, { force: true });
    return { reason: failure.code, message: failure.message };
  }
  const time = entry.modified === undefined ? undefined : new Date(entry.modified);
  if (time && !Number.isNaN(time.getTime())) await utimes(file, time, time).catch(() => undefined);
  return undefined;
}
