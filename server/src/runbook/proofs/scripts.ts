import type { Dirent } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import * as l10n from "@vscode/l10n";
import { errorsByScript, type History, readHistory } from "../../database/journal/history";
import { RunFolder } from "../../database/runFolder";
import { stateNames } from "../../database/stateNames";
import { type Target, targetKey } from "../../database/target";
import type { ScriptList } from "../../scripts/lists/list";
import { scriptLists } from "../../scripts/lists/scriptLists";
import { versionOf } from "../../workspace/stableContent";
import { type Finding, named } from "./finding";

/** Newest runs that are looked at. */
const mostRuns = 500;

/** What a run did with one script. */
interface Executed {
  /** File name without folders, in lower case. */
  readonly name: string;
  /** It came to its end in a run that is Completed, and nothing in it failed. */
  readonly isGood: boolean;
  readonly why: string;
}

/** A run, as far as proofs need it. */
interface Run {
  readonly target: string;
  readonly targetName: string;
  readonly at: string;
  readonly scripts: readonly Executed[];
}

/** Whether all scripts of the guide's lists were run to their end without errors. Reads journals, writes nothing. */
export class ScriptProof {
  /** By path of the journal; undefined where it cannot be read. */
  private readonly known = new Map<string, { readonly version: string; readonly run: Run | undefined }>();

  /** By id of list. `folders`: where runs are kept. */
  async look(folders: readonly string[], signal: AbortSignal): Promise<ReadonlyMap<string, Finding>> {
    const runs = await this.runsIn(folders, signal);
    return new Map(scriptLists.map((list) => [list.id, findingOf(list, runs)]));
  }

  /** Latest first. */
  private async runsIn(folders: readonly string[], signal: AbortSignal): Promise<Run[]> {
    const runs: Run[] = [];
    for (const folder of new Set(folders)) {
      const entries = await readdir(folder, { withFileTypes: true }).catch((): Dirent[] => []);
      const names = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
      for (const name of names.sort().reverse().slice(0, mostRuns)) {
        signal.throwIfAborted();
        const run = await this.read(new RunFolder(join(folder, name)).journal);
        if (run) runs.push(run);
      }
    }
    return runs.sort((one, other) => (one.at < other.at ? 1 : -1));
  }

  private async read(journal: string): Promise<Run | undefined> {
    try {
      const version = versionOf(await stat(journal));
      const before = this.known.get(journal);
      if (before?.version === version) return before.run;
      // A damaged journal tells nothing; the view of runs says so.
      const run = await readHistory(journal).then(runOf, () => undefined);
      this.known.set(journal, { version, run });
      return run;
    } catch {
      return undefined;
    }
  }
}

/** Without the user: the runbook goes to others. */
function nameOf(target: Target): string {
  const instance = target.kind === "sqlserver" && target.instance ? `\\${target.instance}` : "";
  return `${target.server}${instance}${target.database === undefined ? "" : `, ${target.database}`}`;
}

function runOf(history: History): Run {
  const { request, startedAt, endedAt, state, ended } = history;
  const errors = errorsByScript(history);
  return {
    target: targetKey(request.target),
    targetName: nameOf(request.target),
    at: endedAt ?? startedAt,
    scripts: request.scripts.map(({ path }, index) => {
      const failed = errors.get(index) ?? 0;
      const why =
        state !== "Completed"
          ? l10n.t("its run is {0}", stateNames[state])
          : !ended.has(index)
            ? l10n.t("it did not come to its end")
            : l10n.t("{0} errors", failed);
      const name = path.split(/[\\/]/).at(-1) ?? "";
      return {
        name: name.toLowerCase(),
        isGood: state === "Completed" && ended.has(index) && failed === 0,
        why,
      };
    }),
  };
}

/** Of the database where most of the list is done; what was run there last counts. */
function findingOf({ scripts, title }: ScriptList, runs: readonly Run[]): Finding {
  const wanted = scripts.map(({ file }) => file);
  const targets = new Map<string, { name: string; at: string; last: Map<string, Executed> }>();
  for (const { target, targetName, at, scripts: executed } of runs) {
    for (const script of executed) {
      if (!wanted.some((file) => file.toLowerCase() === script.name)) continue;
      const seen = targets.get(target) ?? { name: targetName, at, last: new Map<string, Executed>() };
      if (!seen.last.has(script.name)) seen.last.set(script.name, script);
      targets.set(target, seen);
    }
  }
  const rated = [...targets.values()].map((seen) => ({
    ...seen,
    open: wanted.filter((file) => !seen.last.get(file.toLowerCase())?.isGood),
  }));
  const [best] = rated.sort((one, other) => one.open.length - other.open.length);
  if (!best) return { outcome: "unknown", text: l10n.t("No run of “{0}” is in the history of runs.", title) };
  const { name, at, open, last } = best;
  if (open.length === 0) {
    const day = at.slice(0, 16).replace("T", " ");
    return {
      outcome: "proved",
      text: l10n.t(
        "All {0} scripts are Completed without errors on {1}, the last {2} UTC.",
        wanted.length,
        name,
        day,
      ),
    };
  }
  const why = open.map((file) => {
    const script = last.get(file.toLowerCase());
    return `${file} (${script ? script.why : l10n.t("not run")})`;
  });
  return {
    outcome: "failed",
    text: l10n.t(
      "{0} of {1} scripts are Completed without errors on {2}; not {3}.",
      wanted.length - open.length,
      wanted.length,
      name,
      named(why),
    ),
  };
}
