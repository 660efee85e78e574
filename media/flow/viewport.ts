import type { Edges } from "../../server/src/protocol";

/** Which part of the flow is seen: the flow's point at the top left corner of the view, and pixels a unit. */
export interface Viewport {
  readonly x: number;
  readonly y: number;
  readonly scale: number;
}

/** Of the view, in pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

export const LEAST_SCALE = 0.02;
export const MOST_SCALE = 4;
/** Below this the text of a step cannot be read: the overview is drawn instead. */
export const READABLE_SCALE = 0.42;

const clamp = (value: number, least: number, most: number): number => Math.min(most, Math.max(least, value));

/** The part of the flow the view shows. */
export function seen({ x, y, scale }: Viewport, { width, height }: Size): Edges {
  return [x, y, x + width / scale, y + height / scale];
}

/** Zoomed by a factor; the flow's point under the given pixel stays where it is. */
export function zoomed(viewport: Viewport, factor: number, atX: number, atY: number): Viewport {
  const scale = clamp(viewport.scale * factor, LEAST_SCALE, MOST_SCALE);
  return {
    scale,
    x: viewport.x + atX / viewport.scale - atX / scale,
    y: viewport.y + atY / viewport.scale - atY / scale,
  };
}

/** Moved by pixels; some of the flow always stays in view. */
export function panned(viewport: Viewport, dx: number, dy: number, bounds: Edges, size: Size): Viewport {
  return kept(
    { ...viewport, x: viewport.x + dx / viewport.scale, y: viewport.y + dy / viewport.scale },
    bounds,
    size,
  );
}

/** The nearest viewport in which at least a corner of the flow, 80 pixels wide, is seen. */
export function kept(viewport: Viewport, [left, top, right, bottom]: Edges, size: Size): Viewport {
  const { scale } = viewport;
  const margin = 80 / scale;
  return {
    scale,
    x: clamp(viewport.x, left + margin - size.width / scale, right - margin),
    y: clamp(viewport.y, top + margin - size.height / scale, bottom - margin),
  };
}

/** Everything in view, in the middle, never larger than at 100 %. */
export function fitted([left, top, right, bottom]: Edges, { width, height }: Size): Viewport {
  const [wide, high] = [Math.max(1, right - left), Math.max(1, bottom - top)];
  const scale = clamp(Math.min(width / wide, height / high, 1), LEAST_SCALE, MOST_SCALE);
  return {
    scale,
    x: left - (width / scale - wide) / 2,
    y: top - (height / scale - high) / 2,
  };
}

/** The rectangle in the middle of the view, at the given scale. */
export function centred([left, top, right, bottom]: Edges, scale: number, { width, height }: Size): Viewport {
  return {
    scale,
    x: (left + right) / 2 - width / scale / 2,
    y: (top + bottom) / 2 - height / scale / 2,
  };
}

/**
 * What is seen first: all of it where that can be read, else the first step at the left, at a size to read.
 */
export function opening(bounds: Edges, start: Edges | null, size: Size): Viewport {
  const all = fitted(bounds, size);
  if (all.scale >= 0.6 || start === null) return all;
  const scale = 0.85;
  const [left, top, , bottom] = start;
  const high = size.height / scale;
  const flowHigh = bounds[3] - bounds[1];
  const y =
    flowHigh <= high
      ? (bounds[1] + bounds[3] - high) / 2
      : Math.max(bounds[1], (top + bottom) / 2 - high / 3);
  return { scale, x: Math.max(bounds[0], left - 40), y };
}

/** Moved as little as needed to have the rectangle in view with a margin; unchanged where it is. */
export function showing(viewport: Viewport, [left, top, right, bottom]: Edges, size: Size): Viewport {
  const { scale } = viewport;
  const [wide, high] = [size.width / scale, size.height / scale];
  const marginX = Math.min(48 / scale, Math.max(0, (wide - (right - left)) / 2));
  const marginY = Math.min(48 / scale, Math.max(0, (high - (bottom - top)) / 2));
  const shift = (at: number, from: number, to: number, room: number): number => {
    if (to - from > room) return from;
    return at > from ? from : at + room < to ? to - room : at;
  };
  return {
    scale,
    x: shift(viewport.x, left - marginX, right + marginX, wide),
    y: shift(viewport.y, top - marginY, bottom + marginY, high),
  };
}

export const overlap = (a: Edges, b: Edges): boolean =>
  a[0] <= b[2] && a[2] >= b[0] && a[1] <= b[3] && a[3] >= b[1];

export const within = (inner: Edges, outer: Edges): boolean =>
  inner[0] >= outer[0] && inner[1] >= outer[1] && inner[2] <= outer[2] && inner[3] <= outer[3];

/** The rectangle with a part of its own size added on every side. */
export function grown([left, top, right, bottom]: Edges, part: number): Edges {
  const [dx, dy] = [(right - left) * part, (bottom - top) * part];
  return [left - dx, top - dy, right + dx, bottom + dy];
}

/** Positions of the rectangles that the given one touches. */
export function touching(all: readonly Edges[], area: Edges): number[] {
  const found: number[] = [];
  for (let index = 0; index < all.length; index++) if (overlap(all[index]!, area)) found.push(index);
  return found;
}
