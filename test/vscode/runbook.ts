import type { Locator } from "playwright-core";
import type { Workbench } from "./workbench";

/** Starts the runbook of the open folder, as a user does, and gives the tree of its view, which has all the room. */
export async function startRunbook(workbench: Workbench, ...variants: readonly string[]): Promise<Locator> {
  const { page } = workbench;
  const picker = page.locator(".quick-input-widget");
  await workbench.command("Choose What the Site Has...");
  await picker.locator(".quick-input-title").filter({ hasText: "What Does the Site Have?" }).waitFor();
  for (const variant of variants) {
    const row = picker.locator(".monaco-list-row").filter({ has: page.getByText(variant, { exact: true }) });
    await row.locator("label, .label-name").first().click();
  }
  await picker.getByRole("button", { name: "OK" }).click();
  const tree = await workbench.openView("Migration Runbook");
  await tree.getByRole("treeitem", { name: /^0 Plan/ }).waitFor();
  return tree;
}
