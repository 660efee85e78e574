import type { Box, Flow, Link, Port } from "../handler/flow/flow";
import type { Status } from "../handler/flow/draw";
import { Router } from "../handler/flow/router";
import { PORT_PITCH } from "../handler/flow/ports";
import type { Handler, Point, Rect } from "../handler/model";

/** What a comparison says of the boxes and lines of a picture, by their positions in it. */
export interface Marks {
  readonly boxes: ReadonlyMap<number, Status>;
  readonly links: ReadonlyMap<number, Status>;
}

export interface MarkedFlow {
  readonly handler: Handler;
  readonly picture: Flow;
  readonly marks: Marks;
}

/** Both pictures in one: the new one, with removed steps at the place they had and lines that are no more. */
export interface Overlay extends MarkedFlow {
  /** Position of a box of the old picture. */
  readonly ofOld: readonly number[];
}

/** Room that a removed step keeps to others. */
const APART = 16;
const MARGIN = 30;

/**
 * Lays the new picture over the old one. `pairs`: positions of steps that are in both. A removed step stands
 * where it stood beside the step that led to it; where another is now, below that.
 */
export function overlay(
  old: MarkedFlow,
  now: MarkedFlow,
  pairs: readonly (readonly [old: number, now: number])[],
  /** The exit of the new step that an exit of the old step became; null = it is gone. */
  exitOf: (oldBox: number, exit: number) => number | null,
): Overlay {
  const before = old.picture.boxes;
  const boxes = [...now.picture.boxes];
  const steps = [...now.handler.steps.slice(0, boxes.length)];
  const statuses = new Map(now.marks.boxes);
  const ofOld = new Array<number>(before.length).fill(-1);
  for (const [a, b] of pairs) ofOld[a] = b;
  const incoming = new Map(old.picture.links.map(({ from, to }) => [to, from] as const).reverse());

  const removed = before.flatMap((_, at) => (ofOld[at] === -1 ? [at] : []));
  for (const at of removed) {
    const box = before[at]!;
    const beside = [incoming.get(at), ...box.ports.map(({ to }) => to)].find(
      (each) => typeof each === "number" && ofOld[each] !== -1,
    );
    const by =
      typeof beside === "number"
        ? distance(before[beside]!.rect, boxes[ofOld[beside]!]!.rect)
        : { x: 0, y: 0 };
    const rect = freePlace(moved(box.rect, by), boxes);
    ofOld[at] = boxes.length;
    statuses.set(boxes.length, "removed");
    boxes.push(movedBox(box, distance(box.rect, rect)));
    steps.push(old.handler.steps[at]!);
  }
  for (const at of removed) boxes[ofOld[at]!] = redirected(boxes[ofOld[at]!]!, ofOld);

  const links: Link[] = [...now.picture.links];
  const linkStatuses = new Map(now.marks.links);
  const router = new Router(boxes.map(({ rect }) => rect));
  const isRemoved = new Set(removed);
  for (const [index, link] of old.picture.links.entries()) {
    if (old.marks.links.get(index) !== "removed") continue;
    const [from, to] = [ofOld[link.from]!, ofOld[link.to]!];
    let exit = isRemoved.has(link.from) ? link.exit : exitOf(link.from, link.exit);
    if (exit === null || !boxes[from]!.ports[exit]) {
      // The exit is gone too: its port stands below the others, so that the line has a beginning.
      exit = boxes[from]!.ports.length;
      boxes[from] = withPort(boxes[from]!, before[link.from]!.ports[link.exit]!, to);
    }
    const box = boxes[from]!;
    const route = () => router.route(box.rect, box.ports[exit]!.at, exit, to);
    const path = pathOf(
      link,
      { from: before[link.from]!, to: before[link.to]! },
      { from: box, to: boxes[to]! },
      route,
    );
    linkStatuses.set(links.length, "removed");
    links.push({ ...link, from, exit, to, ...path });
  }
  const picture: Flow = { ...now.picture, boxes, links, bounds: boundsOf(now.picture.bounds, boxes, links) };
  return {
    handler: { ...now.handler, steps },
    picture,
    marks: { boxes: statuses, links: linkStatuses },
    ofOld,
  };
}

interface Ends {
  readonly from: Box;
  readonly to: Box;
}

/** As it was drawn where both ends still stand as they stood to each other, else a line of our own. */
function pathOf(
  link: Link,
  old: Ends,
  now: Ends,
  route: () => { readonly points: readonly Point[]; readonly back: boolean },
): Pick<Link, "points" | "back"> {
  const by = distance(old.from.rect, now.from.rect);
  const other = distance(old.to.rect, now.to.rect);
  if (by.x === other.x && by.y === other.y)
    return { points: link.points.map(({ x, y }) => ({ x: x + by.x, y: y + by.y })), back: link.back };
  const { points, back } = route();
  return { points, back };
}

const distance = (from: Rect, to: Rect): Point => ({ x: to.left - from.left, y: to.top - from.top });

const moved = ({ left, top, right, bottom }: Rect, { x, y }: Point): Rect => ({
  left: left + x,
  top: top + y,
  right: right + x,
  bottom: bottom + y,
});

function movedBox(box: Box, by: Point): Box {
  const ports = box.ports.map((port) => ({ ...port, at: { x: port.at.x + by.x, y: port.at.y + by.y } }));
  return { ...box, rect: moved(box.rect, by), ports };
}

/** The box with its exits leading to boxes of the new picture. */
function redirected(box: Box, ofOld: readonly number[]): Box {
  const ports = box.ports.map((port): Port => ({ ...port, to: port.to === null ? null : ofOld[port.to]! }));
  return { ...box, ports };
}

/** The place, or the next one below it that no box takes. */
function freePlace(place: Rect, boxes: readonly Box[]): Rect {
  let rect = place;
  // Each turn goes below a box, so there are no more turns than boxes.
  for (let turn = 0; turn <= boxes.length; turn++) {
    const taken = boxes.find(
      ({ rect: other }) =>
        other.left < rect.right + APART &&
        other.right + APART > rect.left &&
        other.top < rect.bottom &&
        other.bottom > rect.top,
    );
    if (!taken) break;
    rect = moved(rect, { x: 0, y: taken.rect.bottom + APART - rect.top });
  }
  return rect;
}

function withPort(box: Box, port: Port, to: number): Box {
  const { rect, ports } = box;
  const y = Math.min(rect.bottom - 8, (ports.at(-1)?.at.y ?? rect.top) + PORT_PITCH);
  return { ...box, ports: [...ports, { ...port, to, at: { x: rect.right, y } }] };
}

function boundsOf(bounds: Rect, boxes: readonly Box[], links: readonly Link[]): Rect {
  let { left, top, right, bottom } = bounds;
  const include = (x: number, y: number): void => {
    left = Math.min(left, x - MARGIN);
    top = Math.min(top, y - MARGIN);
    right = Math.max(right, x + MARGIN);
    bottom = Math.max(bottom, y + MARGIN);
  };
  for (const { rect } of boxes) {
    include(rect.left, rect.top);
    include(rect.right, rect.bottom);
  }
  for (const { points } of links) for (const { x, y } of points) include(x, y);
  return { left, top, right, bottom };
}
