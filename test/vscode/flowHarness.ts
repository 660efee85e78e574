import { resolve } from "node:path";
import { build, type Plugin } from "esbuild";
import type { Browser, Page } from "playwright-core";
import type { FlowRequest, FlowView } from "../../server/src/protocol";
import { newPage } from "./chromium";
import { type ThemeName, themeVariables } from "./flowThemes";

/**
 * The flow view's script in a plain browser with a stand-in for the editor: the fast way to look at it, drive it
 * by keyboard and measure it. The real editor has its own tests.
 */
export interface FlowPage {
  readonly page: Page;
  /** What the page threw, wrote as errors, or tried against its policy. */
  readonly errors: readonly string[];
  /** Everything the view posted so far. */
  posted(): Promise<FlowView.ToEditor[]>;
  send(message: FlowView.ToView): Promise<void>;
}

const root = resolve(__dirname, "../..");

/** `vscode` for code that only wants its texts: every string is its own translation. */
const vscodeTexts: Plugin = {
  name: "vscode-texts",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^vscode$/ }, () => ({ path: "vscode", namespace: "texts" }));
    onLoad({ filter: /.*/, namespace: "texts" }, () => ({
      contents: "export const l10n = { t: (message) => message };",
    }));
  },
};

async function bundle(entry: string, globalName?: string): Promise<{ js: string; css: string }> {
  const { outputFiles } = await build({
    entryPoints: [resolve(root, entry)],
    bundle: true,
    write: false,
    outdir: "out",
    format: "iife",
    target: "es2022",
    plugins: [vscodeTexts],
    ...(globalName ? { globalName } : {}),
  });
  const text = (ending: string) => outputFiles.find(({ path }) => path.endsWith(ending))?.text ?? "";
  return { js: text(".js"), css: text(".css") };
}

/** What a module of the editor part gives, as the editor would have it in English. */
export async function englishStrings<Strings>(entry: string, name: string): Promise<Strings> {
  const { js } = await bundle(entry, "texts");
  return new Function(`${js}; return texts.${name}();`)() as Strings;
}

/** What VS Code gives every view, as far as it matters to ours: what a view's own style says comes before it. */
const editorStyle = `html { background: var(--vscode-editor-background); } @layer vscode-default {
  body { color: var(--vscode-foreground); font-family: var(--vscode-font-family); font-size: var(--vscode-font-size); margin: 0; padding: 0 20px; }
  a { color: var(--vscode-textLink-foreground); }
  a:focus, input:focus, select:focus, textarea:focus { outline: 1px solid -webkit-focus-ring-color; outline-offset: -1px; }
}`;

/** Built once for all pages of a run. */
const views = new Map<string, ReturnType<typeof bundle>>();
let texts: Promise<FlowView.Strings> | undefined;

export const flowTexts = (): Promise<FlowView.Strings> =>
  (texts ??= englishStrings("client/src/handlers/flowStrings.ts", "flowStrings"));

export interface PageOptions {
  readonly theme?: ThemeName;
  readonly width?: number;
  readonly height?: number;
  readonly state?: unknown;
  readonly reducedMotion?: boolean;
  /** Id of the element that the script fills; `NAME-view` without it. */
  readonly root?: string;
}

/** Opens the page of a view, `media/NAME/main.ts` in its element, under the policy the editor sets. */
export async function openView(
  browser: Browser,
  name: string,
  options: PageOptions,
): Promise<{ page: Page; errors: readonly string[]; send(message: unknown): Promise<void> }> {
  const { theme = "dark", width = 1280, height = 800, root: id = `${name}-view` } = options;
  const built = views.get(name) ?? bundle(`media/${name}/main.ts`);
  views.set(name, built);
  const { js, css } = await built;
  const { page, errors } = await newPage(browser, { width, height });
  if (options.reducedMotion) await page.emulateMedia({ reducedMotion: "reduce" });
  const policy = "default-src 'none'; img-src blob:; style-src http://flow.test; script-src http://flow.test";
  const files: Readonly<Record<string, [type: string, body: string]>> = {
    "/": [
      "text/html",
      `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}">` +
        `<link rel="stylesheet" href="/theme.css"><link rel="stylesheet" href="/view.css"></head>` +
        `<body class="vscode-${theme}"><div id="${id}"></div><script src="/stub.js"></script><script src="/view.js"></script></body></html>`,
    ],
    "/theme.css": ["text/css", `html { ${themeVariables(theme)} } ${editorStyle}`],
    "/view.css": ["text/css", css],
    "/view.js": ["text/javascript", js],
    "/stub.js": [
      "text/javascript",
      `window.posted = []; window.acquireVsCodeApi = () => ({ postMessage: (m) => window.posted.push(m), getState: () => (${JSON.stringify(options.state ?? null)}), setState: (s) => { window.saved = s; } });`,
    ],
  };
  await page.route("http://flow.test/**", (route) => {
    const file = files[new URL(route.request().url()).pathname];
    return file
      ? route.fulfill({ contentType: file[0], body: file[1] })
      : route.fulfill({ status: 404, body: "" });
  });
  await page.goto("http://flow.test/");
  const send = async (message: unknown): Promise<void> => {
    await page.evaluate((data) => {
      (globalThis as unknown as { postMessage(message: unknown): void }).postMessage(data);
    }, message);
  };
  return { page, errors, send };
}

/** Opens the view with a picture. */
export async function openFlow(
  browser: Browser,
  flow: FlowRequest.Result | null,
  options: PageOptions = {},
): Promise<FlowPage> {
  const { page, errors, send } = await openView(browser, "flow", options);
  await send({ type: "strings", strings: await flowTexts() });
  if (flow) {
    await send({ type: "show", flow });
    await page.locator(".stage .step, .message-card:visible, .far").first().waitFor();
  }
  return {
    page,
    errors,
    send,
    posted: () => page.evaluate(() => (globalThis as unknown as { posted: FlowView.ToEditor[] }).posted),
  };
}

/** When what the last input has changed is drawn: a view draws in the frame after it. */
export async function settled(page: Page): Promise<void> {
  await page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))");
}
