import type { Point, Rect } from "../model";
import { entryPoint } from "./ports";
import { type Route, simplified } from "./route";

/** How far a line of our own leaves a box before it turns; Designer's lines turn at 12 (seen in real files). */
const TURN = 12;
/** Looking for a free lane costs boxes and lines x lines; beyond this many the nearest lane is taken. */
const LOOKS = 20_000_000;
/** Boxes in the way of a line that it tries to pass above and below. */
const MOST_DETOURS = 8;
/** How far above and below the nearest heights boxes are looked at. */
const DETOUR = 150;
/** What going through a box, and along another line, costs in pixels of way. */
const THROUGH_BOX = 400;
const ALONG_LINE = 150;
/** Level runs closer than this look like one line. */
const APART = 5;

/** A level run of a line that is drawn already. */
interface Taken {
  readonly y: number;
  readonly left: number;
  readonly right: number;
  readonly to: number;
}

/**
 * Lines of our own, for links without bend points: straight to the right, as Designer draws them; to the left
 * in the form Designer gives such lines: out, along a free lane, and in from the left.
 */
export class Router {
  private looks = LOOKS;
  private readonly taken: Taken[] = [];

  constructor(private readonly rects: readonly Rect[]) {}

  /** Makes lines to other steps keep away from the level runs of this one. */
  keepClear(points: readonly Point[], to: number): void {
    for (let index = 1; index < points.length; index++) {
      const [a, b] = [points[index - 1]!, points[index]!];
      if (a.y === b.y && Math.abs(a.x - b.x) > 2 * TURN)
        this.taken.push({ y: a.y, left: Math.min(a.x, b.x), right: Math.max(a.x, b.x), to });
    }
  }

  route(source: Rect, start: Point, exit: number, to: number): Route {
    const target = this.rects[to]!;
    const end = entryPoint(target);
    const common = { stored: false, corrected: false };
    if (target.left >= source.right) return { ...common, points: [start, end], back: false };
    const apart = 14 + 4 * (exit % 6);
    const run: Run = {
      start,
      out: source.right + TURN + 4 * (exit % 6),
      // Apart by target, so that lines down the same column do not seem to lead to the same step.
      into: target.left - TURN - 4 * (to % 4),
      end,
    };
    const lane = this.lane(source, target, run, apart, to);
    if (lane !== null) {
      const points = path(run, lane);
      this.keepClear(points, to);
      return { ...common, points, back: true };
    }
    // The boxes are too close for a line between them: around both.
    const around: Run = {
      ...run,
      out: Math.max(run.out, target.right + TURN),
      into: Math.min(run.into, source.left - TURN),
    };
    return { ...common, points: path(around, Math.max(source.bottom, target.bottom) + apart), back: true };
  }

  /**
   * The height of the level run: clear of both boxes, through as few others as possible, not far away. Where the
   * nearest heights go through boxes, the heights just above and below those boxes are tried as well. Null when
   * every one goes through the source or the target.
   */
  private lane(source: Rect, target: Rect, run: Run, apart: number, to: number): number | null {
    const heights = [source.bottom + apart, source.top - apart, target.top - apart, target.bottom + apart];
    if (target.top > source.bottom) heights.unshift((source.bottom + target.top) / 2);
    if (source.top > target.bottom) heights.unshift((target.bottom + source.top) / 2);
    const others = this.around(run, Math.min(...heights), Math.max(...heights));
    let best: { y: number; cost: number } | null = null;
    const consider = (y: number): void => {
      if (crossed([source, target], y, run) > 0) return;
      const along = this.isTaken(y, run, to) ? ALONG_LINE : 0;
      const way = Math.abs(y - run.start.y) + Math.abs(y - run.end.y);
      const cost = THROUGH_BOX * crossed(others, y, run) + along + way;
      if (best === null || cost < best.cost) best = { y, cost };
      // A little to the side the line may run for itself.
      if (along > 0 && considered++ < MOST_DETOURS) [y - 2 * APART, y + 2 * APART].forEach(consider);
    };
    let considered = 0;
    heights.forEach(consider);
    const inTheWay = others.filter((rect) => heights.some((y) => cutsLevel(rect, y, run)));
    for (const rect of inTheWay.slice(0, MOST_DETOURS)) {
      consider(rect.top - apart);
      consider(rect.bottom + apart);
    }
    return (best as { y: number } | null)?.y ?? null;
  }

  private isTaken(y: number, { out, into }: Run, to: number): boolean {
    if (this.looks <= 0) return false;
    this.looks -= this.taken.length;
    const [from, till] = [Math.min(out, into), Math.max(out, into)];
    return this.taken.some(
      (one) => one.to !== to && Math.abs(one.y - y) < APART && one.left < till && one.right > from,
    );
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

function path({ start, out, into, end }: Run, lane: number): Point[] {
  return simplified([
    start,
    { x: out, y: start.y },
    { x: out, y: lane },
    { x: into, y: lane },
    { x: into, y: end.y },
    end,
  ]);
}

const cuts = (rect: Rect, left: number, right: number, top: number, bottom: number): boolean =>
  rect.left - 3 < right && rect.right + 3 > left && rect.top - 3 < bottom && rect.bottom + 3 > top;
