import { basename } from "node:path";
import { commands, Disposable, l10n, type Uri, ViewColumn, window } from "vscode";
import { type GeneratedFolder, MarkRunRequest, type Page } from "../../../../server/src/protocol";
import type { Server } from "../../server";
import { chooseConnection } from "../connections/chooseConnection";
import type { Connections } from "../connections/connections";
import { openPlace, PagePanel } from "../pagePanel";
import type { Register } from "../register";
import type { Launcher } from "../runs/launcher";
import type { Plans } from "../runs/plans";
import type { Runs } from "../runs/runs";
import { buildRequest, type RememberedChoices, type RunSpec, titlesOf, wantedBy } from "../runs/runSpec";
import { isTrusted } from "../trust";
import type { GeneratedFolders } from "./generatedFolders";
import { type GeneratedNode, pathOf } from "./generatedView";
import { givenVariables } from "./givenVariables";

export interface GeneratedParts {
  readonly server: Server;
  readonly folders: GeneratedFolders;
  readonly runs: Runs;
  readonly connections: Connections;
  readonly launcher: Launcher;
  readonly choices: RememberedChoices;
  readonly plans: Plans;
  readonly media: Uri;
}

export function registerGeneratedCommands(register: Register, parts: GeneratedParts): Disposable {
  const { folders, plans, launcher } = parts;
  return Disposable.from(
    register("addGeneratedFolder", async (given?: Uri) => {
      const [folder] = given
        ? [given]
        : ((await window.showOpenDialog({
            title: l10n.t("Folder of Generated Scripts (MigrationUtility/<date_time>)"),
            openLabel: l10n.t("Use This Folder"),
            canSelectFiles: false,
            canSelectFolders: true,
          })) ?? []);
      if (folder) await folders.add(folder.fsPath);
    }),
    register("removeGeneratedFolder", async (node?: GeneratedNode) => {
      if (node?.kind === "folder") await folders.remove(node.path);
    }),
    register("refreshGenerated", () => folders.refresh()),
    register("openGenerated", async (node?: GeneratedNode) => {
      if (node?.kind !== "script") return;
      const { folder, script } = node;
      const path = pathOf(folder, script.path);
      await openPlace({ file: path, line: 1 }, ViewColumn.Active);
      // The assistant's scripts are looked at here; who wants to change one can say so.
      await commands.executeCommand("workbench.action.files.setActiveEditorReadonlyInSession");
      await plans.open({ path, dialect: script.dialect ?? "sqlplus" });
    }),
    register("runGenerated", async (node?: GeneratedNode, selected?: readonly GeneratedNode[]) => {
      if (!isTrusted()) return;
      const spec = await specOf(parts, node, selected);
      if (spec) await launcher.preview(spec);
    }),
    register("runGeneratedLater", (node?: GeneratedNode, selected?: readonly GeneratedNode[]) =>
      mark(parts, node, selected, "Ready for restart"),
    ),
    register("markGenerated", (node?: GeneratedNode, selected?: readonly GeneratedNode[]) =>
      mark(parts, node, selected, "User completed"),
    ),
    register("explainCleanup", async (node?: GeneratedNode) => {
      if (node?.kind === "cleanup") explain(parts, node.folder);
    }),
  );
}

/** The scripts that are meant, in the order of ExecuteMigrationScripts.bat. */
async function scriptsOf(
  { folders }: GeneratedParts,
  node: GeneratedNode | undefined,
  selected: readonly GeneratedNode[] = [],
): Promise<{ readonly folder: GeneratedFolder; readonly paths: ReadonlySet<string> } | undefined> {
  const nodes = selected.length > 0 ? selected : node ? [node] : [];
  let folder: GeneratedFolder | undefined;
  const paths = new Set<string>();
  for (const each of nodes) {
    const here =
      each.kind === "folder" ? await folders.read(each.path) : "folder" in each ? each.folder : undefined;
    if (!here) continue;
    if (folder && folder.path !== here.path) throw new Error(l10n.t("Choose scripts of one folder only."));
    folder = here;
    const meant =
      each.kind === "folder"
        ? // What the batch file does not run is not run with the rest.
          here.scripts.filter(({ order }) => !here.execute || order !== undefined)
        : each.kind === "group"
          ? (here.groups.find(({ name }) => name === each.name)?.scripts ?? [])
          : each.kind === "script"
            ? [each.script]
            : [];
    for (const { path } of meant) paths.add(path);
  }
  return folder && paths.size > 0 ? { folder, paths } : undefined;
}

async function specOf(
  parts: GeneratedParts,
  node: GeneratedNode | undefined,
  selected: readonly GeneratedNode[] | undefined,
): Promise<RunSpec | undefined> {
  const meant = await scriptsOf(parts, node, selected);
  if (!meant) return undefined;
  const { folder, paths } = meant;
  const scripts = folder.scripts.filter(({ path }) => paths.has(path));
  const dialects = new Set(scripts.map(({ dialect }) => dialect ?? "sqlplus"));
  const [dialect = "sqlplus"] = dialects;
  if (dialects.size > 1)
    throw new Error(l10n.t("These are scripts for SQL Server and for Oracle; run them one by one."));
  if (!folder.execute && scripts.length > 1) {
    const anyway = l10n.t("By Name");
    const answer = await window.showWarningMessage(
      l10n.t(
        "There is no ExecuteMigrationScripts.bat: the order of the scripts is not known. Take them in the order of their names?",
      ),
      { modal: true },
      anyway,
    );
    if (answer !== anyway) return undefined;
  }
  const connection = await chooseConnection(parts.connections, dialect, {
    title: l10n.t("Run {0} generated scripts on", scripts.length),
  });
  const [first] = scripts;
  if (!connection || !first) return undefined;
  return {
    title:
      scripts.length === 1 ? basename(first.path) : l10n.t("{0}: {1} scripts", folder.name, scripts.length),
    connection,
    scripts: scripts.map((script) => ({
      path: pathOf(folder, script.path),
      arguments: script.arguments.map((given) => ({ given })),
    })),
    memory: `generated ${folder.path}`,
    folders: [folder.path],
    given: folder.execute ? givenVariables(pathOf(folder, folder.execute.path), scripts) : [],
  };
}

/** "Execute later" and "Execute manually" of the assistant: kept in the history, nothing is sent. */
async function mark(
  parts: GeneratedParts,
  node: GeneratedNode | undefined,
  selected: readonly GeneratedNode[] | undefined,
  state: "User completed" | "Ready for restart",
): Promise<void> {
  const spec = await specOf(parts, node, selected);
  if (!spec) return;
  const { request, missing } = buildRequest(spec, parts.choices.of(spec), parts.runs.folder());
  // The run that is kept for later has no page to fill in values.
  if (state === "Ready for restart" && missing.length > 0)
    throw new Error(
      l10n.t(
        "Run the scripts once, and fill in {0}: it has no value yet.",
        missing.map(titlesOf(wantedBy(spec))).join(", "),
      ),
    );
  const params: MarkRunRequest.Params = { kind: "new", request, state };
  await parts.server.request(MarkRunRequest.method, params);
  parts.runs.refresh();
  parts.folders.refresh();
}

/** What the clean-up batch would do, before anybody starts it. It is never started from here. */
function explain({ server, media }: GeneratedParts, folder: GeneratedFolder): void {
  const { cleanup } = folder;
  if (!cleanup) return;
  const file = pathOf(folder, cleanup.path);
  const page: Page = {
    title: basename(cleanup.path),
    lead: l10n.t(
      "The assistant writes this batch file for after a crash or a power loss: it runs clean-up scripts, after which the migration can be started again. It is not started from here. If it fails, the guide sends you to support with the logs.",
    ),
    facts: [
      { label: l10n.t("File"), value: file },
      { label: l10n.t("Commands"), value: String(cleanup.commands.length) },
    ],
    blocks: [
      {
        kind: "table",
        title: l10n.t("What it starts, in order"),
        head: [
          l10n.t("Line"),
          l10n.t("Program"),
          l10n.t("Scripts"),
          l10n.t("Destructive"),
          l10n.t("Command, passwords masked"),
        ],
        rows: cleanup.commands.map(({ line, tool, scripts, text, hasPassword, destructive }) => ({
          cells: [
            String(line),
            tool,
            scripts.map(({ name }) => name).join(", "),
            destructive.join(", "),
            text,
          ],
          place: { file, line },
          tone: hasPassword || destructive.length > 0 ? ("attention" as const) : ("none" as const),
        })),
      },
      {
        kind: "table",
        title: l10n.t("Scripts that it runs"),
        head: [l10n.t("Script")],
        rows: cleanup.scripts.map((path) => ({
          cells: [path],
          place: { file: pathOf(folder, path), line: 1 },
        })),
      },
    ],
    actions: [{ id: "close", label: l10n.t("Close") }],
  };
  const panel: PagePanel = new PagePanel(media, server, page, () => panel.close());
}
