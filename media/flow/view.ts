import type { FlowRequest } from "../../server/src/protocol";
import { described } from "./announce";
import { Details } from "./details";
import { element } from "./elements";
import { type Action, actionOf } from "./keys";
import { MessageCard } from "./messageCard";
import { Minimap } from "./minimap";
import {
  along,
  type Direction,
  type Incoming,
  incomingOf,
  moved,
  readingOrder,
  type Row,
} from "./navigation";
import { overviewOf } from "./overview";
import { ProblemBanner } from "./problemBanner";
import { Search, stepped } from "./search";
import { Stage } from "./stage";
import type { SavedState } from "./state";
import { StepList } from "./stepList";
import { say } from "./text";
import { Toolbar } from "./toolbar";
import { centred, fitted, opening, showing } from "./viewport";

export interface ViewEvents {
  readonly openListing: (node: number | null) => void;
  readonly openSubroutine: (name: string) => void;
  readonly retry: () => void;
  readonly stateChanged: (state: SavedState) => void;
}

interface Shown {
  readonly flow: FlowRequest.Result;
  readonly incoming: readonly (readonly Incoming[])[];
  readonly search: Search;
}

/** Steps gone through, for the way back. */
const MOST_TRAIL = 200;
const READING_SCALE = 0.85;

/** The flow view: holds what is selected and searched, and keeps its parts in step. */
export class View {
  private readonly toolbar: Toolbar;
  private readonly stage: Stage;
  private readonly minimap: Minimap;
  private readonly list: StepList;
  private readonly details: Details;
  private readonly banner = new ProblemBanner((node) => this.reveal(node));
  private readonly live = element("div", { class: "hidden", role: "status", "aria-live": "polite" });
  private readonly message: MessageCard;
  private shown: Shown | null = null;
  private selected: number | null = null;
  /** Node id of the selected step; kept while a version of the file is shown that does not have it. */
  private node: number | null;
  private row: Row | null = null;
  private trail: { node: number; row: Row | null }[] = [];
  private matches: readonly number[] = [];
  private stepsShown: boolean;
  /** Until the first picture has a place in a view with a size. */
  private unplaced = true;

  constructor(
    private readonly root: HTMLElement,
    private readonly events: ViewEvents,
    private readonly restored: SavedState,
  ) {
    this.stepsShown = restored.stepsShown ?? false;
    this.node = restored.node ?? null;
    this.stage = new Stage({
      clicked: (index) => (index === null ? this.deselect() : this.select(index)),
      doubleClicked: (index) => this.events.openListing(this.shown?.flow.steps[index]?.node ?? null),
      moved: () => this.followed(),
    });
    this.toolbar = new Toolbar({
      toggleSteps: () => this.showSteps(!this.stepsShown, true),
      query: (text) => this.find(text),
      step: (forward) => this.goToMatch(forward),
      left: () => this.stage.root.focus(),
      zoom: (factor) => this.stage.zoom(factor),
      full: () => this.stage.zoom(1 / this.stage.viewport.scale),
      fit: () => this.fit(),
      listing: () => this.openListing(),
    });
    this.minimap = new Minimap((x, y) =>
      this.stage.set(centred([x, y, x, y], this.stage.viewport.scale, this.stage.size)),
    );
    this.list = new StepList({
      chosen: (index) => this.select(index),
      opened: () => this.openListing(),
      left: () => this.stage.root.focus(),
    });
    this.details = new Details({
      goTo: (index) => this.select(index),
      openListing: (node) => this.events.openListing(node),
      openSubroutine: (name) => this.events.openSubroutine(name),
      back: () => this.back(),
      close: () => this.deselect(true),
    });
    this.stage.root.setAttribute("aria-label", say("picture", ""));
    this.stage.root.setAttribute("aria-description", say("pictureHelp"));
    this.message = new MessageCard(events.retry);
    root.replaceChildren(
      this.toolbar.root,
      this.banner.root,
      element(
        "main",
        {},
        this.list.root,
        element("div", { class: "picture" }, this.stage.root, this.minimap.root, this.message.root),
        this.details.root,
      ),
      this.live,
    );
    this.banner.root.hidden = true;
    this.showSteps(this.stepsShown);
    document.addEventListener("keydown", (event) => this.key(event));
    // The editor gives the focus to the page; the keys are for the picture.
    window.addEventListener("focus", () => this.focusPicture());
  }

  /** A picture to show: the first, or the next version of the one that is shown, which keeps its place. */
  show(flow: FlowRequest.Result): void {
    const order = readingOrder(flow);
    this.shown = { flow, incoming: incomingOf(flow), search: new Search(flow.steps, order, flow.signatures) };
    const overview = overviewOf(flow);
    this.stage.show(flow, overview);
    this.minimap.show(flow, overview);
    this.list.show(flow, order);
    this.banner.show(flow);
    this.stage.root.setAttribute("aria-label", say("picture", flow.name));
    this.hidePicture(this.message.judge(flow));
    if (this.unplaced) {
      if (this.restored.query !== undefined) this.toolbar.query = this.restored.query;
      this.place(flow);
    }
    this.row = null;
    this.selected = this.node === null ? null : this.indexOf(this.node);
    this.find(this.toolbar.query, false);
    this.focusPicture();
  }

  private focusPicture(): void {
    if (document.activeElement === document.body && document.hasFocus()) this.stage.root.focus();
  }

  /** Nothing to show, and why. */
  fail(message: string): void {
    this.message.fail(message);
    this.hidePicture(true);
  }

  /** Selects a step by its node id and brings it into view. */
  reveal(node: number): void {
    const index = this.indexOf(node);
    if (index === null) return;
    this.select(index, { readable: true });
    this.stage.root.focus();
  }

  private indexOf(node: number): number | null {
    const index = this.shown?.flow.steps.findIndex((step) => step.node === node) ?? -1;
    return index < 0 ? null : index;
  }

  private place(flow: FlowRequest.Result): void {
    this.stage.measure();
    const { size } = this.stage;
    if (size.width === 0 || size.height === 0) return;
    this.unplaced = false;
    const start = flow.start === null ? null : flow.steps[flow.start]!.rect;
    this.stage.set(this.restored.viewport ?? opening(flow.bounds, start, size));
  }

  private followed(): void {
    if (this.unplaced && this.shown) this.place(this.shown.flow);
    this.minimap.follow(this.stage.viewport, this.stage.size);
    this.toolbar.showScale(this.stage.viewport.scale);
    this.save();
  }

  private fit(): void {
    if (this.shown) this.stage.set(fitted(this.shown.flow.bounds, this.stage.size), true);
  }

  private select(index: number, how: { row?: Row | null; back?: boolean; readable?: boolean } = {}): void {
    const step = this.shown?.flow.steps[index];
    if (!this.shown || !step) return;
    if (!how.back && this.node !== null && index !== this.selected) {
      this.trail.push({ node: this.node, row: this.row });
      if (this.trail.length > MOST_TRAIL) this.trail.shift();
    }
    this.selected = index;
    this.node = step.node;
    this.row = how.row ?? null;
    this.refresh();
    this.live.textContent = described(this.shown.flow, this.shown.incoming, index, this.row);
    const { rect } = step;
    this.stage.measure();
    const { viewport, size } = this.stage;
    this.stage.set(
      how.readable && viewport.scale < 0.5
        ? centred(rect, READING_SCALE, size)
        : showing(viewport, rect, size),
      true,
    );
  }

  private deselect(refocus = false): void {
    if (this.selected !== null) this.live.textContent = say("deselected");
    this.selected = this.node = null;
    this.row = null;
    this.refresh();
    if (refocus) this.stage.root.focus();
  }

  /** Back along the steps that were selected; at the beginning nothing is. */
  private back(): void {
    for (let last = this.trail.pop(); last; last = this.trail.pop()) {
      const index = this.indexOf(last.node);
      if (index === null) continue;
      this.select(index, { row: last.row, back: true });
      return;
    }
    this.deselect();
  }

  private refresh(): void {
    this.stage.mark({ selected: this.selected, matches: this.matches });
    this.list.select(this.selected);
    const at = this.selected === null ? -1 : this.matches.indexOf(this.selected);
    this.toolbar.found(this.matches.length, at < 0 ? null : at);
    if (this.shown && this.selected !== null)
      this.details.show(
        this.shown.flow,
        this.selected,
        this.shown.incoming[this.selected]!,
        this.trail.length > 0,
      );
    else this.details.clear();
    this.save();
  }

  private find(query: string, go = true): void {
    this.matches = this.shown?.search.find(query) ?? [];
    this.list.matches(this.matches);
    const first = this.matches[0];
    const already = this.selected !== null && this.matches.includes(this.selected);
    if (go && first !== undefined && !already) this.select(first, { readable: true });
    else this.refresh();
  }

  private goToMatch(forward: boolean): void {
    const next = stepped(this.matches, this.selected, forward);
    if (next !== null) this.select(next, { readable: true });
    else if (this.toolbar.query === "") this.toolbar.focusSearch();
  }

  private openListing(): void {
    this.events.openListing(this.node);
  }

  private openSubroutine(): void {
    const step = this.selected === null ? undefined : this.shown?.flow.steps[this.selected];
    if (step?.kind === "subroutine") this.events.openSubroutine(step.tool);
  }

  private showSteps(shown: boolean, focus = false): void {
    this.stepsShown = shown;
    this.list.reveal(shown);
    this.toolbar.stepsShown(shown);
    if (shown) this.list.select(this.selected);
    if (focus && shown) this.list.focus();
    this.save();
  }

  /** Nothing beside the message is of use when there is no picture. */
  private hidePicture(hidden: boolean): void {
    this.stage.root.hidden = hidden;
    this.root.classList.toggle("nothing-to-show", hidden);
  }

  private save(): void {
    if (this.unplaced) return;
    this.events.stateChanged({
      viewport: this.stage.viewport,
      node: this.node,
      query: this.toolbar.query,
      stepsShown: this.stepsShown,
    });
  }

  private key(event: KeyboardEvent): void {
    const control = event.ctrlKey || event.metaKey;
    if (event.key === "F3") this.goToMatch(!event.shiftKey);
    else if (control && !event.shiftKey && !event.altKey && event.key.toLowerCase() === "f")
      this.toolbar.focusSearch();
    else if (event.target === this.stage.root) {
      const action = actionOf(event);
      if (!action) return;
      this.perform(action);
    } else if (event.key === "Escape" && this.details.root.contains(event.target as Node))
      this.stage.root.focus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  private perform(action: Action): void {
    switch (action.does) {
      case "follow":
        return this.follow(action.direction);
      case "pan":
        return this.panBy(action.direction);
      case "exit":
        return this.followExit(action.position);
      case "zoomIn":
        return this.stage.zoom(1.25);
      case "zoomOut":
        return this.stage.zoom(1 / 1.25);
      case "fit":
        return this.fit();
      case "search":
        return this.toolbar.focusSearch();
      case "list":
        return this.showSteps(true, true);
      case "start":
        if (this.shown && this.shown.flow.start !== null) this.select(this.shown.flow.start);
        return;
      case "open":
        return this.openListing();
      case "openSubroutine":
        return this.openSubroutine();
      case "back":
        return this.back();
      case "pageDown":
        return this.stage.pan(0, this.stage.size.height * 0.8);
      case "pageUp":
        return this.stage.pan(0, this.stage.size.height * -0.8);
    }
  }

  private panBy(direction: Direction): void {
    const level = { right: 80, left: -80, down: 0, up: 0 }[direction];
    const upright = { right: 0, left: 0, down: 80, up: -80 }[direction];
    this.stage.pan(level, upright);
  }

  private follow(direction: Direction): void {
    if (!this.shown) return;
    const { flow, incoming } = this.shown;
    if (this.selected === null) {
      if (flow.start !== null) this.select(flow.start);
      return;
    }
    const place = moved(flow, incoming, { step: this.selected, row: this.row }, direction);
    if (place) this.select(place.step, { row: place.row });
    else
      this.live.textContent = say(
        direction === "right" || direction === "down" ? "nothingFurther" : "nothingBefore",
      );
  }

  private followExit(position: number): void {
    const place =
      this.shown && this.selected !== null ? along(this.shown.flow, this.selected, position) : null;
    if (place) this.select(place.step, { row: place.row });
  }
}
