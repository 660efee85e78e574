import { diffWordsWithSpace } from "diff";
import { element, iconButton } from "../flow/elements";
import { subjectOf } from "./changeList";
import { type Change, statusOf } from "./order";
import { tell } from "./text";

/** Longer texts are shown without marking the words that differ: looking for them would take too long. */
const LONGEST_MARKED = 5_000;

/** The selected change: old and new, with the words that differ marked. */
export class ChangeDetails {
  readonly root = element("section", { class: "change-details", "aria-live": "polite" });

  constructor(private readonly open: () => void) {
    this.root.setAttribute("aria-label", tell("details"));
    this.root.hidden = true;
  }

  show(change: Change | null): void {
    this.root.hidden = change === null;
    if (!change) return;
    const status = statusOf(change);
    const { old, new: now } = change;
    const [before, after] = marked(old, now);
    this.root.replaceChildren(
      element(
        "header",
        {},
        element("h2", {}, subjectOf(change)),
        iconButton("listing", tell("openListingDiff"), this.open),
      ),
      element(
        "p",
        { class: "sub" },
        element("span", { class: `tag is-${status}` }, tell(status)),
        ` ${change.kindName}: ${change.what}`,
      ),
      element("h3", {}, tell("oldValue")),
      value(before, "old"),
      element("h3", {}, tell("newValue")),
      value(after, "new"),
    );
  }
}

type Parts = readonly (string | HTMLElement)[] | null;

/** Both texts, with `del` and `ins` around what only one of them has. */
function marked(old: string | null, now: string | null): [Parts, Parts] {
  if (old === null || now === null || old.length + now.length > LONGEST_MARKED)
    return [old === null ? null : [old], now === null ? null : [now]];
  const parts = diffWordsWithSpace(old, now);
  return [
    parts
      .filter(({ added }) => !added)
      .map((part) => (part.removed ? element("del", {}, part.value) : part.value)),
    parts
      .filter(({ removed }) => !removed)
      .map((part) => (part.added ? element("ins", {}, part.value) : part.value)),
  ];
}

function value(parts: Parts, side: "old" | "new"): HTMLElement {
  if (parts === null) return element("p", { class: "none" }, tell("nothing"));
  return element("p", { class: `value ${side}` }, ...parts);
}
