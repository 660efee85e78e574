import { downloadAndUnzipVSCode, SilentReporter } from "@vscode/test-electron";
import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { quietSettings } from "./codeServer";
import { editorFits } from "./editor/install";
import { findProgram } from "./editor/programs";
import { root } from "./extension";

/**
 * The program of the desktop VS Code to use, or undefined for the one from npm, in a browser.
 * HANDLER_WORKBENCH_VSCODE decides: `electron`, `browser`, or `auto`, which is an installed or downloaded one
 * where a window can be shown and the download answers. Throws when the desktop one is asked for, or is the
 * only one that fits this machine, and cannot be had.
 */
export async function findDesktop(): Promise<string | undefined> {
  const wish = process.env.HANDLER_WORKBENCH_VSCODE ?? "auto";
  if (!["electron", "browser", "auto"].includes(wish)) {
    throw new Error(`HANDLER_WORKBENCH_VSCODE is '${wish}'; it can be 'electron', 'browser' or 'auto'.`);
  }
  if (wish === "browser") return undefined;
  const optional = wish === "auto" && editorFits();
  if (optional && !canShowWindows()) return undefined;
  const installed = installedDesktop();
  if (installed) return installed;
  try {
    return await downloadAndUnzipVSCode({
      cachePath: join(root, ".vscode-test"),
      timeout: optional ? 10_000 : 60_000,
      reporter: new SilentReporter(),
    });
  } catch (error) {
    if (optional) return undefined;
    throw new Error(
      "VS Code could be neither found nor downloaded. Install it so that its 'code' command is on PATH. " +
        `(${error instanceof Error ? error.message : String(error)})`,
      { cause: error },
    );
  }
}

/** False on a Linux machine without a display. */
export function canShowWindows(): boolean {
  return process.platform !== "linux" || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

/** The program behind the `code` command, which itself only talks to a window that may be open already. */
function installedDesktop(): string | undefined {
  const command = findProgram("code", "code.cmd");
  if (!command) return undefined;
  const bin = dirname(realpathSync(command));
  const places = ["../code", "../Code.exe", "../../../MacOS/Electron", "../../../MacOS/Code"];
  return places.map((place) => join(bin, place)).find((path) => existsSync(path));
}

/** Arguments that give the desktop VS Code quiet settings and no extensions, apart from the user's own. */
export function newProfile(): { readonly profile: readonly string[]; readonly remove: () => void } {
  const home = mkdtempSync(join(tmpdir(), "hw-"));
  mkdirSync(join(home, "data/User"), { recursive: true });
  writeFileSync(join(home, "data/User/settings.json"), JSON.stringify(quietSettings));
  return {
    profile: ["--user-data-dir", join(home, "data"), "--extensions-dir", join(home, "extensions")],
    remove: () => rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }),
  };
}
