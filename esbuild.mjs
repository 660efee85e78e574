// Builds the bundles of dist/. `--minify` for a release, `--watch` while developing, `--outdir=DIR` elsewhere.
import { build, context } from "esbuild";
import { chmodSync, copyFileSync, existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";

const minify = process.argv.includes("--minify");
const watch = process.argv.includes("--watch");
const outdir = process.argv.find((each) => each.startsWith("--outdir="))?.slice("--outdir=".length) ?? "dist";

/** @type {import("esbuild").BuildOptions} */
const common = {
  bundle: true,
  minify,
  sourcemap: minify ? false : "linked",
  logLevel: "warning",
  outdir,
  legalComments: "none",
};

/** Logins and key stores of Azure, which the SQL Server driver brings along: half a megabyte that nothing here uses. */
const nothing = "./server/src/database/sqlServer/nothing.ts";
const withoutAzure = { "@azure/identity": nothing, "@azure/keyvault-keys": nothing };

/**
 * What several bundles need stands once beside them, not in each: the tables of all code pages (half a megabyte), the
 * reader of zips, and the language server's protocol.
 */
const sharedModules = new Map([
  ["iconv-lite", "./encodings.js"],
  ["@zip.js/zip.js", "./zip.js"],
  ["vscode-languageserver", "./languageServer.js"],
  ["vscode-languageserver/node", "./languageServer.js"],
]);
const shared = {
  name: "shared",
  setup({ onResolve }) {
    onResolve(
      { filter: /^(?:iconv-lite|@zip\.js\/zip\.js|vscode-languageserver(?:\/node)?)$/ },
      ({ kind, path }) =>
        kind === "entry-point" ? undefined : { path: sharedModules.get(path), external: true },
    );
  },
};

/**
 * What is loaded when it is needed, as a file of its own: the client of the language server, which is started after
 * activation, all that the server does once it has said that it is there, and what it knows of database scripts.
 */
const later = {
  name: "later",
  setup({ onResolve }) {
    onResolve({ filter: /\/(?:languageClient|language|scriptEngine)$/ }, ({ kind, path }) =>
      kind === "dynamic-import" || kind === "require-call"
        ? { path: `./${path.slice(path.lastIndexOf("/") + 1)}.js`, external: true }
        : undefined,
    );
  },
};

/**
 * The reader of XML in the server comes from a package that also offers more; what is not used of that is left out.
 * These two do nothing when they are loaded, but do not say so.
 */
const withoutSideEffects = {
  name: "without-side-effects",
  setup({ onLoad, onResolve, resolve }) {
    // Names of HTML's characters, which XML does not know.
    onLoad({ filter: /[\\/]entities[\\/].*[\\/]decode-data-html\.js$/ }, () => ({
      contents: "const none = new Uint16Array(); export { none as default, none as htmlDecodeTree };",
    }));
    onResolve({ filter: /^(?:entities|dom-serializer)(?:\/|$)/ }, async ({ path, pluginData, ...from }) => {
      if (pluginData === "resolved") return undefined;
      const { importer, kind, namespace, resolveDir } = from;
      const options = { importer, kind, namespace, resolveDir, pluginData: "resolved" };
      return { ...(await resolve(path, options)), sideEffects: false };
    });
  },
};

/** The command line is a program: npm links it as `handler-workbench` (package.json, `bin`). */
const program = {
  name: "program",
  setup({ onEnd }) {
    onEnd(() => {
      const cli = `${outdir}/cli.js`;
      if (existsSync(cli)) chmodSync(cli, 0o755);
    });
  },
};

/** One bundle a process: the editor part, the language server, the command line, the script runner. */
const node = {
  ...common,
  entryPoints: Object.fromEntries(
    [
      ["client", "client/src/extension.ts"],
      ["languageClient", "client/src/languageClient.ts"],
      ["server", "server/src/server.ts"],
      ["language", "server/src/language/language.ts"],
      ["scriptEngine", "server/src/language/scripts/scriptEngine.ts"],
      ["cli", "server/src/cli.ts"],
      ["runner", "server/src/runner.ts"],
      // The thread that lays pictures of calls out.
      ["layout", "server/src/layout.ts"],
    ]
      .filter(([, source]) => existsSync(source))
      .concat([
        ["encodings", "iconv-lite"],
        ["zip", "@zip.js/zip.js"],
        ["languageServer", "vscode-languageserver/node"],
      ]),
  ),
  platform: "node",
  format: "cjs",
  target: "node20",
  // jsonc-parser and friends ship UMD as "main", which a bundler cannot follow.
  mainFields: ["module", "main"],
  external: ["vscode"],
  alias: withoutAzure,
  plugins: [shared, later, withoutSideEffects, program],
};

/** Scripts that run inside webviews: one a view, sandboxed, no Node. */
const webviews = {
  ...common,
  entryPoints: Object.fromEntries(
    [
      ["media/flow", "media/flow/main.ts"],
      ["media/packages", "media/packages/main.ts"],
      ["media/migrator", "media/migrator/main.ts"],
      ["media/report", "media/report/main.ts"],
      ["media/diff", "media/diff/main.ts"],
      ["media/page", "media/page/main.ts"],
      ["media/grid", "media/grid/main.ts"],
      ["media/calls", "media/calls/main.ts"],
      ["media/inventory", "media/inventory/main.ts"],
    ].filter(([, source]) => existsSync(source)),
  ),
  platform: "browser",
  format: "iife",
  target: "es2022",
};

rmSync(outdir, { recursive: true, force: true });
mkdirSync(outdir, { recursive: true });
// Read when it is first needed, so that starting costs nothing for it.
copyFileSync("server/src/catalogue/knownTools.json", `${outdir}/knownTools.json`);
copyOracleBinaries();
for (const options of [node, webviews]) {
  if (Object.keys(options.entryPoints).length === 0) continue;
  if (watch) await (await context(options)).watch();
  else await build(options);
}

/** The native part of the Oracle driver, which thick mode loads, with its licence. One file a system. */
function copyOracleBinaries() {
  const from = "node_modules/oracledb";
  const release = `${from}/build/Release`;
  mkdirSync(`${outdir}/oracledb`, { recursive: true });
  if (!existsSync(release)) return;
  const binaries = readdirSync(release).filter((name) => name.endsWith(".node"));
  for (const name of binaries) copyFileSync(`${release}/${name}`, `${outdir}/oracledb/${name}`);
  for (const name of ["LICENSE.txt", "NOTICE.txt", "THIRD_PARTY_LICENSES.txt"]) {
    copyFileSync(`${from}/${name}`, `${outdir}/oracledb/${name}`);
  }
}
