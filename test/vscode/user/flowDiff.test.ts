import assert from "node:assert/strict";
import type { Browser, Locator, Page } from "playwright-core";
import { defaultKinds } from "../../../server/src/analysis/compare/kinds";
import type { Handler, Step } from "../../../server/src/handler/model";
import { flowDiff } from "../../../server/src/language/compareFlow";
import { shownChange } from "../../../server/src/language/compareShared";
import { exit, handler, step } from "../../flowHandlers";
import { startChromium } from "../chromium";
import { type DiffPage, openDiff } from "../diffHarness";

/** How far right of their old place the steps behind the added ones stand. */
const MOVED = 400;

/** A line of 40 steps; `next` says where one leads other than to the following node id. */
function chain(
  nodes: readonly number[],
  next: Readonly<Record<number, number>>,
  more: (node: number) => Partial<Step>,
): Handler {
  return handler(
    nodes.map((node) => {
      const to = next[node] ?? node + 1;
      return step(node, { exits: [exit("Next", nodes.includes(to) ? to : null)], ...more(node) });
    }),
    { name: "Line" },
  );
}

const numbers = Array.from({ length: 40 }, (_, at) => at);
const old = chain(numbers, {}, () => ({}));
/** 10 has another label, 90 is put in behind 19, which moves the rest, and 30 is gone. */
const now = chain([...numbers.filter((node) => node !== 30), 90], { 19: 90, 90: 20, 29: 31 }, (node) => {
  const left = 30 + (node === 90 ? 20 : node) * 160 + (node >= 20 && node !== 90 ? MOVED : 0);
  const rect = { left, top: 30, right: left + 100, bottom: 119 };
  if (node === 90) return { rect, label: "Put in" };
  return node === 10 ? { rect, label: "Another name" } : { rect };
});

describe("flow diff in a browser", () => {
  let browser: Browser;
  let diff: DiffPage;
  let page: Page;
  before(async () => {
    browser = await startChromium();
  });
  after(async () => {
    await browser?.close();
  });
  beforeEach(async () => {
    diff = await openDiff(browser, flowDiff(old, now, defaultKinds, shownChange), { reducedMotion: true });
    ({ page } = diff);
  });
  afterEach(async () => {
    await page?.context().close();
  });

  const press = async (...keys: readonly string[]): Promise<void> => {
    for (const key of keys) await page.keyboard.press(key);
  };
  const count = (): Promise<string> => page.locator(".toolbar .count").innerText();
  const title = (): Promise<string> => page.locator(".change-details h2").innerText();
  const stage = (pane: "old" | "now" | "both"): Locator => page.locator(`.pane.${pane} .stage`);

  interface Box {
    readonly x: number;
    readonly y: number;
    readonly width: number;
  }
  /** Where a step is in its picture; undefined = it is not drawn. */
  async function place(pane: "old" | "now", label: string): Promise<Box | undefined> {
    const found = stage(pane).locator(".step", { has: page.getByText(label, { exact: true }) });
    if ((await found.count()) === 0) return undefined;
    const [box, view] = [await found.first().boundingBox(), await stage(pane).boundingBox()];
    return box && view ? { x: box.x - view.x, y: box.y - view.y, width: box.width } : undefined;
  }
  /** Waits until a step that both pictures have is at the same place of both, and one that fits; gives the place. */
  async function level(label: string, fits: (place: Box) => boolean = () => true): Promise<Box> {
    let last: unknown;
    for (let tries = 0; tries < 60; tries++) {
      const [a, b] = [await place("old", label), await place("now", label)];
      const isLevel = a && b && [a.x - b.x, a.y - b.y, a.width - b.width].every((by) => Math.abs(by) < 4);
      if (isLevel && fits(b)) return b;
      last = { old: a, now: b };
      await page.waitForTimeout(50);
    }
    assert.fail(`${label} is not level: ${JSON.stringify(last)}`);
  }

  it("goes to the next and the previous change in the order of the flow, round and round", async () => {
    assert.match(await page.locator(".change-list").innerText(), /Another name[^]*Put in[^]*Step 30/);
    assert.equal(await count(), "– of 5");
    const subjects: string[] = [];
    for (let at = 1; at <= 5; at++) {
      await press(at % 2 === 0 ? "F7" : "n");
      assert.equal(await count(), `${at} of 5`);
      subjects.push(await title());
    }
    assert.deepEqual(subjects, [
      "Another name (10)",
      "Step 19 (19)",
      "Put in (90)",
      "Step 29 (29)",
      "Step 30 (30)",
    ]);
    await press("n");
    assert.equal(await count(), "1 of 5");
    await press("p");
    assert.equal(await count(), "5 of 5");
    await press("Shift+F7");
    assert.equal(await title(), "Step 29 (29)");
    await page.getByRole("button", { name: "Next Change (F7)" }).click();
    assert.equal(await title(), "Step 30 (30)");
    await page.getByRole("button", { name: "Previous Change (Shift+F7)" }).click();
    assert.equal(await title(), "Step 29 (29)");
    assert.deepEqual(diff.errors, []);
  });

  it("brings a change into view in both pictures, with its colour and sign", async () => {
    await press("n", "n", "n");
    await stage("now").locator(".step.s-added .status").first().waitFor();
    await stage("old").getByText("Step 19", { exact: true }).first().waitFor();
    await press("n", "n");
    const removed = stage("old").locator(".step.s-removed", { hasText: "Step 30" });
    await removed.locator(".status").waitFor();
    const [box, view] = [(await removed.boundingBox())!, (await stage("old").boundingBox())!];
    assert.ok(box.x >= view.x && box.x + box.width <= view.x + view.width, "the removed step is in view");
    assert.equal(await stage("now").locator(".s-removed").count(), 0);
  });

  it("scrolls and zooms both pictures together, whichever is moved", async () => {
    await level("Step 2");
    await page.locator(".change-list li", { hasText: "Step 29" }).click();
    // It stands 400 pixels further right in the new picture.
    const { x } = await level("Step 29");
    await stage("now").focus();
    await press("ArrowRight");
    const panned = await level("Step 29", (place) => place.x < x - 50);
    const box = (await stage("old").boundingBox())!;
    await page.mouse.move(box.x + box.width / 2, box.y + box.height - 40);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width / 2 + 100, box.y + box.height - 40, { steps: 4 });
    await page.mouse.up();
    // The picture that was dragged led.
    const dragged = await level("Step 29", (place) => place.x > panned.x + 50);
    await stage("now").focus();
    await press("+");
    await level("Step 29", ({ width }) => width > dragged.width * 1.1);
  });

  it("lays both pictures over each other, with what is gone at its place", async () => {
    await press("n", "n", "n", "n", "n", "o");
    const removed = stage("both").locator(".step.s-removed", { hasText: "Step 30" });
    await removed.waitFor();
    assert.equal(await page.locator(".pane.old").isVisible(), false);
    assert.ok((await stage("both").locator(".link.s-removed").count()) >= 2);
    assert.ok((await stage("both").locator(".link.s-added").count()) >= 1);
    await press("o");
    await stage("old").waitFor();
    assert.equal(await title(), "Step 30 (30)");
  });

  it("opens the listing diff at the selected change: of a removed step on the old side", async () => {
    await press("n", "Enter");
    assert.deepEqual((await diff.posted()).at(-1), { type: "openListing", node: 10, oldNode: 10 });
    await press("p", "Enter");
    assert.deepEqual((await diff.posted()).at(-1), { type: "openListing", node: null, oldNode: 30 });
  });
});
