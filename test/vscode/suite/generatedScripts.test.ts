import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import * as vscode from "vscode";
import { TdsServer } from "../../tds/server";
import {
  connectionTo,
  latestPreview,
  oracleTarget,
  pageText,
  password,
  runToEnd,
  script,
  sharedScripts,
  until,
} from "./scriptsHelp";

describe("generated scripts in VS Code", () => {
  const scripts = sharedScripts();

  let folder = "";
  before(() => {
    const header = (table: string): string =>
      `/*\nTargetSchema = dbo\nTargetTable = ${table}\nTableHasData = 0\n*/\n`;
    const first = script(
      "2026-01-02_03-04/Reporting/CallDetail.sql",
      `${header("CallDetail")}SET NOCOUNT ON\nINSERT INTO dbo.CallDetail SELECT 1\nGO\n`,
    );
    script(
      "2026-01-02_03-04/Reporting/ILineStats.sql",
      `${header("ILineStats")}SET NOCOUNT ON\nINSERT INTO dbo.ILineStats SELECT 1\nGO\n`,
    );
    folder = dirname(dirname(first));
    writeFileSync(
      join(folder, "ExecuteMigrationScripts.bat"),
      'sqlcmd -S s -i "Reporting\\ILineStats.sql"\r\nsqlcmd -S s -i "Reporting\\CallDetail.sql"\r\n',
    );
    writeFileSync(
      join(folder, "MigrationCleanup.bat"),
      'sqlcmd -S s -P secret -i "Reporting\\CallDetail.sql"\r\n',
    );
  });

  it("run in the order of the batch file, later, or count as run by hand", async () => {
    await using server = await TdsServer.start({ password });
    await connectionTo(scripts(), server, "generated");
    await vscode.commands.executeCommand("handlerWorkbench.addGeneratedFolder", vscode.Uri.file(folder));
    const node = { kind: "folder", path: folder };
    await vscode.commands.executeCommand("handlerWorkbench.runGenerated", node);
    assert.deepEqual(
      latestPreview(scripts()).activeRun?.request.scripts.map(({ path }) => path.split(/[\\/]/).pop()),
      ["ILineStats.sql", "CallDetail.sql"],
    );
    await vscode.commands.executeCommand("handlerWorkbench.runGeneratedLater", node);
    const later = (await scripts().runs.history()).runs[0];
    assert.equal(later?.state, "Ready for restart");
    await vscode.commands.executeCommand("handlerWorkbench.resumeRun", {
      kind: "past",
      run: later,
      started: undefined,
    });
    await runToEnd(latestPreview(scripts()));
    assert.equal(latestPreview(scripts()).activeRun?.result?.state, "Completed");
    assert.equal(server.texts.length, 2);
    await vscode.commands.executeCommand("handlerWorkbench.markGenerated", node);
    assert.equal((await scripts().runs.history()).runs[0]?.state, "User completed");
    assert.equal(server.texts.length, 2);
  });

  it("for Oracle get the arguments that the batch file gives each of them", async () => {
    await scripts().connections.save({
      name: "oracle",
      target: oracleTarget,
    });
    const text = (table: string): string =>
      `SPool '&1'\nSET DEFINE OFF\n/*\nTimeZone = (GMT-05:00) Eastern Time (US & Canada)\nTargetTable = ${table}\n*/\nBEGIN\n  INSERT INTO ${table} SELECT 1 FROM dual;\nEND;\n/\n`;
    const first = script("2026-01-02_04-00/flow/A.sql", text("A"));
    script("2026-01-02_04-00/flow/B.sql", text("B"));
    const here = dirname(dirname(first));
    const given = async () => {
      scripts().folders.refresh();
      await vscode.commands.executeCommand("handlerWorkbench.runGenerated", { kind: "folder", path: here });
      const { activeRun } = latestPreview(scripts());
      assert.deepEqual(activeRun?.survey?.questions, []);
      return activeRun?.request.scripts.map((each) => [
        each.path.split(/[\\/]/).pop(),
        ...(each.arguments ?? []),
      ]);
    };
    writeFileSync(
      join(here, "ExecuteMigrationScripts.bat"),
      "cd flow\r\nsqlplus u@d @B.sql logs\\1.log\r\nsqlplus u@d @A.sql\r\n",
    );
    await vscode.commands.executeCommand("handlerWorkbench.addGeneratedFolder", vscode.Uri.file(here));
    assert.deepEqual(await given(), [
      ["B.sql", "logs\\1.log"],
      ["A.sql", "A.log"],
    ]);
    assert.match(pageText(latestPreview(scripts())), /logs\\\\1\.log/);
  });

  it("get the values that the batch file gives with -v, say where from, and keep what is written over them", async () => {
    await using server = await TdsServer.start({ password });
    await connectionTo(scripts(), server, "variables");
    const text = "PRINT 'move to $(Db) of $(Site)'\nGO\n";
    const first = script("2026-01-02_05-00/Reporting/A.sql", text);
    script("2026-01-02_05-00/Reporting/B.sql", text);
    const here = dirname(dirname(first));
    writeFileSync(
      join(here, "ExecuteMigrationScripts.bat"),
      ["A.sql -v DB=I3_IC Site=1", "B.sql -v DB=I3_IC Site=2"]
        .map((each) => `sqlcmd -S s -i Reporting\\${each}\r\n`)
        .join(""),
    );
    await vscode.commands.executeCommand("handlerWorkbench.addGeneratedFolder", vscode.Uri.file(here));
    const fieldsOf = () =>
      latestPreview(scripts())
        .panel.page.blocks.flatMap((block) => (block.kind === "fields" ? block.fields : []))
        .filter(({ id }) => id.startsWith("value:"));
    // One by itself gets its own; started as it stands, nothing has changed.
    const folder = await scripts().folders.read(here);
    const alone = { kind: "script", folder, script: folder.scripts[0] };
    await vscode.commands.executeCommand("handlerWorkbench.runGenerated", alone);
    const shown = Object.fromEntries(fieldsOf().map(({ id, value }) => [id, value]));
    assert.deepEqual(shown, { "value:DB": "I3_IC", "value:Site": "1" });
    await runToEnd(latestPreview(scripts()), shown);
    assert.deepEqual(server.texts, ["PRINT 'move to I3_IC of 1'"]);

    const run = { kind: "folder", path: here };
    await vscode.commands.executeCommand("handlerWorkbench.runGenerated", run);
    const [db, site] = fieldsOf();
    assert.deepEqual([db?.label, db?.value, site?.label, site?.value], ["DB", "I3_IC", "Site", ""]);
    assert.match(db?.help ?? "", /ExecuteMigrationScripts\.bat, line 1/);
    assert.match(site?.help ?? "", /Not taken over .* the same value/);
    // Nothing is run without the value that is missing.
    await runToEnd(latestPreview(scripts()), { [db!.id]: "I3_IC" });
    assert.equal(server.logins.length, 1);
    await latestPreview(scripts()).panel.press("read", { [db!.id]: "I3_IC", [site!.id]: "7" });
    // What stands there unchanged makes no other run.
    await runToEnd(latestPreview(scripts()), { [db!.id]: "I3_IC", [site!.id]: "7" });
    assert.deepEqual(server.texts.slice(1), ["PRINT 'move to I3_IC of 7'", "PRINT 'move to I3_IC of 7'"]);

    await vscode.commands.executeCommand("handlerWorkbench.runGenerated", run);
    await latestPreview(scripts()).panel.press("read", { [db!.id]: "I3_TEST", [site!.id]: "7" });
    await vscode.commands.executeCommand("handlerWorkbench.runGenerated", run);
    assert.deepEqual(
      fieldsOf().map(({ value }) => value),
      ["I3_TEST", "7"],
    );
    assert.deepEqual(latestPreview(scripts()).activeRun?.request.variables, { DB: "I3_TEST", Site: "7" });
  });

  it("are opened read-only with their plan", async () => {
    const read = await scripts().folders.read(folder);
    const generated = read.scripts.find(({ table }) => table === "CallDetail")!;
    await vscode.commands.executeCommand("handlerWorkbench.openGenerated", {
      kind: "script",
      folder: read,
      script: generated,
    });
    const texts = await until(
      () => "the script and its plan",
      () => {
        const shown = vscode.window.visibleTextEditors.map(({ document }) => document);
        return shown.some(({ uri }) => uri.scheme === "handler-plan") && shown.length === 2
          ? shown
          : undefined;
      },
    );
    const plan = texts.find(({ uri }) => uri.scheme === "handler-plan")!;
    assert.match(plan.getText(), /INSERT INTO dbo\.CallDetail/);
    assert.match(plan.getText(), /nothing was run/);
  });
});
