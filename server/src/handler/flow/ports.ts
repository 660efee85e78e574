import type { Point, Rect } from "../model";

/** From one port to the next, and from the top edge to the first (seen in all real files that store lines). */
export const PORT_PITCH = 23;
export const FIRST_PORT = 11;

/**
 * Where the lines of a box's exits begin: down its right edge at Designer's pitch, closer together where the
 * stored rectangle is too low for that.
 */
export function portPoints(rect: Rect, count: number): Point[] {
  const room = rect.bottom - rect.top - 2 * FIRST_PORT;
  const pitch = count > 1 ? Math.min(PORT_PITCH, Math.max(0, room) / (count - 1)) : 0;
  const first = Math.min(FIRST_PORT, (rect.bottom - rect.top) / 2);
  return Array.from({ length: count }, (_, index) => ({
    x: rect.right,
    y: rect.top + first + pitch * index,
  }));
}

/** Where lines enter: the middle of the left edge (seen in all real files that store lines). */
export function entryPoint(rect: Rect): Point {
  return { x: rect.left, y: rect.top + Math.floor((rect.bottom - rect.top) / 2) };
}
