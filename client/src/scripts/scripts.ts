import { Disposable, type ExtensionContext, Uri } from "vscode";
import type { Server } from "../server";
import { registerConnectionCommands } from "./connections/commands";
import { ConnectionEditor } from "./connections/connectionEditor";
import { Connections } from "./connections/connections";
import { ConnectionsView } from "./connections/connectionsView";
import { importConnections } from "./connections/importConnections";
import { chooseScriptDialect } from "./files/chooseDialect";
import { ScriptFiles } from "./files/scriptFiles";
import { registerGeneratedCommands } from "./generated/commands";
import { GeneratedFolders } from "./generated/generatedFolders";
import { GeneratedView } from "./generated/generatedView";
import { registerListCommands } from "./lists/commands";
import { ListsView } from "./lists/listsView";
import { ScriptLists } from "./lists/scriptLists";
import { registerReadiness } from "./readiness/readiness";
import { registrar } from "./register";
import { registerRunCommands } from "./runs/commands";
import { RunComparisons } from "./runs/compareRuns";
import { fileSource, Grids } from "./runs/grid";
import { Launcher, runsFolder } from "./runs/launcher";
import { RunMessages } from "./runs/messages";
import { Plans } from "./runs/plans";
import { RunProblems } from "./runs/runProblems";
import { Runs } from "./runs/runs";
import { RememberedChoices } from "./runs/runSpec";
import type { RunResultSet } from "./runs/activeRun";
import { resultTitle, RunsView } from "./runs/runsView";
import { RunStatus } from "./runs/statusBar";

/** Everything about database scripts: connections, lists, runs, results, help with script files. */
export function startScripts(server: Server, context: ExtensionContext) {
  const { globalState, workspaceState, secrets, globalStorageUri, extensionUri } = context;
  const media = Uri.joinPath(extensionUri, "dist", "media");
  const runner = { module: context.asAbsolutePath("dist/runner.js") };
  const connections = new Connections(globalState, secrets);
  const editor = new ConnectionEditor(connections, server, media, runner);
  const runs = new Runs(server, () => runsFolder(globalStorageUri));
  const messages = new RunMessages();
  const problems = new RunProblems();
  const plans = new Plans(server);
  const choices = new RememberedChoices(workspaceState);
  const launcher = new Launcher({
    server,
    media,
    runner,
    connections,
    runs,
    messages,
    problems,
    choices,
    plans,
  });
  const grids = new Grids(server, media);
  const comparisons = new RunComparisons(server, runs);
  const lists = new ScriptLists(server, workspaceState, connections);
  const folders = new GeneratedFolders(server, workspaceState);
  const files = new ScriptFiles(server, workspaceState, connections, lists, folders);
  const register = registrar(server);
  const knownOf = (uri: Uri) => {
    const dialect = files.dialectOf(uri);
    const connection = files.connectionOf(uri);
    return { ...(dialect && { dialect }), ...(connection && { connection }) };
  };
  const parts = {
    server,
    media,
    runner,
    connections,
    runs,
    messages,
    launcher,
    grids,
    comparisons,
    plans,
    choices,
  };
  const disposable = Disposable.from(
    connections,
    editor,
    new ConnectionsView(connections, server),
    runs,
    new RunsView(runs),
    new RunStatus(runs),
    messages,
    problems,
    plans,
    launcher,
    grids,
    comparisons,
    lists,
    new ListsView(lists, runs),
    folders,
    new GeneratedView(folders, runs),
    files,
    registerConnectionCommands(register, { server, connections, editor, runner }),
    registerRunCommands(register, { ...parts, knownOf }),
    registerListCommands(register, { ...parts, lists, made: Uri.joinPath(globalStorageUri, "scripts") }),
    registerGeneratedCommands(register, { ...parts, folders }),
    registerReadiness(register, parts),
    register("chooseScriptDialect", () => chooseScriptDialect(files, connections)),
  );
  const showResult = (file: string, result?: RunResultSet) =>
    grids.show(fileSource(server, resultTitle(file), file, result));
  return {
    disposable,
    connections,
    editor,
    runs,
    launcher,
    lists,
    folders,
    files,
    showResult,
    importConnections: (file: Uri) => importConnections(connections, server, file, true),
  };
}

/** The parts of this feature, for tests inside VS Code. */
export type Scripts = ReturnType<typeof startScripts>;
