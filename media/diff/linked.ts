import type { Edges } from "../../server/src/protocol";
import type { Size, Viewport } from "../flow/viewport";

/** A step that both pictures have: where it is in the picture that leads, and in the one that follows. */
export interface Anchor {
  readonly from: Edges;
  readonly to: Edges;
}

/**
 * The viewport of a picture that follows another: at the same scale, with the steps around the middle of the
 * leading view where they are in that view. Where steps moved apart, near ones count more than far ones, so that
 * the follower glides and never jumps. Without a step in common both show the same place.
 */
export function following(leader: Viewport, size: Size, anchors: readonly Anchor[], about?: Edges): Viewport {
  const [x, y] = about
    ? middle(about)
    : [leader.x + size.width / leader.scale / 2, leader.y + size.height / leader.scale / 2];
  let [sum, dx, dy] = [0, 0, 0];
  for (const { from, to } of anchors) {
    const [fromX, fromY] = middle(from);
    const [toX, toY] = middle(to);
    const weight = 1 / (((fromX - x) ** 2 + (fromY - y) ** 2) ** 2 + 1);
    sum += weight;
    dx += weight * (toX - fromX);
    dy += weight * (toY - fromY);
  }
  if (sum === 0) return leader;
  return { scale: leader.scale, x: leader.x + dx / sum, y: leader.y + dy / sum };
}

const middle = ([left, top, right, bottom]: Edges): [number, number] => [
  (left + right) / 2,
  (top + bottom) / 2,
];
