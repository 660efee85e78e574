import { cpSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../extension";
import type { Scenario } from "../screenshots";

const fixtures = join(root, "test/fixtures");

/** A Dialer configuration: its objects and problems, what will migrate, and what removing would change. */
const dialer: Scenario = async (workbench, picture) => {
  const { page, folder } = workbench;
  workbench.setSettings({ "editor.minimap.enabled": false });
  const target = join(folder, "Dialer");
  cpSync(join(fixtures, "dialer/source"), target, { recursive: true });
  const text = readFileSync(join(target, "dialer_config.xml"), "utf8").split("\n");
  const goTo = async (line: string, column: number): Promise<void> => {
    await workbench.command("Go to Line/Column...");
    await page.keyboard.type(`${text.findIndex((each) => each.includes(line)) + 1}:${column}`);
    await page.keyboard.press("Enter");
  };
  const tree = await workbench.openView("Dialer");
  await workbench.openFile("dialer_config.xml");
  await page.getByRole("button", { name: "Show What Will Migrate" }).waitFor();
  for (const name of ["Campaigns", "Workflows", "Rule Sets", "Evening"]) {
    const row = tree.getByRole("treeitem").filter({ has: page.getByText(name, { exact: true }) });
    await row.first().locator(".monaco-tl-twistie").click();
    await page.waitForTimeout(300);
  }
  await workbench.problems();
  await goTo('display_name="Sprng list"', 60);
  await workbench.command("Show or Focus Hover");
  await page.locator(".monaco-hover:visible").waitFor();
  await page.waitForTimeout(800);
  await picture("dialer-configuration");

  await page.keyboard.press("Escape");
  await workbench.command("View: Hide Panel");
  await workbench.command("Handler Workbench: Show What Will Migrate");
  await workbench.webview().getByRole("heading", { name: "Objects" }).waitFor();
  await page.waitForTimeout(500);
  await picture("dialer-migration");

  await workbench.tab("dialer_config.xml").click();
  await workbench.command("Remove Deleted Workflows...");
  await page.getByRole("tab", { name: /without deleted workflows/ }).waitFor();
  await workbench.notifications().filter({ hasText: "would be removed" }).waitFor();
  await page.waitForTimeout(1500);
  await picture("dialer-remove-deleted");
};

export default dialer;
