import type { FlowRequest } from "../../server/src/protocol";
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
  private readonly frame = svgElement("rect", { class: "frame" });
  private bounds: FlowRequest.Result["bounds"] = [0, 0, 1, 1];
  private scale = 1;

  constructor(private readonly goTo: (x: number, y: number) => void) {
    this.root.append(this.svg);
    drag(this.root, {
      move: (dx, dy) => {
        const { x, y, width, height } = this.frame.getBBox();
        this.goTo(x + width / 2 + dx / this.scale, y + height / 2 + dy / this.scale);
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
      this.frame,
    );
  }

  follow(viewport: Viewport, size: Size): void {
    const area = seen(viewport, size);
    this.root.hidden = within(this.bounds, area);
    const [left, top, right, bottom] = area;
    const place = { x: left, y: top, width: right - left, height: bottom - top };
    for (const [name, value] of Object.entries(place)) this.frame.setAttribute(name, String(value));
  }
}
