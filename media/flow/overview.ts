import type { FlowRequest } from "../../server/src/protocol";

/** Path data that draws many things at once, for the minimap and for flows too far away to read. */
export interface Overview {
  /** Boxes by hue. */
  readonly boxes: ReadonlyMap<string, string>;
  readonly links: string;
  readonly errorLinks: string;
}

/** A few paths for the whole flow, however many steps it has. */
export function overviewOf(flow: FlowRequest.Result): Overview {
  const boxes = new Map<string, string[]>();
  for (const { family, rect } of flow.steps) {
    const [left, top, right, bottom] = rect;
    const path = `M${left} ${top}h${right - left}v${bottom - top}h${left - right}z`;
    (boxes.get(family) ?? boxes.set(family, []).get(family)!).push(path);
  }
  const links: string[] = [];
  const errorLinks: string[] = [];
  for (const { path, isError } of flow.links) (isError ? errorLinks : links).push(path);
  return {
    boxes: new Map([...boxes].map(([family, paths]) => [family, paths.join("")])),
    links: links.join(""),
    errorLinks: errorLinks.join(""),
  };
}

/** Outlines of some boxes, that much away from them. */
export function outlines(
  steps: readonly FlowRequest.Step[],
  indices: readonly number[],
  away: number,
): string {
  return indices
    .map((index) => {
      const [left, top, right, bottom] = steps[index]!.rect;
      const [wide, high] = [right - left + 2 * away, bottom - top + 2 * away];
      return `M${left - away} ${top - away}h${wide}v${high}h${-wide}z`;
    })
    .join("");
}
