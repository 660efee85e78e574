import type { Browser, Page } from "playwright-core";
import type { FlowDiffRequest, FlowDiffView } from "../../server/src/protocol";
import { englishStrings, flowTexts, openView, type PageOptions } from "./flowHarness";

/** The flow diff's script in a plain browser, as `flowHarness` does it for the flow. */
export interface DiffPage {
  readonly page: Page;
  readonly errors: readonly string[];
  /** Everything the view posted so far. */
  posted(): Promise<FlowDiffView.ToEditor[]>;
}

export async function openDiff(
  browser: Browser,
  diff: FlowDiffRequest.Result,
  options: PageOptions = {},
): Promise<DiffPage> {
  const { page, errors, send } = await openView(browser, "diff", options);
  const strings = await englishStrings<FlowDiffView.Strings>(
    "client/src/compare/flowDiffStrings.ts",
    "flowDiffStrings",
  );
  await send({ type: "strings", flow: await flowTexts(), strings } satisfies FlowDiffView.ToView);
  const sides: FlowDiffView.Sides = { old: "old-base", now: "custom", source: { is: "a test" } };
  await send({ type: "show", diff, sides } satisfies FlowDiffView.ToView);
  await page.locator(".stage .step:visible").first().waitFor();
  return {
    page,
    errors,
    posted: () => page.evaluate(() => (globalThis as unknown as { posted: FlowDiffView.ToEditor[] }).posted),
  };
}
