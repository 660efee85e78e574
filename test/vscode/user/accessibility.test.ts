import assert from "node:assert/strict";
import type { Browser, Page } from "playwright-core";
import { defaultKinds } from "../../../server/src/analysis/compare/kinds";
import { flowDiff } from "../../../server/src/language/compareFlow";
import { shownChange } from "../../../server/src/language/compareShared";
import { flowResult } from "../../../server/src/language/flow";
import { exit, handler, step } from "../../flowHandlers";
import { keyboardProblems, violations } from "../accessibility";
import { startChromium } from "../chromium";
import { openDiff } from "../diffHarness";
import { englishStrings, openFlow, openView, type PageOptions } from "../flowHarness";
import type { ThemeName } from "../flowThemes";
import * as sample from "../samplePages";

const themes: readonly ThemeName[] = ["dark", "light", "high-contrast", "high-contrast-light"];

const flow = handler(
  [
    step(0, { kind: "start", label: "Begin", exits: [exit("Start", 1)], notes: "Where it begins" }),
    step(1, { label: "Ask", exits: [exit("True", 2), exit("False", null, { isError: true })] }),
    step(2, { label: "Say", kind: "tool", tool: { module: "A", name: "Play Prompt" } }),
  ],
  { name: "Small", problems: [] },
);
const changed = handler([
  step(0, { kind: "start", label: "Start", exits: [exit("Start", 1)] }),
  step(1, { label: "Ask", exits: [exit("True", 3)] }),
  step(3, { label: "New" }),
]);

interface View {
  readonly name: string;
  readonly open: (browser: Browser, options: PageOptions) => Promise<Page>;
}

/** A view by its messages; `seen` stands in it when they have arrived. */
function view(
  name: string,
  media: string,
  seen: string,
  messages: () => Promise<readonly unknown[]> | readonly unknown[],
  root?: string,
): View {
  return {
    name,
    open: async (browser, options) => {
      const { page, send } = await openView(browser, media, { ...options, ...(root ? { root } : {}) });
      for (const message of await messages()) await send(message);
      await page.locator(seen).first().waitFor();
      return page;
    },
  };
}

const texts = async (file: string, name: string): Promise<unknown> => ({
  type: "strings",
  strings: await englishStrings(`client/src/${file}.ts`, name),
});

const views: readonly View[] = [
  {
    name: "flow",
    open: async (browser, options) => {
      const { page } = await openFlow(browser, flowResult(flow), options);
      await page.keyboard.press("Home");
      await page.keyboard.press("ArrowRight");
      await page.locator(".details h2", { hasText: "Ask" }).waitFor();
      return page;
    },
  },
  {
    name: "flow diff",
    open: async (browser, options) => {
      const diff = flowDiff(flow, changed, defaultKinds, shownChange);
      const { page } = await openDiff(browser, diff, options);
      await page.keyboard.press("n");
      await page.locator(".change-list [aria-selected=true]").waitFor();
      return page;
    },
  },
  view("report", "report", "td a", async () => [
    await texts("dialer/reportStrings", "reportStrings"),
    { type: "show", report: sample.report, actions: [{ id: "0", label: "Save..." }] },
  ]),
  {
    name: "package",
    open: async (browser, options) => {
      const { page, send } = await openView(browser, "packages", { ...options, root: "package-view" });
      const strings = await englishStrings("client/src/packages/packageStrings.ts", "packageStrings");
      await send({ type: "strings", strings, language: "en" });
      await send({ type: "show", contents: sample.packageContents });
      const verification = { text: "All is well", good: true };
      await send({ type: "findings", findings: sample.packageFindings, verification });
      await page.getByRole("button", { name: "Expand All" }).click();
      await page.getByRole("row", { name: /a\.ihd/ }).click();
      return page;
    },
  },
  view(
    "Migrator form",
    "migrator",
    "text=Something is wrong",
    async () => [
      {
        ...((await texts("packages/migratorStrings", "migratorStrings")) as object),
        form: sample.migratorForm,
      },
      { type: "start", fields: { allNodes: false, nodes: ["Handlers"] } },
      {
        type: "command",
        command: {
          line: "ININ.Migrator.Console.exe /export",
          findings: sample.packageFindings.map(({ severity }) => ({
            severity,
            message: "Something is wrong",
          })),
          added: [{ node: "Recordings", because: "handlers need it" }],
        },
      },
    ],
    "migrator-form",
  ),
  view("calls", "calls", "footer >> text=Hub", async () => [
    await texts("dependencies/callStrings", "callStrings"),
    { type: "show", picture: sample.calls, focus: "file:///Hub.ihd" },
  ]),
  view("inventory", "inventory", "td.own input", async () => [
    await texts("inventory/inventoryStrings", "inventoryStrings"),
    { type: "show", inventory: sample.inventory, title: "Inventory of Custom", about: "Compared with Base" },
    {
      type: "notes",
      columns: ["owner"],
      cells: [{ handler: "own", column: "owner", text: "Ann" }],
      problem: null,
    },
  ]),
  view("preview of a script", "page", "summary", () => [
    { type: "show", page: sample.preview },
    { type: "status", text: "It could not run.", tone: "bad", busy: false },
  ]),
  view("connection", "page", "#field-name", () => [{ type: "show", page: sample.connection }]),
  view("result grid", "grid", "#cell-0-0 >> text=Ann", async () => [
    await texts("scripts/runs/gridStrings", "gridStrings"),
    { type: "shape", shape: sample.grid },
    {
      type: "rows",
      from: 0,
      rows: [
        ["Ann", "1"],
        ["Ben", null],
        ["Eve", "3"],
      ],
    },
  ]),
];

describe("every view", () => {
  let browser: Browser;
  let page: Page | undefined;
  before(async () => {
    browser = await startChromium();
  });
  after(async () => {
    await browser?.close();
  });
  afterEach(async () => {
    await page?.context().close();
    page = undefined;
  });

  for (const { name, open } of views) {
    it(`${name}: keeps to WCAG 2, A and AA, in every theme`, async () => {
      for (const theme of themes) {
        page = await open(browser, { theme, reducedMotion: true });
        assert.deepEqual(await violations(page), [], theme);
        await page.context().close();
      }
    });

    it(`${name}: is reached by keyboard all over, with a focus that can be seen`, async () => {
      page = await open(browser, { reducedMotion: true });
      assert.deepEqual(await keyboardProblems(page), []);
    });
  }
});
