import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { writeCatalogue } from "../../../server/src/catalogue/catalogueFile";
import { Learner } from "../../../server/src/catalogue/learn";
import { toModel } from "../../builder/model";
import { targetHandlers } from "../../fixtures/handlers/target";
import type { Scenario } from "../screenshots";

/** What a target makes of the handlers: hints by tool, both signatures in a hover, and dependencies by tool. */
const migration: Scenario = async (workbench, picture) => {
  const { page, folder } = workbench;
  const learner = new Learner();
  for (const built of targetHandlers()) learner.add(toModel(built));
  const file = join(folder, "2018-R5.catalogue.json");
  writeFileSync(file, writeCatalogue(learner.catalogue("2018 R5")));
  workbench.setSettings({ "handlerWorkbench.migration.targetCatalogue": "2018-R5.catalogue.json" });
  const hints = await workbench.openView("Migration Hints");
  const tool = hints.getByRole("treeitem", { name: /use Telephony:Get Key/ });
  await tool.click();
  await hints
    .getByRole("treeitem", { name: /^IVR_MainMenu/ })
    .first()
    .click();
  const line = page.locator(".view-line").filter({ hasText: "Telephony:Get" }).first();
  await line.waitFor();
  await line.getByText("Telephony:Get").first().hover();
  await page.locator(".monaco-hover:visible table").waitFor();
  await page.waitForTimeout(800);
  await picture("migration-hints");

  await workbench.reset();
  const dependencies = await workbench.openView("Dependencies");
  await dependencies.getByRole("treeitem", { name: /^Tools/ }).click();
  await dependencies.getByRole("treeitem", { name: /^Telephony:Get Key/ }).click();
  await dependencies.getByRole("treeitem", { name: /^IVR_Callback/ }).click();
  await page.waitForTimeout(1200);
  await picture("dependencies");
  rmSync(file);
  workbench.setSettings({ "handlerWorkbench.migration.targetCatalogue": "" });
};

export default migration;
