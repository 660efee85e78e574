import { createReadStream } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { createInterface } from "node:readline";
import * as l10n from "@vscode/l10n";
import { errorsByScript } from "../../database/journal/history";
import type { ListedRun, PastRuns } from "../../database/pastRuns";
import { ResultFile } from "../../database/resultFile";
import { RunFolder } from "../../database/runFolder";
import { stateNames } from "../../database/stateNames";
import { describeTarget, targetKey } from "../../database/target";
import type { AuditRequest, PastRunRow, PastRunsRequest } from "../../protocol/scripts";
import { type AuditFinding, auditFindings } from "../../scripts/lists/auditOutput";

/** The runs of a folder, as the editor shows them. */
export async function pastRuns(past: PastRuns, runs: string): Promise<PastRunsRequest.Result> {
  const found = await past.list(runs);
  return { runs: await Promise.all(found.runs.map(row)), unreadable: found.unreadable };
}

async function row({ folder, name, history, running }: ListedRun): Promise<PastRunRow> {
  const { request, executions, ended } = history;
  const errors = errorsByScript(history);
  const state = running ? "Running" : history.state;
  let rows = 0;
  const started = new Set<number>();
  for (const { start, end } of executions.values()) {
    rows += end?.rows ?? 0;
    started.add(start.script);
  }
  return {
    folder: folder.path,
    name,
    state,
    stateName: stateNames[state],
    reason: running ? l10n.t("it is going on") : history.reason,
    startedAt: history.startedAt,
    endedAt: history.endedAt ?? null,
    request,
    where: describeTarget(request.target),
    targetKey: targetKey(request.target),
    executed: executions.size,
    errors: [...errors.values()].reduce((sum, count) => sum + count, 0),
    rows,
    scripts: request.scripts.map(({ path }, index) => ({
      path,
      ended: ended.has(index) || history.state === "User completed",
      started: started.has(index),
      errors: errors.get(index) ?? 0,
    })),
    resultFiles: await filesIn(join(folder.path, "rows")),
    outputFiles: await filesIn(join(folder.path, "output")),
  };
}

async function filesIn(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch((): string[] => []);
  return names.sort().map((name) => join(folder, name));
}

/** More of a run is not compared. */
const mostText = 20 * 1024 * 1024;

/**
 * What a run said and found, without times and numbers that differ from run to run: messages, then every result set.
 * Meant to be compared with the text of another run of the same scripts.
 */
export async function runText(path: string): Promise<string> {
  const folder = new RunFolder(path);
  const parts: string[] = [];
  let length = 0;
  const add = (text: string): void => {
    length += text.length;
    if (length <= mostText) parts.push(text);
  };
  await eachLine(folder.log, (line) => {
    const said = line.replace(/^\d{4}-\d\d-\d\dT[\d:.]+Z /, "");
    // Counts and places of batches, and how it ended, are not what a check script finds.
    if (!/^(?:batch \d+: |script |information: )/.test(said)) add(`${said}\n`);
  });
  for (const file of await filesIn(join(path, "rows"))) {
    add(`\n-- ${l10n.t("result {0}", resultName(file))}\n`);
    await eachLine(file, (line) => add(`${line}\n`));
  }
  if (length > mostText)
    parts.push(`${l10n.t("... the rest is left out: more than {0} characters", mostText)}\n`);
  return parts.join("");
}

/** `000012-1.csv`: batch 12, result set 1. */
export function resultName(file: string): string {
  const [, batch, set] = /^0*(\d+)-(\d+)\.csv$/.exec(basename(file)) ?? [];
  return batch === undefined ? basename(file) : l10n.t("{0} of batch {1}", set ?? "", batch);
}

async function eachLine(file: string, take: (line: string) => void): Promise<void> {
  const facts = await stat(file).catch(() => undefined);
  if (!facts?.isFile()) return;
  const lines = createInterface({ input: createReadStream(file, "utf8"), crlfDelay: Infinity });
  for await (const line of lines) take(line);
}

/** What the clean-up procedures of a run found, by its messages. */
export async function audit(path: string): Promise<AuditRequest.Result> {
  const findings: AuditFinding[] = [];
  await eachLine(new RunFolder(path).log, (line) => findings.push(...auditFindings(line)));
  return { findings };
}

/** Result files that were looked at lately: where their rows begin is known. */
export class ResultFiles {
  private readonly files = new Map<string, ResultFile>();

  get(path: string): ResultFile {
    const file = this.files.get(path) ?? new ResultFile(path);
    this.files.delete(path);
    this.files.set(path, file);
    for (const old of [...this.files.keys()].slice(0, -10)) this.files.delete(old);
    return file;
  }
}
