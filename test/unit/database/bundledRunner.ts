import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";

const root = join(__dirname, "../../..");

/** The runner as a program of its own, built from the sources as they are. */
export class BundledRunner implements Disposable {
  private constructor(
    private readonly folder: string,
    readonly module: string,
  ) {}

  static async build(): Promise<BundledRunner> {
    const folder = mkdtempSync(join(tmpdir(), "hw-runner-"));
    const module = join(folder, "runner.js");
    const nothing = "./server/src/database/sqlServer/nothing.ts";
    await build({
      absWorkingDir: root,
      entryPoints: ["server/src/runner.ts"],
      outfile: module,
      bundle: true,
      minify: true,
      platform: "node",
      format: "cjs",
      target: "node20",
      mainFields: ["module", "main"],
      alias: { "@azure/identity": nothing, "@azure/keyvault-keys": nothing },
      logLevel: "warning",
    });
    return new BundledRunner(folder, module);
  }

  [Symbol.dispose](): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
