import assert from "node:assert/strict";
import * as vscode from "vscode";
import type { PagePanel } from "../../../client/src/scripts/pagePanel";
import { TdsServer } from "../../tds/server";
import type { TestColumn } from "../../tds/tokens";
import { connectionTo, password, rowsOf, sharedScripts, until } from "./scriptsHelp";

describe("readiness of a database in VS Code", () => {
  const scripts = sharedScripts();

  it("checks of readiness show their queries first, then send them, and offer fixes as scripts", async () => {
    await using server = await TdsServer.start({
      password,
      reply: (text) => {
        if (/sys\.configurations/.test(text)) return rowsOf([{ name: "seconds", type: "nvarchar" }], ["600"]);
        if (/SERVERPROPERTY/.test(text))
          return rowsOf(
            ["version", "level", "edition"].map((name): TestColumn => ({ name, type: "nvarchar" })),
            ["13.0.5026.0", "SP2", "Standard"],
          );
        return undefined;
      },
    });
    const connection = await connectionTo(scripts(), server, "ready");
    const page = (await vscode.commands.executeCommand<PagePanel>(
      "handlerWorkbench.checkReadiness",
      connection,
    ))!;
    assert.match(JSON.stringify(page.page), /SERVERPROPERTY\('ProductVersion'\)/);
    assert.deepEqual(server.logins, []);
    await page.press("check");
    const text = JSON.stringify(page.page);
    assert.match(text, /SQL Server 2016, 13\.0\.5026\.0/);
    assert.match(text, /It is 600 seconds/);
    assert.ok(server.texts.every((each) => each.startsWith("SELECT ")));
    const { length } = server.texts;
    await page.press("fix:remote-query-timeout");
    const editor = await until(
      () => "the fix as a script",
      () =>
        vscode.window.activeTextEditor?.document.isUntitled ? vscode.window.activeTextEditor : undefined,
    );
    assert.match(editor.document.getText(), /sp_configure 'remote query timeout', 0;/);
    assert.equal(server.texts.length, length);
    assert.equal(server.logins.length, 1);
    await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
  });
});
