import type { PackageContents, PackageRow, PackageView } from "../../server/src/protocol";
import { element, fill } from "../flow/elements";
import { type Glyph, glyph } from "./glyphs";
import { number, say } from "./text";

export interface ToolbarEvents {
  readonly run: (action: PackageView.Action) => void;
  readonly extract: () => void;
  readonly filter: (text: string) => void;
  readonly expandAll: () => void;
  readonly collapseAll: () => void;
  /** Down arrow in the filter: on to the tree. */
  readonly leave: () => void;
}

/** What can be done with the package, and the filter of its tree. */
export class Toolbar {
  readonly root = element("div", { class: "toolbar", role: "toolbar" });
  private readonly input = element("input", { type: "search", class: "filter", spellcheck: "false" });
  private readonly count = element("span", { class: "filter-count", role: "status" });
  private readonly extractButton: HTMLButtonElement;
  private readonly actions = element("span", { class: "actions" });
  private contents: PackageContents | undefined;

  constructor(private readonly events: ToolbarEvents) {
    this.extractButton = button("extract", say("extractSelected"), () => events.extract());
    this.extractButton.disabled = true;
    this.input.placeholder = say("filter");
    this.input.setAttribute("aria-label", say("filter"));
    this.input.addEventListener("input", () => events.filter(this.input.value));
    this.input.addEventListener("keydown", (event) => {
      if (event.key === "ArrowDown") events.leave();
      else if (event.key === "Escape" && this.input.value !== "") {
        this.input.value = "";
        events.filter("");
      } else return;
      event.preventDefault();
    });
    const search = element("span", { class: "search" }, glyph("search"), this.input, this.count);
    this.root.append(
      this.actions,
      element("span", { class: "space" }),
      element(
        "span",
        { class: "find" },
        search,
        iconButton("expandAll", say("expandAll"), events.expandAll),
        iconButton("collapseAll", say("collapseAll"), events.collapseAll),
      ),
    );
  }

  get filter(): string {
    return this.input.value;
  }

  set filter(text: string) {
    this.input.value = text;
  }

  show(contents: PackageContents): void {
    this.contents = contents;
    const { run } = this.events;
    const { encrypted, locked } = contents;
    const password =
      encrypted &&
      (locked
        ? button("unlock", say("givePassword"), () => run("password"), "primary")
        : button("lock", say("forgetPassword"), () => run("forget")));
    fill(
      this.actions,
      password,
      button("verify", say("verify"), () => run("verify")),
      this.extractButton,
      button("extract", say("extractAll"), () => run("extractAll")),
      button("compare", say("compare"), () => run("compare")),
    );
  }

  select(rows: readonly PackageRow[]): void {
    this.extractButton.disabled = rows.length === 0;
    const label = rows.length > 1 ? say("extractSelectedCount", number(rows.length)) : say("extractSelected");
    fill(this.extractButton, glyph("extract"), element("span", {}, label));
  }

  showMatches(matches: number): void {
    const isFiltered = this.input.value.trim() !== "";
    const all = this.contents?.rows.length ?? 0;
    this.count.textContent = isFiltered ? say("filterCount", number(matches), number(all)) : "";
  }

  focusFilter(): void {
    this.input.focus();
    this.input.select();
  }
}

function button(shape: Glyph, label: string, click: () => void, style = ""): HTMLButtonElement {
  const made = element(
    "button",
    { type: "button", class: `action ${style}` },
    glyph(shape),
    element("span", {}, label),
  );
  made.addEventListener("click", click);
  return made;
}

function iconButton(shape: Glyph, label: string, click: () => void): HTMLButtonElement {
  const made = element(
    "button",
    { type: "button", class: "icon-button", title: label, "aria-label": label },
    glyph(shape),
  );
  made.addEventListener("click", click);
  return made;
}
