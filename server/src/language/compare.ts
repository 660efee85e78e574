import * as l10n from "@vscode/l10n";
import type { Connection } from "vscode-languageserver";
import {
  compareFolders,
  comparePair,
  type FolderDiff,
  type HandlerPair,
} from "../analysis/compare/compareFolders";
import { type DiffKindId, diffKinds } from "../analysis/compare/kinds";
import {
  type ComparedPair,
  CompareReportRequest,
  CompareRequest,
  DiffKindsRequest,
  FlowDiffRequest,
  SideRequest,
} from "../protocol";
import { Settling } from "../workspace/settling";
import { flowDiff } from "./compareFlow";
import { compareReport } from "./compareReport";
import { kindsOf, progressOf, shownChange, signalOf } from "./compareShared";
import { sideFiles, type SideFile, sideHandler } from "./compareSides";
import { handlerUri } from "./listingUri";
import type { Session } from "./session";

/** Comparisons hold every difference of every handler, so only the last ones are kept. */
const MOST_KEPT = 3;

/** Answers the requests about comparing handlers. */
export function registerCompare(connection: Connection, { models, reader }: Session): void {
  /** The last comparisons, for reports. */
  const kept = new Map<string, FolderDiff>();
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
      const signal = signalOf(token);
      const settling = new Settling(reader.memory, signal);
      const diff = await compareSides(settling.add(left(old.files)), settling.add(left(now.files)), {
        kinds: kindsOf(params.kinds),
        signal,
        progress: progressOf(connection, params.id),
        // Chosen one by one, so they belong together whatever they are called.
        isChosen: "handlers" in params.old && "handlers" in params.now,
      });
      kept.set(params.id, diff);
      for (const id of [...kept.keys()].slice(0, -MOST_KEPT)) kept.delete(id);
      return {
        summary: diff.summary,
        pairs: diff.pairs.map(comparedPair),
        notes: [...old.notes, ...now.notes, ...diff.notes],
      };
    },
  );
  connection.onRequest(
    CompareReportRequest.method,
    async (params: CompareReportRequest.Params, token): Promise<CompareReportRequest.Result> => {
      const diff = kept.get(params.id);
      if (!diff)
        throw new Error(l10n.t("This comparison is not at hand any more: compare again, then export."));
      return { text: await compareReport(diff, params, signalOf(token)) };
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
