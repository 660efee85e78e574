import assert from "node:assert/strict";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as vscode from "vscode";
import {
  type CarryForward,
  type CarryItemNode,
  type CarryNode,
  carryTree,
} from "../../../client/src/compare/carryTree";
import { Releases, run, soon, webview } from "./releases";

const incoming = "IVR/IVR_Incoming.ihd";

describe("carrying forward in VS Code", () => {
  const releases = new Releases();
  const workspace = (): string => vscode.workspace.workspaceFolders![0]!.uri.fsPath;
  const listFile = (): string => join(workspace(), ".handler-workbench/carry-forward.json");
  const carry = async (): Promise<CarryForward> =>
    (await run<CarryForward | undefined>(
      "carryForward",
      ...["old-base", "custom", "new-base"].map((name) => releases.uri(name)),
    )) ?? assert.fail("nothing was carried forward");

  after(async () => {
    await run("closeCarryForward");
    rmSync(join(workspace(), ".handler-workbench"), { recursive: true, force: true });
  });

  function itemOf(carried: CarryForward, handler: string, id: string): CarryItemNode {
    const handlers = carryTree(carried).flatMap((node: CarryNode) =>
      node.kind === "status" ? node.handlers : [],
    );
    const items = handlers.find(({ row }) => row.name === handler)?.items ?? [];
    return (
      items.find(({ item }) => item.id === id) ??
      assert.fail(`${handler}: ${items.map(({ item }) => item.id).join(", ")}`)
    );
  }

  it("gives the work list", async () => {
    const { result } = await carry();
    assert.deepEqual(
      result.statuses.map(({ id, count }) => `${id} ${count}`),
      [
        ...["conflict 1", "re-apply 2", "base-gone 1", "take-over 3"],
        ...["custom-written 2", "unreadable 1", "not-customised 3"],
      ],
    );
  });

  it("shows both sides of a conflict beside each other, each at its step", async () => {
    const menu = "IVR/IVR_MainMenu.ihd";
    await run("openConflict", itemOf(await carry(), "IVR_MainMenu", "4:step-changed"));
    await soon("two diffs", () => releases.diffs()[1]);
    assert.deepEqual(releases.diffs(), [
      [`old-base/${menu}`, `custom/${menu}`],
      [`old-base/${menu}`, `new-base/${menu}`],
    ]);
    assert.deepEqual(
      vscode.window.tabGroups.all.map(({ viewColumn }) => viewColumn),
      [vscode.ViewColumn.One, vscode.ViewColumn.Two],
    );
    for (const [side, argument] of [
      ["custom", /Valid Keys .*"12340"/],
      ["new-base", /Timeout \(seconds\) .*15/],
    ] as const)
      await releases.onScreen(`${side}/${menu}`, argument);
  });

  it("shows what was customised, and both flows", async () => {
    const item = itemOf(await carry(), "IVR_Incoming", "12:step-added");
    await run("openCustomization", item);
    await releases.onScreen(`custom/${incoming}`, /^step 12 /m);
    await run("openBaseFlows", item.of);
    await soon("the flow diff", webview);
  });

  it("keeps notes in the workspace, and hands the list on as HTML", async () => {
    const carried = await carry();
    await run("editCarryNote", itemOf(carried, "IVR_MainMenu", "4:step-changed"), "Ask <Ann>");
    assert.match(
      readFileSync(listFile(), "utf8"),
      /"handler":"IVR_MainMenu","item":"4:step-changed","done":false,"note":"Ask <Ann>"/,
    );
    // A mark that somebody else made meanwhile stays.
    const text = readFileSync(listFile(), "utf8");
    writeFileSync(listFile(), text.replace('"done":false', '"done":true'));
    await run("editCarryNote", itemOf(carried, "IVR_Incoming", "12:step-added"), "Later");
    assert.match(readFileSync(listFile(), "utf8"), /"done":true,"note":"Ask <Ann>"/);
    assert.ok(await run("carryForwardAgain"));
    await run("exportCarryForward", releases.uri("work-list.html"));
    const page = readFileSync(releases.path("work-list.html"), "utf8");
    assert.match(page, /Ask &lt;Ann&gt;/);
    assert.match(page, /Later/);
    await run("editCarryNote", itemOf(carried, "IVR_Incoming", "12:step-added"), "");
    assert.doesNotMatch(readFileSync(listFile(), "utf8"), /Later/);
  });

  it("says when a folder is not there, and writes nothing then", async () => {
    await run("closeCarryForward");
    assert.equal(
      await run("carryForward", releases.uri("never"), releases.uri("custom"), releases.uri("new-base")),
      undefined,
    );
    await run("exportCarryForward", releases.uri("never.html"));
    assert.equal(existsSync(releases.path("never.html")), false);
  });
});
