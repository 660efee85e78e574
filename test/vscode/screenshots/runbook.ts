import { cpSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { RunbookStore } from "../../../server/src/runbook/store";
import { root } from "../extension";
import { startRunbook } from "../runbook";
import type { Scenario } from "../screenshots";

/** The runbook of a migration that is under way. */
const runbook: Scenario = async (workbench, picture) => {
  const { folder, page } = workbench;
  cpSync(join(root, "test/fixtures/dialer/source"), join(folder, "Dialer"), { recursive: true });
  cpSync(join(folder, "Dialer/UDL/Contacts.UDL"), join(folder, "Dialer/UDL/archive.udl"));
  mkdirSync(join(folder, "Custom/ToBeMigrated"), { recursive: true });
  const tree = await startRunbook(workbench, "SQL Server", "Interaction Dialer", "Workstations");
  const store = new RunbookStore(folder);
  const done = ["support", "versions", "licences", "scenario", "image"].map((name) => `plan/${name}`);
  await store.change(
    [...done, "handlers/inventory", "handlers/backup-custom", "export/migrator"].map((step) => ({
      what: "state",
      step,
      state: "done",
    })),
    "Ann",
  );
  await store.change(
    [
      { what: "state", step: "plan/lab", state: "notNeeded" },
      { what: "state", step: "export/stop", state: "blocked" },
      { what: "note", step: "export/stop", note: "window on Saturday, 22:00" },
      { what: "note", step: "handlers/plan", note: "14 of 31 handlers to carry forward" },
      { what: "evidence", step: "handlers/plan", evidence: "reports/handler-diff.html" },
      { what: "state", step: "dialer/migrate", state: "done" },
    ],
    "Bob",
  );
  await tree.getByRole("treeitem", { name: /^2\.3 .*proved/ }).waitFor();
  await tree.getByRole("treeitem", { name: /^1\.2 / }).click();
  await tree.getByRole("treeitem", { name: /^1\.2 / }).press("ArrowRight");
  await page.locator(".sidebar").hover();
  const sash = page.locator(".monaco-sash.vertical").nth(1);
  const at = await sash.boundingBox();
  if (at) {
    await page.mouse.move(at.x + 2, at.y + 200);
    await page.mouse.down();
    await page.mouse.move(at.x + 330, at.y + 200, { steps: 5 });
    await page.mouse.up();
  }
  await workbench.command("Get Started with Handlers and Migration");
  await page.locator(".getting-started-step").first().waitFor();
  await page.waitForTimeout(1500);
  await picture("runbook");
};

export default runbook;
