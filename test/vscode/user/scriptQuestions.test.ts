import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Locator } from "playwright-core";
import { TdsServer } from "../../tds/server";
import { answerReplace, chooseFolder, saveAs } from "../fileDialog";
import { sharedWorkbench } from "../hooks";
import { addConnection, connectionForm, openPreview, saveConnection, testTarget } from "../scriptRuns";
import { written } from "../written";

const password = "correct horse";

const files: Readonly<Record<string, string>> = {
  "2026-01-02_03-04/Reporting/CallDetail.sql":
    "/*\nTargetSchema = dbo\nTargetTable = CallDetail\nTableHasData = 0\n*/\nSET NOCOUNT ON\nINSERT INTO dbo.CallDetail SELECT 1\nGO\n",
  "2026-01-02_03-04/ExecuteMigrationScripts.bat": 'sqlcmd -S s -i "Reporting\\CallDetail.sql"\r\n',
  "Scripts/sqlserver/source/ICUpgrade.sql": "RAISERROR('not upgraded', 16, 1)\nGO\n",
  "Scripts/sqlserver/source/TrackerUpgrade.sql": "PRINT 'tracker'\nGO\n",
  "plain.sql": "select 1 from dual;\n",
};

function scriptsFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "hw-user-questions-"));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

describe("what is asked around runs of scripts", () => {
  const folder = scriptsFolder();
  const workbench = sharedWorkbench({ folder });
  let server: TdsServer;
  before(async () => {
    server = await TdsServer.start({ password });
  });
  after(async () => {
    await server[Symbol.asyncDispose]();
    rmSync(folder, { recursive: true, force: true });
  });

  const modal = (): Locator => workbench().page.locator(".monaco-dialog-box");
  const answer = async (button: string): Promise<void> => {
    await modal().getByRole("button", { name: button, exact: true }).click();
    await modal().waitFor({ state: "detached" });
  };
  const row = (view: string, name: RegExp): Locator => workbench().tree(view).getByRole("treeitem", { name });
  const choose = async (from: Locator, entry: string): Promise<void> => {
    await from.click({ button: "right" });
    // A menu takes no click until it has been shown for a moment; the keyboard it takes at once.
    await workbench().page.getByRole("menuitem", { name: entry, exact: true }).hover();
    await workbench().page.keyboard.press("Enter");
  };

  it("adds the connection that the next tests use", async () => {
    await addConnection(workbench(), testTarget(server, password));
  });

  it("a run counts as done by hand when that was confirmed, in the history and in the tree of scripts", async () => {
    const { page } = workbench();
    await workbench().command("Choose a Folder of Generated Scripts...");
    await chooseFolder(page, join(workbench().folder, "2026-01-02_03-04"), "Use This Folder");
    await workbench().openView("Generated Scripts");
    await row("Generated Scripts", /^Reporting/).click();
    const script = row("Generated Scripts", /^1\. CallDetail/);
    await script.filter({ hasNotText: "done" }).waitFor();
    // Both views stay in sight: what is shown anew when it is unfolded would prove nothing.
    await workbench().command("Focus on Runs View");
    await choose(script, "Run Later");
    const run = row("Runs", /^CallDetail\.sql/);
    await run.filter({ hasText: "Ready for restart" }).waitFor();

    await choose(run, "Mark a Run as Completed by Hand...");
    await modal().getByText("It cannot be resumed then").waitFor();
    await answer("Cancel");
    await run.filter({ hasText: "Ready for restart" }).waitFor();

    await choose(run, "Mark a Run as Completed by Hand...");
    await answer("Mark");
    await run.filter({ hasText: "User completed" }).waitFor();
    await script.filter({ hasText: "done" }).waitFor();
    assert.equal(server.logins.length, 1);
  });

  it("behind a script that ended with errors, the next one waits for an answer", async () => {
    const { page } = workbench();
    await workbench().command("Choose the Scripts Folder...");
    await chooseFolder(page, join(workbench().folder, "Scripts"), "Use This Folder");
    await workbench().openView("Migration Scripts");
    const list = row("Migration Scripts", /^SQL Server: upgrade the source/);
    const runNext = (): Promise<void> => choose(list, "Run the Next Script of a List...");
    await runNext();
    await workbench().tab("Run ICUpgrade.sql").waitFor();
    await workbench().webview().getByRole("button", { name: "Start the Run" }).click();
    await page.locator(".view-line", { hasText: "not upgraded" }).first().waitFor();
    await list.filter({ hasText: "1 with errors" }).waitFor();
    await workbench().reset();

    await runNext();
    await modal()
      .getByText(
        "These scripts have come to their end with errors: ICUpgrade.sql. Go on with TrackerUpgrade.sql?",
      )
      .waitFor();
    await answer("Cancel");
    await runNext();
    await answer("Run ICUpgrade.sql Again");
    await workbench().tab("Run ICUpgrade.sql").waitFor();
    // Who did not want to go on has been shown nothing: what opens now was asked for later.
    assert.equal(await workbench().tab("Run TrackerUpgrade.sql").count(), 0);
    await runNext();
    await answer("Go On");
    await workbench().tab("Run TrackerUpgrade.sql").waitFor();
    await workbench().webview().getByRole("button", { name: "Start the Run" }).click();
    await page.locator(".view-line", { hasText: "tracker" }).first().waitFor();
    assert.deepEqual(server.texts, ["RAISERROR('not upgraded', 16, 1)", "PRINT 'tracker'"]);
  });

  it("an export replaces no file, neither its own nor those beside it, unless that was answered", async () => {
    const { page } = workbench();
    const to = join(workbench().folder, "exported");
    mkdirSync(to);
    writeFileSync(join(to, "other.bat"), "Not of the export.");
    const form = await connectionForm(
      workbench(),
      {
        Name: "Oracle",
        "Host or TNS name": "db.example.test",
        Service: "CIC",
        User: "ic",
        Password: password,
      },
      "Oracle",
    );
    await saveConnection(workbench(), form);
    const preview = await openPreview(workbench(), "plain.sql", "Oracle");
    const exportTo = async (file: string): Promise<void> => {
      await workbench().tab("Run plain.sql").click();
      await preview.getByRole("button", { name: "Export as Script..." }).click();
      await saveAs(page, file, {
        title: "Export for sqlcmd or SQL*Plus",
        proposal: /run-plain/,
        beside: "other.bat",
      });
    };
    const contents = (): Readonly<Record<string, string>> =>
      Object.fromEntries(
        readdirSync(to)
          .filter((name) => name !== "other.bat")
          .map((name) => [name, readFileSync(join(to, name), "latin1")]),
      );
    const batch = join(to, "run.bat");
    await exportTo(batch);
    await written(join(to, "run.1.sql"), /EXIT/);
    await workbench().tab("run.bat").waitFor();
    const made = contents();
    assert.deepEqual(Object.keys(made).sort(), ["run.1.sql", "run.bat"]);

    const mine = { "run.bat": "rem mine \u0000\u00ff\r\n", "run.1.sql": "-- mine too" };
    for (const [name, text] of Object.entries(mine)) writeFileSync(join(to, name), text, "latin1");
    await exportTo(batch);
    await answerReplace(page, batch, true);
    // The dialog asked about the batch file; the file beside it is another question.
    await modal().getByText("The export needs files that are there already: run.1.sql.").waitFor();
    await answer("Cancel");
    assert.deepEqual(contents(), mine);

    await exportTo(batch);
    await answerReplace(page, batch, false);
    await page.keyboard.press("Escape");
    await page.locator(".quick-input-widget").waitFor({ state: "hidden" });
    assert.deepEqual(contents(), mine);

    await exportTo(batch);
    await answerReplace(page, batch, true);
    await answer("Replace");
    await written(batch, /Written by Handler Workbench/);
    await written(join(to, "run.1.sql"), /EXIT/);
    assert.deepEqual(contents(), made);
  });
});
