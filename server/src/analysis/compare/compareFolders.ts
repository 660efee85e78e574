import type { Handler } from "../../handler/model";
import { compareHandlers } from "./compareHandlers";
import type { Change, DiffKindId } from "./kinds";

/** A handler of one side, read when its turn comes. */
export interface HandlerSourceFile {
  /** Pairs are made by name, without regard to case. */
  readonly name: string;
  /** Path below the folder that is compared, with `/`. */
  readonly path: string;
  /** Never throws for content; throws when the file cannot be opened. */
  readonly read: () => Promise<Handler>;
  /** The bytes' hash where it is cheap to have: equal files are not decoded. */
  readonly hash?: () => Promise<string>;
}

export type PairStatus = "changed" | "added" | "removed" | "identical" | "unreadable";

export interface HandlerPair {
  readonly name: string;
  readonly status: PairStatus;
  readonly changes: readonly Change[];
  /** Paths below the folders; null = not there. */
  readonly oldPath: string | null;
  readonly newPath: string | null;
  /** true: steps were matched by content, because the node ids do not agree. */
  readonly byContent: boolean;
  /** Why a pair is unreadable, or what else should be known of it; "" = nothing. */
  readonly note: string;
}

export interface FolderDiff {
  readonly summary: Readonly<Record<PairStatus, number>>;
  readonly pairs: readonly HandlerPair[];
  /** What should be known of the whole: empty sides, names that repeat. */
  readonly notes: readonly string[];
}

export interface CompareOptions {
  readonly kinds?: ReadonlySet<DiffKindId>;
  readonly progress?: (done: number, total: number, name: string) => void;
  readonly signal?: AbortSignal;
}

/** A handler of the old side, of the new side, or of both. */
interface Matched {
  readonly name: string;
  readonly old: HandlerSourceFile | undefined;
  readonly now: HandlerSourceFile | undefined;
}

/**
 * Compares two sets of handlers pair by pair, in the order of their names. A handler that cannot be read makes
 * its pair `unreadable` and nothing else. Throws only the signal's reason, when it is aborted.
 */
export async function compareFolders(
  old: readonly HandlerSourceFile[],
  now: readonly HandlerSourceFile[],
  options: CompareOptions = {},
): Promise<FolderDiff> {
  const notes: string[] = [];
  if (old.length === 0) notes.push("The old side has no handlers (.ihd files or handler XML exports).");
  if (now.length === 0) notes.push("The new side has no handlers (.ihd files or handler XML exports).");
  const matched = pairHandlers(old, now, notes);
  const summary = { changed: 0, added: 0, removed: 0, identical: 0, unreadable: 0 };
  const pairs: HandlerPair[] = [];
  for (const [i, each] of matched.entries()) {
    options.signal?.throwIfAborted();
    options.progress?.(i, matched.length, each.name);
    const pair = await comparePair(each, options.kinds);
    summary[pair.status]++;
    pairs.push(pair);
  }
  return { summary, pairs, notes };
}

/** Pairs by name without regard to case; names that repeat on a side are paired by their paths. */
function pairHandlers(
  old: readonly HandlerSourceFile[],
  now: readonly HandlerSourceFile[],
  notes: string[],
): Matched[] {
  const [olds, news] = [byName(old), byName(now)];
  const found: Matched[] = [];
  for (const name of new Set([...olds.keys(), ...news.keys()])) {
    const left = [...(olds.get(name) ?? [])];
    const right = [...(news.get(name) ?? [])];
    if (left.length <= 1 && right.length <= 1) {
      found.push({ name: (right[0] ?? left[0])!.name, old: left[0], now: right[0] });
      continue;
    }
    const paths = (side: readonly HandlerSourceFile[]): string =>
      side.map(({ path }) => path).join(", ") || "none";
    notes.push(
      `More than one handler is named ${(right[0] ?? left[0])!.name} (old: ${paths(left)}; new: ${paths(right)}). They are paired by path; keep one of a name in a folder to be sure.`,
    );
    for (const each of left.splice(0)) {
      const same = right.findIndex(({ path }) => path.toLowerCase() === each.path.toLowerCase());
      if (same === -1) left.push(each);
      else found.push({ name: each.name, old: each, now: right.splice(same, 1)[0] });
    }
    // What has no path in common: the only one left on each side is the same handler, moved.
    if (left.length === 1 && right.length === 1) {
      found.push({ name: right[0]!.name, old: left.pop(), now: right.pop() });
    }
    for (const each of left) found.push({ name: each.name, old: each, now: undefined });
    for (const each of right) found.push({ name: each.name, old: undefined, now: each });
  }
  return found.sort((a, b) => (a.name.toLowerCase() < b.name.toLowerCase() ? -1 : 1));
}

function byName(files: readonly HandlerSourceFile[]): Map<string, HandlerSourceFile[]> {
  const found = new Map<string, HandlerSourceFile[]>();
  for (const file of files) {
    const key = file.name.toLowerCase();
    const list = found.get(key);
    if (list) list.push(file);
    else found.set(key, [file]);
  }
  return found;
}

async function comparePair(
  { name, old, now }: Matched,
  kinds?: ReadonlySet<DiffKindId>,
): Promise<HandlerPair> {
  const base = {
    name,
    oldPath: old?.path ?? null,
    newPath: now?.path ?? null,
    changes: [],
    byContent: false,
    note: "",
  };
  try {
    if (old?.hash && now?.hash && (await old.hash()) === (await now.hash())) {
      const problem = unreadable(await now.read());
      return problem ? { ...base, status: "unreadable", note: problem } : { ...base, status: "identical" };
    }
    const [before, after] = [await old?.read(), await now?.read()];
    const problem = [before, after].map((handler) => handler && unreadable(handler)).find((text) => text);
    if (problem) return { ...base, status: "unreadable", note: problem };
    if (!before) return { ...base, status: "added" };
    if (!after) return { ...base, status: "removed" };
    const { changes, match } = compareHandlers(before, after, kinds);
    return {
      ...base,
      status: changes.length > 0 ? "changed" : "identical",
      changes,
      byContent: match.byContent,
      note: match.byContent ? "Node ids do not agree; steps were matched by what they are." : "",
    };
  } catch (error) {
    return { ...base, status: "unreadable", note: error instanceof Error ? error.message : String(error) };
  }
}

/** Why a handler can not be compared: differences of a part would not be true of the whole. */
function unreadable({ name, source, problems }: Handler): string | undefined {
  const problem = problems.find(({ severity }) => severity === "error");
  return problem && `${name} (${source}): ${problem.message}`;
}
