import type { Locator, Page } from "playwright-core";

/** How long a command or file may take to be known: extensions and the file search start late. */
const patience = 40_000;

/** VS Code's quick input: the command palette and quick open. */
export class Palette {
  private readonly widget: Locator;
  private readonly input: Locator;

  constructor(private readonly page: Page) {
    this.widget = page.locator(".quick-input-widget");
    this.input = this.widget.locator(".quick-input-box input");
  }

  /** Runs the command whose title is `title`, or `Category: title`. Throws with what the palette offered. */
  async run(title: string): Promise<void> {
    await this.pick("F1", `>${title}`, (label) => label === title || label.endsWith(`: ${title}`));
  }

  /** Opens the file with this name or path end. Throws with what quick open offered. */
  async open(name: string): Promise<void> {
    const file = name.split("/").pop() ?? name;
    await this.pick("Control+P", name, (label) => label === file);
  }

  async close(): Promise<void> {
    for (let tries = 0; (await this.input.isVisible()) && tries < 10; tries++) {
      await this.page.keyboard.press("Escape");
      await this.page.waitForTimeout(50);
    }
  }

  /** Picks the entry with this label in the picker that is open. */
  async choose(label: string): Promise<void> {
    await this.input.fill(label);
    if (!(await this.acceptSoon((offered) => offered === label))) {
      throw new Error(`'${label}' was not offered, but: ${(await this.labels()).join(" | ") || "nothing"}`);
    }
  }

  private async pick(key: string, text: string, wanted: (label: string) => boolean): Promise<void> {
    const deadline = Date.now() + patience;
    let offered: string[] = [];
    // The list is made when the input opens, so what is not in it yet needs another opening.
    while (Date.now() < deadline) {
      await this.show(key);
      try {
        await this.input.fill(text, { timeout: 2_000 });
      } catch {
        // An editor that has just opened takes the focus, which closes the input.
        continue;
      }
      if (await this.acceptSoon(wanted)) return;
      offered = await this.labels();
      await this.close();
    }
    throw new Error(
      `'${text}' was not offered in ${patience / 1000} s, but: ${offered.join(" | ") || "nothing"}`,
    );
  }

  private async show(key: string): Promise<void> {
    for (let tries = 0; tries < 10; tries++) {
      await this.page.keyboard.press(key);
      try {
        await this.input.waitFor({ state: "visible", timeout: 1_000 });
        return;
      } catch {
        // Keys pressed while the window still loads are lost.
      }
    }
    throw new Error(`The quick input did not open on ${key}.`);
  }

  /** One a row: rows are used again, and may hold the detail of a list that was shown before. */
  private labels(): Promise<string[]> {
    return this.widget
      .locator(".monaco-list-row")
      .evaluateAll((rows) =>
        rows.map((row) => row.querySelector(".quick-input-list-label .label-name")?.textContent ?? ""),
      );
  }

  /** Waits two seconds for the wanted row and accepts it. */
  private async acceptSoon(wanted: (label: string) => boolean): Promise<boolean> {
    for (let tries = 0; tries < 40; tries++) {
      const index = (await this.labels()).findIndex(wanted);
      if (index >= 0 && (await this.accept(index, wanted))) return true;
      await this.page.waitForTimeout(50);
    }
    return false;
  }

  /** Accepts the row if it is still the wanted one: the list may have moved under us. */
  private async accept(index: number, wanted: (label: string) => boolean): Promise<boolean> {
    const row = this.widget.locator(".monaco-list-row").nth(index);
    try {
      if (
        !wanted(
          await row.locator(".quick-input-list-label .label-name").first().innerText({ timeout: 2_000 }),
        )
      )
        return false;
      await row.click({ timeout: 5_000 });
      return true;
    } catch {
      // A click that closes webviews has worked before it is over: the page still waits for their frames.
      return !(await this.widget.isVisible());
    }
  }
}
