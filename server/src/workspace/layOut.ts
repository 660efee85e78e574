import { join } from "node:path";
import { Worker } from "node:worker_threads";
import * as l10n from "@vscode/l10n";
import type { CallGraph } from "../analysis/dependencies/graph";
import type { Picture, PictureOptions } from "../analysis/dependencies/picture/picture";

/** What the worker is given: the graph without what the handlers use, which the picture does not show. */
export interface LayoutWork {
  readonly graph: CallGraph;
  readonly options: PictureOptions;
}

/** Milliseconds and megabytes that a layout may take. */
const limits = { time: 30_000, memory: 512 };

/**
 * Lays the picture of calls out in a thread of its own, so that the server answers meanwhile. Rejects with a message
 * that says what to do when it takes too long, and with the signal's reason when it is aborted.
 */
export async function layOut(
  graph: CallGraph,
  options: PictureOptions,
  signal: AbortSignal,
): Promise<Picture> {
  signal.throwIfAborted();
  const handlers = graph.handlers.map((handler) => ({ ...handler, items: [] }));
  const workerData: LayoutWork = { graph: { ...graph, handlers }, options };
  const worker = new Worker(join(__dirname, "layout.js"), {
    workerData,
    resourceLimits: { maxOldGenerationSizeMb: limits.memory },
  });
  let timer: NodeJS.Timeout | undefined;
  let aborted: (() => void) | undefined;
  try {
    return await new Promise<Picture>((done, failed) => {
      timer = setTimeout(() => failed(new Error(tooMuch)), limits.time);
      aborted = () => failed(signal.reason as Error);
      signal.addEventListener("abort", aborted);
      worker.once("message", done);
      worker.once("error", (error) =>
        failed(
          (error as NodeJS.ErrnoException).code === "ERR_WORKER_OUT_OF_MEMORY" ? new Error(tooMuch) : error,
        ),
      );
      worker.once("exit", () =>
        failed(new Error(l10n.t("The layout of the picture ended without a result."))),
      );
    });
  } finally {
    clearTimeout(timer);
    if (aborted) signal.removeEventListener("abort", aborted);
    await worker.terminate();
  }
}

const tooMuch = l10n.t(
  "The calls are too many to draw in one picture. Show the calls of one handler instead, or export them as DOT.",
);
