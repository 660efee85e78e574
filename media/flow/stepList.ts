import type { FlowRequest } from "../../server/src/protocol";
import { element } from "./elements";
import { say } from "./text";
import { listTarget } from "./listKeys";

export interface StepListEvents {
  readonly chosen: (index: number) => void;
  readonly opened: (index: number) => void;
  readonly left: () => void;
}

/** Keys typed within this many milliseconds belong to one word. */
const TYPING = 700;

/** All steps as a listbox, in the order of the flow: the picture for those who do not see or point at it. */
export class StepList {
  readonly root = element("section", { class: "steps-panel" });
  private readonly title = element("h2");
  private readonly list = element("ul", { class: "steps-list", role: "listbox", tabindex: 0 });
  private options: HTMLLIElement[] = [];
  private order: readonly number[] = [];
  private labels: string[] = [];
  private position = -1;
  private found: readonly number[] = [];
  /** Makes the options, which has not been necessary yet. */
  private make: (() => void) | null = null;
  private typed = { text: "", at: 0 };

  constructor(private readonly events: StepListEvents) {
    this.root.append(this.title, this.list);
    this.list.addEventListener("keydown", (event) => this.key(event));
    this.list.addEventListener("click", (event) => {
      const option = (event.target as Element).closest("li");
      const position = option ? this.options.indexOf(option) : -1;
      if (position >= 0) this.choose(position);
    });
    this.list.addEventListener("dblclick", () => this.open());
  }

  /** Takes a flow over; the options are made when the list is seen for the first time. */
  show(flow: FlowRequest.Result, order: readonly number[]): void {
    this.order = order;
    this.position = -1;
    this.options = [];
    this.list.replaceChildren();
    this.make = () => this.fill(flow);
    if (!this.root.hidden) this.appear();
  }

  /** Shows the list or hides it. */
  reveal(shown: boolean): void {
    this.root.hidden = !shown;
    if (shown) this.appear();
  }

  private appear(): void {
    const { make } = this;
    this.make = null;
    make?.();
  }

  private fill(flow: FlowRequest.Result): void {
    const { order } = this;
    this.title.textContent = say("stepCount", flow.steps.length);
    this.list.setAttribute("aria-label", say("stepsList"));
    this.labels = order.map((index) => flow.steps[index]!.label.toLowerCase());
    this.options = order.map((index, position) => {
      const step = flow.steps[index]!;
      return element(
        "li",
        { role: "option", id: `step-${position}`, "aria-selected": "false", class: `f-${step.family}` },
        element("span", { class: "dot", "aria-hidden": "true" }),
        element("span", { class: "name" }, step.label),
        element("span", { class: "node" }, String(step.node)),
        step.toolLabel !== step.label && element("span", { class: "sub" }, step.toolLabel),
      );
    });
    this.list.replaceChildren(...this.options);
    this.matches(this.found);
    this.mark(this.position);
  }

  /** Follows the selection made elsewhere. */
  select(index: number | null): void {
    this.mark(index === null ? -1 : this.order.indexOf(index));
  }

  matches(indices: readonly number[]): void {
    this.found = indices;
    const found = new Set(indices);
    this.options.forEach((option, position) =>
      option.classList.toggle("found", found.has(this.order[position]!)),
    );
  }

  focus(): void {
    this.list.focus();
  }

  private mark(position: number): void {
    this.options[this.position]?.setAttribute("aria-selected", "false");
    this.position = position;
    const option = this.options[position];
    if (!option) {
      this.list.removeAttribute("aria-activedescendant");
      return;
    }
    option.setAttribute("aria-selected", "true");
    this.list.setAttribute("aria-activedescendant", option.id);
    if (this.root.offsetParent !== null) option.scrollIntoView({ block: "nearest" });
  }

  private choose(position: number): void {
    const index = this.order[position];
    if (index === undefined) return;
    this.mark(position);
    this.events.chosen(index);
  }

  private open(): void {
    const index = this.order[this.position];
    if (index !== undefined) this.events.opened(index);
  }

  private key(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const to = listTarget(event.key, this.position, this.list, this.options, 24);
    if (to !== undefined) this.choose(to);
    else if (event.key === "Enter") this.open();
    else if (event.key === "Escape") this.events.left();
    else if (event.key.length === 1 && event.key !== " ") this.type(event.key, event.timeStamp);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** Goes to the next step whose label begins with what was typed. */
  private type(key: string, at: number): void {
    const text = (at - this.typed.at < TYPING ? this.typed.text : "") + key.toLowerCase();
    this.typed = { text, at };
    const from = text.length === 1 ? this.position + 1 : Math.max(0, this.position);
    const found = this.labels.findIndex((label, position) => position >= from && label.startsWith(text));
    const position = found >= 0 ? found : this.labels.findIndex((label) => label.startsWith(text));
    if (position >= 0) this.choose(position);
  }
}
