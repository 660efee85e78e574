import assert from "node:assert/strict";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FrameLocator, Locator } from "playwright-core";
import { root } from "../extension";
import { sharedWorkbench } from "../hooks";

const fixtures = join(root, "test/fixtures");

describe("Dialer configurations, as a user sees them", () => {
  const source = mkdtempSync(join(tmpdir(), "hw-dialer-"));
  cpSync(join(fixtures, "dialer/source"), source, { recursive: true });
  cpSync(join(fixtures, "dialer/target"), join(source, "target"), { recursive: true });
  cpSync(join(fixtures, "config/ports.txt"), join(source, "listening"));
  const workbench = sharedWorkbench({ folder: source });
  after(() => rmSync(source, { recursive: true, force: true }));

  const dialer = async (): Promise<Locator> => {
    const tree = await workbench().openView("Dialer");
    await row(tree, "Campaigns").waitFor();
    return tree;
  };
  const row = (tree: Locator, name: string): Locator =>
    tree.getByRole("treeitem").filter({ has: workbench().page.getByText(name, { exact: true }) });
  const expand = async (tree: Locator, name: string): Promise<void> => {
    const item = row(tree, name).first();
    if ((await item.getAttribute("aria-expanded")) === "false")
      await item.locator(".monaco-tl-twistie").click();
  };
  const open = async (): Promise<void> => {
    await workbench().openFile("dialer_config.xml");
    // The button of the title says that the file was recognised.
    await workbench().page.getByRole("button", { name: "Show What Will Migrate" }).waitFor();
  };
  const picker = (): Locator => workbench().page.locator(".quick-input-widget");
  const asked = (): Locator => picker().locator(".quick-input-box input");
  /** What the picker offers, one a row. */
  const labels = (): Promise<string[]> =>
    picker()
      .locator(".monaco-list-row")
      .evaluateAll((rows) => rows.map((each) => each.querySelector(".label-name")?.textContent ?? ""));
  /** Text where the cursor is, from the status bar: `Ln 3, Col 7`. */
  const cursor = (line: number): Promise<void> =>
    workbench()
      .page.locator("#status\\.editor\\.selection")
      .filter({ hasText: new RegExp(`Ln ${line},`) })
      .waitFor();
  const lineOf = (text: string): number => {
    const lines = readFileSync(join(workbench().folder, "dialer_config.xml"), "utf8").split("\n");
    return lines.findIndex((line) => line.includes(text)) + 1;
  };
  /** Saves with the name that the dialog offers. */
  const save = async (report: FrameLocator, name: string): Promise<string> => {
    await report.getByRole("button", { name: "Save As..." }).click();
    await picker().getByText("Save Report").waitFor();
    await picker().getByRole("button", { name: "OK", exact: true }).click();
    await workbench()
      .notifications()
      .filter({ hasText: `was saved to ${name}` })
      .waitFor();
    return readFileSync(join(workbench().folder, name), "utf8");
  };
  /** Cells of the rows of a table of the report. */
  const cells = async (report: FrameLocator, title: string): Promise<string[][]> => {
    const table = report
      .locator("section")
      .filter({ has: report.getByRole("heading", { name: title, exact: true }) });
    await table.first().waitFor();
    const rows = await table.locator("tbody tr").all();
    return await Promise.all(rows.map(async (each) => await each.locator("td").allInnerTexts()));
  };

  it("stand in a view with their objects by kind, and open at the object", async () => {
    const tree = await dialer();
    await expand(tree, "Workflows");
    assert.match(await row(tree, "Old stuff").innerText(), /deleted/);
    await row(tree, "Winter").click();
    await cursor(lineOf('name="Winter"'));
  });

  it("show who refers to an object, in the view and as a list to choose from", async () => {
    const tree = await dialer();
    await expand(tree, "Rule Sets");
    await expand(tree, "Evening");
    await row(tree, "Summer").first().waitFor();
    await row(tree, "Evening").hover();
    await row(tree, "Evening").getByRole("button", { name: "Who Refers to This" }).click();
    await picker().getByText("Who refers to rule set “Evening”").waitFor();
    const offer = picker()
      .locator(".monaco-list-row")
      .filter({ has: workbench().page.getByText("Summer", { exact: true }) });
    await offer.waitFor();
    assert.deepEqual((await labels()).slice(0, 3), ["Spring", "Summer", "Winter calls"]);
    await offer.click();
    await cursor(lineOf("i3_spring_re0") - 1);
  });

  it("can be filtered while one types", async () => {
    const tree = await dialer();
    await workbench().command("Filter Dialer Objects...");
    await picker().getByText("Filter Dialer Objects", { exact: true }).waitFor();
    await asked().fill("campaign win");
    await row(tree, "Winter calls").waitFor();
    await asked().press("Enter");
    await row(tree, "Rule Sets").waitFor({ state: "detached" });
    assert.equal(await row(tree, "Spring").count(), 0);
    await workbench().command("Clear Filter of Dialer Objects");
    await row(tree, "Rule Sets").waitFor();
  });

  it("have their objects in the outline and in the breadcrumbs", async () => {
    await open();
    await workbench().command("Go to Line/Column...");
    // The palette is the same input; this one begins with a colon.
    for (let tries = 0; !(await asked().inputValue()).startsWith(":") && tries < 100; tries++)
      await workbench().page.waitForTimeout(50);
    await asked().fill(`:${lineOf("<actiontype>pager")}`);
    await asked().press("Enter");
    const crumbs = workbench().page.locator(".breadcrumbs-control");
    await crumbs.getByText("Page the supervisor").waitFor();
    assert.match(
      (await crumbs.innerText()).replaceAll("\n", " "),
      /Evening.*Low hit rate.*Page the supervisor/,
    );
  });

  it("tell what will migrate; a click opens the object, and the report can be saved", async () => {
    await open();
    await workbench().page.getByRole("button", { name: "Show What Will Migrate" }).click();
    const report = workbench().webview();
    const objects = await cells(report, "Objects");
    assert.deepEqual(objects.find(([, name]) => name === "Winter calls")?.slice(0, 4), [
      "campaign",
      "Winter calls",
      "stays behind",
      "workflow “Winter” is Off",
    ]);
    await report.getByRole("searchbox", { name: "Filter rows" }).fill("stays winter");
    assert.equal((await cells(report, "Objects")).length, 1);
    const html = await save(report, "dialer_config.migration.html");
    assert.match(html, /<h1>What will migrate: dialer_config\.xml<\/h1>[^]*Winter calls/);
    await report.getByRole("link", { name: "Winter calls" }).click();
    await cursor(lineOf('name="Winter calls"'));
  });

  it("list the workflows for the database migration, with the filters of the guide", async () => {
    await open();
    await workbench().command("List Workflows for the Database Migration...");
    await picker().getByText("Status", { exact: true }).waitFor();
    const untick = async (label: string): Promise<void> =>
      await picker()
        .locator(".monaco-list-row")
        .filter({ has: workbench().page.getByText(label, { exact: true }) })
        .locator(".monaco-checkbox, .quick-input-list-checkbox")
        .first()
        .click();
    await untick("Completed");
    await untick("Paused");
    await picker().getByRole("button", { name: "OK" }).click();
    const report = workbench().webview();
    const rows = await cells(report, "Workflows");
    assert.deepEqual(
      rows.map(([name]) => name),
      ["Outbound"],
    );
    await report.getByText("1 of 3 workflows: status Active or Off or Error, not paused.").waitFor();
    const csv = await save(report, "dialer_config.workflows.csv");
    assert.match(csv, /^\uFEFF"Workflow","Status",[^\r]*\r\n"Outbound","Active","no","no",/);
  });

  it("are compared with each other, without what changes while Dialer runs", async () => {
    await workbench().openFile("monday.xml");
    await workbench().page.getByRole("button", { name: "Show What Will Migrate" }).waitFor();
    await workbench().openFile("tuesday.xml");
    await workbench().page.getByRole("button", { name: "Show What Will Migrate" }).waitFor();
    await workbench().command("Compare Dialer Configurations...");
    await picker().getByText("Compare target/tuesday.xml with").waitFor();
    await picker().locator(".monaco-list-row").filter({ hasText: "monday.xml" }).click();
    const report = workbench().webview();
    const before = await cells(report, "Differences");
    assert.ok(before.length > 0);
    await report.getByRole("button", { name: "Show Run State Too" }).click();
    await report.getByRole("button", { name: "Leave Out Run State" }).waitFor();
    const all = await cells(report, "Differences");
    assert.ok(all.length > before.length, `${all.length} after ${before.length}`);
  });

  it("lose deleted workflows only in a new file, after the difference was shown", async () => {
    await open();
    const file = join(workbench().folder, "dialer_config.xml");
    const original = readFileSync(file, "utf8");
    const target = join(workbench().folder, "dialer_config.without-deleted.xml");
    await workbench().command("Remove Deleted Workflows...");
    await workbench()
      .page.getByRole("tab", { name: /without deleted workflows/ })
      .waitFor();
    await workbench().page.locator(".monaco-diff-editor").first().waitFor();
    const message = workbench().notifications().filter({ hasText: "1 deleted workflow would be removed" });
    assert.match(
      await message.innerText(),
      /“Old stuff” \(marked by deleted="1"\)[^]*Nothing is written yet/,
    );
    assert.equal(existsSync(target), false);
    await message.getByRole("button", { name: "Write New File" }).click();
    await workbench().tab("dialer_config.without-deleted.xml").waitFor();
    const written = readFileSync(target, "utf8");
    assert.ok(!written.includes("Old stuff") && written.includes("Winter"));
    assert.equal(readFileSync(file, "utf8"), original);
    // Again: the file that is there now stays as it is as well.
    await workbench().tab("dialer_config.xml").click();
    await workbench().command("Remove Deleted Workflows...");
    await workbench().page.getByRole("button", { name: "Write New File" }).first().click();
    await workbench().tab("dialer_config.without-deleted-2.xml").waitFor();
    assert.equal(readFileSync(target, "utf8"), written);
    rmSync(target);
    rmSync(join(workbench().folder, "dialer_config.without-deleted-2.xml"));
  });

  it("and a file of any name is checked as what the user says it is", async () => {
    await workbench().openFile("listening");
    await workbench().command("Check As...");
    await picker().locator(".monaco-list-row").filter({ hasText: "saved netstat" }).click();
    const problems = await workbench().problems();
    await problems.filter({ hasText: "Port 8080 is in use" }).first().waitFor();
    await workbench().tab("listening").click();
    await workbench().command("Check As...");
    await picker().locator(".monaco-list-row").filter({ hasText: "Do Not Check" }).click();
    await problems.filter({ hasText: "Port 8080 is in use" }).first().waitFor({ state: "detached" });
  });

  it("offer nothing where it does not apply", async () => {
    await workbench().openFile("tnsnames.ora");
    const known = picker().getByText("Handler Workbench: Check As...", { exact: true });
    // The editor takes the focus when it opens, which may close the palette.
    for (let tries = 0; !(await known.isVisible()) && tries < 20; tries++) {
      await workbench().page.keyboard.press("F1");
      await asked()
        .fill(">Handler Workbench: ", { timeout: 2_000 })
        .catch(() => undefined);
      await known.waitFor({ timeout: 2_000 }).catch(() => undefined);
    }
    const offered = await labels();
    for (const title of ["Show What Will Migrate", "Compare Dialer", "Remove Deleted", "Write New File"])
      assert.ok(!offered.some((label) => label.includes(title)), title);
  });
});
