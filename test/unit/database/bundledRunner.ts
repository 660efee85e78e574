import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const root = join(__dirname, "../../..");

/** The product's programs, built from the sources as they are: the runner and the command line beside it. */
export interface Bundle {
  readonly folder: string;
  readonly module: string;
  readonly commandLine: string;
}

let built: Bundle | undefined;

/** Builds them once for all tests of this process; they are gone with it. */
export function bundledRunner(): Bundle {
  built ??= build();
  return built;
}

function build(): Bundle {
  const temporary = mkdtempSync(join(tmpdir(), "hw-bundle-"));
  process.once("exit", () => rmSync(temporary, { recursive: true, force: true }));
  const folder = join(temporary, "dist");
  const { status, stderr } = spawnSync(process.execPath, ["esbuild.mjs", "--minify", `--outdir=${folder}`], {
    cwd: root,
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`the build has failed: ${stderr}`);
  return { folder, module: join(folder, "runner.js"), commandLine: join(folder, "cli.js") };
}
