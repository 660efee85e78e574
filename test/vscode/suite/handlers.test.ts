import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as vscode from "vscode";
import { folderOf } from "../../../client/src/folderOf";
import { handlerUri, listingUri } from "../../../client/src/handlers/listingUri";
import { planted } from "../../fixtures/handlers/ivr";

const patience = 20_000;

/** Waits until `value` gives something; says what was awaited when it does not. */
async function until<T>(
  what: string,
  value: () => T | undefined | Promise<T | undefined>,
  time = patience,
): Promise<T> {
  const end = Date.now() + time;
  for (;;) {
    const now = await value();
    if (now !== undefined) return now;
    if (Date.now() > end) throw new Error(`Not in ${time / 1000} s: ${what}`);
    await new Promise((done) => setTimeout(done, 50));
  }
}

const folder = (): vscode.Uri => vscode.workspace.workspaceFolders![0]!.uri;
const sample = (name: string): vscode.Uri => vscode.Uri.joinPath(folder(), ...name.split("/"));
const callback = (): vscode.Uri => sample("IVR/IVR_Callback.ihd");

const codes = (uri: vscode.Uri): string[] =>
  vscode.languages
    .getDiagnostics(listingUri(uri))
    .map(({ code }) => String(code))
    .sort();

async function problemsOf(uri: vscode.Uri, count: number): Promise<string[]> {
  return await until(`${count} problems of ${uri.path}, not ${codes(uri).join(", ")}`, () =>
    codes(uri).length === count ? codes(uri) : undefined,
  );
}

/** Opens a listing with the command, and gives the editor that shows it. */
async function open(uri: vscode.Uri, node?: number): Promise<vscode.TextEditor> {
  await vscode.commands.executeCommand("handlerWorkbench.openListing", uri, node);
  return await until("the listing in an editor", () => {
    const editor = vscode.window.activeTextEditor;
    return editor?.document.uri.toString() === listingUri(uri).toString() ? editor : undefined;
  });
}

function position({ document }: vscode.TextEditor, context: string, focus: string): vscode.Position {
  const offset = document.getText().indexOf(context);
  assert.ok(offset >= 0, `'${context}' is not in the listing`);
  return document.positionAt(offset + context.lastIndexOf(focus) + 1);
}

const ask = async <T>(command: string, ...args: unknown[]): Promise<T> =>
  (await vscode.commands.executeCommand(`vscode.${command}`, ...args)) as T;

describe("handlers in VS Code", () => {
  before(async () => {
    await problemsOf(callback(), 7);
  });
  afterEach(async () => {
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
  });

  it("have their problems on a document that opens at the step, though it never was open", async () => {
    const uri = listingUri(callback());
    const problem = vscode.languages.getDiagnostics(uri).find(({ code }) => code === "argument-empty")!;
    const document = await vscode.workspace.openTextDocument(uri);
    assert.equal(document.languageId, "handler-listing");
    assert.match(document.getText(problem.range), /^in {3}Text +\(?= \(empty\)/);
    assert.equal(handlerUri(uri).toString(), callback().toString());
  });

  it("open as a listing, at a step", async () => {
    const editor = await open(callback(), planted.emptyRequired);
    const { line } = editor.selection.active;
    assert.match(editor.document.lineAt(line).text, new RegExp(`^step ${planted.emptyRequired} `));
  });

  it("go from the listing to the flow and back", async () => {
    await open(callback(), 3);
    await vscode.commands.executeCommand("handlerWorkbench.showFlow");
    await until("the flow in front", () => {
      const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
      return input instanceof vscode.TabInputCustom && input.viewType === "handlerWorkbench.flow"
        ? input.uri.toString() === callback().toString() || undefined
        : undefined;
    });
    await vscode.commands.executeCommand("handlerWorkbench.openListing");
    await until(
      "the listing in front",
      () => vscode.window.activeTextEditor?.document.languageId === "handler-listing" || undefined,
    );
  });

  it("are described, followed and searched", async () => {
    const editor = await open(callback());
    const { uri } = editor.document;
    const called = position(editor, "call Shared_LogError", "Shared_LogError");
    const [hover] = await until("a hover", async () => {
      const found = await ask<vscode.Hover[]>("executeHoverProvider", uri, called);
      return found.length > 0 ? found : undefined;
    });
    assert.match((hover!.contents[0] as vscode.MarkdownString).value, /subroutine Shared_LogError/);
    const [target] = await ask<vscode.Location[]>("executeDefinitionProvider", uri, called);
    assert.equal(target?.uri.toString(), listingUri(sample("Shared/Shared_LogError.ihd")).toString());
    const exit = position(editor, "exit Success -> 4", "4");
    const [step] = await ask<vscode.Location[]>("executeDefinitionProvider", uri, exit);
    assert.match(editor.document.lineAt(step!.range.start.line).text, /^step 4 /);
    const references = await ask<vscode.Location[]>("executeReferenceProvider", uri, called);
    assert.ok(new Set(references.map((each) => each.uri.toString())).size > 1);
    const symbols = await ask<vscode.DocumentSymbol[]>("executeDocumentSymbolProvider", uri);
    assert.ok(symbols.some(({ name, children }) => name === "steps" && children.length === 10));
    const folding = await ask<vscode.FoldingRange[]>("executeFoldingRangeProvider", uri);
    assert.ok(folding.length > 10);
    const tokens = await ask<vscode.SemanticTokens>("provideDocumentSemanticTokens", uri);
    assert.ok(tokens.data.length > 100);
    const [item] = await ask<vscode.CallHierarchyItem[]>("prepareCallHierarchy", uri, called);
    const incoming = await ask<vscode.CallHierarchyIncomingCall[]>("provideIncomingCalls", item);
    assert.ok(incoming.some(({ from }) => from.name === "IVR_Callback"));
    const found = await ask<vscode.SymbolInformation[]>("executeWorkspaceSymbolProvider", "IVR_Callback");
    assert.equal(found[0]?.location.uri.toString(), uri.toString());
  });

  it("show what they are now when the file changes", async () => {
    const uri = sample("Shared/Shared_SplitPairs.ihd");
    const before = readFileSync(uri.fsPath);
    const { document } = await open(uri);
    const text = document.getText();
    try {
      writeFileSync(uri.fsPath, readFileSync(callback().fsPath));
      await until("another text", () => (document.getText() !== text ? true : undefined));
      assert.match(document.getText(), /Callback_Store/);
      await problemsOf(uri, 7);
    } finally {
      writeFileSync(uri.fsPath, before);
    }
    await until("the text of before", () => (document.getText() === text ? true : undefined));
  });

  it("that cannot be read are problems, and take them along when they go", async () => {
    const uri = sample("Shared/Bad name [1].ihd");
    writeFileSync(uri.fsPath, "no handler at all");
    try {
      assert.deepEqual(await problemsOf(uri, 1), ["unreadable"]);
      const editor = await open(uri);
      assert.match(editor.document.getText(), /^handler "Bad name \[1\]"/);
    } finally {
      rmSync(uri.fsPath);
    }
    await problemsOf(uri, 0);
  });

  it("can have problems ignored and rules turned off where they are shown", async () => {
    const editor = await open(callback());
    const { uri } = editor.document;
    const problem = vscode.languages.getDiagnostics(uri).find(({ code }) => code === "argument-empty")!;
    const actions = await until("quick fixes", async () => {
      const all = await ask<vscode.CodeAction[]>("executeCodeActionProvider", uri, problem.range);
      const ours = all.filter(({ command }) => command?.command.startsWith("handlerWorkbench."));
      return ours.length > 0 ? ours : undefined;
    });
    assert.deepEqual(
      actions.map(({ title }) => title),
      [
        "Ignore argument-empty in step 6",
        "Ignore argument-empty in handler IVR_Callback",
        "Turn off argument-empty",
      ],
    );
    const { command } = actions[0]!;
    const configuration = (): vscode.WorkspaceConfiguration =>
      vscode.workspace.getConfiguration("handlerWorkbench");
    try {
      await vscode.commands.executeCommand(command!.command, ...(command!.arguments as unknown[]));
      await problemsOf(callback(), 6);
      assert.deepEqual(configuration().get("ignoredFindings"), { "argument-empty": ["IVR_Callback#6"] });
    } finally {
      await configuration().update("ignoredFindings", undefined, vscode.ConfigurationTarget.Workspace);
    }
    await problemsOf(callback(), 7);
  });

  it("are grouped by folders as users know them", () => {
    assert.equal(folderOf(sample("Shared/Shared_LogError.ihd")), "Shared");
    assert.equal(folderOf(sample("IVR/Menus/Main.ihd")), "IVR/Menus");
    assert.equal(folderOf(sample("Main.ihd")), vscode.workspace.workspaceFolders![0]!.name);
  });

  it("find what they call in reference folders, wherever those are, and see it change", async () => {
    const base = mkdtempSync(join(tmpdir(), "hw-base-"));
    const configuration = vscode.workspace.getConfiguration("handlerWorkbench");
    const calls = (count: number, time?: number): Promise<true> =>
      until(
        `${count} calls not found`,
        () =>
          codes(callback()).filter((code) => code === "call-not-found").length === count ? true : undefined,
        time,
      );
    try {
      await calls(1);
      await configuration.update("referenceFolders", [base], vscode.ConfigurationTarget.Workspace);
      const file = join(base, "Callback_Store.ihd");
      writeFileSync(file, readFileSync(sample("Shared/Shared_LogError.ihd").fsPath));
      await calls(0);
      // The editor starts to watch a folder at some time after it is asked to.
      await until("the file gone", async () => {
        writeFileSync(file, readFileSync(sample("Shared/Shared_LogError.ihd").fsPath));
        await new Promise((done) => setTimeout(done, 300));
        rmSync(file);
        return await calls(1, 1_000).catch(() => undefined);
      });
    } finally {
      await configuration.update("referenceFolders", undefined, vscode.ConfigurationTarget.Workspace);
      rmSync(base, { recursive: true, force: true });
    }
    await problemsOf(callback(), 7);
  });

  it("have every contributed command registered", async () => {
    const known = new Set(await vscode.commands.getCommands(true));
    const extension = vscode.extensions.getExtension("handler-workbench.handler-workbench")!;
    const { commands } = (extension.packageJSON as { contributes: { commands: { command: string }[] } })
      .contributes;
    assert.deepEqual(
      commands.map(({ command }) => command).filter((command) => !known.has(command)),
      [],
    );
  });

  it("are read again when the server dies, and asking goes on", async function () {
    const server = serverProcess();
    if (server === undefined) this.skip();
    const editor = await open(callback());
    process.kill(server, "SIGKILL");
    const again = await until("another server", () => {
      const now = serverProcess();
      return now !== undefined && now !== server ? now : undefined;
    });
    assert.notEqual(again, server);
    const called = position(editor, "call Shared_LogError", "Shared_LogError");
    await until("a definition from the new server", async () => {
      const found = await ask<vscode.Location[]>("executeDefinitionProvider", editor.document.uri, called);
      return found.length > 0 && found[0]!.uri.path.includes("Shared_LogError.ihd") ? true : undefined;
    });
    await problemsOf(callback(), 7);
  });

  it("that a server cannot be kept running for are told as such, and come back when it is restarted", async function () {
    if (serverProcess() === undefined) this.skip();
    let last: number | undefined;
    // It is started again a few times, and then left alone.
    for (let kills = 0; kills < 8; kills++) {
      const server = await until("a server, or none for a while", async () => {
        for (let tries = 0; tries < 30; tries++) {
          const now = serverProcess();
          if (now !== undefined && now !== last) return now;
          await new Promise((done) => setTimeout(done, 50));
        }
        return null;
      });
      if (server === null) break;
      last = server;
      process.kill(server, "SIGKILL");
    }
    await until("no server", () => (serverProcess() === undefined ? true : undefined));
    // Says that there is none, and neither hangs nor starts one.
    await vscode.commands.executeCommand("handlerWorkbench.openListing", callback());
    assert.equal(vscode.window.activeTextEditor, undefined);
    assert.equal(serverProcess(), undefined);
    await vscode.commands.executeCommand("handlerWorkbench.restartServer");
    await until("a server", serverProcess);
    assert.ok((await open(callback())).document.getText().startsWith("subroutine IVR_Callback"));
    await problemsOf(callback(), 7);
  });

  it("are read by a server that can be restarted", async function () {
    const server = serverProcess();
    if (server === undefined) this.skip();
    await vscode.commands.executeCommand("handlerWorkbench.restartServer");
    await until("the old server gone", () => (serverProcess() === server ? undefined : true));
    await problemsOf(callback(), 7);
    assert.ok((await open(callback())).document.getText().startsWith("subroutine IVR_Callback"));
  });
});

/** Our server among the children of the extension host; undefined where processes cannot be looked at. */
function serverProcess(): number | undefined {
  let entries: string[];
  try {
    entries = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  } catch {
    return undefined;
  }
  for (const name of entries) {
    try {
      const parent = /\nPPid:\s+(\d+)/.exec(readFileSync(join("/proc", name, "status"), "utf8"))?.[1];
      const command = readFileSync(join("/proc", name, "cmdline"), "utf8");
      if (Number(parent) === process.pid && /dist[\\/]server\.js/.test(command)) return Number(name);
    } catch {
      // It ended meanwhile.
    }
  }
  return undefined;
}
