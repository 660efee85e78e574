import assert from "node:assert/strict";
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import * as vscode from "vscode";
import type { PagePanel } from "../../../client/src/scripts/pagePanel";
import type { Scripts } from "../../../client/src/scripts/scripts";
import { TdsServer } from "../../tds/server";
import { columnMetadata, done, doneStatus, row, type TestColumn, type Value } from "../../tds/tokens";
import {
  connectionTo,
  pageText,
  password,
  previewOf,
  runToEnd,
  script,
  scriptsOfExtension,
  until,
  workspaceFolder,
} from "./scriptsHelp";

const oracleTarget = {
  kind: "oracle",
  server: "db.example.test",
  database: "CIC",
  user: "cic",
  encryption: "none",
  trustServerCertificate: false,
} as const;

/** The reply to a SELECT. */
function rowsOf(columns: readonly TestColumn[], ...rows: readonly (readonly Value[])[]) {
  return [
    {
      do: "send" as const,
      bytes: Buffer.concat([
        columnMetadata(columns),
        ...rows.map((each) => row(each)),
        done(doneStatus.count, rows.length),
      ]),
    },
  ];
}

describe("folders of database scripts in VS Code", () => {
  let scripts: Scripts;
  before(async () => {
    scripts = await scriptsOfExtension();
  });
  beforeEach(async () => {
    for (const connection of scripts.connections.all) await scripts.connections.remove(connection);
  });
  afterEach(async () => {
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
  });
  after(async () => {
    await scripts.lists.bind(undefined);
    for (const folder of scripts.folders.folders) await scripts.folders.remove(folder);
    for (const connection of scripts.connections.all) await scripts.connections.remove(connection);
    rmSync(join(workspaceFolder(), "db"), { recursive: true, force: true });
  });

  /** The preview that a command has opened last. */
  const latest = () => {
    const preview = scripts.launcher.open.at(-1);
    assert.ok(preview, "there is no preview");
    return preview;
  };

  describe("the Scripts folder", () => {
    const files = ["ICUpgrade.sql", "TrackerUpgrade.sql", "TrackerBuild.sql"];
    before(async () => {
      for (const name of files) script(`Scripts/sqlserver/source/${name}`, `PRINT '${name}'\nGO\n`);
      script(
        "Scripts/sqlserver/target/SetupMigratorUser.sql",
        "PRINT 'user $(MigratorUser) in $(Database)'\nGO\nPRINT 'pw $(Password)'\nGO\n",
      );
      script("Scripts/sqlserver/source/dupcheck/Delete_Dups_CallDetail.sql", "PRINT 'x'\nGO\n");
      await scripts.lists.bind(join(workspaceFolder(), "db", "Scripts"));
    });

    it("runs a list in order, one by one or from a script on, and knows what has run", async () => {
      await using server = await TdsServer.start({ password });
      await connectionTo(scripts, server, "list");
      const list = async () =>
        (await scripts.lists.read()).lists.find(({ id }) => id === "sqlserver-source")!;
      const node = { kind: "list", list: await list() };
      await vscode.commands.executeCommand("handlerWorkbench.runListNext", node);
      await runToEnd(latest());
      await vscode.commands.executeCommand("handlerWorkbench.runListNext", node);
      await runToEnd(latest());
      assert.deepEqual(server.texts, ["PRINT 'ICUpgrade.sql'", "PRINT 'TrackerUpgrade.sql'"]);
      // What is missing in the middle stops the list: the order is sacred.
      const before = scripts.launcher.open.length;
      await vscode.commands.executeCommand("handlerWorkbench.runList", node);
      assert.equal(scripts.launcher.open.length, before);
      for (const name of [
        "IRBuild.sql",
        "OptimizerBuild.sql",
        "CSSurveyBuild.sql",
        "WorkflowBuild.sql",
        "IWPBuild.sql",
      ])
        script(`Scripts/sqlserver/source/${name}`, `PRINT '${name}'\nGO\n`);
      scripts.lists.refresh();
      const whole = await list();
      await vscode.commands.executeCommand("handlerWorkbench.runListFromHere", {
        kind: "step",
        list: whole,
        step: whole.steps[5],
        index: 5,
      });
      assert.deepEqual(
        latest().activeRun?.request.scripts.map(({ path }) => path.split(/[\\/]/).pop()),
        ["CSSurveyBuild.sql", "WorkflowBuild.sql", "IWPBuild.sql"],
      );
      await runToEnd(latest());
      assert.deepEqual(server.texts.slice(2), [
        "PRINT 'CSSurveyBuild.sql'",
        "PRINT 'WorkflowBuild.sql'",
        "PRINT 'IWPBuild.sql'",
      ]);
    });

    it("asks which one to run of a list of alternatives", async () => {
      await using server = await TdsServer.start({ password });
      await connectionTo(scripts, server, "check");
      for (const name of ["MigrationCheck.sql", "MigrationChecksSQL2000.sql"])
        script(`Scripts/sqlserver/${name}`, `PRINT '${name}'\nGO\n`);
      scripts.lists.refresh();
      const list = (await scripts.lists.read()).lists.find(({ id }) => id === "sqlserver-check")!;
      assert.ok(list.steps.every(({ path }) => path !== null));
      const before = scripts.launcher.open.length;
      const running = vscode.commands.executeCommand("handlerWorkbench.runList", { kind: "list", list });
      await until(
        () => "the preview",
        async () => {
          await vscode.commands.executeCommand("workbench.action.acceptSelectedQuickOpenItem");
          return scripts.launcher.open.length > before ? true : undefined;
        },
      );
      await running;
      await runToEnd(latest());
      assert.deepEqual(server.texts, ["PRINT 'MigrationCheck.sql'"]);
    });

    it("knows the passwords of a script that is run by itself, and asks which other arguments are some", async () => {
      const oracle = await scripts.connections.save({ name: "oracle", target: oracleTarget });
      const hidden = "s3cret-argument-2209";
      const listed = await previewOf(scripts, oracle, script("Create_User_Role.sql", "prompt &1 &4\n"));
      assert.match(
        pageText(listed),
        /"id":"secret:owner password","label":"owner password","kind":"password"/,
      );
      assert.ok(!pageText(listed).includes('"id":"value:owner password"'));
      const other = await previewOf(scripts, oracle, script("other.sql", "prompt &1 &2\n"));
      await other.panel.press("read", { "value:&1": "seen", "value:&2": hidden, "hidden:&2": "yes" });
      const { request } = other.activeRun!;
      assert.deepEqual(request.scripts[0]?.arguments, ["seen", "***"]);
      assert.deepEqual(request.scripts[0]?.secretArguments, { 2: "&2" });
      assert.ok(!pageText(other).includes(hidden));
      await other.panel.press("start", { "value:&1": "seen", "hidden:&2": "yes" });
      assert.match(other.panel.statusText, /Fill in &2 first/);
      // Neither is kept for the next time.
      assert.doesNotMatch(
        pageText(await previewOf(scripts, oracle, other.spec.scripts[0]!.path)),
        /"value":"seen"/,
      );
    });

    it("asks for arguments once, and for passwords each time", async () => {
      await using server = await TdsServer.start({ password });
      await connectionTo(scripts, server, "arguments");
      const list = (await scripts.lists.read()).lists.find(({ id }) => id === "sqlserver-target")!;
      const index = list.steps.findIndex(({ file }) => file === "SetupMigratorUser.sql");
      const node = { kind: "step", list, step: list.steps[index], index };
      await vscode.commands.executeCommand("handlerWorkbench.runListStep", node);
      const values = { "value:MigratorUser": "mig", "value:Database": "I3_IC" };
      await latest().panel.press("start", { ...values, "secret:Password": "s3cret migrator" });
      assert.match(pageText(latest()), /Fill in MigratorUser|Fill in/);
      await latest().panel.press("read", values);
      await latest().panel.press("start", { ...values });
      assert.match(latest().panel.statusText, /Fill in Password first/);
      await latest().panel.press("start", { ...values, "secret:Password": "s3cret migrator" });
      assert.equal(latest().activeRun?.result?.state, "Completed");
      assert.deepEqual(server.texts, ["PRINT 'user mig in I3_IC'", "PRINT 'pw s3cret migrator'"]);
      const { folder } = latest().activeRun!;
      assert.ok(!readFileSync(join(folder!, "messages.log"), "utf8").includes("s3cret migrator"));
      await vscode.commands.executeCommand("handlerWorkbench.runListStep", node);
      assert.match(pageText(latest()), /"value":"mig"/);
      assert.ok(!pageText(latest()).includes("s3cret"));
    });

    it("turns the output of the clean-up audit into a table of what found rows", async () => {
      await using server = await TdsServer.start({
        password,
        reply: (text) =>
          /Delete_Dups_CallDetail/.test(text) ? [{ do: "send", bytes: Buffer.alloc(0) }] : undefined,
      });
      await connectionTo(scripts, server, "audit");
      const path = script(
        "audit.sql",
        "PRINT 'Rows inserted into dbo.CallDetail_d1305100353 = 7'\nPRINT 'Rows inserted into dbo.LineConfig_d1305100354 = 0'\nGO\nPRINT 'Rows inserted into dbo.IVRInterval_n1305100355 = 2'\nGO\n",
      );
      await runToEnd(await previewOf(scripts, scripts.connections.named("audit")!, path));
      const [run] = (await scripts.runs.history()).runs;
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
      const list = (await scripts.lists.read()).lists.find(({ id }) => id === "sqlserver-cleanup")!;
      await vscode.commands.executeCommand("handlerWorkbench.runProcedures", { kind: "procedures", list });
      assert.equal(latest().activeRun?.survey?.batches, 20);
    });
  });

  describe("generated scripts", () => {
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
      await connectionTo(scripts, server, "generated");
      await vscode.commands.executeCommand("handlerWorkbench.addGeneratedFolder", vscode.Uri.file(folder));
      const node = { kind: "folder", path: folder };
      await vscode.commands.executeCommand("handlerWorkbench.runGenerated", node);
      assert.deepEqual(
        latest().activeRun?.request.scripts.map(({ path }) => path.split(/[\\/]/).pop()),
        ["ILineStats.sql", "CallDetail.sql"],
      );
      await vscode.commands.executeCommand("handlerWorkbench.runGeneratedLater", node);
      const later = (await scripts.runs.history()).runs[0];
      assert.equal(later?.state, "Ready for restart");
      await vscode.commands.executeCommand("handlerWorkbench.resumeRun", {
        kind: "past",
        run: later,
        started: undefined,
      });
      await runToEnd(latest());
      assert.equal(latest().activeRun?.result?.state, "Completed");
      assert.equal(server.texts.length, 2);
      await vscode.commands.executeCommand("handlerWorkbench.markGenerated", node);
      assert.equal((await scripts.runs.history()).runs[0]?.state, "User completed");
      assert.equal(server.texts.length, 2);
    });

    it("for Oracle get the arguments that the batch file gives each of them", async () => {
      await scripts.connections.save({
        name: "oracle",
        target: oracleTarget,
      });
      const text = (table: string): string =>
        `SPool '&1'\nSET DEFINE OFF\n/*\nTimeZone = (GMT-05:00) Eastern Time (US & Canada)\nTargetTable = ${table}\n*/\nBEGIN\n  INSERT INTO ${table} SELECT 1 FROM dual;\nEND;\n/\n`;
      const first = script("2026-01-02_04-00/flow/A.sql", text("A"));
      script("2026-01-02_04-00/flow/B.sql", text("B"));
      const here = dirname(dirname(first));
      const given = async () => {
        scripts.folders.refresh();
        await vscode.commands.executeCommand("handlerWorkbench.runGenerated", { kind: "folder", path: here });
        const { activeRun } = latest();
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
      assert.match(pageText(latest()), /logs\\\\1\.log/);
    });

    it("are opened read-only with their plan", async () => {
      const read = await scripts.folders.read(folder);
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

  describe("script files", () => {
    it("of a bound folder have problems, an outline and hovers; other .sql files are left alone", async () => {
      await scripts.lists.bind(join(workspaceFolder(), "db", "Scripts"));
      const text = "PRINT '$(Nobody)'\nGO\n:r nowhere.sql\n";
      const inside = script("Scripts/sqlserver/source/Odd.sql", text);
      const outside = script("elsewhere.sql", text);
      const { uri } = await vscode.window
        .showTextDocument(await vscode.workspace.openTextDocument(outside))
        .then(({ document }) => document);
      const document = await vscode.workspace.openTextDocument(inside);
      await vscode.window.showTextDocument(document);
      const codes = await until(
        () => "problems of the script in the folder",
        () => {
          const found = vscode.languages.getDiagnostics(document.uri).map(({ code }) => String(code));
          return found.includes("include-missing") ? found : undefined;
        },
      );
      assert.ok(codes.includes("undefined-variable"));
      const shown = await until(
        () => "its language",
        () =>
          vscode.workspace.textDocuments.find(
            (each) => each.uri.fsPath === inside && each.languageId === "sqlcmd-script",
          ),
      );
      const symbols = await until(
        () => "its outline",
        async () => {
          const found = await vscode.commands.executeCommand<vscode.DocumentSymbol[]>(
            "vscode.executeDocumentSymbolProvider",
            shown.uri,
          );
          return found?.length > 0 ? found : undefined;
        },
      );
      assert.equal(symbols[0]?.name, "PRINT '$(Nobody)'");
      const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
        "vscode.executeHoverProvider",
        shown.uri,
        new vscode.Position(0, 10),
      );
      assert.match(
        hovers
          .flatMap(({ contents }) => contents.map((each) => (each as vscode.MarkdownString).value))
          .join(),
        /no value/,
      );
      assert.deepEqual(vscode.languages.getDiagnostics(uri), []);
      assert.notEqual(
        vscode.workspace.textDocuments.find((each) => each.uri.fsPath === outside)?.languageId,
        "sqlcmd-script",
      );
    });

    it("anywhere are helped with on request, and left alone again", async () => {
      const path = script("asked.sql", "&nobody\nBEGIN\n  NULL;\nEND;\n");
      const document = await vscode.workspace.openTextDocument(path);
      await vscode.window.showTextDocument(document);
      await scripts.files.choose(document, { dialect: "sqlplus" });
      await until(
        () => "problems on request",
        () => (vscode.languages.getDiagnostics(document.uri).length > 0 ? true : undefined),
      );
      const now = vscode.workspace.textDocuments.find(({ uri }) => uri.fsPath === path)!;
      await scripts.files.choose(now, { dialect: "" });
      await until(
        () => "no more problems",
        () => (vscode.languages.getDiagnostics(document.uri).length === 0 ? true : undefined),
      );
    });
  });

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
    const connection = await connectionTo(scripts, server, "ready");
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
    await page.press("fix:remote-query-timeout");
    const editor = await until(
      () => "the fix as a script",
      () =>
        vscode.window.activeTextEditor?.document.isUntitled ? vscode.window.activeTextEditor : undefined,
    );
    assert.match(editor.document.getText(), /sp_configure 'remote query timeout', 0;/);
    await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
  });

  it("leave no secret on the disk, whatever happens", async () => {
    const hidden = "s3cret-of-the-test-8471";
    await using server = await TdsServer.start({ password: hidden });
    const connection = await connectionTo(scripts, server, "secret");
    await scripts.connections.keepPassword(connection.id, hidden, true);
    const path = script(
      "secret.sql",
      `PRINT 'the password is $(MyPassword)'\nGO\nRAISERROR('$(MyPassword) failed', 16, 1)\nGO\nSELECT '$(MyPassword)' AS p\nGO\n`,
    );
    const preview = await previewOf(scripts, connection, path);
    const field = preview.panel.page.blocks
      .flatMap((block) => (block.kind === "fields" ? block.fields : []))
      .find(({ kind }) => kind === "password")!;
    await preview.panel.press("dryRun", { [field.id]: hidden });
    await preview.panel.press("start", { [field.id]: hidden });
    assert.equal(preview.activeRun?.result?.state, "Completed");
    assert.ok(server.texts.some((text) => text.includes(hidden)));
    await scripts.connections.keepPassword(connection.id, "wrong-" + hidden, true);
    const refused = await previewOf(scripts, connection, path);
    await refused.panel.press("start", { [field.id]: hidden });
    assert.notEqual(refused.activeRun?.result?.state, "Completed");
    // <user data>/User/globalStorage/<extension>/runs
    const runs = scripts.runs.folder();
    const userData = dirname(dirname(dirname(dirname(runs))));
    assert.ok(readdirSync(userData).includes("User"), userData);
    const names = search([userData, workspaceFolder()], hidden);
    assert.deepEqual(names, []);
    // The search finds what is there.
    assert.ok(search([runs], "secret.sql").length > 0);
  });
});

/** Files below folders that hold a text, in UTF-8 or UTF-16. */
function search(folders: readonly string[], text: string): string[] {
  const forms = [
    Buffer.from(text, "utf8"),
    Buffer.from(text, "utf16le"),
    Buffer.from(Buffer.from(text).toString("base64")),
  ];
  const found: string[] = [];
  const open = [...folders];
  for (let folder = open.pop(); folder !== undefined; folder = open.pop()) {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) open.push(path);
      else if (entry.isFile() && statSync(path).size < 200_000_000) {
        const bytes = readFileSync(path);
        if (forms.some((form) => bytes.includes(form))) found.push(path);
      }
    }
  }
  return found;
}
