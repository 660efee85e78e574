import type { Point, Rect } from "../../server/src/handler/model";
import type { HandlerBuilder } from "./handler";

/**
 * Bends the lines that would run back or through another box, the way real handlers have them: out to the right,
 * along between the rows, and into the box from the left. Lines with bend points of their own stay.
 */
export function route(built: HandlerBuilder): HandlerBuilder {
  const boxes = built.steps.map((step) => step.rect);
  built.steps.forEach((step, at) => {
    const from = boxes[at]!;
    step.exits.forEach((exit, index) => {
      if (!exit.to || exit.bends.length > 0) return;
      const to = exit.to.rect;
      const leaves = { x: from.right + 2, y: from.top + 11 + 23 * index };
      const enters = { x: to.left - 2, y: to.top + 44 };
      const crosses = boxes.some((box) => hits(leaves, enters, box));
      if (to.left <= from.right || crosses) exit.bends = around(from, leaves, to, enters);
    });
  });
  return built;
}

function around(from: Rect, leaves: Point, to: Rect, enters: Point): Point[] {
  const out = from.right + 12;
  const back = to.left - 12;
  const isAbove = to.bottom < from.top || (to.top <= from.top && to.left > from.right);
  const between = isAbove ? from.top - 20 : Math.max(from.bottom, leaves.y) + 20;
  const corners: [x: number, y: number][] = [
    [leaves.x, leaves.y],
    [out, leaves.y],
    [out, leaves.y],
    [out, between],
    [out, between],
    [back, between],
    [back, between],
    [back, enters.y],
    [back, enters.y],
    [enters.x, enters.y],
  ];
  return corners.map(([x, y]) => ({ x, y }));
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
