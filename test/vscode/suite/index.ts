import { readdirSync } from "node:fs";
import { join } from "node:path";
import Mocha from "mocha";
import Report from "../../report.cjs";

/** What VS Code calls in its extension host: runs every bundled test file beside this one. */
export async function run(): Promise<void> {
  const mocha = new Mocha({
    ui: "bdd",
    reporter: Report,
    timeout: 30_000,
    forbidOnly: Boolean(process.env.CI),
    grep: process.env.HANDLER_WORKBENCH_TEST_GREP,
  });
  for (const file of readdirSync(__dirname)) {
    if (file.endsWith(".test.js")) mocha.addFile(join(__dirname, file));
  }
  await new Promise<void>((done, failed) => {
    mocha.run((failures) => (failures > 0 ? failed(new Error(`${failures} failed`)) : done()));
  });
}
