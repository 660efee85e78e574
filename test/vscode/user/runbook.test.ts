import { readFileSync } from "node:fs";
import { join } from "node:path";
import assert from "node:assert/strict";
import type { Locator } from "playwright-core";
import { RunbookStore } from "../../../server/src/runbook/store";
import { sampleFolder } from "../extension";
import { sharedWorkbench } from "../hooks";
import { Palette } from "../palette";
import { startRunbook } from "../runbook";
import { written } from "../written";

describe("the migration runbook, as a user sees it", () => {
  const workbench = sharedWorkbench({ folder: sampleFolder });
  const row = (tree: Locator, name: RegExp): Locator => tree.getByRole("treeitem", { name }).first();

  it("is started, ticked, and follows what somebody else writes", async () => {
    const { folder } = workbench();
    const tree = await startRunbook(workbench(), "SQL Server");
    // The first look at the workspace is over, and no row is made anew under the mouse.
    await row(tree, /^2\.6 Export the configuration/).click();
    await row(tree, /^2\.6 Export the configuration/).press("ArrowRight");
    await row(tree, /^Not proved: There is no \.ininmigr package/).waitFor();
    await row(tree, /^0\.1 Tell support.*, open/)
      .locator(".custom-view-tree-node-item-checkbox")
      .click();
    await row(tree, /^0\.1 Tell support.*, done/).waitFor();
    await row(tree, /^0 Plan, 1 of 6/).waitFor();
    const text = readFileSync(join(folder, ".handler-workbench/runbook.json"), "utf8");
    assert.match(text, /"plan\/support":\n {6}\{"state":"done"/);

    await new RunbookStore(folder).change([{ what: "state", step: "plan/lab", state: "blocked" }], "Bob");
    await row(tree, /^0\.5 Build a lab.*, blocked, .*Bob/).waitFor();
    await row(tree, /^0 Plan, 1 of 6, 1 blocked/).waitFor();
  });

  it("is the same in a second window, and after the window was loaded again", async () => {
    const { page, folder } = workbench();
    const tree = await workbench().openView("Migration Runbook");
    const box = (of: Locator, name: RegExp): Locator =>
      row(of, name).locator(".custom-view-tree-node-item-checkbox");
    await tree.press("Home");
    await row(tree, /^0\.1 Tell support.*, done/).waitFor();

    const other = await page.context().newPage();
    try {
      await other.goto(page.url(), { timeout: 60_000 });
      await other.locator(".monaco-workbench .part.sidebar").waitFor({ timeout: 60_000 });
      await new Palette(other).run("Handler Workbench: Focus on Migration Runbook View");
      const second = other.getByRole("tree", { name: "Migration Runbook" });
      await row(second, /^0\.1 Tell support.*, done/).waitFor();
      await box(second, /^0\.2 .*, open/).click();
      await row(second, /^0\.2 .*, done/).waitFor();
    } finally {
      await other.close();
    }
    await row(tree, /^0\.2 .*, done/).waitFor();

    await page.reload();
    await page.locator("#workbench\\.parts\\.statusbar .statusbar-item").first().waitFor();
    const again = await workbench().openView("Migration Runbook");
    await row(again, /^0 Plan, 2 of 6, 1 blocked/).waitFor({ timeout: 40_000 });
    await row(again, /^0\.2 .*, done/).waitFor();
    await written(join(folder, ".handler-workbench/runbook.json"), /"plan\/lab":\n {6}\{"state":"blocked"/);
  });

  it("keeps a note, and is exported to where the user says", async () => {
    const { page, folder } = workbench();
    const tree = await workbench().openView("Migration Runbook");
    const picker = page.locator(".quick-input-widget");
    const input = picker.locator(".quick-input-box input");
    await tree.press("Home");
    await row(tree, /^0\.1 Tell support/).hover();
    await row(tree, /^0\.1 Tell support/)
      .getByRole("button", { name: "Edit Note of Step..." })
      .click();
    await picker.locator(".quick-input-title").waitFor();
    await input.fill("case 4711");
    await input.press("Enter");
    await row(tree, /^0\.1 Tell support.*case 4711/).waitFor();

    await workbench().command("Export Runbook...");
    await picker.locator(".monaco-list-row", { hasText: "Markdown" }).first().click();
    const file = join(folder, "migration.md");
    // The dialog puts its own proposal there a moment after it opened.
    for (let tries = 0; tries < 100 && !/\.md$/.test(await input.inputValue()); tries++)
      await page.waitForTimeout(100);
    await input.fill(file);
    await input.press("Enter");
    await written(file, /case 4711/);
  });
});

describe("the walkthrough, as a user sees it", () => {
  const workbench = sharedWorkbench({ folder: sampleFolder });

  it("leads to a command, and ticks the step", async () => {
    const { page } = workbench();
    await workbench().command("Get Started with Handlers and Migration");
    const step = page.locator(".getting-started-step").filter({ hasText: "Learn a target" });
    await step.click();
    await step.locator(".codicon.complete").waitFor({ state: "hidden" });
    await step.getByText("Choose the Target", { exact: true }).click();
    await page.locator(".quick-input-widget .quick-input-title").filter({ hasText: "Target" }).waitFor();
    await page.keyboard.press("Escape");
    await step.locator(".codicon.complete").waitFor();
  });
});
