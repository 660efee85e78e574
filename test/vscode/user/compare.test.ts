import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { copyFileSync } from "node:fs";
import { join } from "node:path";
import type { Locator } from "playwright-core";
import { carryForward, compareFolders } from "../compareFolders";
import { root } from "../extension";
import { sharedWorkbench } from "../hooks";
import { written } from "../written";

const releases = join(root, "test/fixtures/releases");

describe("comparing handlers, as a user does", () => {
  const workbench = sharedWorkbench({ folder: releases, settings: { "git.enabled": true } });
  /** By its title alone: what a tab says for screen readers goes on with the resource. */
  const tab = (title: string): Locator =>
    workbench().page.locator(".tabs-container .tab", { hasText: title });
  /** A line on the new side of a listing diff. */
  const line = (text: RegExp): Locator =>
    workbench().page.locator(".modified .view-line").filter({ hasText: text }).first();
  const row = (tree: Locator, name: RegExp): Locator => tree.getByRole("treeitem", { name }).first();

  it("compares two folders with chosen kinds and handlers", async () => {
    const all = await compareFolders(workbench(), "old-base", "custom");
    await row(all, /^Added/).waitFor();
    const tree = await compareFolders(workbench(), "old-base", "custom", {
      toggle: ["Arguments"],
      press: ["New side: only those also checked", "Old side: only those also checked"],
    });
    await row(tree, /^Changed/).waitFor();
    await row(tree, /^Added/).waitFor({ state: "detached" });
    assert.equal(await tree.getByRole("treeitem", { name: /^Removed/ }).count(), 0);
    // Its only change is an argument, which was not asked for.
    assert.equal(await tree.getByRole("treeitem", { name: /^CustomIVR_Incoming/ }).count(), 0);
    await row(tree, /^IVR_Incoming, 3 changes/).waitFor();
  });

  it("opens a listing diff and a flow diff, and goes from change to change", async () => {
    const { page } = workbench();
    const tree = workbench().tree("Comparison");
    await workbench().openView("Comparison");
    await row(tree, /^IVR_Incoming/).click();
    await tab("IVR_Incoming: old-base ↔ custom").waitFor();
    await row(tree, /^IVR_Incoming/).press("ArrowRight");
    await row(tree, /^VIP\? \(11\)/).click();
    await line(/step\s11\s/).waitFor();
    await row(tree, /^IVR_Incoming/).hover();
    await row(tree, /^IVR_Incoming/)
      .getByRole("button", { name: "Open Flow Diff" })
      .click();
    const view = workbench().webview();
    await view.locator(".change-list li").nth(2).waitFor();
    await view.locator(".pane.now .stage").focus();
    await page.keyboard.press("n");
    await page.keyboard.press("F7");
    await view.locator(".change-details h2", { hasText: "VIP? (11)" }).waitFor();
    // Drawn when the picture has come to the step.
    await view.locator(".pane.now .s-added .status").first().waitFor({ state: "attached" });
    await page.keyboard.press("o");
    await view.locator(".pane.both .stage").waitFor();
    await view.locator(".pane.both .link.s-removed").first().waitFor({ state: "attached" });
  });

  it("exports the comparison as HTML, and as XML with our stylesheet beside it", async () => {
    const { folder, page } = workbench();
    const picker = page.locator(".quick-input-widget");
    const choose = (label: string): Promise<void> =>
      picker
        .locator(".monaco-list-row")
        .filter({ has: page.getByText(label, { exact: true }) })
        .first()
        .click();
    const save = async (name: string, end: RegExp): Promise<string> => {
      const file = join(folder, name);
      await picker.locator(".quick-input-title").filter({ hasText: "Export Report" }).waitFor();
      const input = picker.locator(".quick-input-box input");
      // The dialog puts its own proposal there a moment after it opened.
      for (let tries = 0; tries < 100 && !/handler-diff/.test(await input.inputValue()); tries++)
        await page.waitForTimeout(100);
      await input.fill(file);
      await page.keyboard.press("Enter");
      return await written(file, end);
    };
    await workbench().command("Export Comparison...");
    await choose("HTML");
    const html = await save("report.html", /<\/html>\s*$/);
    assert.match(html, /<svg[^]*Greet VIP/);
    await workbench().command("Export Comparison...");
    await choose("XML");
    await choose("Handler Workbench's stylesheet");
    const xml = await save("report.xml", /<\/\w+>\s*$/);
    assert.match(xml, /<\?xml-stylesheet type="text\/xsl" href="handler-diff.xsl"\?>/);
    await written(join(folder, "handler-diff.xsl"), /<xsl:stylesheet[^]*<\/xsl:stylesheet>\s*$/);
  });

  it("compares a handler with HEAD", async () => {
    const { folder } = workbench();
    const git = (...args: string[]) =>
      execFileSync("git", ["-c", "user.name=Test", "-c", "user.email=test@example.com", ...args], {
        cwd: folder,
      });
    git("init", "-q");
    git("add", "-A");
    git("commit", "-q", "-m", "first");
    copyFileSync(join(folder, "custom/IVR/IVR_Incoming.ihd"), join(folder, "old-base/IVR/IVR_Incoming.ihd"));
    await workbench()
      .command("Git: Refresh")
      .catch(() => undefined);
    await workbench().openFile("old-base/IVR/IVR_Incoming.ihd");
    await workbench().command("Compare Handlers with HEAD");
    await tab("IVR_Incoming: old-base/IVR/IVR_Incoming.ihd (HEAD) ↔ old-base/IVR/IVR_Incoming.ihd").waitFor();
    await line(/next\snode\s+13/).waitFor();
  });

  it("keeps check marks and notes of a carry-forward when the window is loaded again", async () => {
    const { folder, page } = workbench();
    await carryForward(workbench(), "old-base", "custom", "new-base");
    const tree = workbench().tree("Carry-Forward");
    const handler = row(tree, /^IVR_Transfer/);
    await handler.waitFor();
    await handler.locator(".custom-view-tree-node-item-checkbox").click();
    const file = join(folder, ".handler-workbench/carry-forward.json");
    await written(file, /"handler":"IVR_Transfer","item":"","done":true/);
    await page.reload();
    await page.locator("#workbench\\.parts\\.statusbar .statusbar-item").first().waitFor();
    const again = await workbench().openView("Carry-Forward");
    await row(again, /^IVR_Transfer/).waitFor({ timeout: 40_000 });
    const box = row(again, /^IVR_Transfer/).locator(".custom-view-tree-node-item-checkbox");
    assert.equal(await box.getAttribute("aria-checked"), "true");
    assert.equal(
      await row(again, /^IVR_Callback/)
        .locator(".custom-view-tree-node-item-checkbox")
        .getAttribute("aria-checked"),
      "false",
    );
  });
});
