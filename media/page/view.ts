import type {
  FromPage,
  Page,
  PageAction,
  PageBlock,
  PageFact,
  PageRow,
  ToPage,
} from "../../server/src/protocol";
import { element } from "../flow/elements";
import { Fields } from "./fields";

/** Draws a page, and says what was pressed and filled in. */
export class PageView {
  private readonly fields = new Fields();
  private readonly said = element("p", { class: "status", role: "status" });
  private busy = false;

  constructor(
    private readonly root: HTMLElement,
    private readonly send: (message: FromPage) => void,
  ) {
    root.addEventListener("keydown", (event) => {
      // Enter in a text field does what the first button does.
      if (event.key !== "Enter" || !(event.target instanceof HTMLInputElement)) return;
      root.querySelector<HTMLButtonElement>("header button.primary:not([aria-disabled=true])")?.click();
    });
  }

  show(page: Page): void {
    const kept = new Map(Object.entries(this.fields.values()));
    const focused = document.activeElement?.id;
    const scroll = document.documentElement.scrollTop;
    this.fields.clear();
    this.root.replaceChildren(
      element(
        "header",
        {},
        element("h1", {}, page.title),
        page.lead ? element("p", { class: "lead" }, page.lead) : "",
        element(
          "div",
          { class: "bar", role: "toolbar" },
          ...page.actions.map((action) => this.button(action)),
        ),
        this.said,
      ),
      facts(page.facts),
      ...page.blocks.map((block) => this.block(block, kept)),
    );
    this.fields.update();
    this.lock();
    document.documentElement.scrollTop = scroll;
    if (focused) document.getElementById(focused)?.focus();
  }

  status({ text, tone, busy }: Extract<ToPage, { type: "status" }>): void {
    this.said.textContent = text;
    this.said.className = `status tone-${tone}`;
    this.busy = busy;
    this.lock();
  }

  private lock(): void {
    document.body.setAttribute("aria-busy", String(this.busy));
  }

  private button(action: PageAction): HTMLElement {
    const why = action.disabled;
    const button = element(
      "button",
      {
        id: `action-${action.id}`,
        type: "button",
        class: action.primary ? "primary" : undefined,
        // Still to be reached with the keyboard, so that screen readers can say why.
        "aria-disabled": why === undefined ? undefined : "true",
        title: why,
        "aria-description": why,
      },
      action.label,
    );
    button.addEventListener("click", () => {
      if (why === undefined) this.send({ type: "action", id: action.id, values: this.fields.values() });
    });
    return button;
  }

  private block(block: PageBlock, kept: ReadonlyMap<string, string>): HTMLElement {
    switch (block.kind) {
      case "text":
        return element("p", {}, block.text);
      case "notice":
        return element("p", { class: `notice tone-${block.tone}`, role: "note" }, block.text);
      case "fields":
        return this.fields.group(block.title, block.fields, kept);
      case "code":
        return element(
          "details",
          {},
          element("summary", {}, block.title),
          block.note ? element("p", {}, block.note) : "",
          element("pre", { tabindex: 0 }, block.text),
          block.action ? this.button(block.action) : "",
        );
      case "table":
        return element(
          "section",
          {},
          element("h2", {}, block.title),
          element(
            "table",
            { "aria-label": block.title },
            element(
              "thead",
              {},
              element("tr", {}, ...block.head.map((cell) => element("th", { scope: "col" }, cell))),
            ),
            element("tbody", {}, ...block.rows.map((row) => this.row(row))),
          ),
          block.note ? element("p", { class: "quiet" }, block.note) : "",
        );
    }
  }

  private row({ cells, place, tone }: PageRow): HTMLElement {
    return element(
      "tr",
      { class: `tone-${tone ?? "none"}` },
      ...cells.map((cell, index) => {
        if (index > 0 || !place) return element("td", {}, cell);
        const link = element("a", { href: "#" }, cell);
        link.addEventListener("click", (event) => {
          event.preventDefault();
          this.send({ type: "open", place });
        });
        return element("td", {}, link);
      }),
    );
  }
}

function facts(all: readonly PageFact[]): HTMLElement {
  return element(
    "dl",
    {},
    ...all.flatMap(({ label, value, tone }) => [
      element("dt", {}, label),
      element("dd", { class: `tone-${tone ?? "none"}` }, value),
    ]),
  );
}
