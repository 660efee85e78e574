import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import type { Browser, FrameLocator, Locator, Page } from "playwright-core";
import { newPage, startChromium } from "./chromium";
import { type CodeServer, startCodeServer } from "./codeServer";
import { installExtension, root } from "./extension";
import { copyOfFolder, folderItself } from "./folder";
import { Palette } from "./palette";

export interface WorkbenchOptions {
  /** What to open. The window gets a copy, so that tests may change files. */
  readonly folder: string;
  /** False opens the folder itself, for folders too big to copy. */
  readonly copy?: boolean;
  /** User settings beside the quiet ones. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** False opens the folder in Restricted Mode. */
  readonly trust?: boolean;
  /** The extension's folder, built, or a `.vsix`; otherwise this checkout. */
  readonly extensionPath?: string;
  readonly size?: { readonly width: number; readonly height: number };
  readonly env?: NodeJS.ProcessEnv;
  /** Changes the folder of installed extensions before the start. */
  readonly prepare?: (extensions: string) => void;
}

export type Theme = "light" | "dark" | "high contrast" | "high contrast light";

/** The name in the theme picker and the class that the workbench then has. */
const themes: Readonly<Record<Theme, readonly [string, string]>> = {
  light: ["Light Modern", "vs"],
  dark: ["Dark Modern", "vs-dark"],
  "high contrast": ["Dark High Contrast", "hc-black"],
  "high contrast light": ["Light High Contrast", "hc-light"],
};

/** A real VS Code in a browser page, with the extension installed, driven as a user drives it. */
export interface Workbench {
  readonly page: Page;
  /** The opened folder: the copy, where one was made. */
  readonly folder: string;
  /** What the page wrote to its console as errors. */
  readonly errors: readonly string[];
  /** What VS Code's server printed last. */
  log(): string;
  /** The text of every log file that VS Code and its extensions have written. */
  logFiles(): readonly string[];
  /** Runs the command with this title, with or without its category, from the palette. */
  command(title: string): Promise<void>;
  /** Opens a file by its name (or the end of its path) with Ctrl+P and waits for its tab. */
  openFile(name: string): Promise<void>;
  /** The tab of an open editor, by its title. */
  tab(title: string): Locator;
  /** Shows a view, folds the others beside it (rows that are out of sight are not there), and gives its tree. */
  openView(name: string): Promise<Locator>;
  /** The tree of a view that is shown; its rows are `getByRole("treeitem", { name })`. */
  tree(viewName: string): Locator;
  /** The document of the visible webview or custom editor; `index` for the second one of a diff. */
  webview(index?: number): FrameLocator;
  /** Shows the Problems panel and gives its rows, files and problems. */
  problems(): Promise<Locator>;
  /** Notifications on screen. */
  notifications(): Locator;
  setTheme(theme: Theme): Promise<void>;
  /** Changes settings of the workspace (a copy only); the window follows a moment later. */
  setSettings(settings: Readonly<Record<string, unknown>>): void;
  /** Writes a PNG: to `name` where that is a path, else to `out/vscode/screenshots/NAME.png`. Gives the path. */
  screenshot(name: string, options?: { readonly theme?: Theme }): Promise<string>;
  /** Closes editors, pickers, panel and notifications: the start of a test. */
  reset(): Promise<void>;
  dispose(): Promise<void>;
}

export const artefacts = join(root, "out/vscode");

/** Opens VS Code. Throws with the server's log, the page's errors and a screenshot when that fails. */
export async function openWorkbench(options: WorkbenchOptions): Promise<Workbench> {
  const { folder, remove } = (options.copy === false ? folderItself : copyOfFolder)(options.folder);
  let server: CodeServer | undefined;
  let browser: Browser | undefined;
  const dispose = async (): Promise<void> => {
    await browser?.close().catch(() => undefined);
    await server?.stop();
    remove();
  };
  try {
    const starting = startCodeServer({
      settings: options.settings,
      trust: options.trust,
      env: options.env,
      prepare: async (folders) => {
        await installExtension(options.extensionPath ?? root, folders);
        options.prepare?.(folders.extensions);
      },
    });
    const [started, chromium] = await Promise.allSettled([starting, startChromium()]);
    if (started.status === "fulfilled") server = started.value;
    if (chromium.status === "fulfilled") browser = chromium.value;
    if (!server) throw (started as PromiseRejectedResult).reason;
    if (!browser) throw (chromium as PromiseRejectedResult).reason;
    const { page, errors } = await newPage(browser, options.size);
    page.setDefaultTimeout(15_000);
    const workbench = new BrowserWorkbench(page, options, folder, errors, server, dispose);
    await workbench.ready();
    return workbench;
  } catch (error) {
    await dispose();
    throw error;
  }
}

class BrowserWorkbench implements Workbench {
  private readonly palette: Palette;

  constructor(
    readonly page: Page,
    private readonly options: WorkbenchOptions,
    readonly folder: string,
    readonly errors: readonly string[],
    private readonly server: CodeServer,
    readonly dispose: () => Promise<void>,
  ) {
    this.palette = new Palette(page);
  }

  log(): string {
    return this.server.log();
  }

  logFiles(): readonly string[] {
    return readdirSync(this.server.logs, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => readFileSync(join(parentPath, name), "utf8"));
  }

  /** Loads the page and waits until the explorer shows the folder. */
  async ready(): Promise<void> {
    const { page } = this;
    try {
      await page.goto(`${this.server.origin}/?folder=${encodeURIComponent(this.folder)}`, {
        timeout: 60_000,
      });
      await page.locator(".monaco-workbench .explorer-folders-view").waitFor({ timeout: 60_000 });
      await page.locator("#workbench\\.parts\\.statusbar .statusbar-item").first().waitFor();
    } catch (error) {
      const picture = await this.screenshot("not-opened").catch(() => "(no screenshot)");
      throw new Error(`VS Code's window did not open; see ${picture}.\n${this.evidence()}`, { cause: error });
    }
  }

  evidence(): string {
    return `Page errors:\n${this.errors.slice(-20).join("\n")}\nServer:\n${this.log().slice(-4000)}`;
  }

  command(title: string): Promise<void> {
    return this.palette.run(title);
  }

  async openFile(name: string): Promise<void> {
    await this.palette.open(name);
    await this.tab(basename(name)).waitFor();
  }

  tab(title: string): Locator {
    // The label may go on: ", preview", ", Editor Group 2".
    const name = new RegExp(`^${escape(title)}(,|$)`);
    return this.page.locator(".tabs-container").getByRole("tab", { name });
  }

  async openView(name: string): Promise<Locator> {
    await this.palette.run(`Focus on ${name} View`);
    const unfolded = this.page.locator(".sidebar .pane-header[aria-expanded=true]:visible");
    const isThis = new RegExp(`^${name}`);
    await unfolded.filter({ hasText: isThis }).waitFor();
    const others = unfolded.filter({ hasNotText: isThis });
    for (let left = await others.count(); left > 0; left = await others.count()) {
      await others.first().locator(".title").click();
      // One less is unfolded then.
      await others.nth(left - 1).waitFor({ state: "detached" });
    }
    return this.tree(name);
  }

  tree(viewName: string): Locator {
    return this.page.getByRole("tree", { name: viewName, includeHidden: true });
  }

  webview(index = 0): FrameLocator {
    return this.page
      .locator("iframe.webview.ready:visible")
      .nth(index)
      .contentFrame()
      .frameLocator("iframe#active-frame");
  }

  async problems(): Promise<Locator> {
    await this.palette.run("Focus on Problems View");
    const panel = this.page.locator(".markers-panel-container");
    await panel.waitFor();
    return panel.getByRole("treeitem");
  }

  notifications(): Locator {
    return this.page.locator(".notification-list-item");
  }

  async setTheme(theme: Theme): Promise<void> {
    const [setting, styleClass] = themes[theme];
    await this.palette.run("Preferences: Color Theme");
    await this.palette.choose(setting);
    await this.page.locator(`.monaco-workbench.${styleClass}`).waitFor();
  }

  setSettings(settings: Readonly<Record<string, unknown>>): void {
    if (this.options.copy === false) throw new Error("setSettings would change the folder itself.");
    const file = join(this.folder, ".vscode/settings.json");
    const before = existsSync(file)
      ? (JSON.parse(readFileSync(file, "utf8")) as Record<string, unknown>)
      : {};
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify({ ...before, ...settings }, null, 2));
  }

  async screenshot(name: string, options: { readonly theme?: Theme } = {}): Promise<string> {
    if (options.theme) await this.setTheme(options.theme);
    const path = name.includes("/") ? resolve(name) : join(artefacts, "screenshots", `${name}.png`);
    mkdirSync(dirname(path), { recursive: true });
    await this.page.screenshot({ path, animations: "disabled", caret: "hide" });
    return path;
  }

  async reset(): Promise<void> {
    await this.palette.close();
    await this.palette.run("View: Close All Editors");
    const dontSave = this.page.locator(".monaco-dialog-box").getByRole("button", { name: "Don't Save" });
    const noEditors = this.page.locator(".tabs-container .tab");
    for (let tries = 0; (await noEditors.count()) > 0; tries++) {
      if (tries > 100) throw new Error("The editors did not close.");
      if (await dontSave.isVisible()) await dontSave.click();
      await this.page.waitForTimeout(50);
    }
    await this.palette.run("Notifications: Clear All Notifications");
    if (await this.page.locator("#workbench\\.parts\\.panel").isVisible()) {
      await this.palette.run("View: Hide Panel");
    }
  }
}

function escape(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
}
