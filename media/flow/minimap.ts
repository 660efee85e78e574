import type { Edges, FlowRequest } from "../../server/src/protocol";
import { element, svgElement } from "./elements";
import type { Overview } from "./overview";
import { drag } from "./pointer";
import { say } from "./text";
import { seen, type Size, type Viewport, within } from "./viewport";

const WIDTH = 200;
const HEIGHT = 130;

/** The whole flow small, with the part in view framed; a click or drag goes there. Hidden when all is in view. */
export class Minimap {
  readonly root = element("div", { class: "minimap", "aria-hidden": "true" });
  private readonly svg = svgElement("svg", { class: "flow" });
  private readonly frame = element("div", { class: "frame" });
  private area: Edges = [0, 0, 0, 0];
  private bounds: Edges = [0, 0, 1, 1];
  private scale = 1;

  constructor(private readonly goTo: (x: number, y: number) => void) {
    this.root.append(this.svg, this.frame);
    drag(this.root, {
      move: (dx, dy) => {
        const [left, top, right, bottom] = this.area;
        this.goTo((left + right) / 2 + dx / this.scale, (top + bottom) / 2 + dy / this.scale);
      },
      click: (x, y) => this.goTo(this.bounds[0] + x / this.scale, this.bounds[1] + y / this.scale),
    });
  }

  show(flow: FlowRequest.Result, overview: Overview): void {
    this.root.title = say("minimap");
    this.bounds = flow.bounds;
    const [left, top, right, bottom] = flow.bounds;
    const [wide, high] = [right - left, bottom - top];
    this.scale = Math.min(WIDTH / wide, HEIGHT / high);
    this.svg.setAttribute("viewBox", `${left} ${top} ${wide} ${high}`);
    this.svg.setAttribute("width", String(Math.max(24, wide * this.scale)));
    this.svg.setAttribute("height", String(Math.max(16, high * this.scale)));
    this.svg.replaceChildren(
      svgElement("path", { class: "far-line", d: overview.links }),
      ...[...overview.boxes].map(([family, d]) => svgElement("path", { class: `far-box f-${family}`, d })),
    );
  }

  follow(viewport: Viewport, size: Size): void {
    const area = seen(viewport, size);
    this.root.hidden = within(this.bounds, area);
    this.area = area;
    if (this.root.hidden) return;
    // The part of the frame that lies on the map; a box of its own, so that the map is not drawn again.
    const [left, top, right, bottom] = this.bounds;
    const x = Math.max(area[0], left);
    const y = Math.max(area[1], top);
    const { style } = this.frame;
    style.transform = `translate(${(x - left) * this.scale}px, ${(y - top) * this.scale}px)`;
    style.width = `${Math.max(3, (Math.min(area[2], right) - x) * this.scale)}px`;
    style.height = `${Math.max(3, (Math.min(area[3], bottom) - y) * this.scale)}px`;
  }
}
