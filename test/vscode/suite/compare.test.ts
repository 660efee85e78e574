import assert from "node:assert/strict";
import * as vscode from "vscode";

const folder = (name: string): vscode.Uri =>
  vscode.Uri.joinPath(vscode.workspace.workspaceFolders![0]!.uri, name);

/** The value, as soon as there is one. */
async function soon<T>(find: () => T | undefined): Promise<T> {
  for (let tries = 0; tries < 200; tries++) {
    const found = find();
    if (found !== undefined) return found;
    await new Promise((done) => setTimeout(done, 100));
  }
  return assert.fail("not in 20 s");
}

describe("comparing in VS Code", () => {
  const read = async (uri: vscode.Uri): Promise<Uint8Array> => await vscode.workspace.fs.readFile(uri);

  before(async () => {
    await vscode.extensions.getExtension("handler-workbench.handler-workbench")?.activate();
    await vscode.workspace.fs.copy(folder("IVR"), folder("Compared"), { overwrite: true });
    // Another handler under the name of this one: both sides differ in nearly everything.
    await vscode.workspace.fs.writeFile(
      folder("Compared/IVR_Transfer.ihd"),
      await read(folder("IVR/IVR_Callback.ihd")),
    );
  });
  after(async () => {
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    await vscode.commands.executeCommand("handlerWorkbench.closeComparison");
    await vscode.workspace.fs.delete(folder("Compared"), { recursive: true });
  });

  it("compares two handlers and opens VS Code's diff of their listings", async () => {
    const [old, now] = ["IVR/IVR_Transfer.ihd", "Compared/IVR_Transfer.ihd"].map(folder);
    await vscode.commands.executeCommand("handlerWorkbench.selectForCompare", old);
    await vscode.commands.executeCommand("handlerWorkbench.compareWithSelected", now);
    const input = await soon(() => {
      const { activeTab } = vscode.window.tabGroups.activeTabGroup;
      return activeTab?.input instanceof vscode.TabInputTextDiff ? activeTab.input : undefined;
    });
    assert.equal(input.original.scheme, "handler-listing");
    assert.equal(input.original.query, old!.toString());
    assert.equal(input.modified.query, now!.toString());
  });
});
