import assert from "node:assert/strict";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as vscode from "vscode";
import type { PackagePair } from "../../../server/src/protocol";
import { writePackage } from "../packages/makePackages";
import { content } from "../packages/samplePackages";

const patience = 20_000;

/** Waits until `find` gives something. */
async function soon<T>(what: string, find: () => T | undefined | Promise<T | undefined>): Promise<T> {
  const end = Date.now() + patience;
  for (;;) {
    const found = await find();
    if (found !== undefined) return found;
    if (Date.now() > end) assert.fail(`Not in ${patience / 1000} s: ${what}`);
    await new Promise((done) => setTimeout(done, 50));
  }
}

const run = async (command: string, ...args: unknown[]): Promise<void> =>
  void (await vscode.commands.executeCommand(command, ...args));

/** The input of the active tab, when it is of this kind. */
const activeInput = <T>(kind: new (...args: never[]) => T): Promise<T> =>
  soon(kind.name, () => {
    const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
    return input instanceof kind ? input : undefined;
  });

describe("packages in VS Code", () => {
  let folder = "";
  let old: vscode.Uri;
  let now: vscode.Uri;

  before(async () => {
    folder = join(vscode.workspace.workspaceFolders![0]!.uri.fsPath, "Packages");
    const [before, after] = ["OPEN_05102026091650.ininmigr", "OPEN_06092026143839.ininmigr"].map((name) =>
      join(folder, name),
    ) as [string, string];
    // Without a password: nobody can type one here.
    await writePackage(before, content(false));
    await writePackage(after, content(true));
    [old, now] = [vscode.Uri.file(before), vscode.Uri.file(after)];
  });
  after(() => rmSync(folder, { recursive: true, force: true }));
  afterEach(async () => {
    await run("workbench.action.closeAllEditors");
  });

  const inside = (path: string, outside = now): vscode.Uri =>
    vscode.Uri.from({
      scheme: "ininmigr",
      path: `/${outside.path.split("/").pop()}/${path}`,
      query: outside.toString(),
    });
  const problems = (uri: vscode.Uri): string[] =>
    vscode.languages.getDiagnostics(uri).map(({ message }) => message);

  it("open in their own editor, with their problems", async () => {
    await run("vscode.open", now);
    const { viewType } = await activeInput(vscode.TabInputCustom);
    assert.equal(viewType, "handlerWorkbench.package");
    await soon("the problem of AdminConfig", () =>
      problems(now).find((message) => /AdminConfig.*no item named Workstations/.test(message)),
    );
    await run("workbench.action.closeAllEditors");
    await soon("no problems of what nobody shows", () => problems(now).length === 0 || undefined);
  });

  it("open as packages by a name that goes on with .zip", async () => {
    for (const name of ["ZIP_06092026143839.ininmigr.zip", "ZIP_06092026143839.inimigr"]) {
      const uri = vscode.Uri.file(join(folder, name));
      await writePackage(uri.fsPath, { "readme.txt": "" });
      await run("vscode.open", uri);
      const { viewType } = await soon("the editor", () => {
        const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
        return input instanceof vscode.TabInputCustom && input.uri.path.endsWith(name) ? input : undefined;
      });
      assert.equal(viewType, "handlerWorkbench.package");
    }
    const misspelt = vscode.Uri.file(join(folder, "ZIP_06092026143839.inimigr"));
    await soon("a problem of the misspelt name", () =>
      problems(misspelt).find((message) => /\.ininmigr/.test(message)),
    );
  });

  it("have folders and files that can be read and not be written", async () => {
    const { fs } = vscode.workspace;
    const names = (await fs.readDirectory(inside(""))).map(([name]) => name);
    assert.ok(names.includes("Users.zip") && names.includes("readme.txt"), names.join());
    const [users] = await fs.readDirectory(inside("Users.zip"));
    assert.deepEqual(users, ["roles.xml", vscode.FileType.File]);
    const document = await vscode.workspace.openTextDocument(inside("Users.zip/users.xml"));
    assert.equal(document.languageId, "xml");
    assert.match(document.getText(), /Katherine/);
    assert.equal(fs.isWritableFileSystem("ininmigr"), false);
    await assert.rejects(async () => fs.writeFile(inside("readme.txt"), new Uint8Array(1)), /read-only/);
    await assert.rejects(async () => fs.delete(inside("readme.txt")), /read-only/);
    await assert.rejects(async () => fs.readFile(inside("no.txt")), { code: "FileNotFound" });
  });

  it("open handlers in the flow view, and their listings are as those of any handler", async () => {
    const handler = inside("IP/Handlers.zip/IVR_MainMenu.ihd");
    await run("handlerWorkbench.openPackageItem", {
      package: now.toString(),
      path: "IP/Handlers.zip/IVR_MainMenu.ihd",
      selected: [],
    });
    const { viewType, uri } = await activeInput(vscode.TabInputCustom);
    assert.equal(viewType, "handlerWorkbench.flow");
    assert.equal(uri.toString(), handler.toString());
    await run("handlerWorkbench.openListing", handler);
    const editor = await soon("the listing", () =>
      vscode.window.activeTextEditor?.document.uri.scheme === "handler-listing"
        ? vscode.window.activeTextEditor
        : undefined,
    );
    assert.match(editor.document.getText(), /^subroutine IVR_MainMenu/);
    const symbols = await soon("an outline", async () => {
      const found = await vscode.commands.executeCommand<vscode.DocumentSymbol[] | undefined>(
        "vscode.executeDocumentSymbolProvider",
        editor.document.uri,
      );
      return found?.length ? found : undefined;
    });
    assert.ok(symbols.length > 1);
  });

  it("open other content in hexadecimal, through the command of the tree", async () => {
    const path = "Interaction Attendant/Waves/welcome.bin";
    await run("handlerWorkbench.openPackageItem", { package: now.toString(), path, selected: [] });
    const { uri } = await activeInput(vscode.TabInputText);
    assert.equal(uri.scheme, "ininmigr-hex");
    const { document } = await soon("the hexadecimal text", () => vscode.window.activeTextEditor);
    assert.match(document.lineAt(0).text, /^00000000 {2}00 1f 3e/);
  });

  describe("compared", () => {
    const pair = (path: string, kind?: PackagePair["kind"]): { kind: "pair"; pair: PackagePair } => {
      const side = (uri: vscode.Uri) => ({ uri: uri.toString(), path, size: 1 });
      return {
        kind: "pair",
        pair: { path, status: "changed", old: side(old), new: side(now), ...(kind ? { kind } : {}) },
      };
    };
    const handler = "IP/Handlers.zip/IVR_Incoming.ihd";

    it("show a handler as a diff of listings, at the step", async () => {
      const row = pair(handler, "handler");
      const difference = { status: "changed", label: "a step", node: 1, oldNode: 1 };
      await run("handlerWorkbench.openComparedFiles", {
        kind: "difference",
        difference,
        parent: row,
        position: 0,
      });
      const { original, modified } = await activeInput(vscode.TabInputTextDiff);
      assert.deepEqual(
        [original.query, modified.query],
        [inside(handler, old).toString(), inside(handler).toString()],
      );
      const text = await vscode.workspace.openTextDocument(modified);
      assert.match(text.getText(), /IVR_Incoming/);
    });

    it("show a handler as a flow diff", async () => {
      await run("handlerWorkbench.openComparedFlows", pair(handler, "handler"));
      const { viewType } = await activeInput(vscode.TabInputWebview);
      assert.match(viewType, /handlerWorkbench\.flowDiff$/);
    });

    it("show a Dialer configuration as a report of its differences, and as text", async () => {
      const row = pair("Interaction Dialer/dialer_config.xml", "dialer");
      await run("handlerWorkbench.openComparedFiles", row);
      const { viewType } = await activeInput(vscode.TabInputWebview);
      assert.match(viewType, /handlerWorkbench\.report$/);
      await soon("the title of the report", () =>
        /dialer_config/i.test(vscode.window.tabGroups.activeTabGroup.activeTab?.label ?? "")
          ? true
          : undefined,
      );
      await run("handlerWorkbench.openComparedTexts", row);
      const { modified } = await activeInput(vscode.TabInputTextDiff);
      assert.equal(modified.toString(), inside("Interaction Dialer/dialer_config.xml").toString());
    });

    it("show text as text and the rest in hexadecimal", async () => {
      await run("handlerWorkbench.openComparedFiles", pair("Users.zip/users.xml"));
      assert.equal((await activeInput(vscode.TabInputTextDiff)).modified.scheme, "ininmigr");
      await run("workbench.action.closeAllEditors");
      await run("handlerWorkbench.openComparedFiles", pair("Interaction Attendant/Waves/welcome.bin"));
      assert.equal((await activeInput(vscode.TabInputTextDiff)).modified.scheme, "ininmigr-hex");
    });
  });

  it("follow the file when it is exported anew", async () => {
    const uri = vscode.Uri.file(join(folder, "AGAIN_06092026143839.ininmigr"));
    await writePackage(uri.fsPath, { "readme.txt": "first" });
    const readme = inside("readme.txt", uri);
    const document = await vscode.workspace.openTextDocument(readme);
    await vscode.window.showTextDocument(document);
    assert.equal(document.getText(), "first");
    rmSync(uri.fsPath);
    await writePackage(uri.fsPath, { "readme.txt": "the second" });
    await soon("the new text", () => document.getText() === "the second" || undefined);
  });

  it("are imported by scripts whose mistakes are marked, each by a rule that can be turned off", async () => {
    const file = join(folder, "import.cmd");
    writeFileSync(file, 'ININ.Migrator.Console -import -importfile="D:\\a.ininmigr" noprompt\r\n');
    const document = await vscode.workspace.openTextDocument(file);
    await vscode.window.showTextDocument(document);
    const codes = (): unknown[] => vscode.languages.getDiagnostics(document.uri).map(({ code }) => code);
    await soon("the missing dash", () => codes().includes("console/dash") || undefined);
    const settings = vscode.workspace.getConfiguration("handlerWorkbench");
    await settings.update("rules", { "console/dash": "off" }, vscode.ConfigurationTarget.Workspace);
    try {
      await soon("the rule to be off", () => !codes().includes("console/dash") || undefined);
    } finally {
      await settings.update("rules", undefined, vscode.ConfigurationTarget.Workspace);
    }
  });
});
