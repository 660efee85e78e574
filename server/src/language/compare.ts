import type { CancellationToken, Connection } from "vscode-languageserver";
import type { Change } from "../analysis/compare/change";
import {
  compareFolders,
  comparePair,
  type FolderDiff,
  type HandlerPair,
} from "../analysis/compare/compareFolders";
import { defaultKinds, type DiffKindId, diffKinds, isDiffKind } from "../analysis/compare/kinds";
import {
  type CompareChange,
  type ComparedPair,
  CompareProgressNotification,
  CompareRequest,
  DiffKindsRequest,
  FlowDiffRequest,
  SideRequest,
} from "../protocol";
import { flowDiff } from "./compareFlow";
import { sideFiles, type SideFile, sideHandler } from "./compareSides";
import { handlerUri } from "./listingUri";
import type { Session } from "./session";

/** Longer texts are cut in the results view and the flow diff; the listing diff has them whole. */
const LONGEST_TEXT = 4_000;
/** Milliseconds between two messages about the same progress. */
const BEAT = 150;

/** Answers the requests about comparing handlers. */
export function registerCompare(connection: Connection, { models, reader }: Session): void {
  connection.onRequest(DiffKindsRequest.method, (): DiffKindsRequest.Result => ({
    kinds: diffKinds.map(({ id, name, description, volatile }) => ({ id, name, description, volatile })),
  }));
  connection.onRequest(
    SideRequest.method,
    async ({ side }: SideRequest.Params): Promise<SideRequest.Result> => {
      const { files, notes } = await sideFiles(side, reader);
      return { handlers: files.map(sideHandler), notes };
    },
  );
  connection.onRequest(
    CompareRequest.method,
    async (params: CompareRequest.Params, token): Promise<CompareRequest.Result> => {
      const [old, now] = [await sideFiles(params.old, reader), await sideFiles(params.now, reader)];
      const without = new Set(params.without);
      const left = (files: readonly SideFile[]): SideFile[] => files.filter(({ uri }) => !without.has(uri));
      const diff = await compareSides(left(old.files), left(now.files), {
        kinds: kindsOf(params.kinds),
        signal: signalOf(token),
        progress: progressOf(connection, params.id),
        // Chosen one by one, so they belong together whatever they are called.
        isChosen: "handlers" in params.old && "handlers" in params.now,
      });
      return {
        summary: diff.summary,
        pairs: diff.pairs.map(comparedPair),
        notes: [...old.notes, ...now.notes, ...diff.notes],
      };
    },
  );
  connection.onRequest(
    FlowDiffRequest.method,
    async ({ old, now, kinds }: FlowDiffRequest.Params): Promise<FlowDiffRequest.Result> => {
      const handlerOf = async (uri: string) =>
        (await models.get(handlerUri(uri), (await reader.version(handlerUri(uri))) ?? "")).handler;
      return flowDiff(await handlerOf(old), await handlerOf(now), kindsOf(kinds), shownChange);
    },
  );
}

interface SideOptions {
  readonly kinds: ReadonlySet<DiffKindId>;
  readonly signal: AbortSignal;
  readonly progress: (done: number, total: number, name: string) => void;
  readonly isChosen: boolean;
}

async function compareSides(
  old: readonly SideFile[],
  now: readonly SideFile[],
  { isChosen, ...options }: SideOptions,
): Promise<FolderDiff> {
  const [first, second] = [old[0], now[0]];
  if (!isChosen || old.length !== 1 || now.length !== 1 || !first || !second) {
    return await compareFolders(old, now, options);
  }
  const name = first.name === second.name ? second.name : `${first.name}, ${second.name}`;
  const pair = await comparePair({ name, old: first, now: second }, options.kinds);
  const summary = { changed: 0, added: 0, removed: 0, identical: 0, unreadable: 0, [pair.status]: 1 };
  return { summary, pairs: [pair], kinds: options.kinds, notes: [] };
}

/** Those that are known; the default ones where none is. */
export function kindsOf(ids: readonly string[]): ReadonlySet<DiffKindId> {
  const known = ids.filter(isDiffKind);
  return known.length > 0 ? new Set(known) : defaultKinds;
}

/** Aborted when the client cancels the request. */
export function signalOf(token: CancellationToken): AbortSignal {
  const controller = new AbortController();
  token.onCancellationRequested(() => controller.abort(new Error("Cancelled.")));
  if (token.isCancellationRequested) controller.abort(new Error("Cancelled."));
  return controller.signal;
}

/** Tells the client how far the work of this id is, not too often. */
export function progressOf(
  connection: Connection,
  id: string,
): (done: number, total: number, name: string) => void {
  let next = 0;
  return (done, total, name) => {
    const now = performance.now();
    if (now < next && done < total) return;
    next = now + BEAT;
    const params: CompareProgressNotification.Params = { id, done, total, name };
    void connection.sendNotification(CompareProgressNotification.method, params);
  };
}

function comparedPair({ name, status, changes, old, now, note }: HandlerPair): ComparedPair {
  return {
    name,
    status,
    changes: changes.map(shownChange),
    // They are the side's own files, which know their URI.
    old: old && sideHandler(old as SideFile),
    now: now && sideHandler(now as SideFile),
    note,
  };
}

/** A change as it is sent: without positions of exits, long texts cut. */
export function shownChange({ kind, node, oldNode, label, what, old, new: now }: Change): CompareChange {
  return { kind, node, oldNode, label, what, old: cut(old), new: cut(now) };
}

function cut(text: string | null): string | null {
  if (text === null || text.length <= LONGEST_TEXT) return text;
  return `${text.slice(0, LONGEST_TEXT)}… (${text.length - LONGEST_TEXT} more characters)`;
}
