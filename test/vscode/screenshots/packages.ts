import { basename } from "node:path";
import { packagePassword } from "../packages/makePackages";
import { newPackage, oldPackage, writeSamplePackages } from "../packages/samplePackages";
import type { Scenario } from "../screenshots";

/** A package with what the checks say, two packages compared, and the form for the Migrator. */
const packages: Scenario = async (workbench, picture) => {
  const { page } = workbench;
  await writeSamplePackages(workbench.folder);
  const givePassword = async (): Promise<void> => {
    const box = page.locator(".quick-input-widget input[type=password]");
    await box.waitFor();
    await box.fill(packagePassword);
    await box.press("Enter");
    await box.waitFor({ state: "hidden" });
  };
  await workbench.openFile(basename(newPackage));
  const view = workbench.webview();
  await view.getByRole("button", { name: "Give Password..." }).click();
  await givePassword();
  await view.getByRole("button", { name: "Forget Password" }).waitFor();
  await view.getByRole("row", { name: /^Users\.zip, zip, component Users/ }).waitFor();
  await workbench.command("Notifications: Clear All Notifications");
  await view.getByRole("row", { name: /^IP, / }).click();
  await page.waitForTimeout(500);
  for (const theme of ["light", "dark"] as const) await picture(`package-${theme}`, { theme });
  await workbench.setTheme("light");

  await view.getByRole("button", { name: "Compare With..." }).click();
  const offered = page.locator(".quick-input-list .monaco-list-row");
  await offered.filter({ hasText: basename(oldPackage) }).click();
  await givePassword();
  const tree = workbench.tree("Package Comparison");
  const handler = tree.getByRole("treeitem", { name: /^IVR_Incoming\.ihd, changed/ });
  await handler.waitFor();
  await workbench.command("Notifications: Clear All Notifications");
  await handler.locator(".monaco-tl-twistie").click();
  await handler.hover();
  await handler.getByRole("button", { name: "Open Flow Diff" }).click();
  await workbench.webview().locator(".change-list li").first().waitFor();
  await page.waitForTimeout(800);
  await picture("package-comparison");

  await workbench.command("View: Close All Editors");
  await workbench.command("Build Interaction Migrator Command...");
  const form = workbench.webview();
  await form.getByLabel("Folder for the package").fill("D:\\I3\\IC\\Migration");
  await form.getByLabel("Chosen ones").check();
  await form.getByLabel("IP Phones", { exact: true }).check();
  await form.getByText("IP Phone Proxy Groups was added.").waitFor();
  await page.waitForTimeout(500);
  await picture("migrator-command");
};

export default packages;
