import { join } from "node:path";
import { root } from "../extension";
import { carryForward, compareFolders } from "../compareFolders";
import type { Scenario } from "../screenshots";

/** Two releases of the same handlers, and what a customer made of the first. */
export const folder = join(root, "test/fixtures/releases");

/** What two folders differ in, and the flow diff of one handler, side by side and overlaid. */
const compare: Scenario = async (workbench, picture) => {
  const { page } = workbench;
  const tree = await compareFolders(workbench, "old-base", "custom");
  await tree.getByRole("treeitem", { name: /^IVR_Incoming/ }).click();
  await page.locator(".tabs-container .tab", { hasText: "IVR_Incoming: old-base ↔ custom" }).waitFor();
  await tree.getByRole("treeitem", { name: /^IVR_Incoming/ }).press("ArrowRight");
  await tree.getByRole("treeitem", { name: /^VIP/ }).first().click();
  await tree.getByRole("treeitem", { name: /^IVR_Incoming/ }).hover();
  await tree
    .getByRole("treeitem", { name: /^IVR_Incoming/ })
    .getByRole("button", { name: "Open Flow Diff" })
    .click();
  const view = workbench.webview();
  await view.locator(".change-list li").first().waitFor();
  await view.locator(".stage").nth(1).focus();
  await page.keyboard.press("n");
  await page.waitForTimeout(800);
  await picture("compare-side-by-side");
  await page.keyboard.press("o");
  await page.waitForTimeout(800);
  for (const theme of ["dark", "high contrast"] as const)
    await picture(`compare-overlaid-${theme.replace(" ", "-")}`, { theme });
  await workbench.setTheme("light");
  await workbench.command("View: Close All Editors");
  await carryForward(workbench, "old-base", "custom", "new-base");
  const list = workbench.tree("Carry-Forward");
  await list
    .getByRole("treeitem", { name: /^IVR_MainMenu/ })
    .locator(".monaco-tl-twistie")
    .click();
  await list.getByRole("treeitem", { name: /^Ask/ }).locator(".monaco-tl-twistie").click();
  // The conflict: what was customized, and what the new base changed, beside each other.
  await list.getByRole("treeitem", { name: /^Ask/ }).click();
  await page.locator(".modified .view-line").nth(1).waitFor();
  await page.waitForTimeout(1_500);
  await picture("carry-forward");
};

export default compare;
