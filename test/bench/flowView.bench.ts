import type { Page } from "playwright-core";
import { flow } from "../../server/src/handler/flow/flow";
import { flowSvg } from "../../server/src/handler/flow/flowSvg";
import { flowResult } from "../../server/src/language/flow";
import { largeHandler } from "../flowHandlers";
import { startChromium } from "../vscode/chromium";
import { openFlow } from "../vscode/flowHarness";
import { middle } from "./measure";
import type { Row } from "./row";

const STEPS = 2000;
const FRAMES = 120;

/** From the message with the picture to the frame that shows it. */
const OPEN = `() => new Promise((done) => {
  const began = performance.now();
  window.postMessage({ type: "show", flow: window.large });
  const look = () => {
    if (document.querySelector(".stage .step")) requestAnimationFrame(() => done(performance.now() - began));
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})`;

/** The times between frames while the picture is panned there and back, 30 pixels a frame. */
const PAN = (move: string): string => `() => new Promise((done) => {
  const times = [];
  let last = 0;
  const next = (now) => {
    if (last > 0) times.push(now - last);
    last = now;
    if (times.length >= ${FRAMES}) return done(times);
    const way = times.length < ${FRAMES / 2} ? 1 : -1;
    (${move})(25 * way, 17 * way);
    requestAnimationFrame(next);
  };
  requestAnimationFrame(next);
})`;

const WHEEL = `(deltaX, deltaY) => document.querySelector(".stage")
  .dispatchEvent(new WheelEvent("wheel", { deltaX, deltaY, cancelable: true }))`;

const ZOOM_TO = (scale: number): string => `(() => {
  const stage = document.querySelector(".stage");
  let left = Math.log(${scale} / (parseFloat(document.querySelector(".scale").textContent) / 100));
  while (Math.abs(left) > 0.001) {
    const step = Math.max(-0.36, Math.min(0.36, left));
    stage.dispatchEvent(new WheelEvent("wheel", { deltaY: -step / 0.006, ctrlKey: true, clientX: 700, clientY: 400, cancelable: true }));
    left -= step;
  }
})()`;

interface Pan {
  /** Milliseconds between two frames, the middle and the 95th of 100. */
  readonly median: number;
  readonly slow: number;
  /** Milliseconds of the page's main thread a frame. */
  readonly work: number;
}

async function pan(page: Page, move: string): Promise<Pan> {
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable");
  const threadTime = async (): Promise<number> =>
    (await session.send("Performance.getMetrics")).metrics.find(({ name }) => name === "ThreadTime")?.value ??
    0;
  const before = await threadTime();
  const times = await page.evaluate<number[]>(`(${PAN(move)})()`);
  const work = ((await threadTime()) - before) * 1000;
  const sorted = times.sort((a, b) => a - b);
  return { median: middle(sorted), slow: sorted[Math.floor(sorted.length * 0.95)]!, work: work / FRAMES };
}

/** The picture as one document in a page, every step in it: what the view would be without its layers. */
async function plainSvg(page: Page): Promise<void> {
  const svg = flowSvg(flow(largeHandler(STEPS)), { theme: "dark" });
  await page.goto("about:blank");
  await page.setContent(`<body style="margin:0;overflow:hidden">${svg}</body>`);
  await page.evaluate(`(() => {
    const svg = document.querySelector("svg");
    svg.setAttribute("width", "1280");
    svg.setAttribute("height", "800");
    window.place = [0, 0];
  })()`);
}

const PLAIN_MOVE = `(dx, dy) => {
  place[0] += dx; place[1] += dy;
  document.querySelector("svg").setAttribute("viewBox", place[0] + " " + place[1] + " 1280 800");
}`;

export default async function run(): Promise<Row[]> {
  const browser = await startChromium();
  try {
    const plain = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    await plainSvg(plain);
    const whole = await pan(plain, PLAIN_MOVE);
    await plain.close();

    const { page } = await openFlow(browser, null);
    await page.evaluate(`window.large = ${JSON.stringify(flowResult(largeHandler(STEPS)))}; 0`);
    const opened = await page.evaluate<number>(`(${OPEN})()`);
    const rows: Row[] = [
      { name: `open a flow of ${STEPS} steps: message to picture`, value: opened, unit: "ms" },
    ];
    for (const [name, scale] of [
      ["at 100 %", 1],
      ["at 50 %", 0.5],
      ["from far away, 10 %", 0.1],
    ] as const) {
      await page.evaluate(ZOOM_TO(scale));
      await page.waitForTimeout(400);
      const { median, slow, work } = await pan(page, WHEEL);
      const beside = scale === 1;
      rows.push(
        {
          name: `pan ${STEPS} steps ${name}: time between frames`,
          value: median,
          unit: "ms",
          ...(beside ? { baseline: { name: "all steps in one SVG", value: whole.median } } : {}),
          target: "16.7 ms",
        },
        {
          name: `pan ${STEPS} steps ${name}: 95th of 100 frames`,
          value: slow,
          unit: "ms",
          ...(beside ? { baseline: { name: "all steps in one SVG", value: whole.slow } } : {}),
        },
        {
          name: `pan ${STEPS} steps ${name}: main thread a frame`,
          value: work,
          unit: "ms",
          ...(beside ? { baseline: { name: "all steps in one SVG", value: whole.work } } : {}),
        },
      );
    }
    return rows;
  } finally {
    await browser.close();
  }
}
