import * as l10n from "@vscode/l10n";
import type { Change } from "./change";
import { compareHandlers } from "./compareHandlers";
import {
  emptySides,
  type HandlerFile,
  type PairedFiles,
  pairFiles,
  pause,
  readSide,
  sameBytes,
} from "./handlerFiles";
import { defaultKinds, type DiffKindId } from "./kinds";

export type PairStatus = "changed" | "added" | "removed" | "identical" | "unreadable";

export interface HandlerPair {
  readonly name: string;
  readonly status: PairStatus;
  readonly changes: readonly Change[];
  /** null = not there. */
  readonly old: HandlerFile | null;
  readonly now: HandlerFile | null;
  /** How many steps have another node id than before, so that they were matched by content. */
  readonly byContent: number;
  /** Why a pair is unreadable, or what else should be known of it; "" = nothing. */
  readonly note: string;
}

export interface FolderDiff {
  readonly summary: Readonly<Record<PairStatus, number>>;
  /** In the order of their names. */
  readonly pairs: readonly HandlerPair[];
  /** The kinds of differences that were looked for. */
  readonly kinds: ReadonlySet<DiffKindId>;
  /** What should be known of the whole: empty sides, names that repeat. */
  readonly notes: readonly string[];
}

export interface CompareOptions {
  readonly kinds?: ReadonlySet<DiffKindId>;
  readonly progress?: (done: number, total: number, name: string) => void;
  readonly signal?: AbortSignal;
}

/**
 * Compares two sets of handlers pair by pair. A handler that cannot be read makes its pair `unreadable` and nothing
 * else. Throws only the signal's reason, when it is aborted. Handlers are let go after their turn.
 */
export async function compareFolders(
  old: readonly HandlerFile[],
  now: readonly HandlerFile[],
  options: CompareOptions = {},
): Promise<FolderDiff> {
  const { kinds = defaultKinds, progress, signal } = options;
  const paired = pairFiles(old, now);
  const notes = [
    ...emptySides([
      [old, l10n.t("The old side has no handlers (.ihd files or handler XML exports).")],
      [now, l10n.t("The new side has no handlers (.ihd files or handler XML exports).")],
    ]),
    ...paired.notes,
  ];
  const summary = { changed: 0, added: 0, removed: 0, identical: 0, unreadable: 0 };
  const pairs: HandlerPair[] = [];
  for (const [done, each] of paired.pairs.entries()) {
    signal?.throwIfAborted();
    progress?.(done, paired.pairs.length, each.name);
    const pair = await comparePair(each, kinds);
    summary[pair.status]++;
    pairs.push(pair);
    await pause();
  }
  signal?.throwIfAborted();
  progress?.(pairs.length, pairs.length, "");
  return { summary, pairs, kinds, notes };
}

/** Compares one handler of each side, or tells that one side has none. */
export async function comparePair(
  { name, old, now }: PairedFiles,
  kinds: ReadonlySet<DiffKindId>,
): Promise<HandlerPair> {
  const result = (status: PairStatus, rest: Partial<HandlerPair> = {}): HandlerPair => ({
    name,
    status,
    changes: [],
    old: old ?? null,
    now: now ?? null,
    byContent: 0,
    note: "",
    ...rest,
  });
  const after = now && (await readSide(now));
  const before = old && now && (await sameBytes(old, now)) ? after : old && (await readSide(old));
  if (typeof before === "string" || typeof after === "string") {
    const why = [
      ...(typeof before === "string" ? [l10n.t("The old handler: {0}", before)] : []),
      ...(typeof after === "string" ? [l10n.t("The new handler: {0}", after)] : []),
    ];
    return result("unreadable", { note: why.join(" ") });
  }
  if (!before) return result("added");
  if (!after) return result("removed");
  if (before === after) return result("identical");
  const { changes, match } = compareHandlers(before, after, kinds);
  return result(changes.length > 0 ? "changed" : "identical", {
    changes,
    byContent: match.byContent,
    note: contentNote(match.byContent, match.pairs.length),
  });
}

/** What to say of steps that were not matched by node id; "" when all were. */
export const contentNote = (byContent: number, all: number): string =>
  byContent === 0
    ? ""
    : l10n.t(
        "{0} of {1} steps have another node id than before; they were matched by tool, label, arguments and neighbourhood.",
        byContent,
        all,
      );
