import assert from "node:assert/strict";
import * as vscode from "vscode";
import type { RunNode } from "../../../client/src/scripts/runs/runsView";
import { TdsServer } from "../../tds/server";
import {
  connectionTo,
  password,
  previewOf,
  rowsOf,
  runToEnd,
  script,
  sharedScripts,
  until,
} from "./scriptsHelp";

describe("the history of runs in VS Code", () => {
  const scripts = sharedScripts();

  it("compares two runs of a check script: what became disabled", async () => {
    const disabled = ["CK_old"];
    await using server = await TdsServer.start({
      password,
      reply: (text) =>
        /is_disabled/.test(text)
          ? rowsOf([{ name: "disabled", type: "nvarchar" }], ...disabled.map((name) => [name]))
          : undefined,
    });
    const connection = await connectionTo(scripts(), server, "compared");
    const path = script(
      "MigrationCheck.sql",
      "PRINT 'checked'\nGO\nSELECT name FROM sys.check_constraints WHERE is_disabled = 1\nGO\n",
    );
    const run = async (): Promise<RunNode> => {
      await runToEnd(await previewOf(scripts(), connection, path));
      const [latest] = (await scripts().runs.history()).runs;
      assert.equal(latest?.state, "Completed");
      return { kind: "past", run: latest, started: undefined };
    };
    const before = await run();
    disabled.push("CK_of_this_week");
    const after = await run();

    const shown = async (what: string, ...given: unknown[]): Promise<readonly [string, string]> => {
      await vscode.commands.executeCommand("workbench.action.closeAllEditors");
      await vscode.commands.executeCommand("handlerWorkbench.compareRuns", ...given);
      const { original, modified } = await until(
        () => `the comparison of ${what}`,
        () => {
          const { input } = vscode.window.tabGroups.activeTabGroup.activeTab ?? {};
          return input instanceof vscode.TabInputTextDiff ? input : undefined;
        },
      );
      const text = async (uri: vscode.Uri) => (await vscode.workspace.openTextDocument(uri)).getText();
      return [await text(original), await text(modified)];
    };
    // As the menu of two selected rows does it; the older one is on the left, whichever was clicked first.
    const selected = await shown("two selected runs", after, [after, before]);
    assert.deepEqual(
      selected.map((text) => text.match(/CK_\w+/g)),
      [["CK_old"], ["CK_old", "CK_of_this_week"]],
    );
    // Nothing else is different: no times, no numbers of runs.
    const [older, newer] = selected;
    assert.equal(newer.replace(/.*CK_of_this_week.*\n/, ""), older);
    assert.match(older, /checked/);
    // Of one row, the other run of the same script is found.
    assert.deepEqual(await shown("a run with the other one", before), selected);
  });
});
