import type { Edges, FlowRequest } from "../../server/src/protocol";
import { element, svgElement } from "./elements";
import { outlines, type Overview } from "./overview";
import { drag, wheel } from "./pointer";
import {
  grown,
  kept,
  panned,
  READABLE_SCALE,
  seen,
  type Size,
  touching,
  type Viewport,
  within,
  zoomed,
} from "./viewport";

/** How far beyond each edge of the view is drawn, in parts of the view. */
const AROUND = 0.4;

export interface StageEvents {
  /** A step was clicked, or the empty canvas (null). */
  readonly clicked: (index: number | null) => void;
  readonly doubleClicked: (index: number) => void;
  readonly moved: () => void;
}

/** What is pointed out in the picture. */
export interface Marks {
  readonly selected: number | null;
  readonly matches: readonly number[];
}

/**
 * The picture: an SVG of the steps near the view, drawn some way beyond each edge on a layer of its own, so that
 * most frames of a pan only move the layer; from far away a few paths stand for all steps.
 */
export class Stage {
  readonly root = element("div", { class: "stage", tabindex: 0, role: "application" });
  private readonly overview = svgElement("g", { class: "overview" });
  private readonly links = svgElement("g", { class: "links" });
  private readonly underMarks = svgElement("g", { class: "marks" });
  private readonly steps = svgElement("g", { class: "steps" });
  private readonly overMarks = svgElement("g", { class: "marks" });
  private readonly world = svgElement(
    "g",
    { class: "world" },
    this.overview,
    this.underMarks,
    this.links,
    this.steps,
    this.overMarks,
  );
  private readonly style = new CSSStyleSheet();
  private readonly drawnSteps = new Map<number, Element>();
  private readonly drawnLinks = new Map<number, Element>();
  private flow: FlowRequest.Result | null = null;
  private stepEdges: readonly Edges[] = [];
  private linkEdges: readonly Edges[] = [];
  /** The part of the flow that is drawn; null = none is. */
  private drawn: { readonly area: Edges; readonly scale: number } | null = null;
  private settling: ReturnType<typeof setTimeout> | undefined;
  private readonly layer: SVGSVGElement;
  private currentSize: Size = { width: 0, height: 0 };
  private frame = 0;
  private glideFrame = 0;
  private view: Viewport = { x: 0, y: 0, scale: 1 };

  constructor(
    private readonly events: StageEvents,
    /** The outline of what is selected lies below the steps, so that it hides nothing of their marks. */
    outlineBelow = false,
  ) {
    if (outlineBelow) this.world.insertBefore(this.overMarks, this.steps);
    this.layer = svgElement("svg", { class: "flow layer", "aria-hidden": "true" }, this.world);
    this.root.append(this.layer);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, this.style];
    wheel(this.root, {
      pan: (dx, dy) => this.pan(dx, dy),
      zoom: (factor, x, y) => this.zoom(factor, x, y),
    });
    drag(this.root, {
      move: (dx, dy) => this.pan(-dx, -dy),
      click: (x, y) => this.events.clicked(this.hit(x, y)),
      doubleClick: (x, y) => {
        const index = this.hit(x, y);
        if (index !== null) this.events.doubleClicked(index);
      },
    });
    new ResizeObserver(() => {
      this.measure();
      this.changed();
    }).observe(this.root);
  }

  get size(): Size {
    return this.currentSize;
  }

  /** Asks for the size anew, after something beside the picture was shown or hidden. */
  measure(): void {
    this.currentSize = { width: this.root.clientWidth, height: this.root.clientHeight };
  }

  get viewport(): Viewport {
    return this.view;
  }

  /** Moves there at once, or in a short glide where motion is welcome. */
  set(viewport: Viewport, glide = false): void {
    cancelAnimationFrame(this.glideFrame);
    const target = this.flow ? kept(viewport, this.flow.bounds, this.size) : viewport;
    if (glide && !matchMedia("(prefers-reduced-motion: reduce)").matches) this.glide(target);
    else {
      this.view = target;
      this.changed();
    }
  }

  pan(dx: number, dy: number): void {
    if (this.flow) this.set(panned(this.view, dx, dy, this.flow.bounds, this.size));
  }

  /** Zooms about a point of the view, about its middle when none is given. */
  zoom(factor: number, x = this.size.width / 2, y = this.size.height / 2): void {
    this.set(zoomed(this.view, factor, x, y));
  }

  show(flow: FlowRequest.Result, overview: Overview): void {
    this.flow = flow;
    this.stepEdges = flow.steps.map(({ rect }) => grown(rect, 0.15));
    this.linkEdges = flow.links.map(({ bounds }) => bounds);
    this.style.replaceSync(flow.style);
    for (const drawn of [this.drawnSteps, this.drawnLinks]) drawn.clear();
    for (const layer of [this.steps, this.links, this.underMarks, this.overMarks]) layer.replaceChildren();
    this.drawn = null;
    this.overview.replaceChildren(
      svgElement("path", { class: "far-line", d: overview.links }),
      svgElement("path", { class: "far-line far-error", d: overview.errorLinks }),
      ...[...overview.boxes].map(([family, d]) => svgElement("path", { class: `far-box f-${family}`, d })),
    );
    this.changed();
  }

  /** Outlines the selected step, its lines, and the steps a search found. */
  mark({ selected, matches }: Marks): void {
    const flow = this.flow;
    if (!flow) return;
    const lines = (className: string, chosen: readonly FlowRequest.Link[]) =>
      chosen.length > 0 &&
      svgElement("path", { class: className, d: chosen.map(({ path }) => path).join("") });
    const outgoing = flow.links.filter(({ from }) => from === selected);
    const incoming = flow.links.filter(({ to, from }) => to === selected && from !== selected);
    this.underMarks.replaceChildren(
      ...[lines("marked-line", incoming), lines("marked-line", outgoing)].filter((path) => path !== false),
    );
    this.overMarks.replaceChildren(
      svgElement("path", { class: "match", d: outlines(flow.steps, matches, 3) }),
      svgElement("path", {
        class: "selected",
        d: outlines(flow.steps, selected === null ? [] : [selected], 3),
      }),
    );
  }

  /** Index of the topmost step at a pixel of the view. */
  hit(x: number, y: number): number | null {
    const at: [number, number] = [this.view.x + x / this.view.scale, this.view.y + y / this.view.scale];
    const found = touching(this.flow?.steps.map(({ rect }) => rect) ?? [], [...at, ...at]);
    return found.at(-1) ?? null;
  }

  private changed(): void {
    if (this.frame === 0) this.frame = requestAnimationFrame(() => this.draw());
  }

  private draw(): void {
    this.frame = 0;
    const area = seen(this.view, this.size);
    const zoomed = this.drawn !== null && this.drawn.scale !== this.view.scale;
    if (zoomed) {
      // While the scale changes every frame is drawn anew: only what is in view, the rest when it settles.
      this.redraw(area);
      clearTimeout(this.settling);
      // Around where the view is then: it may have gone far from here.
      this.settling = setTimeout(() => this.redraw(grown(seen(this.view, this.size), AROUND)), 120);
    } else if (!this.drawn || !within(area, this.drawn.area)) this.redraw(grown(area, AROUND));
    else this.place();
    this.events.moved();
  }

  /** Draws the area, at the scale of the view. */
  private redraw(area: Edges): void {
    const { scale } = this.view;
    const [left, top, right, bottom] = area;
    this.drawn = { area, scale };
    this.layer.setAttribute("width", String(Math.ceil((right - left) * scale)));
    this.layer.setAttribute("height", String(Math.ceil((bottom - top) * scale)));
    this.world.setAttribute("transform", `matrix(${scale} 0 0 ${scale} ${-left * scale} ${-top * scale})`);
    const far = scale < READABLE_SCALE;
    this.root.classList.toggle("far", far);
    this.place();
    if (far || !this.flow) return;
    const { steps, links } = this.flow;
    sync(this.steps, this.drawnSteps, touching(this.stepEdges, area), (index) => steps[index]!.drawing);
    sync(this.links, this.drawnLinks, touching(this.linkEdges, area), (index) => links[index]!.drawing);
  }

  /** Moves what is drawn to where the view wants it: work for the compositor alone. */
  private place(): void {
    const { x, y, scale } = this.view;
    const [left, top] = this.drawn!.area;
    const snap = (value: number): number => Math.round(value * devicePixelRatio) / devicePixelRatio;
    this.layer.style.transform = `translate(${snap((left - x) * scale)}px, ${snap((top - y) * scale)}px)`;
  }

  private glide(target: Viewport): void {
    const start = this.view;
    const began = performance.now();
    const next = (now: number): void => {
      const part = Math.min(1, (now - began) / 180);
      const eased = 1 - (1 - part) ** 3;
      const scale = start.scale * (target.scale / start.scale) ** eased;
      // In a straight line for the eye: positions keep step with the scale.
      const way =
        target.scale === start.scale
          ? eased
          : (1 / scale - 1 / start.scale) / (1 / target.scale - 1 / start.scale);
      this.view = { scale, x: start.x + (target.x - start.x) * way, y: start.y + (target.y - start.y) * way };
      this.changed();
      if (part < 1) this.glideFrame = requestAnimationFrame(next);
    };
    this.glideFrame = requestAnimationFrame(next);
  }
}

/** Makes a layer hold the drawings of the wanted indices, in their order, and no others. */
function sync(
  layer: SVGGElement,
  drawn: Map<number, Element>,
  wanted: readonly number[],
  drawing: (index: number) => string,
): void {
  const keep = new Set(wanted);
  for (const [index, present] of drawn) {
    if (keep.has(index)) continue;
    present.remove();
    drawn.delete(index);
  }
  const missing = wanted.filter((index) => !drawn.has(index));
  if (missing.length === 0) return;
  // The drawings are the server's own markup, with everything from the file escaped.
  const parsed = svgElement("g");
  parsed.innerHTML = missing.map(drawing).join("");
  const made = [...parsed.children];
  const fresh = new Map(missing.map((index, position) => [index, made[position]!]));
  let following: Element | null = null;
  for (let position = wanted.length - 1; position >= 0; position--) {
    const index = wanted[position]!;
    const added = fresh.get(index);
    if (added) {
      layer.insertBefore(added, following);
      drawn.set(index, added);
    }
    following = drawn.get(index)!;
  }
}
