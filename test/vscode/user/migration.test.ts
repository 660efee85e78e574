import { join } from "node:path";
import type { Locator } from "playwright-core";
import { root } from "../extension";
import { sharedWorkbench } from "../hooks";
import { written } from "../written";

const row = (tree: Locator, name: RegExp): Locator => tree.getByRole("treeitem", { name }).first();

describe("dependencies and inventory, as a user does", () => {
  const workbench = sharedWorkbench({ folder: join(root, "test/fixtures/releases") });
  const handlersAreRead = async (): Promise<void> => {
    const handlers = await workbench().openView("Handlers");
    await handlers.getByRole("treeitem").nth(3).waitFor();
  };

  it("groups dependencies by tool, then by handler, and opens the step", async () => {
    await handlersAreRead();
    // By item is how it begins.
    const tree = await workbench().openView("Dependencies");
    await row(tree, /^Tools/).click();
    await row(tree, /^Telephony:Get Key/).click();
    await row(tree, /^IVR_AccountBalance/).click();
    await workbench().tab("IVR_AccountBalance.ihd.listing").first().waitFor();
    await workbench().command("Group Dependencies by Handler");
    await row(tree, /^Tools/).waitFor({ state: "detached" });
    await row(tree, /^IVR_AccountBalance/).waitFor();
  });

  it("takes an inventory against base handlers, and keeps what is written beside them", async () => {
    const { page, folder } = workbench();
    await handlersAreRead();
    await workbench().command("Take Inventory of Handlers...");
    const picker = page.locator(".quick-input-widget");
    for (const [title, choice] of [
      ["Inventory (1/2): Handlers", "custom"],
      ["Inventory (2/2): Base", "Choose their folder..."],
      ["Inventory (2/2): Base", "old-base"],
    ] as const) {
      await picker.locator(".quick-input-title").filter({ hasText: title }).waitFor();
      await picker.locator(".monaco-list-row").getByText(choice, { exact: true }).first().click();
    }
    const view = workbench().webview();
    await view.getByRole("row", { name: /^IVR_Incoming modified base/ }).waitFor();
    await view.getByRole("combobox").selectOption("custom");
    await view.getByRole("row", { name: /^IVR_Incoming/ }).waitFor({ state: "detached" });
    const cell = view.getByRole("textbox", { name: "owner of Contoso_Survey" });
    await cell.fill("Ann");
    await cell.press("Enter");
    const file = join(folder, ".handler-workbench/inventory.json");
    await written(file, /"Contoso_Survey": \{"owner":"Ann"\}/);
  });
});
