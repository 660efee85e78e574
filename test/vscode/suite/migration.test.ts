import assert from "node:assert/strict";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as vscode from "vscode";
import { listingUri } from "../../../client/src/handlers/listingUri";
import { toIhd } from "../../builder/ihd";
import { getKey } from "../../builder/signatures";
import { targetHandlers } from "../../fixtures/handlers/target";

const folder = (): vscode.Uri => vscode.workspace.workspaceFolders![0]!.uri;
const sample = (name: string): vscode.Uri => vscode.Uri.joinPath(folder(), ...name.split("/"));
const run = async (command: string, ...args: unknown[]): Promise<unknown> =>
  await vscode.commands.executeCommand(`handlerWorkbench.${command}`, ...args);

async function until<T>(what: string, value: () => T | undefined | Promise<T | undefined>): Promise<T> {
  for (let tries = 0; tries < 400; tries++) {
    const now = await value();
    if (now !== undefined) return now;
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error(`Not in 20 s: ${what}`);
}

const callback = (): vscode.Uri => listingUri(sample("IVR/IVR_Callback.ihd"));
const hints = (): vscode.Diagnostic[] =>
  vscode.languages.getDiagnostics(callback()).filter(({ code }) => String(code).startsWith("tool-"));
const untilHints = async (...wanted: string[]): Promise<void> => {
  const codes = (): string =>
    hints()
      .map(({ code }) => String(code))
      .sort()
      .join();
  await until(`the hints ${wanted.join()}`, () => (codes() === wanted.join() ? true : undefined));
};
const setting = (name: string): unknown => vscode.workspace.getConfiguration("handlerWorkbench").get(name);
const set = async (name: string, value: unknown): Promise<void> =>
  await vscode.workspace
    .getConfiguration("handlerWorkbench")
    .update(name, value, vscode.ConfigurationTarget.Workspace);

describe("a migration's target in VS Code", () => {
  const releases = mkdtempSync(join(tmpdir(), "hw-releases-"));
  const release = (name: string): vscode.Uri => vscode.Uri.file(join(releases, name));
  const newer = (): vscode.Uri => sample("newer.catalogue.json");
  const same = (): vscode.Uri => sample("same.catalogue.json");

  before(async () => {
    await vscode.extensions.getExtension("handler-workbench.handler-workbench")?.activate();
    for (const [name, handlers] of [
      ["newer", targetHandlers()],
      ["same", targetHandlers({ ...getKey, version: "2.3" })],
    ] as const) {
      mkdirSync(join(releases, name));
      for (const built of handlers) writeFileSync(join(releases, name, `${built.name}.ihd`), toIhd(built));
    }
  });
  after(async () => {
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    for (const name of ["migration.targetCatalogue", "ignoredFindings"]) await set(name, undefined);
    for (const uri of [newer(), same()]) rmSync(uri.fsPath, { force: true });
    rmSync(releases, { recursive: true, force: true });
  });

  it("is learned from a folder and set; hints appear, and vanish with another target", async () => {
    await run("learnCatalogue", release("newer"), "2018 R5", newer());
    assert.equal(setting("migration.targetCatalogue"), "newer.catalogue.json");
    await untilHints("tool-parameter-added", "tool-parameter-removed");
    assert.match(hints()[0]!.message, /as used in 2 handlers of 2018 R5/);
    await run("learnCatalogue", release("same"), "2018 R5", same());
    await untilHints();
    await run("chooseTarget", newer());
    await untilHints("tool-parameter-added", "tool-parameter-removed");
  });

  it("is beside the step's tool in its hover", async () => {
    const document = await vscode.workspace.openTextDocument(callback());
    const at = document.positionAt(document.getText().indexOf("Telephony:Get Key") + 3);
    const [hover] = await until("a hover", async () => {
      const found = await vscode.commands.executeCommand<vscode.Hover[]>(
        "vscode.executeHoverProvider",
        callback(),
        at,
      );
      return found.length > 0 ? found : undefined;
    });
    const text = (hover!.contents[0] as vscode.MarkdownString).value;
    assert.match(text, /Here, version 2\.3[^]*2018 R5 \(2 handlers\), version 3\.0[^]*Beep First/);
  });

  it("gives code actions: the mapping as Markdown, and ignoring here", async () => {
    const [hint] = hints();
    const actions = await until("code actions", async () => {
      const found = await vscode.commands.executeCommand<vscode.CodeAction[]>(
        "vscode.executeCodeActionProvider",
        callback(),
        hint!.range,
      );
      return found.some(({ title }) => title.startsWith("Copy")) ? found : undefined;
    });
    const execute = async (title: RegExp): Promise<void> => {
      const action = actions.find((each) => title.test(each.title));
      assert.ok(action?.command, `${String(title)} in ${actions.map((each) => each.title).join("; ")}`);
      await vscode.commands.executeCommand(action.command.command, ...(action.command.arguments ?? []));
    };
    // Not executed: it would open a browser.
    const help = actions.find(({ title }) => /^Open the help page about .*Get Key$/.test(title));
    assert.equal(help?.command?.command, "handlerWorkbench.openToolHelp");
    assert.ok((await vscode.commands.getCommands(true)).includes(help.command.command));
    const [ofUri, ofNode] = help.command.arguments as [vscode.Uri, number];
    assert.equal(ofUri.toString(), callback().toString());
    assert.match(hint!.message, new RegExp(`\\(${ofNode}\\)`));
    await vscode.env.clipboard.writeText("");
    await execute(/^Copy the parameter mapping of step \d+ as Markdown$/);
    const mapping = await vscode.env.clipboard.readText();
    assert.match(mapping, /^### IVR\\_Callback: [^]*\| {2}\| in Beep First: Boolean \| new \|/);
    await execute(/^Ignore tool-parameter-added in step \d+$/);
    await untilHints("tool-parameter-removed");
    const ignored = setting("ignoredFindings") as Record<string, string[]>;
    assert.match(ignored["tool-parameter-added"]!.join(), /^IVR_Callback#\d+$/);
    await set("ignoredFindings", undefined);
    await untilHints("tool-parameter-added", "tool-parameter-removed");
  });

  it("follows its file; a foreign one leads to no hints at all", async () => {
    const text = readFileSync(newer().fsPath);
    writeFileSync(newer().fsPath, '{ "name": "something else" }');
    await untilHints();
    writeFileSync(newer().fsPath, text);
    await untilHints("tool-parameter-added", "tool-parameter-removed");
    await run("chooseTarget", null);
    await untilHints();
  });
});

describe("dependencies and inventory in VS Code", () => {
  const saved = (name: string): vscode.Uri => sample(`saved-${name}`);
  const text = (uri: vscode.Uri): string => readFileSync(uri.fsPath, "utf8");

  before(async () => {
    await vscode.extensions.getExtension("handler-workbench.handler-workbench")?.activate();
    await vscode.workspace.fs.copy(sample("IVR"), sample("Base"), { overwrite: true });
    // Another handler under the name of this one.
    writeFileSync(
      sample("Base/IVR_Transfer.ihd").fsPath,
      readFileSync(sample("IVR/IVR_Callback.ihd").fsPath),
    );
  });
  after(async () => {
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    for (const name of ["Base", ".handler-workbench", "Backup", "Target"])
      rmSync(sample(name).fsPath, { recursive: true, force: true });
    for (const name of ["dependencies.json", "dependencies.svg", "inventory.csv", "inventory.md"])
      rmSync(saved(name).fsPath, { force: true });
  });

  it("export the dependencies by the ending of the file", async () => {
    await run("exportDependencies", saved("dependencies.json"));
    const { items } = JSON.parse(text(saved("dependencies.json"))) as {
      items: { kind: string; name: string; users: { handler: string }[] }[];
    };
    const tool = items.find(({ kind, name }) => kind === "tool" && name === "Telephony:Get Key");
    assert.ok(tool?.users.some(({ handler }) => handler === "IVR_Callback"));
    await run("exportDependencies", saved("dependencies.svg"));
    assert.match(text(saved("dependencies.svg")), /^<svg /);
  });

  it("draw the calls in a view of its own", async () => {
    await run("showCallsOf", sample("IVR/IVR_Callback.ihd"));
    await until("the picture", () => {
      const { activeTab } = vscode.window.tabGroups.activeTabGroup;
      return activeTab?.label === "Calls of IVR_Callback.ihd" || undefined;
    });
  });

  it("take an inventory against base handlers, and export it with the team's columns", async () => {
    await run("editInventoryColumns", ["owner", "wave"]);
    assert.match(text(sample(".handler-workbench/inventory.json")), /"columns": \["owner","wave"\]/);
    await run("takeInventory", sample("IVR"), sample("Base"));
    await until("the table", () => {
      const { activeTab } = vscode.window.tabGroups.activeTabGroup;
      return activeTab?.label === "Inventory: IVR" || undefined;
    });
    await run("exportInventory", saved("inventory.csv"));
    const csv = text(saved("inventory.csv"));
    assert.match(csv, /Path,owner,wave\r\n/);
    assert.match(csv, /\r\nIVR_Transfer,modified base,/);
    assert.match(csv, /\r\nIVR_Callback,base,/);
    await run("exportInventory", saved("inventory.md"));
    assert.match(text(saved("inventory.md")), /^# Inventory of handlers\n/);
  });

  it("back handlers up, prepare ToBeMigrated, and move one handler out of it", async () => {
    await run("backUpHandlers", sample("IVR"), sample("Backup"));
    assert.deepEqual(
      readFileSync(sample("Backup/IVR_Callback.ihd").fsPath),
      readFileSync(sample("IVR/IVR_Callback.ihd").fsPath),
    );
    await run("prepareToBeMigrated", sample("IVR"), sample("Target"));
    const waiting = sample("Target/ToBeMigrated/IVR_Callback.ihd");
    assert.ok(existsSync(waiting.fsPath));
    await run("moveMigrated", waiting);
    assert.ok(!existsSync(waiting.fsPath));
    assert.ok(existsSync(sample("Target/IVR_Callback.ihd").fsPath));
  });
});
