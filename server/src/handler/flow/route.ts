import type { Point, Rect } from "../model";
import { clamp, COORDINATE_LIMIT } from "./place";
import { entryPoint } from "./ports";

/** More bend points than a person draws; the rest of a damaged line is left out. */
const MOST_BENDS = 200;
/** How far a line of our own leaves a box before it turns; Designer's lines turn at 12 (seen in real files). */
const TURN = 12;
/** Looking for a free lane costs boxes x lines; beyond this many the nearest lane is taken. */
const LOOKS = 20_000_000;
/** Boxes in the way of a line that it tries to pass above and below. */
const MOST_DETOURS = 8;
/** How far above and below the nearest heights boxes are looked at. */
const DETOUR = 150;

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

/**
 * Lines of our own, for links without bend points: straight to the right, as Designer draws them; to the left
 * in the form Designer gives such lines: out, along a free lane, and in from the left.
 */
export class Router {
  private looks = LOOKS;

  constructor(private readonly rects: readonly Rect[]) {}

  route(source: Rect, start: Point, exit: number, to: number): Route {
    const target = this.rects[to]!;
    const end = entryPoint(target);
    const common = { stored: false, corrected: false };
    if (target.left >= source.right) return { ...common, points: [start, end], back: false };
    const out = source.right + TURN + 4 * (exit % 6);
    // Apart by target, so that lines down the same column do not seem to lead to the same step.
    const into = target.left - TURN - 4 * (to % 4);
    const run = { start, out, into, end };
    const lane = this.lane(source, target, run, 14 + 4 * (exit % 6));
    const points = [
      start,
      { x: out, y: start.y },
      { x: out, y: lane },
      { x: into, y: lane },
      { x: into, y: end.y },
      end,
    ];
    return { ...common, points: simplified(points), back: true };
  }

  /**
   * The height of the level run: clear of both boxes, through as few others as possible, not far away. Where the
   * nearest heights go through boxes, the heights just above and below those boxes are tried as well.
   */
  private lane(source: Rect, target: Rect, run: Run, apart: number): number {
    const heights = [source.bottom + apart, source.top - apart, target.top - apart, target.bottom + apart];
    if (target.top > source.bottom) heights.unshift((source.bottom + target.top) / 2);
    if (source.top > target.bottom) heights.unshift((target.bottom + source.top) / 2);
    const others = this.around(run, Math.min(...heights), Math.max(...heights));
    let best = { y: Math.max(source.bottom, target.bottom) + apart, cost: Infinity };
    const consider = (y: number): void => {
      if (near(source, y) || near(target, y)) return;
      const cost = 400 * crossed(others, y, run) + Math.abs(y - run.start.y) + Math.abs(y - run.end.y);
      if (cost < best.cost) best = { y, cost };
    };
    heights.forEach(consider);
    if (best.cost >= 400)
      for (const rect of others
        .filter((one) => heights.some((y) => cutsLevel(one, y, run)))
        .slice(0, MOST_DETOURS))
        [rect.top - apart, rect.bottom + apart].forEach(consider);
    return best.y;
  }

  /** The boxes a line could go through. */
  private around({ start, out, into, end }: Run, top: number, bottom: number): Rect[] {
    if (this.looks <= 0) return [];
    this.looks -= this.rects.length;
    const [left, right] = [Math.min(out, into), Math.max(out, into)];
    const [high, low] = [Math.min(top, start.y, end.y) - DETOUR, Math.max(bottom, start.y, end.y) + DETOUR];
    return this.rects.filter((rect) => cuts(rect, left, right, high, low));
  }
}

/** How many times the three inner runs of the line go through a box. */
function crossed(rects: readonly Rect[], y: number, run: Run): number {
  const { start, out, into, end } = run;
  let count = 0;
  for (const rect of rects) {
    if (cutsLevel(rect, y, run)) count++;
    if (cuts(rect, out, out, Math.min(start.y, y), Math.max(start.y, y))) count++;
    if (cuts(rect, into, into, Math.min(end.y, y), Math.max(end.y, y))) count++;
  }
  return count;
}

const cutsLevel = (rect: Rect, y: number, { out, into }: Run): boolean =>
  cuts(rect, Math.min(out, into), Math.max(out, into), y, y);

/** A line of our own before its lane is chosen: where it starts, turns and ends. */
interface Run {
  readonly start: Point;
  readonly out: number;
  readonly into: number;
  readonly end: Point;
}

const near = (rect: Rect, y: number): boolean => rect.top - 6 < y && y < rect.bottom + 6;

const cuts = (rect: Rect, left: number, right: number, top: number, bottom: number): boolean =>
  rect.left - 3 < right && rect.right + 3 > left && rect.top - 3 < bottom && rect.bottom + 3 > top;

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
