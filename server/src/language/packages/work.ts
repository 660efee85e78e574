import { type CancellationToken, LSPErrorCodes, ResponseError } from "vscode-languageserver";
import { printable } from "../../packages/entry";
import type { Progress } from "../../packages/walk";
import type { PackageProgressNotification } from "../../protocol";

/** Milliseconds between two messages about the same progress. */
const BEAT = 100;

/** Tells how far work is, some times a second. */
export function reporter(
  progress: string,
  tell: (params: PackageProgressNotification.Params) => void,
): (progress: Progress) => void {
  let next = 0;
  return (state) => {
    const now = performance.now();
    if (now < next) return;
    next = now + BEAT;
    tell({ ...state, progress, path: printable(state.path) });
  };
}

/** Does work that the editor may cancel: then the request fails as cancelled. */
export async function cancellable<Result>(
  token: CancellationToken,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const controller = new AbortController();
  const cancelled = new ResponseError(LSPErrorCodes.RequestCancelled, "cancelled");
  if (token.isCancellationRequested) throw cancelled;
  const listener = token.onCancellationRequested(() => controller.abort(cancelled));
  try {
    return await work(controller.signal);
  } finally {
    listener.dispose();
  }
}
