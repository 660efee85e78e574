// Builds the bundles of dist/. `--minify` for a release, `--watch` while developing.
import { build, context } from "esbuild";
import { existsSync, rmSync } from "node:fs";

const minify = process.argv.includes("--minify");
const watch = process.argv.includes("--watch");

/** @type {import("esbuild").BuildOptions} */
const common = {
  bundle: true,
  minify,
  sourcemap: minify ? false : "linked",
  logLevel: "warning",
  outdir: "dist",
  legalComments: "none",
};

/** One bundle a process: the editor part, the language server, the command line, the script runner. */
const node = {
  ...common,
  entryPoints: Object.fromEntries(
    [
      ["client", "client/src/extension.ts"],
      ["server", "server/src/server.ts"],
      ["cli", "server/src/cli.ts"],
      ["runner", "server/src/runner.ts"],
    ].filter(([, source]) => existsSync(source)),
  ),
  platform: "node",
  format: "cjs",
  target: "node20",
  // jsonc-parser and friends ship UMD as "main", which a bundler cannot follow.
  mainFields: ["module", "main"],
  external: ["vscode"],
};

/** Scripts that run inside webviews: one a view, sandboxed, no Node. */
const webviews = {
  ...common,
  entryPoints: Object.fromEntries(
    [
      ["media/flow", "media/flow/main.ts"],
      ["media/packages", "media/packages/main.ts"],
      ["media/migrator", "media/migrator/main.ts"],
    ].filter(([, source]) => existsSync(source)),
  ),
  platform: "browser",
  format: "iife",
  target: "es2022",
};

rmSync("dist", { recursive: true, force: true });
for (const options of [node, webviews]) {
  if (Object.keys(options.entryPoints).length === 0) continue;
  if (watch) await (await context(options)).watch();
  else await build(options);
}
