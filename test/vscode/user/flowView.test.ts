import assert from "node:assert/strict";
import type { Browser, Page } from "playwright-core";
import type { Handler } from "../../../server/src/handler/model";
import { flowResult, flowSvgResult } from "../../../server/src/language/flow";
import { exit, handler, largeHandler, step } from "../../flowHandlers";
import { startChromium } from "../chromium";
import { type FlowPage, openFlow, settled } from "../flowHarness";
import type { ThemeName } from "../flowThemes";

const at = (column: number, row = 0) => {
  const [left, top] = [40 + column * 180, 40 + row * 160];
  return { left, top, right: left + 110, bottom: top + 101 };
};

/** Start -> Ask -> (True) Set, (False) Fail; Set -> Ask again; Fail leads nowhere, with an error exit. */
const small: Handler = handler(
  [
    step(0, {
      kind: "start",
      label: "Begin",
      tool: { module: "", name: "Subroutine" },
      rect: at(0),
      exits: [exit("Start", 4)],
    }),
    step(4, {
      label: "Ask",
      tool: { module: "", name: "Condition" },
      rect: at(1),
      notes: "Asks <b>twice</b>",
      arguments: [
        {
          label: "Condition",
          direction: "in",
          type: { name: "Boolean", module: "" },
          required: true,
          secret: false,
          value: {
            kind: "call",
            name: "=",
            args: [
              { kind: "variable", name: "sDigits" },
              { kind: "literal", type: "String", value: "1" },
            ],
          },
        },
      ],
      exits: [exit("True", 7), exit("False", 9)],
    }),
    step(7, { label: "Set", rect: at(2), exits: [exit("Next", 4)] }),
    step(9, {
      kind: "tool",
      label: "Fail",
      tool: { module: "DsLookup", name: "Log Event" },
      rect: at(2, 1),
      exits: [exit("Success", null), exit("Failure", null, { isError: true })],
    }),
  ],
  { name: "Small" },
);

describe("flow view in a browser", () => {
  let browser: Browser;
  let flow: FlowPage;
  let page: Page;
  before(async () => {
    browser = await startChromium();
  });
  after(async () => {
    await browser?.close();
  });
  afterEach(async () => {
    await page?.context().close();
  });

  async function open(of: Handler = small, options: Parameters<typeof openFlow>[2] = {}): Promise<void> {
    flow = await openFlow(browser, flowResult(of), { reducedMotion: true, ...options });
    ({ page } = flow);
  }

  const title = () => page.locator(".details h2").innerText();
  const spoken = () => page.locator("[aria-live=polite]").innerText();
  const press = async (...keys: string[]) => {
    for (const key of keys) await page.keyboard.press(key);
  };

  it("shows every step, line and stub without breaking its policy", async () => {
    await open();
    assert.equal(await page.locator(".stage .step").count(), 4);
    assert.equal(await page.locator(".stage .link").count(), 4);
    assert.equal(await page.locator(".stage .stub").count(), 2);
    assert.deepEqual(flow.errors, []);
  });

  it("follows links with the arrow keys, says where it is, and goes back", async () => {
    await open();
    await press("Home", "ArrowRight");
    assert.equal(await title(), "Ask");
    await press("ArrowRight");
    assert.equal(await title(), "Set");
    assert.match(await spoken(), /^Exit 1 of 2\. Set, node 7/);
    await press("ArrowDown");
    assert.equal(await title(), "Fail");
    assert.match(await spoken(), /Failure \(error\): not connected/);
    await press("ArrowRight");
    assert.match(await spoken(), /No exit leads on/);
    await press("ArrowLeft");
    assert.equal(await title(), "Ask");
    await press("2");
    assert.equal(await title(), "Fail");
    for (const expected of ["Ask", "Fail", "Set", "Ask", "Begin"]) {
      await press("Escape");
      assert.equal(await title(), expected);
    }
    await press("Escape");
    assert.equal(await page.locator(".details").isVisible(), false);
  });

  it("opens the listing at the selected step", async () => {
    await open();
    await press("Home", "ArrowRight", "Enter");
    assert.deepEqual((await flow.posted()).at(-1), { type: "openListing", node: 4 });
  });

  it("opens the subroutine that a step calls, and only there", async () => {
    const call = { kind: "subroutine", tool: { module: "", name: "RestRead" } } as const;
    await open(handler([step(0, { exits: [exit("Next", 1)] }), step(1, { ...call, label: "Read it" })]));
    await press("Home", "s", "ArrowRight", "s");
    const asked = (await flow.posted()).filter(({ type }) => type === "openSubroutine");
    assert.deepEqual(asked, [{ type: "openSubroutine", name: "RestRead" }]);
    await page.getByRole("button", { name: "Open the Subroutine (S)" }).click();
    assert.deepEqual((await flow.posted()).at(-1), { type: "openSubroutine", name: "RestRead" });
  });

  it("tells its keys", async () => {
    await open();
    const keys = page.getByRole("button", { name: "Keys" });
    assert.equal(await page.locator(".help").isVisible(), false);
    await keys.click();
    assert.match(await page.locator(".help").innerText(), /Enter opens the listing/);
    await press("Escape");
    assert.equal(await page.locator(".help").isVisible(), false);
  });

  it("shows what a step holds as text, never as markup", async () => {
    await open();
    await press("Home", "ArrowRight");
    const details = page.locator(".details");
    assert.match(await details.innerText(), /Asks <b>twice<\/b>/);
    assert.match(await details.innerText(), /sDigits = "1"/);
    assert.equal(await details.locator("b").count(), 0);
    await details.getByRole("button", { name: "→ Fail (9)" }).click();
    assert.equal(await title(), "Fail");
    assert.match(await details.innerText(), /FAILURE|Failure/);
    assert.equal(await details.getByText("not connected").count(), 2);
  });

  it("searches label, variable, node id and notes, with next and previous", async () => {
    await open();
    await press("/");
    await page.keyboard.type("sdigits");
    assert.equal(await title(), "Ask");
    assert.equal(await page.locator(".count").innerText(), "1 of 1");
    const input = page.getByRole("textbox");
    await input.fill("#9");
    assert.equal(await title(), "Fail");
    await input.fill("e");
    const first = await title();
    await press("Enter");
    assert.notEqual(await title(), first);
    await press("Shift+F3");
    assert.equal(await title(), first);
    await input.fill("nowhere to be found");
    assert.equal(await page.locator(".count").innerText(), "No results");
    await press("Escape");
    assert.equal(await input.inputValue(), "");
    assert.equal(await page.evaluate("document.activeElement.className"), "stage");
  });

  it("can be used from the list of steps alone", async () => {
    await open();
    await press("l");
    const list = page.getByRole("listbox");
    assert.deepEqual(
      await list
        .getByRole("option")
        .allInnerTexts()
        .then((all) => all.map((one) => one.split("\n")[0])),
      ["Begin", "Ask", "Set", "Fail"],
    );
    await press("ArrowDown", "ArrowDown");
    assert.equal(await title(), "Ask");
    const active = await list.getAttribute("aria-activedescendant");
    assert.equal(await page.locator(`#${active}`).getAttribute("aria-selected"), "true");
    await press("f");
    assert.equal(await title(), "Fail");
    await press("Enter");
    assert.deepEqual((await flow.posted()).at(-1), { type: "openListing", node: 9 });
  });

  it("has a name for everything that can have the focus", async () => {
    await open();
    await press("Home", "ArrowRight", "l");
    for (const role of ["button", "textbox", "listbox", "application"] as const)
      for (const one of await page.getByRole(role).all()) {
        const name = await one.evaluate(
          (node: { getAttribute(name: string): string | null; innerText: string }) =>
            node.getAttribute("aria-label") ?? node.innerText,
        );
        assert.notEqual(name.trim(), "", await one.evaluate((node: { outerHTML: string }) => node.outerHTML));
      }
  });

  it("selects by click, pans by drag and wheel, zooms about the pointer and fits", async () => {
    await open();
    await page.locator(".stage .step", { hasText: "Set" }).first().click();
    assert.equal(await title(), "Set");
    const place = () => page.locator(".stage .step").first().boundingBox();
    const before = (await place())!;
    await page.mouse.move(300, 600);
    await page.mouse.down();
    await page.mouse.move(380, 650, { steps: 4 });
    await page.mouse.up();
    await settled(page);
    const dragged = (await place())!;
    assert.ok(Math.abs(dragged.x - before.x - 80) < 2 && Math.abs(dragged.y - before.y - 50) < 2);
    assert.equal(await title(), "Set");
    await page.mouse.wheel(-40, 0);
    await settled(page);
    assert.ok(Math.abs((await place())!.x - dragged.x - 40) < 2);
    await page.keyboard.down("Control");
    await page.mouse.wheel(0, 60);
    await page.keyboard.up("Control");
    await settled(page);
    assert.ok((await place())!.width < before.width);
    await page.locator(".stage").focus();
    await press("0");
    await settled(page);
    assert.equal(await page.locator(".scale").innerText(), "100 %");
  });

  it("keeps selection and place when the file changes, and through a version that cannot be read", async () => {
    await open();
    await press("Home", "ArrowRight", "+", "Shift+ArrowRight");
    await settled(page);
    const scale = await page.locator(".scale").innerText();
    const x = (await page.locator(".stage .step").first().boundingBox())!.x;
    await flow.send({ type: "failed", message: "It is gone" });
    assert.match(await page.locator(".message-card").innerText(), /cannot be shown[\s\S]*It is gone/);
    const moved = { ...small, steps: [...small.steps.slice(1), { ...small.steps[0]!, label: "Start here" }] };
    await flow.send({ type: "show", flow: flowResult(moved) });
    await page.locator(".stage .step", { hasText: "Start here" }).waitFor();
    assert.equal(await title(), "Ask");
    assert.equal(await page.locator(".scale").innerText(), scale);
    const again = await page.locator(".stage .step", { hasText: "Start" }).first().boundingBox();
    assert.ok(Math.abs(again!.x - x) < 2);
  });

  it("remembers its place when it is opened again", async () => {
    await open(small, {
      state: { viewport: { x: -10, y: -20, scale: 0.75 }, node: 9, query: "fail", stepsShown: true },
    });
    assert.equal(await title(), "Fail");
    assert.equal(await page.locator(".scale").innerText(), "75 %");
    assert.equal(await page.getByRole("textbox").inputValue(), "fail");
    assert.equal(await page.getByRole("listbox").isVisible(), true);
  });

  it("says why there is no picture, and tries again when asked", async () => {
    await open(
      handler([], { problems: [{ code: "unreadable", severity: "error", message: "Not a handler" }] }),
    );
    assert.match(await page.locator(".message-card").innerText(), /Not a handler/);
    assert.equal(await page.locator(".toolbar").isVisible(), false);
    await page.getByRole("button", { name: "Try Again" }).click();
    assert.deepEqual((await flow.posted()).at(-1), { type: "retry" });
  });

  it("lists problems with their place and leads to the step", async () => {
    const problems = [
      { code: "a", severity: "warning", message: "Odd layout", place: { offset: 1234, node: 9 } },
      { code: "b", severity: "error", message: "Broken <i>here</i>", place: { line: 7 } },
    ] as const;
    await open({ ...small, problems });
    const banner = page.locator(".problems");
    assert.match(
      await banner.innerText(),
      /2 problems[\s\S]*Broken <i>here<\/i>[\s\S]*line 7[\s\S]*Odd layout[\s\S]*offset 1234/,
    );
    await banner.getByRole("button", { name: "Go to step 9" }).click();
    assert.equal(await title(), "Fail");
  });

  it("draws a PNG of the exported picture", async () => {
    await open();
    const image = flowSvgResult(small, "light");
    await flow.send({ type: "png", id: 5, image });
    // The page's policy forbids what waits inside the page.
    while (!(await flow.posted()).some(({ type }) => type.startsWith("png"))) await page.waitForTimeout(50);
    const [id, width, height, start] = (await page.evaluate(`(async () => {
      const { id, bytes } = posted.find((message) => message.type === "png");
      const image = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
      return [id, image.width, image.height, [...bytes.slice(1, 4)]];
    })()`)) as [number, number, number, number[]];
    assert.deepEqual([id, start], [5, [0x50, 0x4e, 0x47]]);
    assert.deepEqual([width, height], [image.width * 2, image.height * 2]);
  });

  it("has only near steps in the document of a large handler, and all of them on the map", async () => {
    await open(largeHandler(2000));
    const near = await page.locator(".stage .step").count();
    assert.ok(near > 10 && near < 300, `${near} steps`);
    await page.locator(".search input").fill("#1999");
    assert.equal(await page.locator(".count").innerText(), "1 of 1");
    await page.locator(".stage .step").filter({ hasText: "1999" }).first().waitFor();
    await page.locator(".stage").focus();
    await press("0");
    await page.locator(".stage.far").waitFor();
    const boxes = (await page.evaluate(
      `[...document.querySelectorAll(".overview .far-box")].map((path) => path.getAttribute("d").split("M").length - 1).reduce((a, b) => a + b, 0)`,
    )) as number;
    assert.equal(boxes, 2000);
  });

  for (const theme of ["dark", "light", "high-contrast", "high-contrast-light"] as ThemeName[]) {
    it(`can be told apart in the ${theme} theme`, async () => {
      await open(small, { theme });
      const colours = (await page.evaluate(`(() => {
        const style = (selector) => getComputedStyle(document.querySelector(selector));
        return {
          text: style(".stage .label").fill,
          box: style(".stage .box").fill,
          border: style(".stage .k-native .box").stroke,
          icon: style(".stage .icon").stroke,
          logic: style(".stage .f-logic .icon").stroke,
          line: style(".stage .line").stroke,
          error: style(".stage .stub.error").stroke,
        };
      })()`)) as Record<string, string>;
      for (const [what, colour] of Object.entries(colours)) {
        assert.match(colour, /^(rgb|color)\(/, what);
        if (what !== "box") assert.notEqual(colour, colours["box"], what);
      }
      assert.notEqual(colours["error"], colours["line"]);
    });
  }
});
