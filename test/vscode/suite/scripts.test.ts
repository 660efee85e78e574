import assert from "node:assert/strict";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as vscode from "vscode";
import type { Scripts } from "../../../client/src/scripts/scripts";
import { TdsServer } from "../../tds/server";
import { authorityFile } from "../../tds/tls";
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

describe("database scripts in VS Code", () => {
  let scripts: Scripts;
  before(async () => {
    scripts = await scriptsOfExtension();
  });
  afterEach(async () => {
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
  });
  after(async () => {
    for (const connection of scripts.connections.all) await scripts.connections.remove(connection);
    rmSync(join(workspaceFolder(), "db"), { recursive: true, force: true });
  });

  const fields = (server: TdsServer): Record<string, string> => ({
    kind: "sqlserver",
    server: `localhost,${server.port}`,
    database: "I3_IC",
    user: "sa",
    password,
    remember: "",
    encryption: "required",
    trust: "",
    caFile: authorityFile,
  });

  describe("connections", () => {
    it("are added, tested, changed and removed on a page", async () => {
      await using server = await TdsServer.start({ password });
      const page = await scripts.editor.show();
      await page.press("save", { ...fields(server), name: "" });
      assert.match(page.statusText, /needs a name/);
      await page.press("save", { ...fields(server), name: "Target 4.0" });
      assert.equal(page.statusText, "Saved.");
      const saved = scripts.connections.named("target 4.0");
      assert.equal(saved?.target.server, "localhost");
      assert.equal(saved.target.port, server.port);
      assert.ok(!JSON.stringify(saved).includes(password));
      await page.press("test", { ...fields(server), name: "Target 4.0" });
      assert.match(page.statusText, /^Connected to I3_IC: TLS.*certificate checked/);
      await page.press("test", { ...fields(server), name: "Target 4.0", password: "wrong" });
      assert.match(page.statusText, /Login failed|login/i);
      assert.ok(!page.statusText.includes("wrong horse"));
      assert.deepEqual(server.texts, []);
      await scripts.connections.remove(saved);
      assert.equal(scripts.connections.named("target 4.0"), undefined);
    });

    it("do not accept a wrong certificate or a server that cannot encrypt, unless that is chosen", async () => {
      await using other = await TdsServer.start({ password, certificate: "other-name" });
      await using plain = await TdsServer.start({ password, certificate: "none" });
      const page = await scripts.editor.show();
      await page.press("test", { ...fields(other), name: "x" });
      assert.match(page.statusText, /certificate/i);
      assert.match(page.statusText, /Nothing was sent/);
      assert.equal(other.logins.length, 0);
      await page.press("test", { ...fields(other), name: "x", trust: "yes" });
      assert.match(page.statusText, /^Connected.*certificate not checked/);
      await page.press("test", { ...fields(plain), name: "x" });
      assert.match(page.statusText, /choose the encryption None/);
      assert.equal(plain.logins.length, 0);
      await page.press("test", { ...fields(plain), name: "x", encryption: "none" });
      assert.match(page.statusText, /^Connected.*not encrypted/);
    });

    it("are imported from .udl and tnsnames.ora, without passwords", async () => {
      const udl = script(
        "ic.udl",
        "[oledb]\r\n; Everything after this line is an OLE DB initstring\r\nProvider=SQLOLEDB.1;Password=s3cret;User ID=ic_admin;Initial Catalog=I3_IC;Data Source=SQL1\\CIC\r\n",
      );
      const ora = script(
        "tnsnames.ora",
        "CIC4 =\n  (DESCRIPTION =\n    (ADDRESS = (PROTOCOL = TCP)(HOST = ora1)(PORT = 1522))\n    (CONNECT_DATA = (SERVICE_NAME = cic))\n  )\n",
      );
      const { importConnections } = scripts;
      assert.deepEqual(await importConnections(vscode.Uri.file(udl)), ["ic"]);
      assert.deepEqual(await importConnections(vscode.Uri.file(ora)), ["CIC4"]);
      assert.deepEqual(scripts.connections.named("ic")?.target, {
        kind: "sqlserver",
        server: "SQL1",
        instance: "CIC",
        database: "I3_IC",
        user: "ic_admin",
        encryption: "required",
        trustServerCertificate: false,
      });
      assert.deepEqual(scripts.connections.named("CIC4")?.target, {
        kind: "oracle",
        server: "ora1",
        port: 1522,
        database: "cic",
        user: "",
        encryption: "required",
        trustServerCertificate: false,
      });
      assert.ok(!JSON.stringify(scripts.connections.all).includes("s3cret"));
    });
  });

  describe("runs", () => {
    it("start from the preview only, after a dry run that sends nothing", async () => {
      await using server = await TdsServer.start({ password });
      const connection = await connectionTo(scripts, server, "preview");
      const path = script("one.sql", "PRINT 'hello $(Who)'\nGO\nDROP TABLE dbo.Old\nGO\nSELECT ROWS 3\nGO\n");
      const preview = await previewOf(scripts, connection, path);
      const text = pageText(preview);
      for (const part of [
        "localhost",
        "I3_IC",
        "sa",
        "encrypted, server certificate checked",
        "DROP TABLE",
        "one.sql",
      ])
        assert.ok(text.includes(part), `${part} is not in ${text}`);
      const start = preview.panel.page.actions.find(({ id }) => id === "start");
      assert.match(start?.disabled ?? "", /no value for Who/i);
      await preview.panel.press("start");
      assert.deepEqual(server.logins, []);
      await preview.panel.press("dryRun", { "value:WHO": "you" });
      assert.match(preview.panel.statusText, /Dry run: 3 batches of 1 scripts would be sent.*1 destructive/);
      assert.deepEqual(server.logins, []);
      await preview.panel.press("start", { "value:WHO": "me" });
      assert.match(preview.panel.statusText, /Values have changed/);
      assert.deepEqual(server.logins, []);
      await runToEnd(preview);
      assert.equal(preview.activeRun?.result?.state, "Completed");
      assert.deepEqual(server.texts, ["PRINT 'hello me'", "DROP TABLE dbo.Old", "SELECT ROWS 3"]);
      const { runs } = await scripts.runs.history();
      assert.equal(runs[0]?.state, "Completed");
      assert.equal(runs[0].executed, 3);
      assert.equal(runs[0].rows, 3);
    });

    it("say what happens while it happens, with lines that lead to the script, and errors in Problems", async () => {
      await using server = await TdsServer.start({ password });
      const connection = await connectionTo(scripts, server, "live");
      const path = script(
        "live.sql",
        "PRINT 'first'\nGO\n\nSELECT 1 AS a\nSYNTAX ERROR\nGO\nRAISERROR('now', 0, 1) WITH NOWAIT\nWAITFOR DELAY '00:00:03'\nGO\n",
      );
      const preview = await previewOf(scripts, connection, path);
      const end = runToEnd(preview);
      const started = await until(
        () => "the run in the list of those that go on",
        () => scripts.runs.active[0],
      );
      const document = await until(
        () => "the live message in an editor",
        () =>
          vscode.workspace.textDocuments.find(
            ({ uri, getText }) => uri.toString() === started.messages.toString() && getText().includes("now"),
          ),
      );
      assert.equal(started.run.phase, "running");
      assert.match(document.getText(), /first/);
      assert.match(document.getText(), /error: .*live\.sql, line 5: .*Incorrect syntax/);
      const links = await vscode.commands.executeCommand<vscode.DocumentLink[]>(
        "vscode.executeLinkProvider",
        document.uri,
      );
      const link = links.find(({ target }) => target?.fragment === "L5");
      assert.ok(link?.target, links.map(({ target }) => target?.toString()).join());
      await vscode.commands.executeCommand("vscode.open", link.target);
      const editor = await until(
        () => "the script at the line of the error",
        () => {
          const active = vscode.window.activeTextEditor;
          return active?.document.uri.fsPath === path && active.selection.active.line === 4
            ? active
            : undefined;
        },
      );
      assert.ok(editor);
      const problems = vscode.languages.getDiagnostics(vscode.Uri.file(path));
      assert.ok(
        problems.some(({ message, range }) => /Incorrect syntax/.test(message) && range.start.line === 4),
      );
      await end;
      assert.equal(preview.activeRun?.result?.state, "Completed");
    });

    it("are cancelled, and resumed after that", async () => {
      await using server = await TdsServer.start({ password });
      const connection = await connectionTo(scripts, server, "cancel");
      const path = script("long.sql", "PRINT 'a'\nGO\nWAITFOR DELAY '00:10:00'\nGO\nPRINT 'c'\nGO\n");
      const preview = await previewOf(scripts, connection, path);
      const end = runToEnd(preview);
      await until(
        () => "the long batch",
        () => (server.texts.length === 2 ? true : undefined),
      );
      await vscode.commands.executeCommand("handlerWorkbench.cancelRun");
      await end;
      assert.equal(preview.activeRun?.result?.state, "Cancelled");
      assert.equal(server.attentions, 1);
      const [run] = (await scripts.runs.history()).runs;
      assert.equal(run?.state, "Cancelled");
      writeFileSync(path, readFileSync(path, "utf8").replace("00:10:00", "00:00:00"));
      await vscode.commands.executeCommand("handlerWorkbench.resumeRun", {
        kind: "past",
        run,
        started: undefined,
      });
      const resumed = scripts.launcher.open.find(({ spec }) => spec.resume === run.folder);
      assert.ok(resumed);
      assert.match(pageText(resumed), /Was in flight/);
      await resumed.panel.press("start");
      assert.match(resumed.panel.statusText, /Scripts have changed/);
      await resumed.panel.press("start", { changedScripts: "yes" });
      assert.match(resumed.panel.statusText, /did not finish/);
      await resumed.panel.press("start", { changedScripts: "yes", unfinished: "rerun" });
      assert.equal(resumed.activeRun?.result?.state, "Completed");
      assert.deepEqual(server.texts.slice(2), ["WAITFOR DELAY '00:00:00'", "PRINT 'c'"]);
    });

    it("are Ready for restart when their runner was killed, and lose and repeat nothing", async () => {
      await using server = await TdsServer.start({ password });
      const connection = await connectionTo(scripts, server, "killed");
      const path = script("killed.sql", "PRINT 'a'\nGO\nWAITFOR DELAY '00:10:00'\nGO\nPRINT 'c'\nGO\n");
      const preview = await previewOf(scripts, connection, path);
      const end = runToEnd(preview);
      await until(
        () => "the long batch",
        () => (server.texts.length === 2 ? true : undefined),
      );
      process.kill(preview.activeRun!.processId!, "SIGKILL");
      await end;
      assert.match(preview.panel.statusText, /can be resumed/);
      const [run] = (await scripts.runs.history()).runs;
      assert.equal(run?.state, "Ready for restart");
      await vscode.commands.executeCommand("handlerWorkbench.resumeRun", {
        kind: "past",
        run,
        started: undefined,
      });
      const resumed = scripts.launcher.open.find(({ spec }) => spec.resume === run.folder);
      await resumed!.panel.press("start", { unfinished: "skip" });
      assert.equal(resumed!.activeRun?.result?.state, "Completed");
      assert.deepEqual(server.texts.slice(2), ["PRINT 'c'"]);
    });

    it("are exported for the official tools without a password", async () => {
      await using server = await TdsServer.start({ password });
      const connection = await connectionTo(scripts, server, "export");
      const preview = await previewOf(scripts, connection, script("export.sql", "PRINT 'x'\nGO\n"));
      await runToEnd(preview);
      const [run] = (await scripts.runs.history()).runs;
      const target = join(workspaceFolder(), "db", "run.bat");
      await vscode.commands.executeCommand(
        "handlerWorkbench.exportRun",
        { kind: "past", run, started: undefined },
        vscode.Uri.file(target),
      );
      const text = readFileSync(target, "utf8");
      assert.match(text, /sqlcmd -S "localhost,\d+" -d "I3_IC" -U "sa" -N .*-i ".*export\.sql"/);
      assert.ok(!text.includes(password));
    });

    it("show results of any length in the grid, and copy them", async () => {
      await using server = await TdsServer.start({ password });
      const connection = await connectionTo(scripts, server, "results");
      const preview = await previewOf(scripts, connection, script("rows.sql", "SELECT ROWS 100000\nGO\n"));
      await runToEnd(preview);
      const [result] = preview.activeRun!.results;
      assert.equal(result?.rows, 100_000);
      const grid = await scripts.showResult(result.file!, result);
      assert.equal(grid.total, 100_000);
      const copied = await grid.copied({ top: 99_998, bottom: 99_999, left: 0, right: 1 }, true);
      assert.equal(copied, "number\ttext\n99999\trow 99999\n100000\trow 100000");
      const saved = vscode.Uri.file(join(workspaceFolder(), "db", "saved.csv"));
      await grid.saveTo(saved);
      assert.match(readFileSync(saved.fsPath, "utf8"), /^number,text\n1,row 1\n/);
    });
  });
});
