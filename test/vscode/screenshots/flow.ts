import type { Scenario } from "../screenshots";

/** The flow with a step selected, in the themes that differ most. */
const scenario: Scenario = async (workbench, picture) => {
  await workbench.openFile("IVR_MainMenu.ihd");
  const view = workbench.webview();
  await view.locator(".stage .step").first().waitFor();
  await view.getByRole("textbox").fill("#4");
  await view.locator(".details h2", { hasText: "Ask" }).waitFor();
  await view.locator(".stage").focus();
  // The glide to the step, and the layer that is drawn when it ends.
  await workbench.page.waitForTimeout(600);
  for (const theme of ["light", "dark", "high contrast"] as const)
    await picture(`flow-${theme.replace(" ", "-")}`, { theme });
};

export default scenario;
