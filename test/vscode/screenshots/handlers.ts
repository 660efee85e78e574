import type { Scenario } from "../screenshots";

/** The flow in three themes, a listing with its problems, the Handlers view. */
const handlers: Scenario = async (workbench, picture) => {
  const { page } = workbench;
  await workbench.openView("Handlers");
  await workbench.openFile("IVR_MainMenu.ihd");
  const flow = workbench.webview();
  await flow.locator(".stage").focus();
  for (let step = 0; step < 4; step++) await page.keyboard.press("ArrowRight");
  await page.waitForTimeout(1000);
  await picture("flow-light");
  await picture("flow-dark", { theme: "dark" });
  await picture("flow-high-contrast", { theme: "high contrast" });
  await workbench.setTheme("light");
  const problems = await workbench.problems();
  await problems.nth(1).click();
  await page.waitForTimeout(1500);
  await picture("listing-problems");
};

export default handlers;
