import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { copyFileSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { sampleFolder } from "../extension";
import { sharedWorkbench } from "../hooks";

describe("the flow of a handler", () => {
  const workbench = sharedWorkbench({ folder: sampleFolder, settings: { "git.enabled": true } });
  const flow = (index = 0) => workbench().webview(index);
  const title = (index = 0) => flow(index).locator(".details h2");
  const file = (name: string) => join(workbench().folder, name);

  async function open(name: string): Promise<void> {
    await workbench().openFile(name);
    await flow().locator(".stage .step").first().waitFor();
  }

  const press = async (...keys: string[]) => {
    for (const key of keys) await workbench().page.keyboard.press(key);
  };

  /** Waits until `value` gives what is wanted; the editor follows the user, not the test. */
  async function soon<T>(value: () => Promise<T>, wanted: T): Promise<void> {
    let last: T | undefined;
    for (let tries = 0; tries < 100; tries++) {
      last = await value().catch(() => undefined);
      if (last === wanted) return;
      await workbench().page.waitForTimeout(100);
    }
    assert.equal(last, wanted);
  }

  it("is what an .ihd file opens as, drawn without a complaint", async () => {
    const before = workbench().errors.length;
    await open("IVR_MainMenu.ihd");
    const labels = await flow().locator(".stage .step title").allTextContents();
    assert.ok(labels.some((label) => label.startsWith("IVR_MainMenu (0)")));
    assert.ok((await flow().locator(".stage .link.error").count()) > 0);
    const complaints = workbench().errors.slice(before);
    assert.deepEqual(
      complaints.filter((one) => /Content Security Policy|flow\.js|Refused/.test(one)),
      [],
    );
  });

  it("is searched, walked by arrow keys and left for the listing", async () => {
    await open("IVR_MainMenu.ihd");
    await flow().getByRole("textbox").fill("welcome");
    await soon(() => title().innerText(), "Welcome");
    await press("Escape", "ArrowRight");
    await soon(() => title().innerText(), "Menu");
    await press("Escape");
    await soon(() => title().innerText(), "Welcome");
    await press("Enter");
    const listing = workbench().page.locator(".editor-instance .monaco-editor").first();
    await listing.getByText("Welcome").first().waitFor();
    await workbench()
      .page.locator("#workbench\\.parts\\.statusbar")
      .getByText(/Ln [1-9]\d*,/)
      .waitFor();
  });

  it("leads to the flow of a subroutine that is called", async () => {
    await open("IVR_MainMenu.ihd");
    await flow().getByRole("textbox").fill("IVR_AccountBalance");
    await soon(() => title().innerText(), "IVR_AccountBalance");
    await press("Escape", "s");
    await workbench().tab("IVR_AccountBalance.ihd").waitFor();
    await flow()
      .locator(".stage .step.k-start title", { hasText: "IVR_AccountBalance" })
      .first()
      .waitFor({ state: "attached" });
  });

  it("keeps selection and zoom behind another editor", async () => {
    await open("IVR_MainMenu.ihd");
    const scale = () => flow().locator(".scale").innerText();
    await flow().locator(".stage").focus();
    const before = await scale();
    await press("Home", "ArrowRight", "+");
    await soon(() => title().innerText(), "Language");
    await soon(async () => (await scale()) !== before, true);
    const zoomed = await scale();
    // Remembered a moment after the last change.
    await workbench().page.waitForTimeout(500);
    await open("IVR_Incoming.ihd");
    await workbench().tab("IVR_MainMenu.ihd").click();
    await soon(() => title().innerText(), "Language");
    await soon(scale, zoomed);
  });

  it("follows its file: another version, none, and again one", async () => {
    copyFileSync(file("IVR/IVR_Transfer.ihd"), file("Changing.ihd"));
    await open("Changing.ihd");
    const steps = await flow().locator(".stage .step").count();
    copyFileSync(file("IVR/IVR_MainMenu.ihd"), file("Changing.ihd"));
    await flow().locator(".stage .step title", { hasText: "Welcome" }).first().waitFor({ state: "attached" });
    writeFileSync(file("Changing.ihd"), "this is no handler");
    await flow().locator(".message-card", { hasText: "holds text, not a handler" }).waitFor();
    rmSync(file("Changing.ihd"));
    await flow()
      .locator(".message-card", { hasText: /not there any more|does not exist/ })
      .waitFor();
    copyFileSync(file("IVR/IVR_Transfer.ihd"), file("Changing.ihd"));
    await soon(() => flow().locator(".stage .step").count(), steps);
    rmSync(file("Changing.ihd"));
  });

  it("is exported as SVG and as PNG to where the user says", async () => {
    await open("IVR_Transfer.ihd");
    const { page } = workbench();
    const dialog = page.locator(".quick-input-widget");
    for (const [command, name] of [
      ["Export Flow as SVG...", "exported.svg"],
      ["Export Flow as PNG...", "exported.png"],
    ] as const) {
      await workbench().command(command);
      const input = dialog.locator("input").first();
      // The dialog writes its own proposal first, and follows what is typed after a while.
      const folderListed = dialog.getByText("Notifications", { exact: true });
      for (let tries = 0; tries < 20 && !(await folderListed.isVisible()); tries++) {
        await input.fill(file(name));
        await page.waitForTimeout(500);
      }
      await dialog.getByText("OK", { exact: true }).click();
      for (let tries = 0; !existsSync(file(name)) && tries < 100; tries++) await page.waitForTimeout(100);
      await workbench().notifications().getByText(`exported to ${name}`).waitFor();
    }
    assert.match(readFileSync(file("exported.svg"), "utf8"), /^<svg [\s\S]*IVR_Transfer[\s\S]*<\/svg>\s*$/);
    assert.deepEqual([...readFileSync(file("exported.png")).subarray(1, 4)], [0x50, 0x4e, 0x47]);
    rmSync(file("exported.svg"));
    rmSync(file("exported.png"));
  });

  it("is offered for handler XML", async () => {
    const { page } = workbench();
    await workbench().openFile("Shared_CustomerLookup.xml");
    await workbench().command("View: Reopen Editor With...");
    await page.locator(".quick-input-widget").getByText("Handler Flow").first().click();
    await flow().locator(".stage .step").first().waitFor();
    await flow()
      .locator(".stage .step title", { hasText: "Shared_CustomerLookup" })
      .first()
      .waitFor({ state: "attached" });
  });

  it("shows two versions side by side in a git diff", async () => {
    const git = (...args: string[]) =>
      execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@example.com", ...args], {
        cwd: workbench().folder,
        stdio: "pipe",
      });
    git("init", "-q");
    git("add", "IVR/IVR_Transfer.ihd");
    git("commit", "-q", "-m", "first");
    copyFileSync(file("IVR/IVR_MainMenu.ihd"), file("IVR/IVR_Transfer.ihd"));
    try {
      await open("IVR_Transfer.ihd");
      const { page } = workbench();
      const views = page.locator("iframe.webview.ready:visible");
      // Git looks at a new repository when it gets to it.
      for (let tries = 0; tries < 10 && (await views.count()) < 2; tries++) {
        const changes = page.locator(".editor-actions [aria-label^='Open Changes']").first();
        if (await changes.isVisible()) await changes.click();
        await page.waitForTimeout(1000);
      }
      const steps = (index: number) => flow(index).locator(".stage .step title").allTextContents();
      const sides = async (): Promise<string> =>
        (await Promise.all([steps(0), steps(1)]))
          .map((labels) =>
            labels.some((label) => label.startsWith("Welcome")) ? "new" : labels.length > 0 ? "old" : "-",
          )
          .sort()
          .join();
      await soon(sides, "new,old");
    } finally {
      rmSync(join(workbench().folder, ".git"), { recursive: true, force: true });
      copyFileSync(join(sampleFolder, "IVR/IVR_Transfer.ihd"), file("IVR/IVR_Transfer.ihd"));
    }
  });
});
