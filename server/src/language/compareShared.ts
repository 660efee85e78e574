import * as l10n from "@vscode/l10n";
import type { CancellationToken, Connection } from "vscode-languageserver";
import type { Change } from "../analysis/compare/change";
import { inWords } from "../analysis/compare/changeText";
import { defaultKinds, type DiffKindId, isDiffKind } from "../analysis/compare/kinds";
import { type CompareChange, CompareProgressNotification } from "../protocol";

/** Longer texts are cut in views; the listing diff has them whole. */
const LONGEST_TEXT = 4_000;
/** Milliseconds between two messages about the same progress. */
const BEAT = 150;

/** Those that are known; the default ones where none is. */
export function kindsOf(ids: readonly string[]): ReadonlySet<DiffKindId> {
  const known = ids.filter(isDiffKind);
  return known.length > 0 ? new Set(known) : defaultKinds;
}

/** Aborted when the client cancels the request. */
export function signalOf(token: CancellationToken): AbortSignal {
  const controller = new AbortController();
  token.onCancellationRequested(() => controller.abort(new Error(l10n.t("Cancelled."))));
  if (token.isCancellationRequested) controller.abort(new Error(l10n.t("Cancelled.")));
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

/** A change as it is sent: without positions of exits, long texts cut. */
export function shownChange(change: Change): CompareChange {
  const { kind, node, oldNode, label, what, old, new: now } = inWords(change);
  return { kind, node, oldNode, label, what, old: cut(old), new: cut(now) };
}

function cut(text: string | null): string | null {
  if (text === null || text.length <= LONGEST_TEXT) return text;
  return l10n.t("{0}… ({1} more characters)", text.slice(0, LONGEST_TEXT), text.length - LONGEST_TEXT);
}
