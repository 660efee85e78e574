import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync } from "node:fs";
import * as vscode from "vscode";
import type { Comparison } from "../../../client/src/compare/comparison";
import { namesOf, Releases, run, soon } from "./releases";

/** What is used of VS Code's git extension. */
interface GitExtension {
  readonly enabled: boolean;
  getAPI(version: 1): { openRepository(root: vscode.Uri): Promise<unknown> };
}

const incoming = "IVR/IVR_Incoming.ihd";

describe("comparing with git in VS Code", () => {
  const releases = new Releases();
  const git = (...args: string[]): void => {
    const user = ["-c", "user.name=Test", "-c", "user.email=test@example.com"];
    execFileSync("git", [...user, ...args], { cwd: releases.path("repository") });
  };
  const file = "repository/IVR_Incoming.ihd";
  const gone = "repository/Shared_LogError.ihd";

  before(async () => {
    mkdirSync(releases.path("repository"));
    releases.copy(`old-base/${incoming}`, file);
    releases.copy("old-base/Shared/Shared_LogError.ihd", gone);
    git("init", "-q");
    git("add", "-A");
    git("commit", "-q", "-m", "first");
    releases.copy(`custom/${incoming}`, file);
    git("commit", "-q", "-a", "-m", "second");
    releases.copy(`new-base/${incoming}`, file);
    rmSync(releases.path(gone));
    await vscode.workspace.getConfiguration("git").update("enabled", true, true);
    const extension = await vscode.extensions.getExtension<GitExtension>("vscode.git")!.activate();
    await soon("git", () => extension.enabled || undefined);
    await extension.getAPI(1).openRepository(releases.uri("repository"));
  });
  after(async () => {
    await run("closeComparison");
    await vscode.workspace.getConfiguration("git").update("enabled", undefined, true);
  });

  const stepsOf = (comparison: Comparison | undefined, kind: string): (number | null)[] =>
    comparison!.result.pairs.flatMap(({ changes }) =>
      changes.flatMap((change) => (change.kind === kind ? [change.node] : [])),
    );

  it("compares a handler with HEAD, from the explorer and from Source Control", async () => {
    for (const given of [releases.uri(file), { resourceUri: releases.uri(file) }]) {
      const comparison = await run<Comparison>("compareWithHead", given);
      assert.deepEqual(releases.sidesOf(comparison), [`${file} (HEAD)`, file]);
      assert.deepEqual(stepsOf(comparison, "step-removed"), [11, 12]);
      const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input as vscode.TabInputTextDiff;
      assert.match(input.original.query, /^git:/);
      const document = await vscode.workspace.openTextDocument(input.original);
      assert.match(document.getText(), /^step 12 /m);
      await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    }
  });

  it("compares a handler with any revision", async () => {
    const comparison = await run<Comparison>("compareWithRevision", releases.uri(file), "HEAD~1");
    assert.deepEqual(stepsOf(comparison, "step-removed"), []);
    assert.deepEqual(stepsOf(comparison, "step-added"), [11]);
    assert.equal(await run("compareWithRevision", releases.uri(file), "never"), undefined);
  });

  it("compares a folder with HEAD", async () => {
    const comparison = await run<Comparison>("compareWithHead", releases.uri("repository"));
    assert.deepEqual(namesOf(comparison, "changed"), ["IVR_Incoming"]);
    assert.deepEqual(namesOf(comparison, "removed"), ["Shared_LogError"]);
    const [removed] = comparison.result.pairs.filter(({ status }) => status === "removed");
    assert.match(removed!.old!.uri, /^git:/);
  });

  it("compares a deleted handler with HEAD, and says when one is new", async () => {
    const comparison = await run<Comparison>("compareWithHead", { resourceUri: releases.uri(gone) });
    assert.deepEqual(namesOf(comparison, "removed"), ["Shared_LogError"]);
    releases.copy("old-base/IVR/IVR_Transfer.ihd", "repository/IVR_Transfer.ihd");
    assert.equal(await run("compareWithHead", releases.uri("repository/IVR_Transfer.ihd")), undefined);
  });
});
