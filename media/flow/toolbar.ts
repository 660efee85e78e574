import { element, icon, iconButton } from "./elements";
import { say } from "./text";

export interface ToolbarEvents {
  readonly toggleSteps: () => void;
  readonly query: (text: string) => void;
  readonly step: (forward: boolean) => void;
  readonly left: () => void;
  readonly zoom: (factor: number) => void;
  readonly full: () => void;
  readonly fit: () => void;
  readonly listing: () => void;
}

/** Search, zoom and the list's switch. */
export class Toolbar {
  readonly root: HTMLElement;
  private readonly input: HTMLInputElement;
  private readonly count = element("span", { class: "count", role: "status" });
  private readonly scale: HTMLButtonElement;
  private readonly steps: HTMLButtonElement;
  private readonly ways: readonly HTMLButtonElement[];
  private readonly helpButton: HTMLButtonElement;
  private readonly help = element("p", { class: "help" }, say("pictureHelp"));

  constructor(private readonly events: ToolbarEvents) {
    this.steps = iconButton("list", say("steps"), events.toggleSteps);
    this.input = element("input", {
      type: "text",
      placeholder: say("search"),
      "aria-label": say("search"),
      spellcheck: "false",
      autocomplete: "off",
    });
    this.input.addEventListener("input", () => events.query(this.input.value));
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.help.hidden = true;
    this.helpButton = iconButton("help", say("help"), () => this.showHelp(this.help.hidden));
    this.helpButton.setAttribute("aria-expanded", "false");
    this.helpButton.addEventListener("keydown", ({ key }) => {
      if (key === "Escape") this.showHelp(false);
    });
    this.ways = [
      iconButton("up", say("previous"), () => events.step(false)),
      iconButton("down", say("next"), () => events.step(true)),
    ];
    this.scale = element("button", { type: "button", class: "scale", title: say("zoomTo100") });
    this.scale.addEventListener("click", events.full);
    this.root = element(
      "header",
      { class: "toolbar" },
      this.steps,
      element(
        "div",
        { class: "search", role: "search" },
        icon("search"),
        this.input,
        this.count,
        ...this.ways,
      ),
      element("span", { class: "space" }),
      iconButton("minus", say("zoomOut"), () => events.zoom(1 / 1.25)),
      this.scale,
      iconButton("plus", say("zoomIn"), () => events.zoom(1.25)),
      iconButton("fit", say("fit"), events.fit),
      iconButton("listing", say("openListing"), events.listing),
      this.helpButton,
      this.help,
    );
    this.found(0, null);
  }

  get query(): string {
    return this.input.value;
  }

  set query(text: string) {
    this.input.value = text;
  }

  focusSearch(): void {
    this.input.focus();
    this.input.select();
  }

  showScale(scale: number): void {
    const text = `${Math.round(scale * 100)} %`;
    if (this.scale.textContent === text) return;
    this.scale.textContent = text;
    this.scale.setAttribute("aria-label", `${text}, ${say("zoomTo100")}`);
  }

  stepsShown(shown: boolean): void {
    this.steps.setAttribute("aria-pressed", String(shown));
  }

  private showHelp(shown: boolean): void {
    this.help.hidden = !shown;
    this.helpButton.setAttribute("aria-expanded", String(shown));
  }

  /** `position` counts from 0; null = none of the matches is selected. */
  found(count: number, position: number | null): void {
    const searching = this.input.value.trim() !== "";
    this.count.textContent = !searching
      ? ""
      : count === 0
        ? say("searchNone")
        : say("searchCount", position === null ? "–" : position + 1, count);
    this.root.classList.toggle("nothing", searching && count === 0);
    for (const way of this.ways) way.disabled = count === 0;
  }

  private key(event: KeyboardEvent): void {
    if (event.key === "Enter") this.events.step(!event.shiftKey);
    else if (event.key === "Escape") {
      this.input.value = "";
      this.events.query("");
      this.events.left();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }
}
