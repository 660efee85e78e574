import { type Browser, type Page, chromium } from "playwright-core";
import { cleanUp } from "./cleanup";
import { findChromium, installHint } from "./editor/programs";

/** Starts a Chromium without a window. Throws with how to get one where there is none. */
export async function startChromium(): Promise<Browser> {
  const executablePath = findChromium();
  if (!executablePath) throw new Error(`Chromium not found. ${installHint(["chromium"])}`);
  const browser = await chromium.launch({
    executablePath,
    headless: true,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
    // Ours, which also stop the server, in order.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  });
  const forget = cleanUp({ stop: () => browser.close(), kill: () => undefined });
  browser.once("disconnected", forget);
  return browser;
}

/**
 * Runs in every page and frame. A registration of the workbench's `/serviceWorker.js` waits three seconds
 * before the first webview gives up on it; left pending, nobody waits. `__name` is what the TypeScript loader
 * of the tests writes around named functions, also those given to `page.evaluate`.
 */
const initScript = `
  globalThis.__name ??= (value) => value;
  const workers = navigator.serviceWorker;
  const register = workers?.register.bind(workers);
  if (register) {
    workers.register = (url, options) =>
      /(^|\\/)serviceWorker\\.js(\\?|$)/.test(String(url)) ? new Promise(() => {}) : register(url, options);
  }
`;

export interface PageAndErrors {
  readonly page: Page;
  /** What the page wrote to its console as errors, and what it threw. */
  readonly errors: string[];
}

/** A new page, in a window of the given size. */
export async function newPage(
  browser: Browser,
  viewport = { width: 1440, height: 900 },
): Promise<PageAndErrors> {
  const context = await browser.newContext({ viewport });
  await context.addInitScript({ content: initScript });
  const page = await context.newPage();
  const errors: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") errors.push(message.text());
  });
  page.on("pageerror", (error) => errors.push(String(error)));
  return { page, errors };
}
