import type { CallNode, CallPictureRequest, CallView as Messages, Edges } from "../../server/src/protocol";
import { element, fill, iconButton, svgElement } from "../flow/elements";
import { drag, wheel } from "../flow/pointer";
import { fitted, kept, opening, panned, showing, type Size, type Viewport, zoomed } from "../flow/viewport";
import { Drawing } from "./drawing";
import { found, neighbour, type Way } from "./neighbours";

const step = 60;
const ways: Readonly<Record<string, Way>> = {
  ArrowRight: "callee",
  ArrowLeft: "caller",
  ArrowUp: "above",
  ArrowDown: "below",
};

/** The picture of calls with its toolbar, and below it what is known of the selected handler. */
export class CallsView {
  private readonly drawing = new Drawing();
  private readonly layer: SVGSVGElement;
  private readonly stage: HTMLElement;
  private readonly message = element("p", { class: "message", role: "status" });
  private readonly about = element("footer", { class: "about" });
  private readonly announced = element("div", { class: "hidden", "aria-live": "polite" });
  private readonly count = element("span", { class: "quiet", role: "status" });
  private readonly search: HTMLInputElement;
  private readonly toAll: HTMLButtonElement;
  private picture: CallPictureRequest.Result | null = null;
  private selected: number | null = null;
  private matches: readonly number[] = [];
  private view: Viewport = { x: 0, y: 0, scale: 1 };
  private frame = 0;

  constructor(
    root: HTMLElement,
    private readonly strings: Messages.Strings,
    private readonly post: (message: Messages.ToEditor) => void,
  ) {
    this.search = element("input", {
      type: "search",
      placeholder: strings.search,
      "aria-label": strings.search,
    });
    this.toAll = this.button(strings.all, () => post({ type: "all" }));
    this.layer = svgElement(
      "svg",
      { class: "calls", "aria-hidden": "true" },
      svgElement(
        "defs",
        {},
        svgElement(
          "marker",
          {
            id: "head",
            markerUnits: "userSpaceOnUse",
            viewBox: "0 0 8 8",
            refX: 8,
            refY: 4,
            markerWidth: 8,
            markerHeight: 8,
            orient: "auto",
          },
          svgElement("path", { class: "head", d: "M0,0 L8,4 L0,8 z" }),
        ),
      ),
      this.drawing.world,
    );
    this.stage = element(
      "div",
      {
        class: "stage",
        tabindex: 0,
        role: "application",
        "aria-label": `${strings.picture}. ${strings.help}`,
      },
      this.layer,
      this.message,
    );
    fill(root, this.toolbar(), this.stage, this.about, this.announced);
    this.message.textContent = strings.loading;
    this.listen();
  }

  show(picture: CallPictureRequest.Result, focus: string | null): void {
    this.picture = picture;
    this.drawing.show(picture);
    this.toAll.hidden = focus === null;
    this.message.textContent = picture.nodes.length === 0 ? this.strings.empty : "";
    const at = focus === null ? -1 : picture.nodes.findIndex(({ uri }) => uri === focus);
    this.select(at < 0 ? null : at, false);
    const start = picture.nodes[Math.max(0, at)];
    this.set(start ? opening(this.bounds, edgesOf(start), this.size) : this.view);
    this.find(this.search.value);
    this.stage.focus();
  }

  fail(message: string): void {
    this.picture = null;
    this.drawing.show({ nodes: [], edges: [], width: 0, height: 0, leftOut: { handlers: 0, calls: 0 } });
    this.message.textContent = message;
    this.toAll.hidden = false;
    this.select(null, false);
  }

  private toolbar(): HTMLElement {
    const { strings } = this;
    return element(
      "header",
      { class: "bar" },
      this.search,
      this.count,
      element("span", { class: "space" }),
      this.toAll,
      this.button(strings.export, () => this.post({ type: "export" })),
      iconButton("minus", strings.zoomOut, () => this.zoom(1 / 1.25)),
      iconButton("plus", strings.zoomIn, () => this.zoom(1.25)),
      iconButton("fit", strings.fit, () => this.fit()),
    );
  }

  private button(label: string, click: () => void): HTMLButtonElement {
    const made = element("button", { type: "button" }, label);
    made.addEventListener("click", click);
    return made;
  }

  private listen(): void {
    wheel(this.stage, {
      pan: (dx, dy) => this.set(panned(this.view, dx, dy, this.bounds, this.size)),
      zoom: (factor, x, y) => this.set(zoomed(this.view, factor, x, y)),
    });
    drag(this.stage, {
      move: (dx, dy) => this.set(panned(this.view, -dx, -dy, this.bounds, this.size)),
      click: (x, y) => this.select(this.hit(x, y), false),
      doubleClick: (x, y) => this.open(this.hit(x, y)),
    });
    this.stage.addEventListener("keydown", (event) => {
      if (!event.ctrlKey && !event.metaKey && !event.altKey && this.key(event)) event.preventDefault();
    });
    this.search.addEventListener("input", () => this.find(this.search.value));
    this.search.addEventListener("keydown", ({ key }) => {
      if (key === "Enter") this.nextMatch();
      if (key === "Escape") this.stage.focus();
    });
    new ResizeObserver(() => this.set(this.view)).observe(this.stage);
  }

  private key({ key, shiftKey }: KeyboardEvent): boolean {
    const way = ways[key];
    if (way && shiftKey) {
      const dx = way === "callee" ? step : way === "caller" ? -step : 0;
      const dy = way === "below" ? step : way === "above" ? -step : 0;
      this.set(panned(this.view, dx, dy, this.bounds, this.size));
    } else if (way) this.follow(way);
    else if (key === "+" || key === "=") this.zoom(1.25);
    else if (key === "-") this.zoom(1 / 1.25);
    else if (key === "0") this.fit();
    else if (key === "/") this.search.focus();
    else if (key === "Enter") this.open(this.selected);
    else if (key === "f" || key === "F") this.focusOn();
    else if (key === "a" || key === "A") this.post({ type: "all" });
    else if (key === "Escape") this.select(null, false);
    else return false;
    return true;
  }

  private follow(way: Way): void {
    if (!this.picture) return;
    const next = this.selected === null ? 0 : neighbour(this.picture, this.selected, way);
    if (next !== null && this.picture.nodes[next]) this.select(next);
  }

  private find(text: string): void {
    this.matches = found(this.picture?.nodes ?? [], text);
    this.drawing.mark(this.selected, new Set(this.matches));
    this.count.textContent =
      text.trim() === "" ? this.summary() : this.filled("found", 0, this.matches.length);
    if (this.matches.length > 0) this.nextMatch(true);
  }

  /** Selects the match behind the one that is selected, or with `first` the first one. */
  private nextMatch(first = false): void {
    if (this.matches.length === 0) return;
    const at = first ? 0 : (this.matches.indexOf(this.selected ?? -1) + 1) % this.matches.length;
    this.select(this.matches[at]!);
    this.count.textContent = this.filled("found", at + 1, this.matches.length);
  }

  private summary(): string {
    const { picture } = this;
    if (!picture) return "";
    const { leftOut } = picture;
    return [
      this.filled("handlers", picture.nodes.length, picture.edges.length),
      ...(leftOut.handlers > 0 ? [this.filled("leftOutHandlers", leftOut.handlers)] : []),
      ...(leftOut.calls > 0 ? [this.filled("leftOutCalls", leftOut.calls)] : []),
    ].join(" · ");
  }

  private select(at: number | null, bringIntoView = true): void {
    this.selected = at;
    this.drawing.mark(at, new Set(this.matches));
    const node = at === null ? undefined : this.picture?.nodes[at];
    if (!node) {
      fill(this.about, element("span", { class: "quiet" }, this.strings.help));
      return;
    }
    const text = this.describe(node);
    const { uri } = node;
    fill(
      this.about,
      element("strong", {}, node.label),
      element("span", {}, text),
      element("span", { class: "quiet path" }, node.path),
      element("span", { class: "space" }),
      uri !== null && this.button(this.strings.focus, () => this.post({ type: "focus", uri })),
      uri !== null && this.button(this.strings.open, () => this.post({ type: "open", uri })),
    );
    this.announced.textContent = `${node.label}, ${text}`;
    if (bringIntoView) this.set(showing(this.view, edgesOf(node), this.size));
  }

  private describe({ kind, callers, callees, isDead, isInCycle, isHub }: CallNode): string {
    const { strings } = this;
    return [
      strings[kind],
      this.filled("callers", callers),
      this.filled("calls", callees),
      ...(isHub ? [strings.hub] : []),
      ...(isDead ? [strings.dead] : []),
      ...(isInCycle ? [strings.cycle] : []),
    ].join(", ");
  }

  private open(at: number | null): void {
    const uri = at === null ? null : (this.picture?.nodes[at]?.uri ?? null);
    if (uri !== null) this.post({ type: "open", uri });
  }

  private focusOn(): void {
    const uri = this.selected === null ? null : (this.picture?.nodes[this.selected]?.uri ?? null);
    if (uri !== null) this.post({ type: "focus", uri });
  }

  private hit(x: number, y: number): number | null {
    const { view, picture } = this;
    const [atX, atY] = [view.x + x / view.scale, view.y + y / view.scale];
    const at =
      picture?.nodes.findIndex(
        (node) => atX >= node.x && atX <= node.x + node.width && atY >= node.y && atY <= node.y + node.height,
      ) ?? -1;
    return at < 0 ? null : at;
  }

  private get size(): Size {
    return { width: this.stage.clientWidth, height: this.stage.clientHeight };
  }

  private get bounds(): Edges {
    return [0, 0, this.picture?.width ?? 0, this.picture?.height ?? 0];
  }

  private zoom(factor: number): void {
    this.set(zoomed(this.view, factor, this.size.width / 2, this.size.height / 2));
  }

  private fit(): void {
    this.set(fitted(this.bounds, this.size));
  }

  private set(view: Viewport): void {
    this.view = this.picture ? kept(view, this.bounds, this.size) : view;
    if (this.frame === 0) this.frame = requestAnimationFrame(() => this.place());
  }

  private place(): void {
    this.frame = 0;
    const { x, y, scale } = this.view;
    this.drawing.world.setAttribute("transform", `matrix(${scale} 0 0 ${scale} ${-x * scale} ${-y * scale})`);
  }

  private filled(key: Messages.StringKey, ...values: readonly number[]): string {
    return this.strings[key].replace(/\{(\d)\}/g, (_, at: string) => String(values[Number(at)] ?? ""));
  }
}

const edgesOf = ({ x, y, width, height }: CallNode): Edges => [x, y, x + width, y + height];
