import type { Catalogue } from "../catalogue/catalogue";
import { Learner } from "../catalogue/learn";
import type { LayoutMemory } from "../ihd/layoutMemory";
import { readSettledHandlerFiles } from "./file";
import { findHandlers } from "./find";
import type { ReadOptions } from "./handlerFiles";

export interface LearnOptions extends ReadOptions {
  readonly memory: LayoutMemory;
  /** Called for what could not be read, so that it was left out. */
  readonly leftOut: (path: string, reason: string) => void;
  readonly progress?: (done: number, total: number, name: string) => void;
  readonly signal?: AbortSignal;
}

/**
 * Learns a release's tools from the handlers below a folder, which must exist. `target` names the release. Throws
 * only the signal's reason, when it is aborted.
 */
export async function learnFolder(
  folder: string,
  target: string,
  { leftOut, progress, signal, ...options }: LearnOptions,
): Promise<Catalogue> {
  const { files, unreadable } = await findHandlers(folder, { signal });
  for (const each of unreadable) leftOut(each.folder, each.message);
  const learner = new Learner();
  let done = 0;
  for await (const { path, handler, error } of readSettledHandlerFiles(files, { ...options, signal })) {
    progress?.(done++, files.length, path);
    const problem = error ?? handler.problems.find(({ severity }) => severity === "error");
    if (problem) leftOut(path, problem.message);
    else learner.add(handler!);
  }
  signal?.throwIfAborted();
  return learner.catalogue(target);
}
