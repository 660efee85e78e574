import type { CallEdge, CallNode, CallPictureRequest } from "../../server/src/protocol";
import { svgElement } from "../flow/elements";

/** The picture as SVG elements, which follow what is selected. */
export class Drawing {
  readonly world = svgElement("g", { class: "world" });
  private boxes: readonly SVGGElement[] = [];
  private lines: readonly SVGPathElement[] = [];
  private edges: readonly CallEdge[] = [];

  show({ nodes, edges }: CallPictureRequest.Result): void {
    this.edges = edges;
    this.lines = edges.map(({ path, isBack }) =>
      svgElement("path", { class: isBack ? "call back" : "call", d: path, "marker-end": "url(#head)" }),
    );
    this.boxes = nodes.map((node) => box(node));
    this.world.replaceChildren(svgElement("g", {}, ...this.lines), svgElement("g", {}, ...this.boxes));
    this.world.classList.remove("selecting");
  }

  /** Points out a box, its callers and what it calls, and what a search found. */
  mark(selected: number | null, found: ReadonlySet<number>): void {
    this.world.classList.toggle("selecting", selected !== null);
    const near = new Set<number>();
    this.edges.forEach(({ from, to }, at) => {
      const isOwn = from === selected || to === selected;
      this.lines[at]!.classList.toggle("near", isOwn);
      if (isOwn) near.add(from).add(to);
    });
    this.boxes.forEach((each, at) => {
      each.classList.toggle("selected", at === selected);
      each.classList.toggle("near", near.has(at));
      each.classList.toggle("found", found.has(at));
    });
  }
}

function box(node: CallNode): SVGGElement {
  const { x, y, width, height, label, kind, isDead, isInCycle, isHub, callers } = node;
  const classes = ["box", kind, ...(isDead ? ["dead"] : []), ...(isInCycle ? ["cycle"] : [])].join(" ");
  const badge = isHub ? `← ${callers}` : "";
  const room = Math.floor((width - 20) / 6.7) - (isHub ? badge.length + 1 : 0);
  const shown = label.length <= room ? label : `${label.slice(0, Math.max(1, room - 1))}…`;
  return svgElement(
    "g",
    { class: classes },
    svgElement("rect", { x, y, width, height, rx: 4 }),
    svgElement("text", { x: x + 10, y: y + 17 }, shown),
    isHub && svgElement("text", { class: "badge", x: x + width - 8, y: y + 17 }, badge),
  );
}
