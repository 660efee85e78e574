import { type AxeResults, source } from "axe-core";
import type { Frame, Page } from "playwright-core";

/** The success criteria that the views are held to: WCAG 2.0, 2.1 and 2.2, levels A and AA. */
const criteria = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

const rules = {
  // A view is a frame of the editor, which names the frame after the tab; nobody sees a title of its document.
  "document-title": { enabled: false },
  // Rows are as high as in the editor's own lists (22 pixels), and what they do can be had with the keyboard too.
  "target-size": { enabled: false },
};

/**
 * What axe-core finds against the criteria: a line for each element, with the rule, the element, what is wrong, and its beginning.
 * Its script runs through the debugger, which no content security policy forbids.
 */
export async function violations(page: Page | Frame): Promise<readonly string[]> {
  await page.evaluate(source);
  const results = await page.evaluate<AxeResults>(
    `axe.run(document, ${JSON.stringify({ runOnly: criteria, rules, resultTypes: ["violations"] })})`,
  );
  return results.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, html, failureSummary }) => {
      const why = (failureSummary ?? "").split("\n").slice(1).join("; ").replace(/\s+/g, " ").trim();
      return `${id}: ${target.join(" ")}: ${why} ${html.slice(0, 200)}`;
    }),
  );
}

/** In the page: how what shows the focus looks: the element, the frame around it, or the row that is the active one. */
const look = `(each) => [each, each.parentElement, document.getElementById(each.getAttribute("aria-activedescendant") ?? "")]
  .filter((of) => of !== null)
  .map((of) => {
    const { outlineStyle, outlineWidth, outlineColor, boxShadow, borderColor, backgroundColor } = getComputedStyle(of);
    const outline = outlineStyle === "none" ? "" : outlineWidth + outlineColor;
    return [outline, boxShadow, borderColor, backgroundColor].join();
  })
  .join(";")`;

/** In the page: marks what Tab should reach with numbers; of radio buttons of one name that is one. */
const markStops = `(() => {
  const isStop = (each) =>
    !each.disabled && each.tabIndex >= 0 && each.checkVisibility({ visibilityProperty: true }) &&
    !(each.type === "radio" && !each.checked && document.querySelector('input[name="' + each.name + '"]:checked'));
  const interactive = "a[href], button, input, select, textarea, summary, [tabindex]";
  const stops = [...document.querySelectorAll(interactive)].filter(isStop);
  document.activeElement?.blur();
  stops.forEach((each, at) => {
    each.dataset.stop = at;
    each.dataset.look = (${look})(each);
  });
  return stops.map((each) => each.outerHTML.slice(0, 120));
})()`;

/** In the page: the number of what has the focus, and whether it looks otherwise than without. */
const focused = `(() => {
  const { activeElement: each } = document;
  return { at: Number(each.dataset.stop ?? -1), isVisible: (${look})(each) !== each.dataset.look };
})()`;

/** Walks through a page with Tab: what it does not reach, and where the focus cannot be seen. */
export async function keyboardProblems(page: Page): Promise<readonly string[]> {
  const stops = await page.evaluate<string[]>(markStops);
  const reached = new Set<number>();
  const problems: string[] = [];
  for (let press = 0; press <= stops.length; press++) {
    await page.keyboard.press("Tab");
    const { at, isVisible } = await page.evaluate<{ at: number; isVisible: boolean }>(focused);
    if (at < 0 || reached.has(at)) continue;
    reached.add(at);
    if (!isVisible) problems.push(`focus not visible: ${stops[at]}`);
  }
  return [...problems, ...stops.filter((_, at) => !reached.has(at)).map((stop) => `not reached: ${stop}`)];
}
