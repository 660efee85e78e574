import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const root = join(__dirname, "../../..");

/** The product's programs, built from the sources as they are: the runner and the command line beside it. */
export class BundledRunner implements Disposable {
  private readonly folder = mkdtempSync(join(tmpdir(), "hw-bundle-"));

  constructor() {
    const outdir = join(this.folder, "dist");
    const { status, stderr } = spawnSync(
      process.execPath,
      ["esbuild.mjs", "--minify", `--outdir=${outdir}`],
      {
        cwd: root,
        encoding: "utf8",
      },
    );
    if (status !== 0) throw new Error(`the build has failed: ${stderr}`);
  }

  get module(): string {
    return join(this.folder, "dist", "runner.js");
  }

  get commandLine(): string {
    return join(this.folder, "dist", "cli.js");
  }

  [Symbol.dispose](): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
