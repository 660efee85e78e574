import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { artefacts, openWorkbench, type Workbench, type WorkbenchOptions } from "./workbench";

/**
 * One VS Code for all tests of a `describe`: opened before the first, brought back to nothing open before each,
 * closed after the last. When a test fails, a screenshot and the logs are left in `out/vscode/failures`.
 */
export function sharedWorkbench(options: WorkbenchOptions): () => Workbench {
  let workbench: Workbench | undefined;

  before(async function () {
    // The first run installs the editor.
    this.timeout(15 * 60_000);
    workbench = await openWorkbench(options);
  });
  beforeEach(async () => {
    await workbench?.reset();
  });
  afterEach(async function () {
    if (!workbench || this.currentTest?.state !== "failed") return;
    const name = this.currentTest
      .fullTitle()
      .replace(/[^\w.-]+/g, "-")
      .slice(0, 120);
    mkdirSync(join(artefacts, "failures"), { recursive: true });
    const base = join(artefacts, "failures", name);
    await workbench.screenshot(`${base}.png`).catch(() => undefined);
    writeFileSync(
      `${base}.log`,
      `Page errors:\n${workbench.errors.join("\n")}\n\nServer:\n${workbench.log()}\n`,
    );
    console.log(`      (see ${base}.png and .log)`);
  });
  after(async () => {
    await workbench?.dispose();
    workbench = undefined;
  });

  return () => {
    if (!workbench) throw new Error("The workbench is open inside tests only.");
    return workbench;
  };
}
