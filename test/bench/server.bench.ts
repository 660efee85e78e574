import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { listing } from "../../server/src/handler/listing";
import { readHandler } from "../../server/src/handler/read";
import { Summaries } from "../../server/src/workspace/summary";
import { sampleFolder } from "../fixtures/makeSample";
import { startServer } from "../server/stdio";
import { openListing, sampleCopy } from "../server/workspace";
import { middle, once } from "./measure";
import type { Row } from "./row";

const runs = 9;
const root = resolve(__dirname, "../..");

/** How long users wait for the parts to be there, and how big they are. */
export default async function run(): Promise<Row[]> {
  const node = await repeat(() => void spawnSync(process.execPath, ["-e", "0"]));
  const emptyNode = { name: "an empty node process", value: node };
  return [
    {
      name: "server: start and initialize",
      value: await startUp(),
      unit: "ms",
      baseline: emptyNode,
      target: "150 ms",
    },
    {
      name: "server: first problems after opening a listing",
      value: await firstProblems(),
      unit: "ms",
      baseline: { name: "reading and checking it, warm, in one process", value: await checking() },
      target: "250 ms",
    },
    {
      name: "client: load and activate, outside VS Code",
      value: await clientActivation(),
      unit: "ms",
      baseline: emptyNode,
      target: "60 ms",
    },
    ...sizes(),
  ];
}

async function repeat(action: () => Promise<void> | void): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < runs; i++) times.push((await once(action)).time);
  return middle(times);
}

async function startUp(): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < runs; i++) {
    const { time, result } = await once(() => startServer());
    times.push(time);
    await result.stop();
  }
  return middle(times);
}

async function firstProblems(): Promise<number> {
  const folder = sampleCopy();
  const times: number[] = [];
  for (let i = 0; i < runs; i++) {
    // No folder is open: the handler is read because its listing is.
    const server = await startServer();
    const { time } = await once(async () => {
      const { uri } = await openListing(server, folder.uriOf("IVR/IVR_Callback.ihd"));
      await server.diagnostics(uri);
    });
    times.push(time);
    await server.stop();
  }
  folder.remove();
  return middle(times);
}

/** The same handler read, listed and checked without a server. */
async function checking(): Promise<number> {
  const file = join(sampleFolder, "IVR/IVR_Callback.ihd");
  return await repeat(() => {
    const handler = readHandler(readFileSync(file), { file });
    new Summaries().of(handler, listing(handler));
  });
}

/** A node process that loads the bundle beside a stand-in for VS Code and activates it. */
async function clientActivation(): Promise<number> {
  const script = `
    const anything = new Proxy(function () {}, {
      get: (_, name) => name === Symbol.toPrimitive ? () => "" : name === "then" ? undefined : name === Symbol.iterator ? [][Symbol.iterator].bind([]) : anything,
      set: () => true,
      apply: () => anything,
      construct: () => anything,
    });
    const load = require("module")._load;
    require("module")._load = (name, ...more) => (name === "vscode" ? anything : load(name, ...more));
    process.on("unhandledRejection", () => undefined);
    const start = performance.now();
    const { activate } = require(${JSON.stringify(join(root, "dist/client.js"))});
    activate({ subscriptions: [], asAbsolutePath: (path) => path, workspaceState: anything, extensionUri: anything });
    process.stdout.write(String(performance.now() - start));
    process.exit(0);`;
  const times: number[] = [];
  for (let i = 0; i < runs; i++) {
    const { stdout, stderr } = spawnSync(process.execPath, ["-e", script], { encoding: "utf8" });
    const time = Number(stdout);
    if (stdout === "" || Number.isNaN(time)) throw new Error(`The client did not activate: ${stderr}`);
    times.push(time);
  }
  return middle(times);
}

/** The bundles as they are released. */
function sizes(): Row[] {
  const out = mkdtempSync(join(tmpdir(), "hw-dist-"));
  try {
    const build = spawnSync(process.execPath, ["esbuild.mjs", "--minify", `--outdir=${out}`], { cwd: root });
    if (build.status !== 0) throw new Error(String(build.stderr));
    const sizeOf = (...names: readonly string[]): number =>
      names.reduce((sum, name) => sum + statSync(join(out, `${name}.js`)).size, 0) / 1000;
    return [
      { files: ["client"], target: "500 KB" },
      // What runs in the extension host once the server was started.
      { files: ["client", "languageClient"] },
      { files: ["server", "languageServer", "language"], target: "1,000 KB" },
      // What the server has loaded once a script, a package and a file in another encoding were read.
      { files: ["server", "languageServer", "language", "scriptEngine", "zip", "encodings"] },
    ].map(({ files, target }) => ({
      name: `size of ${files.map((each) => `${each}.js`).join(" + ")}, minified`,
      value: sizeOf(...files),
      unit: "KB",
      ...(files.length === 1 ? {} : { baseline: { name: `${files[0]}.js alone`, value: sizeOf(files[0]!) } }),
      ...(target === undefined ? {} : { target }),
    }));
  } finally {
    rmSync(out, { recursive: true });
  }
}
