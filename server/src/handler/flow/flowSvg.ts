import { drawBox, drawLink, type Status } from "./draw";
import { FLOW_STYLE, type FlowTheme, themeStyle } from "./style";
import { escaped, oneLine } from "./text";
import type { Flow } from "./types";

export interface FlowSvgOptions {
  /**
   * Colours; `auto` (light, or dark where the reader's system is) when not given. `page`: no style at all, for a
   * page that holds many pictures and brings `FLOW_STYLE` and `themeStyle` once.
   */
  readonly theme?: FlowTheme | "page";
  /** By node id: marks steps, for a picture of what changed. */
  readonly status?: ReadonlyMap<number, Status>;
  /** By `linkKey`: marks lines. */
  readonly linkStatus?: ReadonlyMap<string, Status>;
}

/** The key of a line in `FlowSvgOptions.linkStatus`: the node id it leaves and the position of the exit. */
export const linkKey = (node: number, exit: number): string => `${node}:${exit}`;

/** The flow as an SVG document that needs nothing else: style, icons and drawing. */
export function flowSvg(flow: Flow, options: FlowSvgOptions = {}): string {
  const { theme = "auto" } = options;
  const { left, top, right, bottom } = flow.bounds;
  const [width, height] = [Math.ceil(right - left), Math.ceil(bottom - top)];
  const name = escaped(oneLine(flow.name));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="flow" viewBox="${left} ${top} ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${name}">`,
    `<title>${name}</title>`,
    ...(theme === "page" ? [] : [`<style>\n${themeStyle(theme)}\n${FLOW_STYLE}\n</style>`]),
    `<rect x="${left}" y="${top}" width="${width}" height="${height}" fill="var(--flow-background)"/>`,
    `<g class="links">`,
    ...flow.links.map((link) => {
      const status = options.linkStatus?.get(linkKey(flow.boxes[link.from]!.node, link.exit));
      return drawLink(flow, link, status);
    }),
    `</g>`,
    `<g class="steps">`,
    ...flow.boxes.map((box) => drawBox(box, options.status?.get(box.node))),
    `</g>`,
    `</svg>\n`,
  ].join("\n");
}
