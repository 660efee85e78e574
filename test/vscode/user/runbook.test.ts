import { readFileSync } from "node:fs";
import { join } from "node:path";
import assert from "node:assert/strict";
import type { Locator } from "playwright-core";
import { RunbookStore } from "../../../server/src/runbook/store";
import { sampleFolder } from "../extension";
import { sharedWorkbench } from "../hooks";
import { startRunbook } from "../runbook";

describe("the migration runbook, as a user sees it", () => {
  const workbench = sharedWorkbench({ folder: sampleFolder });
  const row = (tree: Locator, name: RegExp): Locator => tree.getByRole("treeitem", { name }).first();

  it("is started, ticked, and follows what somebody else writes", async () => {
    const { folder } = workbench();
    const tree = await startRunbook(workbench(), "SQL Server");
    // The first look at the workspace is over, and no row is made anew under the mouse.
    await row(tree, /^2\.6 Export the configuration/).click();
    await row(tree, /^2\.6 Export the configuration/).press("ArrowRight");
    await row(tree, /^Not proved: There is no \.ininmigr package/).waitFor();
    await row(tree, /^0\.1 Tell support.*, open/)
      .locator(".custom-view-tree-node-item-checkbox")
      .click();
    await row(tree, /^0\.1 Tell support.*, done/).waitFor();
    await row(tree, /^0 Plan, 1 of 6/).waitFor();
    const text = readFileSync(join(folder, ".handler-workbench/runbook.json"), "utf8");
    assert.match(text, /"plan\/support":\n {6}\{"state":"done"/);

    await new RunbookStore(folder).change([{ what: "state", step: "plan/lab", state: "blocked" }], "Bob");
    await row(tree, /^0\.5 Build a lab.*, blocked, .*Bob/).waitFor();
    await row(tree, /^0 Plan, 1 of 6, 1 blocked/).waitFor();
  });
});
