import { resolve } from "node:path";
import * as l10n from "@vscode/l10n";
import type { BatchItem, CommandItem, Dialect, EndItem, FileItem, Item, ProblemItem } from "./items";
import { Reading, type ReadOptions } from "./reading";
import type { ScriptCode } from "./rules";
import { SqlcmdReader } from "./sqlcmd/reader";
import type { SqlcmdSession } from "./sqlcmd/session";
import { SqlplusReader } from "./sqlplus/reader";
import type { SqlplusSession } from "./sqlplus/session";

/** Variables and settings; they live as long as the connection, over several scripts. */
export type ScriptSession = SqlcmdSession | SqlplusSession;

/** What a dialect does with the lines of a script. Items go to the reading; a promise means: wait before the next line. */
export interface LineReader {
  readonly line: (text: string) => Promise<void> | undefined;
  /** The innermost file has ended; `included` when it is not the main script. */
  readonly endOfFile: (included: boolean) => Promise<void> | undefined;
}

/**
 * Reads a script and yields what it does, item by item, in the order the official tool would do it. Nothing
 * after an item is read before the next one is asked for, so a runner can run each batch, change the session's
 * variables (`session.set`) and go on; what it changes counts from the next line. Memory stays flat: one chunk of
 * each open file, and the batch under construction.
 *
 * Never throws for content. The last item is always `end`. Leaving the loop early closes the files.
 *
 *     const session = new SqlcmdSession({ variables: { Database: "I3_IC" } });
 *     for await (const item of readScript("ICBuild.sql", session)) {
 *       if (item.kind === "batch") await run(item.text, item.count);
 *     }
 */
export async function* readScript(
  path: string,
  session: ScriptSession,
  options: ReadOptions = {},
): AsyncGenerator<Item, void, undefined> {
  const reading = new Reading(resolve(path), options);
  const reader: LineReader =
    session.dialect === "sqlcmd" ? new SqlcmdReader(session, reading) : new SqlplusReader(session, reading);
  try {
    await reading.openMain();
    for (;;) {
      if (reading.waiting) for (const item of reading.takeItems()) yield item;
      if (reading.ended) return;
      const text = reading.stack.take();
      if (text === undefined) await more(reading, reader);
      else {
        const wait = reader.line(text);
        if (wait) await wait;
      }
    }
  } finally {
    await reading.stack.close();
  }
}

async function more(reading: Reading, reader: LineReader): Promise<void> {
  const { stack } = reading;
  const stop = (code: ScriptCode, message: string): void => {
    reading.problem("error", code, message, { trigger: "error" });
    reading.end("stopped");
  };
  switch (await stack.fill()) {
    case "lines":
      return;
    case "changed":
      return stop(
        "script-changed",
        l10n.t("{0} changed while it was being read; nothing after this line is run", stack.file),
      );
    case "too long":
      return stop(
        "line-too-long",
        l10n.t(
          "line {0} of {1} is longer than {2} characters",
          stack.line + 1,
          stack.file,
          reading.limits.line,
        ),
      );
    case "failed":
      return stop(
        "script-unreadable",
        l10n.t("{0} cannot be read further: {1}", stack.file, String(stack.failure)),
      );
    case "end of file": {
      const included = stack.depth > 1;
      await reader.endOfFile(included);
      if (included) await stack.pop();
      else reading.end("end");
    }
  }
}

/** Everything a script would do, collected. */
export interface Plan {
  readonly dialect: Dialect;
  /** In order; the lists below are the same items by kind. */
  readonly items: readonly Item[];
  readonly files: readonly FileItem[];
  readonly batches: readonly BatchItem[];
  readonly commands: readonly CommandItem["command"][];
  readonly problems: readonly ProblemItem["problem"][];
  readonly end: EndItem["reason"];
}

/** `readScript`, all at once. Memory grows with the script: for scripts of any size use `readScript`. */
export async function plan(path: string, session: ScriptSession, options: ReadOptions = {}): Promise<Plan> {
  const items: Item[] = [];
  for await (const item of readScript(path, session, options)) items.push(item);
  const last = items[items.length - 1];
  return {
    dialect: session.dialect,
    items,
    files: items.filter((item) => item.kind === "file"),
    batches: items.filter((item) => item.kind === "batch"),
    commands: items.flatMap((item) => (item.kind === "command" ? item.command : [])),
    problems: items.flatMap((item) => (item.kind === "problem" ? item.problem : [])),
    end: last?.kind === "end" ? last.reason : "stopped",
  };
}
