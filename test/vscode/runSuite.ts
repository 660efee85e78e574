// Runs the tests of suite/ inside a real VS Code: `node --import tsx test/vscode/runSuite.ts`.
import { build } from "esbuild";
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { copyOfFolder } from "./folder";
import { root, sampleFolder } from "./extension";
import { runInBrowser } from "./suiteInBrowser";
import { findDesktop } from "./desktop";
import { runInElectron } from "./suiteInElectron";

/** One run of the suite. Running it throws when VS Code itself fails, or says that tests failed. */
export interface SuiteRun {
  readonly folder: string;
  /** The module that exports `run()`. */
  readonly suite: string;
  /** For the extension host. */
  readonly env: NodeJS.ProcessEnv;
  readonly timeout: number;
}

const bundle = join(root, "out/vscode/suite");

/** One bundle a test file; mocha stays outside because it loads its parts by name. */
async function bundleSuite(): Promise<void> {
  rmSync(bundle, { recursive: true, force: true });
  const source = join(__dirname, "suite");
  const tests = readdirSync(source).filter((file) => file.endsWith(".test.ts"));
  await build({
    entryPoints: ["index.ts", ...tests].map((file) => join(source, file)),
    outdir: bundle,
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node20",
    mainFields: ["module", "main"],
    external: ["vscode", "mocha"],
    sourcemap: "inline",
    logLevel: "warning",
  });
  // Read beside the test server that is in the bundles.
  cpSync(join(root, "test/tds/certificates"), join(bundle, "certificates"), { recursive: true });
}

interface Stats {
  readonly passes: number;
  readonly failures: number;
}

async function main(): Promise<void> {
  await bundleSuite();
  if (process.argv.includes("--build")) return;
  const temporary = mkdtempSync(join(tmpdir(), "hw-suite-"));
  const stats = process.env.HANDLER_WORKBENCH_TEST_STATS ?? join(temporary, "stats.json");
  const output = join(temporary, "output.txt");
  rmSync(stats, { force: true });
  const { folder, remove } = copyOfFolder(sampleFolder);
  try {
    const run: SuiteRun = {
      folder,
      suite: join(bundle, "index"),
      env: {
        HANDLER_WORKBENCH_TEST_STATS: stats,
        HANDLER_WORKBENCH_TEST_OUTPUT: output,
        ...(process.stdout.isTTY ? { MOCHA_COLORS: "1" } : {}),
      },
      timeout: 5 * 60_000,
    };
    const desktop = await findDesktop();
    const trouble = await (desktop ? runInElectron(desktop, run) : runInBrowser(run)).then(
      () => undefined,
      (error: unknown) => error,
    );
    if (existsSync(output)) console.log(readFileSync(output, "utf8"));
    // Failed tests have said why; anything else is VS Code's trouble.
    const result = existsSync(stats) ? (JSON.parse(readFileSync(stats, "utf8")) as Stats) : undefined;
    if (result && result.failures > 0) throw new Error(`${result.failures} failed inside VS Code.`);
    if (trouble) throw trouble;
    // VS Code may say "fine" when its extension host died: only what mocha wrote counts.
    if (!result) throw new Error("The tests did not run to their end: mocha left no result.");
    if (result.passes === 0 && !process.env.HANDLER_WORKBENCH_TEST_GREP) {
      throw new Error("No test ran inside VS Code.");
    }
  } finally {
    remove();
    rmSync(temporary, { recursive: true, force: true });
  }
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
