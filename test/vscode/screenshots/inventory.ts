import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../extension";
import type { Scenario } from "../screenshots";

/** Two releases of the same handlers, and what a customer made of the first. */
export const folder = join(root, "test/fixtures/releases");

/** The customer's handlers beside the base handlers, with what a team wrote. */
const inventory: Scenario = async (workbench, picture) => {
  const { page } = workbench;
  mkdirSync(join(workbench.folder, ".handler-workbench"), { recursive: true });
  const handlers = {
    IVR_Incoming: { owner: "Ann", decision: "carry forward" },
    IVR_MainMenu: { owner: "Ann", decision: "carry forward", note: "conflict at the VIP branch" },
    Contoso_Survey: { owner: "Sam", decision: "retire" },
  };
  const notes = {
    format: "handler-workbench inventory",
    version: 1,
    columns: ["owner", "decision", "note"],
    handlers,
  };
  writeFileSync(join(workbench.folder, ".handler-workbench/inventory.json"), JSON.stringify(notes));
  const tree = await workbench.openView("Handlers");
  await tree.getByRole("treeitem").nth(1).waitFor();
  await workbench.command("Take Inventory of Handlers...");
  const picker = page.locator(".quick-input-widget");
  for (const [title, row] of [
    ["Inventory (1/2): Handlers", "custom"],
    ["Inventory (2/2): Base", "Choose their folder..."],
    ["Inventory (2/2): Base", "old-base"],
  ] as const) {
    await picker.locator(".quick-input-title").filter({ hasText: title }).waitFor();
    await picker.locator(".monaco-list-row").getByText(row, { exact: true }).first().click();
  }
  await workbench.webview().locator("tbody tr").nth(5).waitFor();
  await page.waitForTimeout(1000);
  for (const theme of ["light", "dark"] as const) await picture(`inventory-${theme}`, { theme });
};

export default inventory;
