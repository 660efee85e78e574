import type { Status } from "../../handler/flow/draw";
import { type Box, type Flow, flow, type Link } from "../../handler/flow/flow";
import { linkKey } from "../../handler/flow/flowSvg";
import type { Point, Rect } from "../../handler/model";
import type { HandlerDiff } from "./compareHandlers";
import { pictureMarks } from "./pictures";

/** Both versions in one picture: the new one, with the steps and lines of the old one that are gone. */
export interface Overlay {
  readonly flow: Flow;
  /** What each of the flow's boxes is; undefined = unchanged. */
  readonly boxes: readonly (Status | undefined)[];
  /** What each of the flow's links is. */
  readonly links: readonly (Status | undefined)[];
}

/**
 * Draws removed steps where they stood beside the nearest step that is still there, which may have moved, or above
 * or below that where something stands now. Boxes of removed steps come behind those of the new handler and keep
 * their old node ids.
 */
export function overlay(diff: HandlerDiff): Overlay {
  const [before, after] = [flow(diff.old), flow(diff.now)];
  const marks = pictureMarks(diff);
  const newIndex = new Map(after.boxes.map((box, at) => [box.node, at]));
  const shownAt = new Map<number, number>();
  for (const [at, { node }] of before.boxes.entries()) {
    const index = newIndex.get(diff.match.newNode.get(node) ?? NaN);
    if (index !== undefined) shownAt.set(at, index);
  }
  const boxes = [...after.boxes];
  const boxStatus = boxes.map(({ node }) => marks.now.status.get(node));
  const shift = shifts(before, after, shownAt);
  const place = freePlaces(boxes);
  for (const [at, box] of before.boxes.entries()) {
    if (shownAt.has(at) || marks.old.status.get(box.node) !== "removed") continue;
    shownAt.set(at, boxes.length);
    boxes.push(place(moved(box, shift(box))));
    boxStatus.push("removed");
  }
  const links = [...after.links];
  const linkStatus = links.map(({ from, exit }) =>
    marks.now.linkStatus.get(linkKey(after.boxes[from]!.node, exit)),
  );
  for (const link of before.links) {
    const { node } = before.boxes[link.from]!;
    if (marks.old.linkStatus.get(linkKey(node, link.exit)) !== "removed") continue;
    const drawn = goneLink(link, before, boxes, shownAt);
    if (!drawn) continue;
    links.push(drawn);
    linkStatus.push("removed");
  }
  const bounds = boxes.slice(after.boxes.length).reduce((all, { rect }) => around(all, rect), after.bounds);
  return { flow: { ...after, bounds, boxes, links }, boxes: boxStatus, links: linkStatus };
}

/** How far the nearest step that both versions have moved; found by looking at all, so bounded. */
function shifts(before: Flow, after: Flow, shownAt: ReadonlyMap<number, number>): (box: Box) => Point {
  const kept = [...shownAt].slice(0, 2_000).map(([old, now]) => {
    const [from, to] = [before.boxes[old]!.rect, after.boxes[now]!.rect];
    return { at: from, by: { x: to.left - from.left, y: to.top - from.top } };
  });
  const distance = (a: Rect, b: Rect): number => Math.hypot(a.left - b.left, a.top - b.top);
  return ({ rect }) => {
    let nearest = { far: Infinity, by: { x: 0, y: 0 } };
    for (const { at, by } of kept) {
      const far = distance(at, rect);
      if (far < nearest.far) nearest = { far, by };
    }
    return nearest.by;
  };
}

/** Looks for the nearest free place above or below; gives up where that takes too long. */
function freePlaces(boxes: readonly Box[]): (box: Box) => Box {
  let looks = 3_000_000;
  const isFree = ({ left, top, right, bottom }: Rect): boolean => {
    looks -= boxes.length;
    return !boxes.some(
      ({ rect }) =>
        rect.left < right + GAP &&
        rect.right + GAP > left &&
        rect.top < bottom + GAP &&
        rect.bottom + GAP > top,
    );
  };
  return (box) => {
    for (let away = 0; away <= 3_000 && looks > 0; away += 15) {
      for (const y of away === 0 ? [0] : [away, -away]) {
        const there = moved(box, { x: 0, y });
        if (isFree(there.rect)) return there;
      }
    }
    return box;
  };
}

const GAP = 12;

function moved(box: Box, by: Point): Box {
  const { left, top, right, bottom } = box.rect;
  return {
    ...box,
    rect: { left: left + by.x, top: top + by.y, right: right + by.x, bottom: bottom + by.y },
    ports: box.ports.map((port) => ({
      ...port,
      // Its lines are drawn with the links; positions in the old picture mean nothing here.
      to: port.to === null ? null : 0,
      at: { x: port.at.x + by.x, y: port.at.y + by.y },
    })),
  };
}

/** The line as it was where both its ends stand as they did, else straight. */
function goneLink(
  link: Link,
  before: Flow,
  boxes: readonly Box[],
  shownAt: ReadonlyMap<number, number>,
): Link | undefined {
  const [from, to] = [shownAt.get(link.from), shownAt.get(link.to)];
  if (from === undefined || to === undefined) return undefined;
  const stands = (old: number, now: number): boolean => {
    const [a, b] = [before.boxes[old]!.rect, boxes[now]!.rect];
    return a.left === b.left && a.top === b.top && a.right === b.right && a.bottom === b.bottom;
  };
  // A step may have fewer exits now: the line then leaves from the place of its last one.
  const { ports, rect } = boxes[from]!;
  const exit = Math.min(link.exit, ports.length - 1);
  const start = ports[exit]?.at;
  if (!start) return undefined;
  const target = boxes[to]!.rect;
  const end = { x: target.left, y: (target.top + target.bottom) / 2 };
  const isAsItWas = stands(link.from, from) && stands(link.to, to) && exit === link.exit;
  const points = isAsItWas ? link.points : [start, end];
  return {
    ...link,
    from,
    to,
    exit,
    points,
    back: target.left <= rect.right,
    stored: isAsItWas && link.stored,
  };
}

const MARGIN = 30;

const around = (all: Rect, { left, top, right, bottom }: Rect): Rect => ({
  left: Math.min(all.left, left - MARGIN),
  top: Math.min(all.top, top - MARGIN),
  right: Math.max(all.right, right + MARGIN),
  bottom: Math.max(all.bottom, bottom + MARGIN),
});
