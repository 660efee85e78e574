import { element } from "../flow/elements";
import { type Change, statusOf } from "./order";
import { tell } from "./text";
import { listTarget } from "../flow/listKeys";

export interface ChangeListEvents {
  readonly chosen: (position: number) => void;
  readonly opened: () => void;
  readonly left: () => void;
}

const SIGNS = { added: "+", removed: "−", changed: "~" } as const;

/** All changes as a listbox, in the order of the flow: the pictures for those who do not see or point at them. */
export class ChangeList {
  readonly root = element("section", { class: "changes" });
  private readonly title = element("h2");
  private readonly list = element("ul", { class: "change-list", role: "listbox", tabindex: 0 });
  private options: HTMLLIElement[] = [];
  private position = -1;

  constructor(private readonly events: ChangeListEvents) {
    this.root.append(this.title, this.list);
    this.list.addEventListener("keydown", (event) => this.key(event));
    this.list.addEventListener("click", (event) => {
      const option = (event.target as Element).closest("li");
      const position = option ? this.options.indexOf(option) : -1;
      if (position >= 0) events.chosen(position);
    });
    this.list.addEventListener("dblclick", () => events.opened());
  }

  show(changes: readonly Change[]): void {
    this.position = -1;
    this.title.textContent = changes.length > 0 ? tell("changes", changes.length) : tell("noChanges");
    this.list.setAttribute("aria-label", this.title.textContent);
    this.list.hidden = changes.length === 0;
    this.options = changes.map((change, position) => {
      const status = statusOf(change);
      return element(
        "li",
        { role: "option", id: `change-${position}`, "aria-selected": "false", class: `is-${status}` },
        element("span", { class: "sign", "aria-hidden": "true" }, SIGNS[status]),
        element("span", { class: "name" }, subjectOf(change)),
        element("span", { class: "hidden" }, `, ${tell(status)}: `),
        element("span", { class: "sub" }, change.what),
      );
    });
    this.list.replaceChildren(...this.options);
  }

  select(position: number | null): void {
    this.options[this.position]?.setAttribute("aria-selected", "false");
    this.position = position ?? -1;
    const option = this.options[this.position];
    if (!option) {
      this.list.removeAttribute("aria-activedescendant");
      return;
    }
    option.setAttribute("aria-selected", "true");
    this.list.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }

  focus(): void {
    this.list.focus();
  }

  private key(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const to = listTarget(event.key, this.position, this.list, this.options, 40);
    if (to !== undefined) this.events.chosen(to);
    else if (event.key === "Enter") this.events.opened();
    else if (event.key === "Escape") this.events.left();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
}

/** What a change is about: a step with its node id, a thing of the handler, or the handler. */
export function subjectOf({ label, node, oldNode }: Change): string {
  const at = node ?? oldNode;
  if (at !== null) return tell("stepOf", label, at);
  return label === "" ? tell("handlerItself") : label;
}
