import type { Locator } from "playwright-core";
import type { Workbench } from "./workbench";

/** Shows a view and folds the others of its container: rows that are out of sight are not there. */
export async function openAlone(workbench: Workbench, name: string): Promise<Locator> {
  const tree = await workbench.openView(name);
  const others = workbench.page
    .locator(".sidebar .pane-header[aria-expanded=true]")
    .filter({ hasNotText: new RegExp(`^${name}`) });
  for (let left = await others.count(); left > 0; left = await others.count()) {
    await others.first().locator(".title").click();
    // One less is unfolded then.
    await others.nth(left - 1).waitFor({ state: "detached" });
  }
  return tree;
}
