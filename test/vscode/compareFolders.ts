import type { Locator } from "playwright-core";
import type { Workbench } from "./workbench";

/** Compares two folders of the workspace as a user does, and gives the tree of the results. */
export async function compareFolders(
  workbench: Workbench,
  old: string,
  now: string,
  options: {
    /** Names of kinds that are (un)checked before. */
    readonly toggle?: readonly string[];
    /** Buttons of the choice of handlers that are pressed. */
    readonly press?: readonly string[];
  } = {},
): Promise<Locator> {
  const { page } = workbench;
  const picker = page.locator(".quick-input-widget");
  const input = picker.locator(".quick-input-box input");
  const rows = picker.locator(".monaco-list-row");
  const titled = (title: string): Promise<void> =>
    picker.locator(".quick-input-title").filter({ hasText: title }).waitFor();

  // The folders that are offered are those of the handlers that were read.
  const handlers = await workbench.openView("Handlers");
  await handlers.getByRole("treeitem").nth(1).waitFor();
  await workbench.command("Compare Handler Folders...");
  for (const [title, folder] of [
    ["Old Handlers", old],
    ["New Handlers", now],
  ] as const) {
    await titled(title);
    await input.fill(folder);
    await rows
      .filter({ has: page.getByText(folder, { exact: true }) })
      .first()
      .click();
  }
  await titled("Diffs to Perform");
  for (const kind of options.toggle ?? []) {
    await input.fill(kind);
    await rows.filter({ hasText: kind }).first().locator("label, .label-name").first().click();
  }
  await input.fill("");
  await page.keyboard.press("Enter");
  await titled("Handlers to Compare");
  for (const button of options.press ?? []) await picker.getByRole("button", { name: button }).click();
  await page.keyboard.press("Enter");
  await picker.waitFor({ state: "hidden" });
  const tree = await workbench.openView("Comparison");
  await tree.getByRole("treeitem").first().waitFor();
  return tree;
}

/** Carries forward as a user does; leaves the other views folded. */
export async function carryForward(
  workbench: Workbench,
  ...folders: readonly [oldBase: string, custom: string, newBase: string]
): Promise<void> {
  const { page } = workbench;
  const picker = page.locator(".quick-input-widget");
  await workbench.command("Carry Forward Customizations...");
  for (const [at, folder] of folders.entries()) {
    await picker
      .locator(".quick-input-title")
      .filter({ hasText: `${at + 1}/3` })
      .waitFor();
    await picker.locator(".quick-input-box input").fill(folder);
    await picker
      .locator(".monaco-list-row")
      .filter({ has: page.getByText(folder, { exact: true }) })
      .first()
      .click();
  }
  await page.locator(".pane-header[aria-expanded=true] .title", { hasText: "Carry-Forward" }).waitFor();
  await workbench.openView("Carry-Forward");
}
