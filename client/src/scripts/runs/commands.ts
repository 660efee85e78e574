import { basename } from "node:path";
import { commands, Disposable, l10n, Uri, window, workspace } from "vscode";
import {
  AuditRequest,
  type Dialect,
  type GridColumn,
  MarkRunRequest,
  type PastRunRow,
} from "../../../../server/src/protocol";
import type { Server } from "../../server";
import { chooseConnection } from "../connections/chooseConnection";
import type { Connection, Connections } from "../connections/connections";
import { filesOf, type Register } from "../register";
import { isTrusted } from "../trust";
import type { RunComparisons } from "./compareRuns";
import { exportRun } from "./exportRun";
import { fileSource, type Grids, tableSource } from "./grid";
import { type Launcher, specOfFiles } from "./launcher";
import type { RunMessages } from "./messages";
import { canResume, type Runs } from "./runs";
import { resultTitle, type RunNode } from "./runsView";

export interface RunCommandParts {
  readonly server: Server;
  readonly connections: Connections;
  readonly runs: Runs;
  readonly launcher: Launcher;
  readonly messages: RunMessages;
  readonly grids: Grids;
  readonly comparisons: RunComparisons;
  /** The dialect and connection of a script that is known already. */
  readonly knownOf: (uri: Uri) => { readonly dialect?: Dialect; readonly connection?: Connection };
}

export function registerRunCommands(register: Register, parts: RunCommandParts): Disposable {
  const { server, runs, launcher, messages, grids, comparisons } = parts;
  return Disposable.from(
    register("runScript", (given?: Uri, selected?: unknown) => runScripts(parts, filesOf(given, selected))),
    register("cancelRun", async (node?: RunNode) =>
      launcher.cancel(node?.kind === "active" ? node.started.run : undefined),
    ),
    register("resumeRun", async (node?: RunNode) => {
      if (!isTrusted()) return;
      const run = await pastRun(runs, node, canResume, l10n.t("Resume a Run"));
      if (run) await resume(parts, run);
    }),
    register("showRunMessages", async (node?: RunNode) => {
      const started = node?.kind === "active" || node?.kind === "past" ? node.started : runs.all.at(-1);
      if (started) return await messages.show(started.messages, false);
      const run = await pastRun(runs, node, () => true, l10n.t("Show Messages"));
      if (run) await window.showTextDocument(Uri.joinPath(Uri.file(run.folder), "messages.log"));
    }),
    register("openRunFolder", async (node?: RunNode) => {
      const run = await pastRun(runs, node, () => true, l10n.t("Open the Folder of a Run"));
      if (run) await commands.executeCommand("revealFileInOS", Uri.file(run.folder));
    }),
    register("showResult", async (node?: RunNode) => {
      const result = node?.kind === "result" ? node : await chooseResult(runs);
      if (result) await grids.show(fileSource(server, resultTitle(result.file), result.file, result.result));
    }),
    register("markRunCompleted", async (node?: RunNode) => {
      const run = await pastRun(runs, node, canResume, l10n.t("Mark a Run as Completed by Hand"));
      if (!run) return;
      const mark = l10n.t("Mark");
      const answer = await window.showWarningMessage(
        l10n.t(
          "Mark the run of {0} as User completed? It cannot be resumed then.",
          basename(run.scripts[0]?.path ?? run.name),
        ),
        { modal: true },
        mark,
      );
      if (answer !== mark) return;
      const params: MarkRunRequest.Params = { kind: "user completed", folder: run.folder };
      await server.request(MarkRunRequest.method, params);
      runs.refresh();
    }),
    register("compareRuns", async (node?: RunNode, selected?: readonly RunNode[]) =>
      comparisons.compare(node, selected ?? []),
    ),
    // The second one is all selected rows, when the command comes from a menu.
    register("exportRun", async (node?: RunNode, target?: unknown) => {
      const request = node?.kind === "active" ? node.started.run.request : undefined;
      const run = request ? undefined : await pastRun(runs, node, () => true, l10n.t("Export a Run"));
      const exported = request ?? run?.request;
      if (exported) await exportRun(server, exported, target instanceof Uri ? target : undefined);
    }),
    register("showAudit", async (node?: RunNode) => {
      const run = await pastRun(runs, node, () => true, l10n.t("Show Audit of the Clean-Up"));
      if (run) return await showAudit(server, grids, run);
      return undefined;
    }),
    register("refreshRuns", () => runs.refresh()),
  );
}

/** Opens the preview for scripts: those given, else the one in the editor. */
async function runScripts(
  { launcher, connections, knownOf }: RunCommandParts,
  given: readonly Uri[],
): Promise<void> {
  if (!isTrusted()) return;
  const editor = window.activeTextEditor?.document;
  const files = given.length > 0 ? given : editor ? [editor.uri] : [];
  const [first] = files;
  if (!first || files.some(({ scheme }) => scheme !== "file"))
    return void window.showInformationMessage(l10n.t("Save the script as a file on this computer first."));
  const dirty = workspace.textDocuments.filter(
    ({ isDirty, uri }) => isDirty && files.some((file) => file.toString() === uri.toString()),
  );
  // What runs is what is on disk.
  for (const document of dirty) if (!(await document.save())) return;
  const known = knownOf(first);
  const dialect = known.dialect ?? (await chooseDialect(first));
  if (!dialect) return;
  const connection =
    known.connection ??
    (await chooseConnection(connections, dialect, { title: l10n.t("Run {0} on", basename(first.fsPath)) }));
  if (connection) await launcher.preview(specOfFiles(files, connection));
}

async function chooseDialect({ fsPath }: Uri): Promise<Dialect | undefined> {
  const items = [
    { label: "SQL Server", description: "sqlcmd", dialect: "sqlcmd" as const },
    { label: "Oracle", description: "SQL*Plus", dialect: "sqlplus" as const },
  ];
  return (await window.showQuickPick(items, { title: l10n.t("{0} is a script for", basename(fsPath)) }))
    ?.dialect;
}

/** The run goes on where its journal says, on the database it worked on, with the connection that leads there. */
async function resume({ launcher, connections, server }: RunCommandParts, run: PastRunRow): Promise<void> {
  const { dialect, scripts } = run.request;
  const fitting = await connections.leadingTo(run.targetKey, server);
  const [first] = fitting;
  const connection =
    fitting.length === 1
      ? first
      : fitting.length > 1
        ? await chooseConnection(connections, dialect, { title: l10n.t("Resume on {0}", run.where) })
        : undefined;
  if (!connection) {
    if (fitting.length === 0)
      void window.showWarningMessage(
        l10n.t("No connection leads to {0}. Add it first, then resume.", run.where),
      );
    return;
  }
  await launcher.preview({
    title: basename(scripts[0]?.path ?? run.name),
    connection,
    scripts: scripts.map(({ path }) => ({ path })),
    memory: `run ${run.name}`,
    resume: run.folder,
  });
}

/** The run that a command is about; without a row of the view it is chosen. */
async function pastRun(
  runs: Runs,
  node: RunNode | undefined,
  fits: (run: PastRunRow) => boolean,
  title: string,
): Promise<PastRunRow | undefined> {
  if (node?.kind === "past") return node.run;
  const found = (await runs.history()).runs.filter(fits);
  if (found.length === 0) {
    void window.showInformationMessage(l10n.t("There is no such run."));
    return undefined;
  }
  const items = found.map((run) => ({
    label: basename(run.scripts[0]?.path ?? run.name),
    description: run.stateName,
    detail: `${new Date(run.startedAt).toLocaleString()} · ${run.where}`,
    run,
  }));
  return (await window.showQuickPick(items, { title }))?.run;
}

async function chooseResult(runs: Runs): Promise<Extract<RunNode, { kind: "result" }> | undefined> {
  const results = (await runs.history()).runs.slice(0, 20).flatMap((run) =>
    run.resultFiles.map((file) => ({
      label: resultTitle(file),
      description: basename(run.scripts[0]?.path ?? run.name),
      detail: new Date(run.startedAt).toLocaleString(),
      node: { kind: "result" as const, file, result: undefined },
    })),
  );
  return (await window.showQuickPick(results, { title: l10n.t("Show Result") }))?.node;
}

/** The procedures that found rows, as a table. */
async function showAudit(server: Server, grids: Grids, run: PastRunRow): Promise<unknown> {
  const params: AuditRequest.Params = { folder: run.folder };
  const { findings } = await server.request<AuditRequest.Result>(AuditRequest.method, params);
  const found = findings.filter(({ rows }) => rows > 0);
  if (found.length === 0) {
    const text =
      findings.length === 0
        ? l10n.t(
            "The run printed no line “Rows inserted into ...”: it is no audit of the clean-up procedures.",
          )
        : l10n.t("No procedure found rows.");
    return void window.showInformationMessage(text);
  }
  const column = (name: string, right = false): GridColumn => ({ name, type: "", right });
  const columns = [
    column(l10n.t("Procedure")),
    column(l10n.t("Table")),
    column(l10n.t("What")),
    column(l10n.t("Rows"), true),
    column(l10n.t("Copied to")),
  ];
  const rows = found.map(({ table, kind, copy, rows: count }) => [
    `Delete_${kind === "nulls" ? "Nulls" : "Dups"}_${table}`,
    table,
    kind === "nulls" ? l10n.t("nulls") : l10n.t("duplicates"),
    String(count),
    copy,
  ]);
  return await grids.show(tableSource(l10n.t("Procedures that found rows"), columns, rows));
}
