import * as l10n from "@vscode/l10n";
import {
  byHandlerName,
  emptySides,
  type HandlerFile,
  likenesses,
  paths,
  pause,
  readSide,
  sameBytes,
} from "../compare/handlerFiles";
import { carryHandler, sideNotes } from "./carryHandler";
import { type CarryHandler, carryStatuses, type CarryStatus } from "./model";

/** The three folders; files are read when their turn comes. */
export interface CarryFolders {
  readonly oldBase: readonly HandlerFile[];
  readonly custom: readonly HandlerFile[];
  readonly newBase: readonly HandlerFile[];
}

/** The report on one handler, and its files; null = not there. */
export interface CarriedHandler extends CarryHandler {
  readonly oldBase: HandlerFile | null;
  readonly custom: HandlerFile | null;
  readonly newBase: HandlerFile | null;
}

export interface CarryReport {
  readonly summary: Readonly<Record<CarryStatus, number>>;
  /** In the order of the work list: conflicts first, then by name. */
  readonly handlers: readonly CarriedHandler[];
  /** What should be known of the whole: empty folders, names that repeat. */
  readonly notes: readonly string[];
}

export interface CarryOptions {
  readonly progress?: (done: number, total: number, name: string) => void;
  readonly signal?: AbortSignal;
}

/**
 * What has to be done to carry the customised handlers from the old base to the new one, handler by handler. One
 * that cannot be read is reported and the rest still done. Throws only the signal's reason, when it is aborted.
 */
export async function carryFolders(folders: CarryFolders, options: CarryOptions = {}): Promise<CarryReport> {
  const { progress, signal } = options;
  const { oldBase, custom, newBase } = folders;
  const { triples, notes } = matchTriples(folders);
  const handlers: CarriedHandler[] = [];
  for (const [done, triple] of triples.entries()) {
    signal?.throwIfAborted();
    progress?.(done, triples.length, triple.name);
    handlers.push(await carryTriple(triple));
    await pause();
  }
  signal?.throwIfAborted();
  progress?.(triples.length, triples.length, "");
  const order = carryStatuses.map(({ id }) => id);
  handlers.sort((a, b) => order.indexOf(a.status) - order.indexOf(b.status));
  const summary = Object.fromEntries(
    order.map((status) => [status, handlers.filter((each) => each.status === status).length]),
  ) as Record<CarryStatus, number>;
  const empty = emptySides([
    [oldBase, l10n.t("The old base side has no handlers (.ihd files or handler XML exports).")],
    [custom, l10n.t("The customised side has no handlers (.ihd files or handler XML exports).")],
    [newBase, l10n.t("The new base side has no handlers (.ihd files or handler XML exports).")],
  ]);
  return { summary, handlers, notes: [...empty, ...notes] };
}

interface Triple {
  readonly name: string;
  readonly oldBase: HandlerFile | null;
  readonly custom: HandlerFile | null;
  readonly newBase: HandlerFile | null;
}

/** One triple a customised handler, and one a name that only the bases have, in the order of names. */
function matchTriples({ oldBase, custom, newBase }: CarryFolders): { triples: Triple[]; notes: string[] } {
  const sides = [byHandlerName(oldBase), byHandlerName(custom), byHandlerName(newBase)] as const;
  const notes: string[] = [];
  const triples: Triple[] = [];
  for (const key of [...new Set(sides.flatMap((side) => [...side.keys()]))].sort()) {
    const [old, customs, now] = sides.map((side): Files => side.get(key) ?? []) as [Files, Files, Files];
    const name = (customs[0] ?? now[0] ?? old[0])!.name;
    if (Math.max(old.length, customs.length, now.length) > 1) {
      notes.push(
        l10n.t(
          "More than one handler is named {0} (old base: {1}; customised: {2}; new base: {3}). Each customised one is held against the base that is nearest by path; a server keeps one of a name, so keep one in each folder.",
          name,
          paths(old),
          paths(customs),
          paths(now),
        ),
      );
    }
    if (customs.length > 0) {
      for (const each of customs) {
        triples.push({
          name: each.name,
          oldBase: nearest(old, each),
          custom: each,
          newBase: nearest(now, each),
        });
      }
    } else {
      const base = now[0] ?? old[0]!;
      triples.push({ name, oldBase: nearest(old, base), custom: null, newBase: nearest(now, base) });
    }
  }
  return { triples, notes };
}

type Files = readonly HandlerFile[];

/** Of files with the same handler name: the one with the same path, else of the same folder, else the first. */
function nearest(files: Files, to: HandlerFile): HandlerFile | null {
  for (const likeness of likenesses) {
    const found = files.find(({ path }) => likeness(path) === likeness(to.path));
    if (found) return found;
  }
  return files[0] ?? null;
}

async function carryTriple(triple: Triple): Promise<CarriedHandler> {
  const { name, oldBase, custom, newBase } = triple;
  const done = (result: CarryHandler): CarriedHandler => ({ ...result, oldBase, custom, newBase });
  if (oldBase && custom && newBase && (await sameBytes(oldBase, custom))) {
    // Nothing to carry, whatever the new base is.
    return done({ name, status: "not-customised", note: "", items: [], customChanges: 0, baseChanges: 0 });
  }
  const unreadable = (note: string): CarriedHandler =>
    done({
      name,
      status: "unreadable",
      note,
      ...{ items: [], customChanges: 0, baseChanges: 0 },
    });
  const old = oldBase && (await readSide(oldBase));
  if (typeof old === "string") return unreadable(sideNotes.oldBase(old));
  const own = custom && (await readSide(custom));
  if (typeof own === "string") return unreadable(sideNotes.custom(own));
  const now = newBase && (await readSide(newBase));
  if (typeof now === "string") return unreadable(sideNotes.newBase(now));
  return done(
    carryHandler({ name, oldBase: old ?? undefined, custom: own ?? undefined, newBase: now ?? undefined }),
  );
}
