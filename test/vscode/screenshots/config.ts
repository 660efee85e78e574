import { cpSync } from "node:fs";
import { join } from "node:path";
import { root } from "../extension";
import type { Scenario } from "../screenshots";

/** Small configuration files with their problems. */
const config: Scenario = async (workbench, picture) => {
  const { page, folder } = workbench;
  workbench.setSettings({ "editor.minimap.enabled": false });
  cpSync(join(root, "test/fixtures/config"), join(folder, "Configuration"), { recursive: true });
  await workbench.command("View: Show Explorer");
  await workbench.openFile("onex.reg");
  await workbench.problems();
  await page.locator(".squiggly-warning, .squiggly-error").first().waitFor();
  await page.waitForTimeout(800);
  await picture("config-problems");
};

export default config;
