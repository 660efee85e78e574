import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as vscode from "vscode";
import type { Scripts } from "../../../client/src/scripts/scripts";
import { TdsServer } from "../../tds/server";
import {
  connectionTo,
  latestPreview,
  oracleTarget,
  pageText,
  password,
  previewOf,
  runToEnd,
  script,
  sharedScripts,
  until,
  workspaceFolder,
} from "./scriptsHelp";

describe("the Scripts folder in VS Code", () => {
  const scripts = sharedScripts();

  const files = ["ICUpgrade.sql", "TrackerUpgrade.sql", "TrackerBuild.sql"];
  before(async () => {
    for (const name of files) script(`Scripts/sqlserver/source/${name}`, `PRINT '${name}'\nGO\n`);
    script(
      "Scripts/sqlserver/target/SetupMigratorUser.sql",
      "PRINT 'user $(MigratorUser) in $(Database)'\nGO\nPRINT 'pw $(Password)'\nGO\n",
    );
    script("Scripts/sqlserver/source/dupcheck/Delete_Dups_CallDetail.sql", "PRINT 'x'\nGO\n");
    await scripts().lists.bind(join(workspaceFolder(), "db", "Scripts"));
  });

  it("runs a list in order, one by one or from a script on, and knows what has run", async () => {
    await using server = await TdsServer.start({ password });
    await connectionTo(scripts(), server, "list");
    const list = async () =>
      (await scripts().lists.read()).lists.find(({ id }) => id === "sqlserver-source")!;
    const node = { kind: "list", list: await list() };
    await vscode.commands.executeCommand("handlerWorkbench.runListNext", node);
    await runToEnd(latestPreview(scripts()));
    await vscode.commands.executeCommand("handlerWorkbench.runListNext", node);
    await runToEnd(latestPreview(scripts()));
    assert.deepEqual(server.texts, ["PRINT 'ICUpgrade.sql'", "PRINT 'TrackerUpgrade.sql'"]);
    // What is missing in the middle stops the list: the order is sacred.
    const before = scripts().launcher.open.length;
    await vscode.commands.executeCommand("handlerWorkbench.runList", node);
    assert.equal(scripts().launcher.open.length, before);
    for (const name of [
      "IRBuild.sql",
      "OptimizerBuild.sql",
      "CSSurveyBuild.sql",
      "WorkflowBuild.sql",
      "IWPBuild.sql",
    ])
      script(`Scripts/sqlserver/source/${name}`, `PRINT '${name}'\nGO\n`);
    scripts().lists.refresh();
    const whole = await list();
    await vscode.commands.executeCommand("handlerWorkbench.runListFromHere", {
      kind: "step",
      list: whole,
      step: whole.steps[5],
      index: 5,
    });
    assert.deepEqual(
      latestPreview(scripts()).activeRun?.request.scripts.map(({ path }) => path.split(/[\\/]/).pop()),
      ["CSSurveyBuild.sql", "WorkflowBuild.sql", "IWPBuild.sql"],
    );
    await runToEnd(latestPreview(scripts()));
    assert.deepEqual(server.texts.slice(2), [
      "PRINT 'CSSurveyBuild.sql'",
      "PRINT 'WorkflowBuild.sql'",
      "PRINT 'IWPBuild.sql'",
    ]);
  });

  it("asks which one to run of a list of alternatives", async () => {
    await using server = await TdsServer.start({ password });
    await connectionTo(scripts(), server, "check");
    for (const name of ["MigrationCheck.sql", "MigrationChecksSQL2000.sql"])
      script(`Scripts/sqlserver/${name}`, `PRINT '${name}'\nGO\n`);
    scripts().lists.refresh();
    const list = (await scripts().lists.read()).lists.find(({ id }) => id === "sqlserver-check")!;
    assert.ok(list.steps.every(({ path }) => path !== null));
    const before = scripts().launcher.open.length;
    const running = vscode.commands.executeCommand("handlerWorkbench.runList", { kind: "list", list });
    await until(
      () => "the preview",
      async () => {
        await vscode.commands.executeCommand("workbench.action.acceptSelectedQuickOpenItem");
        return scripts().launcher.open.length > before ? true : undefined;
      },
    );
    await running;
    await runToEnd(latestPreview(scripts()));
    assert.deepEqual(server.texts, ["PRINT 'MigrationCheck.sql'"]);
  });

  it("knows the passwords of a script that is run by itself, and asks which other arguments are some", async () => {
    const oracle = await scripts().connections.save({ name: "oracle", target: oracleTarget });
    const hidden = "s3cret-argument-2209";
    const listed = await previewOf(scripts(), oracle, script("Create_User_Role.sql", "prompt &1 &4\n"));
    assert.match(pageText(listed), /"id":"secret:owner password","label":"owner password","kind":"password"/);
    assert.ok(!pageText(listed).includes('"id":"value:owner password"'));
    const other = await previewOf(scripts(), oracle, script("other.sql", "prompt &1 &2\n"));
    await other.panel.press("read", { "value:&1": "seen", "value:&2": hidden, "hidden:&2": "yes" });
    const { request } = other.activeRun!;
    assert.deepEqual(request.scripts[0]?.arguments, ["seen", "***"]);
    assert.deepEqual(request.scripts[0]?.secretArguments, { 2: "&2" });
    assert.ok(!pageText(other).includes(hidden));
    await other.panel.press("start", { "value:&1": "seen", "hidden:&2": "yes" });
    assert.match(other.panel.statusText, /Fill in &2 first/);
    // Neither is kept for the next time.
    assert.doesNotMatch(
      pageText(await previewOf(scripts(), oracle, other.spec.scripts[0]!.path)),
      /"value":"seen"/,
    );
  });

  it("asks for arguments once, and for passwords each time", async () => {
    await using server = await TdsServer.start({ password });
    await connectionTo(scripts(), server, "arguments");
    const list = (await scripts().lists.read()).lists.find(({ id }) => id === "sqlserver-target")!;
    const index = list.steps.findIndex(({ file }) => file === "SetupMigratorUser.sql");
    const node = { kind: "step", list, step: list.steps[index], index };
    await vscode.commands.executeCommand("handlerWorkbench.runListStep", node);
    const values = { "value:MigratorUser": "mig", "value:Database": "I3_IC" };
    await latestPreview(scripts()).panel.press("start", { ...values, "secret:Password": "s3cret migrator" });
    assert.match(pageText(latestPreview(scripts())), /Fill in MigratorUser|Fill in/);
    await latestPreview(scripts()).panel.press("read", values);
    await latestPreview(scripts()).panel.press("start", { ...values });
    assert.match(latestPreview(scripts()).panel.statusText, /Fill in Password first/);
    await latestPreview(scripts()).panel.press("start", { ...values, "secret:Password": "s3cret migrator" });
    assert.equal(latestPreview(scripts()).activeRun?.result?.state, "Completed");
    assert.deepEqual(server.texts, ["PRINT 'user mig in I3_IC'", "PRINT 'pw s3cret migrator'"]);
    const { folder } = latestPreview(scripts()).activeRun!;
    assert.ok(!readFileSync(join(folder!, "messages.log"), "utf8").includes("s3cret migrator"));
    await vscode.commands.executeCommand("handlerWorkbench.runListStep", node);
    assert.match(pageText(latestPreview(scripts())), /"value":"mig"/);
    assert.ok(!pageText(latestPreview(scripts())).includes("s3cret"));
  });

  it("turns the output of the clean-up audit into a table of what found rows", async () => {
    await using server = await TdsServer.start({
      password,
      reply: (text) =>
        /Delete_Dups_CallDetail/.test(text) ? [{ do: "send", bytes: Buffer.alloc(0) }] : undefined,
    });
    await connectionTo(scripts(), server, "audit");
    const path = script(
      "audit.sql",
      "PRINT 'Rows inserted into dbo.CallDetail_d1305100353 = 7'\nPRINT 'Rows inserted into dbo.LineConfig_d1305100354 = 0'\nGO\nPRINT 'Rows inserted into dbo.IVRInterval_n1305100355 = 2'\nGO\n",
    );
    await runToEnd(await previewOf(scripts(), scripts().connections.named("audit")!, path));
    const [run] = (await scripts().runs.history()).runs;
    const grid = await vscode.commands.executeCommand<Awaited<ReturnType<Scripts["showResult"]>>>(
      "handlerWorkbench.showAudit",
      {
        kind: "past",
        run,
        started: undefined,
      },
    );
    assert.equal(
      await grid.copied({ top: 0, bottom: 9, left: 0, right: 3 }, false),
      "Delete_Dups_CallDetail\tCallDetail\tduplicates\t7\nDelete_Nulls_IVRInterval\tIVRInterval\tnulls\t2",
    );
    const list = (await scripts().lists.read()).lists.find(({ id }) => id === "sqlserver-cleanup")!;
    await vscode.commands.executeCommand("handlerWorkbench.runProcedures", { kind: "procedures", list });
    assert.equal(latestPreview(scripts()).activeRun?.survey?.batches, 20);
  });

  it("writes a setting as a script, opens it, and runs nothing", async () => {
    await using server = await TdsServer.start({ password });
    await connectionTo(scripts(), server, "settings");
    const { length } = (await scripts().runs.history()).runs;
    const open = scripts().launcher.open.length;
    const made = async (setting: string, like: RegExp): Promise<string> => {
      const ended = vscode.commands.executeCommand("handlerWorkbench.makeSetting", {
        kind: "setting",
        setting,
      });
      const text = await until(
        () => `the script of ${setting}`,
        async () => {
          // What is asked for is proposed.
          await vscode.commands.executeCommand("workbench.action.acceptSelectedQuickOpenItem");
          const { document } = vscode.window.activeTextEditor ?? {};
          return document?.uri.path.endsWith(`/${setting}.sql`) ? document.getText() : undefined;
        },
      );
      await ended;
      assert.match(text, like);
      return text;
    };
    await made("remote-query-timeout", /sp_configure 'remote query timeout', 0;/);
    await made("commit-frequency", /1000/);
    assert.equal((await scripts().runs.history()).runs.length, length);
    assert.equal(scripts().launcher.open.length, open);
    assert.equal(server.accepted, 0);
  });
});
