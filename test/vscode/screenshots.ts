// Takes the pictures of the README and the walkthrough: `npm run screenshots [-- SCENARIO...] [--to FOLDER]`.
// A scenario is a file of screenshots/ that exports a function, its default; VS Code is opened once for each folder.
import { existsSync, readdirSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { root, sampleFolder } from "./extension";
import { openWorkbench, type Theme, type Workbench } from "./workbench";

/** Brings the window to what is to be seen, and takes pictures; starts with nothing open. */
export type Scenario = (
  workbench: Workbench,
  /** Writes `NAME.png` into the folder of the pictures. */
  picture: (name: string, options?: { readonly theme?: Theme }) => Promise<void>,
) => Promise<void>;

interface ScenarioModule {
  readonly default: Scenario;
  /** What is opened, where it is not the sample. */
  readonly folder?: string;
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    options: { to: { type: "string", default: join(root, "media/readme") } },
    allowPositionals: true,
  });
  const source = join(__dirname, "screenshots");
  const scenarios = (existsSync(source) ? readdirSync(source) : [])
    .filter((file) => file.endsWith(".ts"))
    .map((file) => basename(file, ".ts"))
    .filter((name) => positionals.length === 0 || positionals.includes(name));
  if (scenarios.length === 0) throw new Error(`No such scenario in ${source}.`);

  const modules = await Promise.all(
    scenarios.map(async (name) => (await import(join(source, `${name}.ts`))) as ScenarioModule),
  );
  for (const folder of new Set(modules.map((each) => each.folder ?? sampleFolder))) {
    const workbench = await openWorkbench({ folder, size: { width: 1280, height: 800 } });
    try {
      for (const { default: scenario } of modules.filter(
        (each) => (each.folder ?? sampleFolder) === folder,
      )) {
        await workbench.reset();
        await scenario(workbench, async (picture, options) => {
          console.log(await workbench.screenshot(join(resolve(values.to), `${picture}.png`), options));
        });
        await workbench.setTheme("light");
      }
    } finally {
      await workbench.dispose();
    }
  }
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
