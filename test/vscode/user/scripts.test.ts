import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { TdsServer } from "../../tds/server";
import { sharedWorkbench } from "../hooks";
import { addConnection, openPreview, testTarget } from "../scriptRuns";

const password = "correct horse";

/** A folder with scripts to run. */
function scriptsFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "hw-user-scripts-"));
  mkdirSync(join(folder, "scripts"));
  writeFileSync(
    join(folder, "scripts/run.sql"),
    "PRINT 'hello from the script'\nGO\nDROP TABLE dbo.Old\nGO\nSELECT ROWS 2000\nGO\n",
  );
  writeFileSync(
    join(folder, "scripts/slow.sql"),
    "PRINT 'one'\nGO\nWAITFOR DELAY '00:01:00'\nGO\nPRINT 'never'\nGO\n",
  );
  return folder;
}

describe("running scripts, as a user does", () => {
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

  it("adds a connection, looks at the preview, runs, and reads the result in the grid", async () => {
    const { page } = workbench();
    await addConnection(workbench(), testTarget(server, password));
    // Testing the connection has logged in once.
    assert.equal(server.logins.length, 1);
    const preview = await openPreview(workbench(), "run.sql", "SQL Server");
    await preview.getByRole("row", { name: /DROP TABLE/ }).waitFor();
    await preview.getByText("encrypted, server certificate checked").waitFor();
    assert.equal(server.logins.length, 1);
    await preview.getByRole("button", { name: "Dry Run" }).click();
    await preview.getByText(/Dry run: 3 batches/).waitFor();
    assert.equal(server.logins.length, 1);
    await preview.getByRole("button", { name: "Start the Run" }).click();
    await page.locator(".view-line", { hasText: "hello from the script" }).first().waitFor();
    await page.locator(".view-line", { hasText: "Completed:" }).first().waitFor();
    assert.deepEqual(server.texts, [
      "PRINT 'hello from the script'",
      "DROP TABLE dbo.Old",
      "SELECT ROWS 2000",
    ]);

    await workbench().command("Show Result of a Run...");
    await page
      .locator(".quick-input-list .monaco-list-row", { hasText: "Result 1 of batch 3" })
      .first()
      .click();
    const grid = workbench().webview();
    const cell = (row: number, column: number) => grid.locator(`#cell-${row}-${column}`);
    await cell(0, 1)
      .filter({ hasText: /^row 1$/ })
      .waitFor();
    // Far fewer rows are in the page than in the result.
    assert.ok((await grid.locator(".row").count()) < 200);
    await cell(0, 0).click();
    await grid.locator(".status", { hasText: "row 1, column number" }).waitFor();
    await page.keyboard.press("Control+End");
    await cell(1999, 1)
      .filter({ hasText: /^row 2000$/ })
      .waitFor();
    assert.equal(await grid.getByRole("grid").getAttribute("aria-activedescendant"), "cell-1999-1");
    assert.equal(await grid.getByRole("grid").getAttribute("aria-rowcount"), "2001");
  });

  it("shows how far a run is in the status bar, cancels it there, and tells its end", async () => {
    const { page } = workbench();
    const preview = await openPreview(workbench(), "slow.sql", "SQL Server");
    const tellsEnd = workbench().notifications().filter({ hasText: "slow.sql" });
    await preview.getByRole("button", { name: "Start the Run" }).click();
    const bar = page.locator("#workbench\\.parts\\.statusbar");
    await bar.getByText(/script 1\/1, batch 2\/3, /).waitFor();
    assert.equal(await tellsEnd.count(), 0);
    await bar.locator(".statusbar-item", { hasText: "Cancel" }).click();
    await tellsEnd.filter({ hasText: "Cancelled" }).waitFor();
    await bar.getByText(/script 1\/1, batch/).waitFor({ state: "detached" });
    assert.ok(!server.texts.includes("PRINT 'never'"));
  });
});
