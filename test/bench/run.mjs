// Bundles the benchmarks as the product is bundled (a loader's own wrapping of functions costs time that nobody
// ships), and runs them with the collector at hand.
import { spawnSync } from "node:child_process";
import { copyFileSync, readdirSync, rmSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "../..");
const out = join(root, "out/bench");

/** Files find fixtures beside their source, not beside the bundle. */
const ownFolder = {
  name: "own-folder",
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]test[\\/].*\.ts$/ }, async ({ path }) => ({
      contents: `const __dirname = ${JSON.stringify(dirname(path))};\n${await readFile(path, "utf8")}`,
      loader: "ts",
    }));
  },
};

rmSync(out, { recursive: true, force: true });
await build({
  absWorkingDir: root,
  entryPoints: readdirSync(here)
    .filter((file) => file.endsWith(".bench.ts"))
    .map((file) => join(here, file)),
  outdir: out,
  bundle: true,
  packages: "external",
  platform: "node",
  format: "cjs",
  target: "node20",
  logLevel: "warning",
  plugins: [ownFolder],
});
copyFileSync(join(root, "server/src/catalogue/knownTools.json"), join(out, "knownTools.json"));
const { status } = spawnSync(
  process.execPath,
  ["--expose-gc", "--import", "tsx", join(here, "main.ts"), out, ...process.argv.slice(2)],
  { stdio: "inherit", cwd: root },
);
process.exit(status ?? 1);
