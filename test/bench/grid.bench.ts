import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { ResultFile } from "../../server/src/database/resultFile";
import type { FromGrid, GridStrings, ToGrid } from "../../server/src/protocol";
import { startChromium } from "../vscode/chromium";
import { openView } from "../vscode/flowHarness";
import { middle } from "./measure";
import type { Row } from "./row";

const rows = 100_000;
const columns = 12;
const frames = 180;

/** As the editor part gives them in English. */
const strings: GridStrings = {
  grid: "Result",
  help: "",
  copy: "Copy",
  copyWithNames: "Copy with Names",
  save: "Save as CSV...",
  rows: "{0} rows",
  rowsOf: "{0} of {1} rows",
  position: "row {0}, column {1}",
  selected: "{0} rows and {1} columns selected",
  null: "NULL",
  empty: "No rows",
  row: "Row",
};

/** Scrolls so far each frame; answers the times between frames. */
const scroll = (pixels: number): string => `new Promise((done) => {
  const scroller = document.querySelector(".scroller");
  const times = [];
  let last = 0;
  const next = (now) => {
    if (last > 0) times.push(now - last);
    last = now;
    if (times.length >= ${frames}) return done(times);
    scroller.scrollTop += ${pixels};
    requestAnimationFrame(next);
  };
  requestAnimationFrame(next);
})`;

/** Answers the grid as the editor part does: from the file, by pages. */
async function serve(page: Page, file: ResultFile, send: (message: ToGrid) => Promise<void>): Promise<void> {
  await page.exposeFunction("fetched", async (from: number, count: number) => {
    const answer = await file.page(from, count);
    // The page may be gone by then.
    await send({ type: "rows", from, rows: answer.rows }).catch(() => undefined);
  });
  await page.evaluate(() => {
    const window = globalThis as unknown as {
      posted: { push(message: FromGrid): number };
      fetched(from: number, count: number): void;
    };
    window.posted.push = (message) => {
      if (message.type === "fetch") window.fetched(message.from, message.count);
      return 0;
    };
  });
}

/** The result grid with 100,000 rows: time to the first row, and whether scrolling keeps up. */
export default async function run(): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), "hw-bench-"));
  const browser = await startChromium();
  try {
    const path = join(folder, "rows.csv");
    const names = Array.from({ length: columns }, (_, index) => `column ${index}`);
    const line = (row: number): string =>
      `${names.map((_, column) => `value ${row} of ${column}`).join(",")}\n`;
    writeFileSync(
      path,
      `${names.join(",")}\n${Array.from({ length: rows }, (_, row) => line(row)).join("")}`,
    );
    const file = new ResultFile(path);
    const began = performance.now();
    await file.page(rows - 100, 100);
    const indexed = performance.now() - began;
    const again = performance.now();
    for (let at = 0; at < 100; at++) await file.page((at * 977) % rows, 200);
    const paged = (performance.now() - again) / 100;

    const { page, send } = await openView(browser, "grid", {});
    await serve(page, file, send);
    await send({ type: "strings", strings });
    const opened = performance.now();
    await send({
      type: "shape",
      shape: {
        title: "Result",
        columns: names.map((name) => ({ name, type: "nvarchar", right: false })),
        rows,
        total: rows,
      },
    });
    await page.locator("#cell-0-0", { hasText: "value 0" }).waitFor();
    const first = performance.now() - opened;
    const result: Row[] = [
      { name: `index a result of ${rows} rows`, value: indexed, unit: "ms" },
      { name: "read 200 rows anywhere in it", value: paged, unit: "ms" },
      { name: `grid of ${rows} rows: shape to first row`, value: first, unit: "ms" },
    ];
    for (const [name, pixels] of [
      ["by the wheel, 100 pixels a frame", 100],
      ["by the scroll bar, 10,000 pixels a frame", 10_000],
    ] as const) {
      const times = (await page.evaluate<number[]>(scroll(pixels))).sort((a, b) => a - b);
      result.push(
        { name: `scroll ${name}: time between frames`, value: middle(times), unit: "ms", target: "16.7 ms" },
        {
          name: `scroll ${name}: 95th of 100 frames`,
          value: times[Math.floor(times.length * 0.95)] ?? 0,
          unit: "ms",
          target: "33 ms",
        },
      );
    }
    return result;
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
