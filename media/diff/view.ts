import type { FlowDiffRequest, FlowDiffView } from "../../server/src/protocol";
import { element, iconButton } from "../flow/elements";
import { say } from "../flow/text";
import { fitted } from "../flow/viewport";
import { ChangeDetails } from "./changeDetails";
import { ChangeList } from "./changeList";
import { type Anchor, following } from "./linked";
import { type Change, inReadingOrder, stepStatuses } from "./order";
import { Pane } from "./pane";
import type { Arrangement, SavedState } from "./state";
import { tell } from "./text";

export interface DiffViewEvents {
  readonly openListing: (change: Change | null) => void;
  readonly retry: () => void;
  readonly stateChanged: (state: SavedState) => void;
}

type Picture = "old" | "now" | "both";

const PAN = 80;

/** The flow diff: keeps pictures, list and selection in step. */
export class DiffView {
  private readonly panes: Readonly<Record<Picture, Pane>>;
  private readonly list: ChangeList;
  private readonly details: ChangeDetails;
  private readonly count = element("span", { class: "count", role: "status" });
  private readonly scale = element("button", { type: "button", class: "scale", title: say("zoomTo100") });
  private readonly ways: readonly HTMLButtonElement[];
  private readonly arrangements: Readonly<Record<Arrangement, HTMLButtonElement>>;
  private readonly note = element("p", { class: "diff-note" });
  private readonly message = element("div", { class: "message-card", role: "alert" });
  private readonly pictures: HTMLElement;
  private diff: FlowDiffRequest.Result | null = null;
  private changes: readonly Change[] = [];
  private anchors: readonly Anchor[] = [];
  private selected: number | null = null;
  private arrangement: Arrangement;
  private source: unknown;
  /** The picture that the other one follows. */
  private leader: Picture = "now";

  constructor(
    root: HTMLElement,
    private readonly events: DiffViewEvents,
    private readonly restored: SavedState,
  ) {
    this.arrangement = restored.arrangement ?? "side";
    this.source = restored.source;
    this.panes = { old: this.pane("old"), now: this.pane("now"), both: this.pane("both") };
    this.list = new ChangeList({
      chosen: (position) => this.select(position),
      opened: () => this.openListing(),
      left: () => this.front.stage.root.focus(),
    });
    this.details = new ChangeDetails(() => this.openListing());
    this.ways = [
      iconButton("up", tell("previousChange"), () => this.step(-1)),
      iconButton("down", tell("nextChange"), () => this.step(1)),
    ];
    const choice = (arrangement: Arrangement, text: string): HTMLButtonElement => {
      const button = element("button", { type: "button", class: "choice" }, text);
      button.addEventListener("click", () => this.arrange(arrangement));
      return button;
    };
    this.arrangements = {
      side: choice("side", tell("sideBySide")),
      overlaid: choice("overlaid", tell("overlaid")),
    };
    this.scale.addEventListener("click", () => this.zoom(1 / this.front.stage.viewport.scale));
    this.pictures = element(
      "div",
      { class: "pictures" },
      this.panes.old.root,
      this.panes.now.root,
      this.panes.both.root,
      this.message,
    );
    this.message.textContent = say("loading");
    root.replaceChildren(
      this.toolbar(),
      this.note,
      element(
        "main",
        {},
        this.pictures,
        element("aside", { class: "changes-panel" }, this.list.root, this.details.root),
      ),
    );
    this.note.hidden = true;
    this.arrange(this.arrangement);
    document.addEventListener("keydown", (event) => this.key(event));
    window.addEventListener("focus", () => this.focusPicture());
  }

  show(diff: FlowDiffRequest.Result, sides: FlowDiffView.Sides): void {
    const first = this.diff === null;
    this.diff = diff;
    this.source = sides.source;
    this.changes = inReadingOrder(diff);
    this.anchors = diff.pairs.map(([old, now]) => ({
      from: diff.now.steps[now]!.rect,
      to: diff.old.steps[old]!.rect,
    }));
    this.message.hidden = true;
    const titles = {
      old: tell("oldPicture", sides.old),
      now: tell("newPicture", sides.now),
      both: tell("bothPictures", sides.old, sides.now),
    };
    for (const name of ["old", "now", "both"] as const)
      this.panes[name].show(diff[name], stepStatuses(this.changes, name), titles[name], tell("help"));
    this.list.show(this.changes);
    this.note.textContent = diff.note;
    this.note.hidden = diff.note === "";
    if (first) {
      this.front.open();
      if (this.restored.viewport) this.front.stage.set(this.restored.viewport);
    }
    const wanted = first ? (this.restored.change ?? null) : this.selected;
    this.select(wanted !== null && wanted < this.changes.length ? wanted : null, first);
    this.focusPicture();
  }

  /** Nothing to show, and why. */
  fail(text: string): void {
    const again = element("button", { type: "button", class: "primary" }, say("retry"));
    again.addEventListener("click", this.events.retry);
    this.message.hidden = false;
    this.message.replaceChildren(element("h2", {}, tell("failed")), element("p", {}, text), again);
  }

  /** Selects the first change of a step. */
  reveal(node: number): void {
    const at = this.changes.findIndex((change) => change.node === node || change.oldNode === node);
    if (at >= 0) this.select(at);
  }

  private pane(picture: Picture): Pane {
    return new Pane(picture, {
      clicked: (step) => this.clicked(picture, step),
      doubleClicked: (step) => {
        this.clicked(picture, step);
        this.openListing();
      },
      moved: () => this.moved(picture),
      taken: () => (this.leader = picture),
    });
  }

  private get front(): Pane {
    return this.arrangement === "overlaid" ? this.panes.both : this.panes.now;
  }

  private toolbar(): HTMLElement {
    const legend = (["added", "removed", "changed"] as const).map((status) =>
      element("span", { class: `legend is-${status}` }, tell(status)),
    );
    return element(
      "header",
      { class: "toolbar" },
      element(
        "div",
        { class: "arrangements", role: "group", "aria-label": tell("view") },
        ...Object.values(this.arrangements),
      ),
      ...this.ways,
      this.count,
      element("span", { class: "legends", role: "group", "aria-label": tell("legend") }, ...legend),
      element("span", { class: "space" }),
      iconButton("minus", say("zoomOut"), () => this.zoom(1 / 1.25)),
      this.scale,
      iconButton("plus", say("zoomIn"), () => this.zoom(1.25)),
      iconButton("fit", say("fit"), () => this.fit()),
      iconButton("listing", tell("openListingDiff"), () => this.openListing()),
    );
  }

  private arrange(arrangement: Arrangement): void {
    const from = this.front;
    const hadFocus = Object.values(this.panes).some(({ stage }) => stage.root === document.activeElement);
    this.arrangement = arrangement;
    for (const [name, button] of Object.entries(this.arrangements))
      button.setAttribute("aria-pressed", String(name === arrangement));
    this.pictures.classList.toggle("is-overlaid", arrangement === "overlaid");
    this.leader = arrangement === "overlaid" ? "both" : "now";
    if (!this.diff) return;
    // The picture that had the focus may be hidden now, and would take no more keys.
    if (hadFocus) this.front.stage.root.focus();
    // Both hold the new picture at the same place, so one shows what the other did.
    if (from !== this.front) {
      this.front.stage.measure();
      this.front.stage.set(from.stage.viewport);
    }
    this.mark();
    this.save();
  }

  private moved(picture: Picture): void {
    if (picture === this.leader) this.follow();
    if (this.panes[picture] === this.front) this.showScale();
    this.save();
  }

  /** Moves the picture beside the one that leads. */
  private follow(): void {
    if (this.arrangement !== "side" || this.leader === "both") return;
    const [leader, follower] =
      this.leader === "now" ? [this.panes.now, this.panes.old] : [this.panes.old, this.panes.now];
    const anchors =
      this.leader === "now" ? this.anchors : this.anchors.map(({ from, to }) => ({ from: to, to: from }));
    const next = following(leader.stage.viewport, leader.stage.size, anchors);
    const { x, y, scale } = follower.stage.viewport;
    if (Math.abs(next.x - x) + Math.abs(next.y - y) > 0.01 || next.scale !== scale) follower.stage.set(next);
  }

  private select(position: number | null, quiet = false): void {
    this.selected = position;
    const change = position === null ? undefined : this.changes[position];
    this.list.select(position);
    this.details.show(change ?? null);
    this.mark();
    if (change && !quiet) this.bring(change);
    const all = this.changes.length;
    this.count.textContent =
      all === 0 ? tell("noChanges") : tell("changeOf", position === null ? "–" : position + 1, all);
    for (const way of this.ways) way.disabled = all === 0;
    this.save();
  }

  /** Outlines the step of the selected change in every picture that has it. */
  private mark(): void {
    const place = this.selected === null ? undefined : this.changes[this.selected]?.place;
    for (const name of ["old", "now", "both"] as const) this.panes[name].select(place?.[name] ?? null);
  }

  private bring({ place }: Change): void {
    if (this.arrangement === "overlaid") {
      if (place.both !== null) this.panes.both.reveal(place.both);
      return;
    }
    // A removed step is in the old picture only: that one leads then.
    if (place.now !== null) {
      this.leader = "now";
      this.panes.now.reveal(place.now);
    } else if (place.old !== null) {
      this.leader = "old";
      this.panes.old.reveal(place.old);
    }
  }

  private step(by: number): void {
    const all = this.changes.length;
    if (all === 0) return;
    const from = this.selected ?? (by > 0 ? -1 : 0);
    this.select((from + by + all) % all);
  }

  private clicked(picture: Picture, step: number | null): void {
    if (step === null) return this.select(null);
    const at = this.changes.findIndex(({ place }) => place[picture] === step);
    this.select(at >= 0 ? at : null, true);
  }

  private zoom(factor: number): void {
    this.lead();
    this.front.stage.zoom(factor);
  }

  private fit(): void {
    this.lead();
    const flow = this.arrangement === "overlaid" ? this.diff?.both : this.diff?.now;
    if (flow) this.front.stage.set(fitted(flow.bounds, this.front.stage.size), true);
  }

  private lead(): void {
    this.leader = this.arrangement === "overlaid" ? "both" : "now";
  }

  private showScale(): void {
    const text = `${Math.round(this.front.stage.viewport.scale * 100)} %`;
    if (this.scale.textContent === text) return;
    this.scale.textContent = text;
    this.scale.setAttribute("aria-label", `${text}, ${say("zoomTo100")}`);
  }

  private openListing(): void {
    this.events.openListing(this.selected === null ? null : (this.changes[this.selected] ?? null));
  }

  private focusPicture(): void {
    if (document.activeElement === document.body && document.hasFocus()) this.front.stage.root.focus();
  }

  private save(): void {
    if (!this.diff) return;
    this.events.stateChanged({
      source: this.source,
      arrangement: this.arrangement,
      change: this.selected,
      viewport: this.front.stage.viewport,
    });
  }

  private key(event: KeyboardEvent): void {
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
    if (event.key === "F7") this.step(event.shiftKey ? -1 : 1);
    else if (!plain || !(event.target as Element).classList.contains("stage") || !this.stageKey(event))
      return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** false: the key means nothing here. */
  private stageKey({ key }: KeyboardEvent): boolean {
    const pane = this.panes[this.leader];
    const does: Readonly<Record<string, () => void>> = {
      n: () => this.step(1),
      p: () => this.step(-1),
      o: () => this.arrange(this.arrangement === "side" ? "overlaid" : "side"),
      "+": () => pane.stage.zoom(1.25),
      "=": () => pane.stage.zoom(1.25),
      "-": () => pane.stage.zoom(1 / 1.25),
      "0": () => this.fit(),
      Enter: () => this.openListing(),
      Escape: () => this.select(null),
      ArrowRight: () => pane.stage.pan(PAN, 0),
      ArrowLeft: () => pane.stage.pan(-PAN, 0),
      ArrowDown: () => pane.stage.pan(0, PAN),
      ArrowUp: () => pane.stage.pan(0, -PAN),
    };
    const action = does[key.length === 1 ? key.toLowerCase() : key];
    action?.();
    return action !== undefined;
  }
}
