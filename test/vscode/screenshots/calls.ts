import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { toIhd } from "../../builder/ihd";
import { estate } from "../../estate";
import type { Scenario } from "../screenshots";

const parent = mkdtempSync(join(tmpdir(), "hw-estate-"));
process.once("exit", () => rmSync(parent, { recursive: true, force: true }));

/** An estate of 500 handlers. */
export const folder = join(parent, "Handlers");
mkdirSync(folder);
for (const built of estate(500, 12)) writeFileSync(join(folder, `${built.name}.ihd`), toIhd(built));

mkdirSync(join(folder, ".vscode"));
// What the checks find in made-up handlers is not what is to be seen.
const settings = { "handlerWorkbench.ignoredFindings": { "*": ["*"] } };
writeFileSync(join(folder, ".vscode/settings.json"), JSON.stringify(settings));

/** Who calls whom: all handlers, one of them selected, and the calls around it. */
const calls: Scenario = async (workbench, picture) => {
  const { page } = workbench;
  const handlers = await workbench.openView("Handlers");
  await handlers.getByRole("treeitem").nth(3).waitFor();
  await workbench.command("Show Picture of Calls");
  const view = workbench.webview();
  await view.locator(".box").nth(400).waitFor({ state: "attached" });
  await page.waitForTimeout(800);
  await picture("calls-all");
  await view.getByRole("searchbox").fill("Area3_Handler2");
  await page.waitForTimeout(800);
  for (const theme of ["light", "dark"] as const) await picture(`calls-${theme}`, { theme });
  await view.getByRole("button", { name: "Only Its Calls" }).click();
  await view.getByRole("button", { name: "All Calls" }).waitFor();
  await page.waitForTimeout(800);
  await picture("calls-one");
};

export default calls;
