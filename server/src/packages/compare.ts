import { createHash } from "node:crypto";
import * as l10n from "@vscode/l10n";
import type { ContentTree, Origin, TreeFile } from "./contentTree";
import { printable } from "./entry";
import { type Progress, ProgressMeter, walk } from "./walk";
import { PackageFailure } from "./failure";

export type PairStatus = "changed" | "added" | "removed" | "identical" | "unreadable";

export interface Side {
  /** As stored on that side. */
  readonly path: string;
  readonly size: number;
  readonly origin: Origin;
  /** SHA-256 in hexadecimal; absent when the content could not be read. */
  readonly sha256?: string;
}

export interface Pair {
  /** Without regard to case, and with the server's name as `<SERVER>`. */
  readonly path: string;
  readonly status: PairStatus;
  readonly old?: Side;
  readonly new?: Side;
  /** What a comparator found in a changed pair, in a few words. */
  readonly what?: string;
  /** What it found, in its own form. */
  readonly details?: unknown;
  /** The comparator's kind of content, where it could compare the two. */
  readonly kind?: string;
  /** Why a side could not be read. */
  readonly reason?: string;
}

export interface Comparison {
  readonly summary: Readonly<Record<PairStatus, number>>;
  /** In the order of their paths. */
  readonly pairs: readonly Pair[];
}

/** Compares one kind of content by its meaning; plugged in by those who know it (handlers, dialer_config.xml). */
export interface ContentComparator {
  readonly kind: string;
  /** Whether it knows this kind of file. */
  readonly handles: (path: string) => boolean;
  /**
   * Content that differs byte by byte. May throw for content it cannot read; the pair is then changed, no more.
   * `same`: it means the same, which makes the pair identical.
   */
  readonly compare: (
    old: Uint8Array,
    now: Uint8Array,
    path: string,
  ) => Promise<{ readonly same?: boolean; readonly what: string; readonly details?: unknown }>;
}

export interface CompareOptions {
  readonly comparators?: readonly ContentComparator[];
  readonly onProgress?: (progress: Progress) => void;
  readonly signal?: AbortSignal | undefined;
}

/** Comparators get content up to this size. */
const COMPARED_BYTES = 64 * 1024 * 1024;

/**
 * Compares two packages, or a package and a folder, file by file. All content is read and hashed: sizes and CRCs
 * of directories are claims, and AES content shows none.
 * @throws the signal's reason when aborted, and what the disk says
 */
export async function compareTrees(
  old: ContentTree,
  now: ContentTree,
  options: CompareOptions = {},
): Promise<Comparison> {
  const sides = new Map<string, { old?: TreeFile; new?: TreeFile }>();
  for (const file of old.files) put(sides, "old", keyOf(file.path, old.server), file);
  for (const file of now.files) put(sides, "new", keyOf(file.path, now.server), file);
  const work = [...sides].sort(([a], [b]) => (a < b ? -1 : 1));
  const bytes = [...old.files, ...now.files].reduce((sum, { size }) => sum + size, 0);
  const meter = new ProgressMeter(bytes, work.length, options.onProgress);
  const pairs = new Map<string, Pair>();
  const displayPath = (both: Both): string =>
    both.new ? withoutServer(both.new.path, now.server) : withoutServer(both.old?.path ?? "", old.server);
  await walk(work, async ([key, both]) => {
    options.signal?.throwIfAborted();
    pairs.set(key, await compareOne(both, displayPath(both), options, meter));
    meter.item(key);
  });
  const summary: Record<PairStatus, number> = {
    changed: 0,
    added: 0,
    removed: 0,
    identical: 0,
    unreadable: 0,
  };
  const sorted = work.map(([key]) => pairs.get(key)).filter((pair) => pair !== undefined);
  for (const { status } of sorted) summary[status]++;
  return { summary, pairs: sorted };
}

type Both = { readonly old?: TreeFile; readonly new?: TreeFile };

function put(
  sides: Map<string, { old?: TreeFile; new?: TreeFile }>,
  side: "old" | "new",
  key: string,
  file: TreeFile,
): void {
  let free = key;
  // Names that differ in case only, or duplicates, get a key each, the same on both sides.
  for (let count = 2; sides.get(free)?.[side]; count++) free = `${key}\0${count}`;
  const both = sides.get(free) ?? {};
  both[side] = file;
  sides.set(free, both);
}

/** A server's name is part of some paths, and is not a difference. */
function keyOf(path: string, server: string | undefined): string {
  return withoutServer(path, server).normalize("NFC").toLowerCase();
}

function withoutServer(path: string, server: string | undefined): string {
  if (server === undefined) return path;
  return path
    .split("/")
    .map((name) => (name.toLowerCase() === server.toLowerCase() ? "<SERVER>" : name))
    .join("/");
}

async function compareOne(
  both: Both,
  path: string,
  { comparators = [], signal }: CompareOptions,
  meter: ProgressMeter,
): Promise<Pair> {
  const failures: string[] = [];
  const side = async (file: TreeFile | undefined): Promise<Side | undefined> => {
    if (!file) return undefined;
    const hash = createHash("sha256");
    const { path, size, origin } = file;
    try {
      await file.stream((chunk) => {
        hash.update(chunk);
        meter.chunk(path, chunk.length);
      }, signal);
      return { path, size, origin, sha256: hash.digest("hex") };
    } catch (error) {
      if (!(error instanceof PackageFailure)) throw error;
      failures.push(`${printable(path)}: ${error.message}`);
      return { path, size, origin };
    }
  };
  const [before, after] = [await side(both.old), await side(both.new)];
  const pair = { path, ...(before ? { old: before } : {}), ...(after ? { new: after } : {}) };
  if (failures.length > 0) return { ...pair, status: "unreadable", reason: failures.join("; ") };
  if (!before) return { ...pair, status: "added" };
  if (!after) return { ...pair, status: "removed" };
  if (before.sha256 === after.sha256) return { ...pair, status: "identical" };
  return { ...pair, ...(await byMeaning(both, path, comparators, signal)) };
}

async function byMeaning(
  both: Both,
  path: string,
  comparators: readonly ContentComparator[],
  signal: AbortSignal | undefined,
): Promise<Pick<Pair, "status" | "what" | "details" | "kind">> {
  const comparator = comparators.find(({ handles }) => handles(path));
  const [old, now] = [both.old, both.new];
  if (!comparator || !old || !now || Math.max(old.size, now.size) > COMPARED_BYTES)
    return { status: "changed" };
  const [before, after] = [await contentOf(old, signal), await contentOf(now, signal)];
  try {
    const { same, what, details } = await comparator.compare(before, after, path);
    const found = { what, kind: comparator.kind, ...(details === undefined ? {} : { details }) };
    return { status: same ? "identical" : "changed", ...found };
  } catch (error) {
    return {
      status: "changed",
      what: l10n.t(
        "could not be compared by meaning: {0}",
        error instanceof Error ? error.message : String(error),
      ),
    };
  }
}

async function contentOf(file: TreeFile, signal: AbortSignal | undefined): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  await file.stream((chunk) => void chunks.push(chunk), signal);
  return Buffer.concat(chunks);
}
