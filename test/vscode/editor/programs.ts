// Finds the programs that the editor tests need from the operating system, and says how to get them.
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

/** The first of the named programs that PATH has, or undefined. */
export function findProgram(...names: string[]): string | undefined {
  for (const name of names) {
    for (const folder of (process.env.PATH ?? "").split(delimiter)) {
      const path = join(folder, name);
      try {
        accessSync(path, constants.X_OK);
        return path;
      } catch {
        // Not in this folder.
      }
    }
  }
  return undefined;
}

/** A Chromium that playwright can drive; HANDLER_WORKBENCH_CHROMIUM names another one. */
export function findChromium(): string | undefined {
  return (
    process.env.HANDLER_WORKBENCH_CHROMIUM ??
    findProgram("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
  );
}

/** How to get the named programs. */
export function installHint(missing: readonly string[]): string {
  return `On Debian or Ubuntu: sudo apt-get install ${missing.join(" ")}`;
}
