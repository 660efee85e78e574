import { basename, dirname } from "node:path";
import type { Page } from "playwright-core";

/** Chooses a folder in VS Code's own file dialog; `accept` is the name of its button. */
export async function chooseFolder(page: Page, folder: string, accept: RegExp | string): Promise<void> {
  const widget = page.locator(".quick-input-widget");
  const input = widget.locator(".quick-input-box input");
  const button = widget.getByRole("button", { name: accept });
  await button.waitFor();
  // The dialog lists the folder it begins in, then one that is typed, and only then takes it.
  const rows = widget.locator(".monaco-list-row");
  await rows.first().waitFor();
  await input.fill(`${dirname(folder)}/`);
  await rows
    .filter({ hasText: basename(folder) })
    .first()
    .waitFor();
  await input.fill(`${folder}/`);
  await rows
    .filter({ hasText: basename(folder) })
    .first()
    .waitFor({ state: "hidden" });
  await button.click();
}

/**
 * Gives the path to save as, once the dialog has put its `proposal` there. `beside`: the name of a file of the chosen kind that is in the
 * folder already, by which one sees that the dialog has listed it.
 */
export async function saveAs(
  page: Page,
  file: string,
  { title, proposal, beside }: { readonly title: string; readonly proposal: RegExp; readonly beside: string },
): Promise<void> {
  const widget = page.locator(".quick-input-widget");
  await widget.locator(".quick-input-title").filter({ hasText: title }).waitFor();
  const input = widget.locator(".quick-input-box input");
  for (let tries = 0; tries < 100 && !proposal.test(await input.inputValue()); tries++)
    await page.waitForTimeout(100);
  await input.fill(`${dirname(file)}/`);
  await widget
    .locator(".monaco-list-row")
    .filter({ has: page.getByText(beside, { exact: true }) })
    .waitFor();
  await input.fill(file);
  await input.press("Enter");
}

/** Answers the dialog's question whether a file may be replaced. */
export async function answerReplace(page: Page, file: string, replace: boolean): Promise<void> {
  const widget = page.locator(".quick-input-widget");
  await widget
    .locator(".quick-input-title")
    .filter({ hasText: `${basename(file)} already exists` })
    .waitFor();
  await widget.getByRole("button", { name: replace ? "OK" : "Cancel", exact: true }).click();
}
