import assert from "node:assert/strict";
import { randomFillSync } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { FrameLocator, Locator } from "playwright-core";
import { sampleFolder } from "../extension";
import { chooseFolder } from "../fileDialog";
import { sharedWorkbench } from "../hooks";
import { packagePassword, writePackage } from "../packages/makePackages";
import { handlers, newPackage, oldPackage, writeSamplePackages } from "../packages/samplePackages";

describe("packages, as a user sees them", () => {
  const workbench = sharedWorkbench({
    folder: sampleFolder,
    settings: { "handlerWorkbench.trace.server": "verbose", "files.simpleDialog.enable": true },
  });

  before(async () => {
    await writeSamplePackages(workbench().folder);
  });

  const name = basename(newPackage);

  /** Opens the view of a package, with everything in the tree shown. */
  async function open(file: string): Promise<FrameLocator> {
    await workbench().openFile(basename(file));
    const view = workbench().webview();
    await view.getByRole("treegrid").getByRole("row").nth(1).waitFor();
    return view;
  }

  const passwordBox = (): Locator => workbench().page.locator(".quick-input-widget input[type=password]");

  async function givePassword(password = packagePassword): Promise<void> {
    await passwordBox().waitFor();
    await passwordBox().fill(password);
    await passwordBox().press("Enter");
  }

  /** Gives the password unless an earlier test has. */
  async function unlock(view: FrameLocator): Promise<void> {
    const give = view.getByRole("button", { name: "Give Password..." });
    if (!(await give.isVisible())) return;
    await give.click();
    await givePassword();
    await view.getByRole("button", { name: "Forget Password" }).waitFor();
  }

  /** The row of an entry, found as users find it: by the filter. */
  async function find(view: FrameLocator, entry: string): Promise<Locator> {
    await view.getByRole("searchbox").fill(entry);
    return view.getByRole("row", { name: new RegExp(`^${entry.replaceAll(".", "\\.")}`) });
  }

  const modal = (): Locator => workbench().page.locator(".monaco-dialog-box");

  it("shows names and sizes without a password, tells a wrong one, and opens with the right one", async () => {
    const view = await open(newPackage);
    const closed = view.getByRole("row", { name: /^Users\.zip, zip that is not open/ });
    await closed.waitFor();
    await view.getByRole("button", { name: "Give Password..." }).click();
    await givePassword("not the password");
    const { page } = workbench();
    await page.locator(".quick-input-widget").getByText("The password is wrong").waitFor();
    assert.equal(await passwordBox().getAttribute("type"), "password");
    await givePassword();
    await view.getByRole("row", { name: /^Users\.zip, zip, component Users, 2 files/ }).waitFor();
    await passwordBox().waitFor({ state: "hidden" });
  });

  it("shows what the checks found, in the view and in Problems", async () => {
    const view = await open(newPackage);
    await unlock(view);
    await view
      .getByRole("button", { name: /AdminConfig is in the package, but no item named Workstations/ })
      .click();
    const row = view.getByRole("row", { name: /^AdminConfig/ });
    assert.equal(await row.getAttribute("aria-selected"), "true");
    const problems = await workbench().problems();
    await problems.filter({ hasText: "no item named Workstations" }).waitFor();
  });

  it("opens a handler inside a package in the flow view", async () => {
    const view = await open(newPackage);
    await unlock(view);
    await (await find(view, "IVR_MainMenu.ihd")).dblclick();
    await workbench().tab("IVR_MainMenu.ihd").waitFor();
    await workbench().webview().locator(".stage .step").first().waitFor();
    await workbench().command("Open Listing");
    await workbench().page.locator(".view-line").filter({ hasText: "subroutine IVR_MainMenu" }).waitFor();
  });

  it("opens text read-only and other content in hexadecimal, from the Packages view too", async () => {
    await unlock(await open(newPackage));
    const tree = await workbench().openView("Packages");
    const item = (label: string): Locator => tree.getByRole("treeitem", { name: label });
    await item(name).locator(".monaco-tl-twistie").click();
    await item("readme.txt").click();
    const lines = workbench().page.locator(".view-line");
    await lines.filter({ hasText: "Exported by Interaction Migrator." }).waitFor();
    await workbench().page.locator(".view-line").first().click();
    await workbench().page.keyboard.type("x");
    await workbench().page.getByText("Files inside a package are read-only").first().waitFor();

    await item("Interaction Attendant").click();
    await item("Waves").click();
    await item("welcome.bin").click();
    await lines.filter({ hasText: "00000000  00 1f 3e" }).waitFor();
  });

  it("works by keyboard alone", async () => {
    const view = await open(newPackage);
    await unlock(view);
    await view.getByRole("searchbox").fill("");
    await view.getByRole("searchbox").press("ArrowDown");
    const { page } = workbench();
    const active = view.locator(".row.active");
    for (const key of ["Home", "ArrowDown"]) await page.keyboard.press(key);
    await page.keyboard.type("ip");
    const activeIs = (selector: string): Promise<void> => view.locator(`.row.active${selector}`).waitFor();
    await activeIs("[aria-label^='IP, folder']");
    if ((await active.getAttribute("aria-expanded")) === "true") await page.keyboard.press("ArrowLeft");
    await activeIs("[aria-expanded=false]");
    for (const key of ["ArrowRight", "ArrowRight", "ArrowRight", "ArrowRight"])
      await page.keyboard.press(key);
    await activeIs("[aria-label^='IVR_AccountBalance.ihd'][aria-level='3']");
    await page.keyboard.press("Shift+ArrowDown");
    await view.getByText("2 selected").waitFor();
    await page.keyboard.press("Enter");
    await workbench().tab("IVR_Incoming.ihd").waitFor();
  });

  it("verifies a package", async () => {
    const view = await open(newPackage);
    await unlock(view);
    await view.getByRole("button", { name: "Verify" }).click();
    await view.getByText(/All \d+ entries were proven intact/).waitFor();
  });

  it("compares two packages file by file", async () => {
    const view = await open(newPackage);
    await unlock(view);
    await view.getByRole("button", { name: "Compare With..." }).click();
    const offered = workbench().page.locator(".quick-input-list .monaco-list-row");
    await offered.filter({ hasText: basename(oldPackage) }).click();
    await givePassword();

    const tree = workbench().tree("Package Comparison");
    await tree.getByRole("treeitem", { name: /^Queue Summary\.txt, added/ }).waitFor();
    await tree.getByRole("treeitem", { name: /^users\.xml, changed/ }).click();
    await workbench()
      .page.locator(".tabs-container")
      .getByRole("tab")
      .filter({ hasText: /users\.xml \([^)]*10[^)]* → [^)]*9[^)]*\)/ })
      .waitFor();
    await workbench().page.locator(".view-line").filter({ hasText: "Katherine" }).waitFor();

    await tree.getByRole("treeitem", { name: /^IVR_Incoming\.ihd, changed/ }).click();
    const listings = workbench().page.locator(".monaco-diff-editor").last();
    await listings.locator(".view-line").filter({ hasText: "IVR_Incoming" }).first().waitFor();
    const handler = tree.getByRole("treeitem", { name: /^IVR_Incoming\.ihd, changed/ });
    await handler.hover();
    await handler.getByRole("button", { name: "Open Flow Diff" }).click();
    await workbench().webview().locator(".change-list li").first().waitFor();

    const config = tree.getByRole("treeitem", { name: /^dialer_config\.xml, changed/ });
    await config.click();
    await workbench().webview().getByText("Summer").first().waitFor();
    await config.locator(".monaco-tl-twistie").click();
    await tree.getByRole("treeitem", { name: /^campaign/i }).waitFor();
  });

  it("compares a package with a folder", async () => {
    const folder = join(workbench().folder, "Extracted");
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "readme.txt"), "Something else\r\n");
    const view = await open(newPackage);
    await unlock(view);
    await view.getByRole("button", { name: "Compare With..." }).click();
    await workbench()
      .page.locator(".quick-input-list .monaco-list-row")
      .filter({ hasText: "A Folder..." })
      .click();
    await chooseFolder(workbench().page, folder, "Compare");
    const tree = workbench().tree("Package Comparison");
    await tree.getByRole("treeitem", { name: /^readme\.txt, changed/ }).click();
    await workbench().page.locator(".view-line").filter({ hasText: "Something else" }).waitFor();
  });

  it("extracts a selection after showing what it will do, and asks before it replaces anything", async () => {
    const to = join(workbench().folder, "Out");
    mkdirSync(join(to, "IP/Handlers.zip"), { recursive: true });
    const existing = join(to, "IP/Handlers.zip/IVR_Incoming.ihd");
    writeFileSync(existing, "mine");
    const view = await open(newPackage);
    await unlock(view);
    await (await find(view, "Handlers.zip")).click();
    await view.getByRole("button", { name: "Extract Selected..." }).click();
    await workbench()
      .page.locator(".quick-input-list .monaco-list-row")
      .filter({ hasText: "Unpack the zips inside" })
      .click();
    await chooseFolder(workbench().page, to, "Extract Here");
    await modal().getByText("Extract 4 files").waitFor();
    assert.match(await modal().innerText(), /1 of them are there already/);
    await modal().getByRole("button", { name: "Extract", exact: true }).click();
    await modal().getByText("1 of 4 files is there already.").waitFor();
    await modal().getByRole("button", { name: "Keep Existing" }).click();
    await workbench().notifications().filter({ hasText: "3 files" }).waitFor();
    assert.equal(readFileSync(existing, "utf8"), "mine");
    assert.deepEqual(
      readFileSync(join(to, "IP/Handlers.zip/IVR_Transfer.ihd")),
      Buffer.from(handlers(true)["IVR_Transfer.ihd"]!),
    );
    assert.equal(existsSync(join(to, "readme.txt")), false);
  });

  it("leaves nothing behind when an extraction is cancelled", async function () {
    this.timeout(120_000);
    const file = join(workbench().folder, "Exports/BIG_06092026143839.ininmigr");
    const noise = Buffer.alloc(120 * 1024 * 1024);
    randomFillSync(noise);
    await writePackage(file, { "1.bin": noise, "2.bin": noise, "3.bin": noise }, packagePassword);
    const to = join(workbench().folder, "Cancelled");
    mkdirSync(to);
    const view = await open(file);
    await unlock(view);
    await view.getByRole("button", { name: "Extract All..." }).click();
    await chooseFolder(workbench().page, to, "Extract Here");
    await modal().getByRole("button", { name: "Extract", exact: true }).click();
    const progress = workbench().notifications().filter({ hasText: "Extracting from" });
    await progress.filter({ hasText: /: \d\.bin/ }).waitFor();
    await progress.getByRole("button", { name: "Cancel" }).click();
    // It is told when what had been written is gone again, the folder in which files are prepared included.
    await workbench().notifications().filter({ hasText: "The extraction was cancelled" }).waitFor();
    assert.deepEqual(readdirSync(to), []);
  });

  it("builds a command line for the Migrator and shows its mistakes", async () => {
    await workbench().command("Build Interaction Migrator Command...");
    const form = workbench().webview();
    const line = form.getByRole("textbox", { name: "Command line" });
    const lineIs = async (wanted: RegExp): Promise<void> => {
      await form.locator("code.line").filter({ hasText: wanted }).waitFor();
    };
    await form.getByLabel("Folder for the package").fill("D:\\I3\\IC");
    await form.getByText(/where CIC is installed/).waitFor();
    await form.getByLabel("Folder for the package").fill("D:\\Migration");
    await form.getByText(/where CIC is installed/).waitFor({ state: "hidden" });
    await form.getByLabel("Chosen ones").check();
    await form.getByLabel("IP Phones", { exact: true }).check();
    await form.getByText("IP Phone Proxy Groups was added.").waitFor();
    await form.getByLabel("Environment variable that holds the password").fill("MIGRATION_PASSWORD");
    await lineIs(
      /-exportNodes="IP Phones, IP Phone Proxy Groups" -exportFolder="D:\\Migration" -password="%MIGRATION_PASSWORD%" -noprompt/,
    );
    assert.equal(await line.count(), 1);

    await form.getByLabel("Import into this server").check();
    await lineIs(/-import /);
    await form.getByText(/-importfile is missing/).waitFor();

    await form.getByLabel("Export from this server").check();
    await form.getByRole("button", { name: "Open as Script" }).click();
    await workbench()
      .page.locator(".view-line")
      .filter({ hasText: "ININ.Migrator.Console -export" })
      .waitFor();
  });

  it("marks mistakes in scripts that call the Migrator", async () => {
    const script =
      'ININ.Migrator.Console -export -exportNodes="all" -exportFolder="D:\\x" -password="hunter2" noprompt\r\n';
    writeFileSync(join(workbench().folder, "export.cmd"), script);
    await workbench().openFile("export.cmd");
    const problems = await workbench().problems();
    await problems.filter({ hasText: "the dash is missing: write -noprompt" }).waitFor();
    const said = problems.filter({ hasText: "the password stands here" });
    await said.waitFor();
    assert.doesNotMatch(await said.innerText(), /hunter2/);
  });

  async function lockAgain(view: FrameLocator): Promise<void> {
    await view.getByRole("button", { name: "Forget Password" }).click();
    await view.getByRole("button", { name: "Give Password..." }).waitFor();
  }

  it("locks a package again when its password is forgotten", async () => {
    const view = await open(newPackage);
    await unlock(view);
    await lockAgain(view);
    await unlock(view);
  });

  it("remembers a password when told to, until it is forgotten", async () => {
    const restarted = async (): Promise<FrameLocator> => {
      await workbench().command("View: Close All Editors");
      // The server is all that knows passwords.
      await workbench().command("Restart Language Server");
      return await open(oldPackage);
    };
    const view = await open(oldPackage);
    await unlock(view);
    await lockAgain(view);
    await workbench().command("Notifications: Clear All Notifications");
    await unlock(view);
    await workbench().notifications().getByRole("button", { name: "Remember Password" }).click();
    const remembered = await restarted();
    await remembered.getByRole("button", { name: "Forget Password" }).waitFor();
    await lockAgain(remembered);
    const forgotten = await restarted();
    await forgotten.getByRole("button", { name: "Give Password..." }).waitFor();
  });

  it("writes no password into the log, not even with a verbose trace", async () => {
    const { page } = workbench();
    await workbench().command("Developer: Set Log Level...");
    const row = (text: RegExp): Locator =>
      page.locator(".quick-input-list .monaco-list-row").filter({ hasText: text });
    await page.locator(".quick-input-box input").fill("Handler Workbench");
    await row(/^Handler Workbench/)
      .first()
      .click();
    await row(/^Trace/).click();
    const view = await open(newPackage);
    await unlock(view);
    await lockAgain(view);
    await unlock(view);
    // The log is written a moment later.
    const traced = (): boolean =>
      workbench()
        .logFiles()
        .some((text) => text.includes("Sending request 'handlerWorkbench/packageContents"));
    for (let tries = 0; !traced() && tries < 100; tries++) await workbench().page.waitForTimeout(100);
    assert.ok(traced(), "nothing was traced");
    assert.ok(
      !workbench()
        .logFiles()
        .some((text) => text.includes(packagePassword)),
      "the password is in a log",
    );
  });
});
