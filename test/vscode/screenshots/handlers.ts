import type { Scenario } from "../screenshots";

/** A listing with its problems beside the Handlers view. */
const handlers: Scenario = async (workbench, picture) => {
  await workbench.openView("Handlers");
  await workbench.openFile("IVR_MainMenu.ihd");
  const problems = await workbench.problems();
  await problems.nth(1).click();
  await workbench.page.waitForTimeout(1500);
  await picture("listing-problems");
};

export default handlers;
