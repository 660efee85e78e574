import { join } from "node:path";
import { TdsServer } from "../../tds/server";
import { authorityFile } from "../../tds/tls";
import { root } from "../extension";
import { addConnection, openPreview } from "../scriptRuns";
import type { Scenario } from "../screenshots";

/** Stand-ins for the scripts of the Database Migration Assistant. */
export const folder = join(root, "test/fixtures/database");

/** The page before a run, a run with its messages, and its result in the grid. */
const scripts: Scenario = async (workbench, picture) => {
  await using server = await TdsServer.start({ user: "ic_admin", password: "x" });
  const { page } = workbench;
  await addConnection(workbench, {
    name: "3.0 source",
    server: `localhost,${server.port}`,
    database: "I3_IC",
    user: "ic_admin",
    password: "x",
    caFile: authorityFile,
  });
  const preview = await openPreview(workbench, "TrackerBuild.sql", "SQL Server");
  await preview.getByRole("button", { name: "Dry Run" }).click();
  await preview.getByText(/^Dry run:/).waitFor();
  await workbench.openView("Runs");
  for (const theme of ["light", "dark", "high contrast"] as const)
    await picture(`scripts-preview-${theme.replace(" ", "-")}`, { theme });
  await workbench.setTheme("light");
  await preview.getByRole("button", { name: "Start the Run" }).click();
  await page.locator(".view-line", { hasText: "Completed:" }).first().waitFor();
  await workbench.openView("Runs");
  await picture("scripts-messages");
  await workbench.command("Show Result of a Run...");
  await page.locator(".quick-input-list .monaco-list-row", { hasText: "Result" }).first().click();
  const grid = workbench.webview();
  await grid
    .locator("#cell-0-1")
    .filter({ hasText: /^row 1$/ })
    .waitFor();
  await grid.locator("#cell-3-0").click();
  await grid.locator("#cell-9-1").click({ modifiers: ["Shift"] });
  await picture("scripts-grid");
};

export default scripts;
