import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { cleanUp, signalGroup } from "./cleanup";
import { type Editor, installEditor } from "./editor/install";

export interface CodeServerOptions {
  /** User settings beside the quiet ones. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** False opens folders in Restricted Mode, as VS Code does with a folder it does not know. */
  readonly trust?: boolean;
  /** Lets the URL name an extension and a test suite to run; also silences notifications. */
  readonly suite?: boolean;
  readonly env?: NodeJS.ProcessEnv;
  /** Puts extensions into the new extensions folder before the start. */
  readonly prepare?: (folders: { extensions: string; editor: Editor }) => Promise<void>;
}

/** VS Code's server on a free port of this machine, with new, empty user data. */
export interface CodeServer {
  /** `http://127.0.0.1:PORT` */
  readonly origin: string;
  /** `127.0.0.1:PORT`, the authority of its `vscode-remote:` resources. */
  readonly authority: string;
  /** The newest part of what it printed. */
  log(): string;
  /** The folder with the logs of VS Code and of extensions. */
  readonly logs: string;
  stop(): Promise<void>;
}

/** No welcome page, no assistant, no telemetry, no updates: what is on screen is the product. */
export const quietSettings = {
  "workbench.startupEditor": "none",
  "telemetry.telemetryLevel": "off",
  "workbench.enableExperiments": false,
  "chat.disableAIFeatures": true,
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "remote.autoForwardPorts": false,
  "extensions.autoUpdate": false,
  "extensions.autoCheckUpdates": false,
  "extensions.ignoreRecommendations": true,
  "window.restoreWindows": "none",
  "workbench.editor.useModal": "off",
  "workbench.colorTheme": "Light Modern",
  "security.workspace.trust.startupPrompt": "never",
  "git.enabled": false,
};

const startTimeout = 60_000;

/** Starts the server (installing it first if needed). Throws with its log when it does not answer in a minute. */
export async function startCodeServer(options: CodeServerOptions = {}): Promise<CodeServer> {
  const editor = await installEditor();
  // A short path: sockets live in the user data, and their paths may have 107 bytes.
  const home = mkdtempSync(join(tmpdir(), "hw-"));
  const extensions = join(home, "extensions");
  mkdirSync(extensions);
  mkdirSync(join(home, "data/User"), { recursive: true });
  const settings = JSON.stringify({ ...quietSettings, ...options.settings }, null, 2);
  writeFileSync(join(home, "data/User/settings.json"), settings);
  writeFileSync(join(home, "config.yaml"), "auth: none\n");
  try {
    await options.prepare?.({ extensions, editor });
  } catch (error) {
    rmSync(home, { recursive: true, force: true });
    throw error;
  }
  const server = spawn(
    editor.node,
    [
      editor.server,
      ...["--config", join(home, "config.yaml"), "--bind-addr", "127.0.0.1:0", "--auth", "none"],
      ...["--user-data-dir", join(home, "data"), "--extensions-dir", extensions],
      ...["--disable-telemetry", "--disable-update-check", "--disable-getting-started-override"],
      "--disable-proxy",
      ...(options.trust === false ? [] : ["--disable-workspace-trust"]),
      ...(options.suite ? ["--vscode-option", "enable-smoke-test-driver"] : []),
    ],
    {
      cwd: home,
      env: {
        ...cleanEnvironment(),
        ...options.env,
        EXTENSIONS_GALLERY: "{}",
        XDG_DATA_HOME: home,
        XDG_RUNTIME_DIR: home,
      },
      // Its own process group, so that everything it started can be ended with it.
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  return await ready(server, home);
}

/** The variables of a VS Code that this runs in would reach the one that is started. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(VSCODE_|ELECTRON_|NODE_OPTIONS$|PORT$)/.test(name)),
  );
}

async function ready(server: ChildProcess, home: string): Promise<CodeServer> {
  let log = "";
  // Both pipes must be read: a full one would stop the server.
  for (const stream of [server.stdout, server.stderr]) {
    stream?.setEncoding("utf8").on("data", (text: string) => (log = (log + text).slice(-50_000)));
  }
  const exited = new Promise<void>((done) => server.once("close", () => done()));
  let failure: Error | undefined;
  server.once("error", (error) => (failure = error));

  const stop = async (): Promise<void> => {
    server.kill("SIGTERM");
    await Promise.race([exited, sleep(5_000, undefined, { ref: false })]);
    signalGroup(server.pid, "SIGKILL");
    forget();
    rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  };
  const forget = cleanUp({
    stop,
    kill: () => {
      signalGroup(server.pid, "SIGKILL");
      rmSync(home, { recursive: true, force: true });
    },
  });

  const deadline = Date.now() + startTimeout;
  for (;;) {
    const authority = /listening on https?:\/\/(127\.0\.0\.1:\d+)/.exec(log)?.[1];
    if (authority && (await answers(`http://${authority}/?ew=true`))) {
      return {
        origin: `http://${authority}`,
        authority,
        log: () => log,
        logs: join(home, "data/logs"),
        stop,
      };
    }
    const over = failure?.message ?? (server.exitCode === null ? undefined : `exit code ${server.exitCode}`);
    if (over !== undefined || Date.now() > deadline) {
      await stop();
      const what = over ? `did not start (${over})` : `did not answer in ${startTimeout / 1000} s`;
      throw new Error(`VS Code's server ${what}. It said:\n${log.slice(-4000)}`);
    }
    await sleep(50);
  }
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(5_000) })).status === 200;
  } catch {
    return false;
  }
}
