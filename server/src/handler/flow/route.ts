import type { Point, Rect } from "../model";
import { clamp, COORDINATE_LIMIT } from "./place";
import { entryPoint } from "./ports";

/** More bend points than a person draws; the rest of a damaged line is left out. */
const MOST_BENDS = 200;

export interface Route {
  readonly points: readonly Point[];
  readonly stored: boolean;
  readonly back: boolean;
  /** true: bend points were moved or left out to be drawable. */
  readonly corrected: boolean;
}

/** The line of a link whose file stores bend points: port, bends, entry. */
export function storedRoute(start: Point, bends: readonly Point[], target: Rect): Route {
  let corrected = bends.length > MOST_BENDS;
  const inner = bends.slice(0, MOST_BENDS).map(({ x, y }) => {
    const point = {
      x: clamp(x, -COORDINATE_LIMIT, COORDINATE_LIMIT),
      y: clamp(y, -COORDINATE_LIMIT, COORDINATE_LIMIT),
    };
    if (point.x !== x || point.y !== y) corrected = true;
    return point;
  });
  return {
    points: simplified([start, ...inner, entryPoint(target)]),
    stored: true,
    back: target.left < start.x,
    corrected,
  };
}

/** Without points that repeat the one before or lie on the straight line between their neighbours. */
export function simplified(points: readonly Point[]): Point[] {
  const kept: Point[] = [];
  for (const point of points) {
    const last = kept.at(-1);
    if (last && Math.abs(last.x - point.x) < 0.5 && Math.abs(last.y - point.y) < 0.5) continue;
    const before = kept.at(-2);
    if (before && last && between(before, last, point)) kept.pop();
    kept.push(point);
  }
  return kept;
}

/** `middle` lies on the horizontal or vertical line from `start` to `end`, between them. */
function between(start: Point, middle: Point, end: Point): boolean {
  const flat = start.y === middle.y && middle.y === end.y;
  const upright = start.x === middle.x && middle.x === end.x;
  if (flat) return (middle.x - start.x) * (end.x - middle.x) >= 0;
  if (upright) return (middle.y - start.y) * (end.y - middle.y) >= 0;
  return false;
}
