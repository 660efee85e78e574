import type { Point, Rect } from "../../server/src/handler/model";
import type { HandlerBuilder } from "./handler";

/**
 * Bends the lines that would run back or through another box, the way real handlers have them: out to the right,
 * along where no box and no other bent line is, and into the box from the left. Lines with bend points of their
 * own stay.
 */
export function route(built: HandlerBuilder): HandlerBuilder {
  const boxes = built.steps.map((step) => step.rect);
  const lanes: Lane[] = [];
  built.steps.forEach((step, at) => {
    const from = boxes[at]!;
    step.exits.forEach((exit, index) => {
      if (!exit.to || exit.bends.length > 0) return;
      const to = exit.to.rect;
      const leaves = { x: from.right + 2, y: from.top + 11 + 23 * index };
      const enters = { x: to.left - 2, y: Math.floor((to.top + to.bottom) / 2) };
      const crosses = boxes.some((box) => hits(leaves, enters, box));
      if (to.left <= from.right || crosses) {
        const lane = freeLane(from, to, enters, boxes, lanes);
        lanes.push(lane);
        exit.bends = around(leaves, lane, enters);
      }
    });
  });
  return built;
}

/** The long horizontal part of a bent line. */
interface Lane {
  readonly y: number;
  readonly left: number;
  readonly right: number;
}

function freeLane(from: Rect, to: Rect, enters: Point, boxes: readonly Rect[], lanes: readonly Lane[]): Lane {
  const [out, back] = [from.right + 12, to.left - 12];
  const [left, right] = [Math.min(out, back), Math.max(out, back)];
  const isFree = (y: number): boolean =>
    y !== enters.y &&
    !boxes.some((box) => box.left <= right && box.right >= left && box.top - 8 <= y && box.bottom + 8 >= y) &&
    !lanes.some((lane) => Math.abs(lane.y - y) < 8 && lane.left < right && lane.right > left);
  const goesUp = to.top < from.top || (to.top === from.top && to.left > from.right);
  let y = goesUp ? from.top - 12 : from.bottom + 12;
  while (!isFree(y)) y += goesUp ? -8 : 8;
  return { y, left, right };
}

function around(leaves: Point, { y }: Lane, enters: Point): Point[] {
  const out = leaves.x + 10;
  const back = enters.x - 10;
  const corners: [x: number, y: number][] = [
    [leaves.x, leaves.y],
    [out, leaves.y],
    [out, leaves.y],
    [out, y],
    [out, y],
    [back, y],
    [back, y],
    [back, enters.y],
    [back, enters.y],
    [enters.x, enters.y],
  ];
  return corners.map(([x, at]) => ({ x, y: at }));
}

/** Whether a straight line touches a box. */
function hits(from: Point, to: Point, box: Rect): boolean {
  let enters = 0;
  let leaves = 1;
  const sides: [delta: number, toLow: number, toHigh: number][] = [
    [to.x - from.x, box.left - from.x, box.right - from.x],
    [to.y - from.y, box.top - from.y, box.bottom - from.y],
  ];
  for (const [delta, low, high] of sides) {
    if (delta === 0) {
      if (low > 0 || high < 0) return false;
      continue;
    }
    const ends = [low / delta, high / delta].sort((one, other) => one - other);
    enters = Math.max(enters, ends[0]!);
    leaves = Math.min(leaves, ends[1]!);
  }
  return enters <= leaves;
}
