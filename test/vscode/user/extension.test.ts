import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { sampleFolder } from "../extension";
import { sharedWorkbench } from "../hooks";

describe("the workbench", () => {
  const workbench = sharedWorkbench({ folder: sampleFolder });

  it("shows the sample folder", async () => {
    const files = workbench().tree("Files Explorer").getByRole("treeitem");
    await files.first().waitFor();
    const shown = await files.allInnerTexts();
    const there = readdirSync(sampleFolder).filter((name) => !name.startsWith("."));
    assert.deepEqual(
      there.filter((name) => !shown.includes(name)),
      [],
    );
  });

  it("has the extension installed and enabled", async () => {
    await workbench().command("Extensions: Show Enabled Extensions");
    const entry = workbench().page.locator(".extension-list-item").filter({ hasText: "Handler Workbench" });
    await entry.waitFor();
  });
});
