import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Locator } from "playwright-core";
import { sampleFolder } from "../extension";
import { sharedWorkbench } from "../hooks";

describe("handlers, as a user sees them", () => {
  const workbench = sharedWorkbench({ folder: sampleFolder });

  const handlers = async (): Promise<Locator> => {
    const tree = await workbench().openView("Handlers");
    await tree.getByRole("treeitem", { name: "IVR_Callback" }).waitFor();
    return tree;
  };
  const row = (tree: Locator, name: string): Locator =>
    tree.getByRole("treeitem").filter({ has: workbench().page.getByText(name, { exact: true }) });
  /** The line of the active editor that the cursor is in. */
  const currentLine = async (): Promise<string> => {
    const { page } = workbench();
    const status = await page.locator("#status\\.editor\\.selection").innerText();
    const number = /Ln (\d+)/.exec(status)?.[1];
    const lines = page.locator(".editor-instance .view-line");
    const numbers = page.locator(".editor-instance .margin-view-overlays .line-numbers");
    const tops = await numbers.evaluateAll(
      (all, wanted) =>
        all
          .filter((each) => each.textContent === wanted)
          .map((each) => Math.round(each.getBoundingClientRect().top)),
      number,
    );
    return await lines.evaluateAll(
      (all, top) =>
        (all.find((each) => Math.abs(each.getBoundingClientRect().top - top) < 3)?.textContent ?? "").replace(
          /\u00a0/g,
          " ",
        ),
      tops.at(-1) ?? -1,
    );
  };
  const lineBecomes = async (wanted: RegExp): Promise<void> => {
    let last = "";
    for (let tries = 0; tries < 100; tries++) {
      last = await currentLine().catch(() => "");
      if (wanted.test(last)) return;
      await workbench().page.waitForTimeout(100);
    }
    assert.match(last, wanted);
  };

  it("stand in a view by folder, with their problems", async () => {
    const tree = await handlers();
    const texts = await tree.getByRole("treeitem").allInnerTexts();
    assert.ok(
      texts.some((text) => /^IVR\s*5$/.test(text)),
      texts.join(" | "),
    );
    assert.match(await row(tree, "IVR_Callback").innerText(), /1 error, 2 warnings, 3 notes/);
  });

  it("are filtered while one types, and grouped otherwise", async () => {
    const { page } = workbench();
    const tree = await handlers();
    const names = (): Promise<string[]> => tree.getByRole("treeitem").allInnerTexts();
    const become = async (wanted: (names: string) => boolean): Promise<void> => {
      for (let tries = 0; tries < 50 && !wanted((await names()).join("|")); tries++)
        await page.waitForTimeout(100);
      assert.ok(wanted((await names()).join("|")), (await names()).join("|"));
    };
    await workbench().command("Filter Handlers...");
    await page.getByPlaceholder("Part of a name, category").fill("shared log");
    await become((shown) => shown.includes("Shared_LogError") && !shown.includes("IVR"));
    await page.keyboard.press("Enter");
    await workbench().command("Clear Filter");
    await workbench().command("Group by Initiator");
    await become((shown) => /Incoming Call/.test(shown) && /Subroutine/.test(shown));
    await workbench().command("Group by Folder");
    await become((shown) => /Notifications/.test(shown));
  });

  it("open as flow and as listing from the view", async () => {
    const { page } = workbench();
    const tree = await handlers();
    await row(tree, "IVR_MainMenu").click();
    await workbench().tab("IVR_MainMenu.ihd").waitFor();
    // The picture takes the keys when it is there; a menu that is open then would close.
    await workbench().webview().locator(".stage:focus").waitFor();
    await row(tree, "IVR_MainMenu").click({ button: "right" });
    // A menu takes no click until it has been shown for a moment; the keyboard it takes at once.
    await page.getByRole("menuitem", { name: "Open Listing" }).hover();
    await page.keyboard.press("Enter");
    await workbench().tab("IVR_MainMenu.ihd.listing").waitFor();
    await page.locator(".view-line").filter({ hasText: "subroutine IVR_MainMenu" }).waitFor();
  });

  it("show a problem that is clicked in the listing at its step; an exit is followed from there", async () => {
    const { page } = workbench();
    const problem = (await workbench().problems()).filter({ hasText: "the required argument" });
    await problem.click();
    await workbench().tab("IVR_Callback.ihd.listing").waitFor();
    await lineBecomes(/in {3}Text +\(?= \(empty\)/);
    // The step's exit stands below its arguments; its target is followed from there.
    const exit = page.locator(".editor-instance .view-line").filter({ hasText: /exit.Next.->.7\b/ });
    await exit.locator("span span").last().click();
    await lineBecomes(/exit Next -> 7/);
    await page.keyboard.press("F12");
    await lineBecomes(/^step 7 /);
  });

  it("are counted in the explorer", async () => {
    await workbench().openFile("IVR_Callback.ihd");
    await workbench().command("View: Show Explorer");
    const file = workbench().tree("Files Explorer").getByRole("treeitem", { name: "IVR_Callback.ihd" });
    await file.waitFor();
    const badge = await file
      .locator(".monaco-icon-label")
      .first()
      .evaluate((element) => element.ownerDocument.defaultView!.getComputedStyle(element, "::after").content);
    assert.equal(badge.replace(/"/g, ""), "6");
  });

  it("that cannot be read are told, and nothing else stops working", async () => {
    writeFileSync(
      join(workbench().folder, "Shared/Damaged.ihd"),
      Buffer.from([1, 0, 0, 0, 255, 255, 255, 127, 9]),
    );
    const problem = (await workbench().problems()).filter({ hasText: "Reading stopped at offset" });
    await problem.click();
    await workbench().tab("Damaged.ihd.listing").waitFor();
    await row(await handlers(), "IVR_MainMenu").waitFor();
    assert.deepEqual(
      workbench().errors.filter((error) => /handler-workbench/i.test(error)),
      [],
    );
  });

  it("have a status that says what the server does, and restarts it", async () => {
    const { page } = workbench();
    await workbench().openFile("IVR_Callback.ihd");
    await workbench().command("Open Listing");
    await workbench().tab("IVR_Callback.ihd.listing").waitFor();
    await page
      .locator("[id='status.languageStatus'], .statusbar-item[aria-label*='Editor Language Status']")
      .first()
      .click();
    const status = page.locator(".hover-language-status");
    await status.getByText(/\d+ handlers/).waitFor();
    await status.getByText("Restart").click();
    await row(await handlers(), "IVR_MainMenu").waitFor();
  });
});

describe("a folder that is not trusted", () => {
  const workbench = sharedWorkbench({ folder: sampleFolder, trust: false });

  it("shows its handlers all the same: nothing in them is run", async () => {
    const tree = await workbench().openView("Handlers");
    await tree.getByRole("treeitem", { name: "IVR_Callback" }).waitFor();
  });
});
