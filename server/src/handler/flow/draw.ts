import type { Point } from "../model";
import { familyOf } from "./icon";
import { ICON_SHAPES } from "./iconShapes";
import { escaped, fitted, oneLine, widthOf, wrapped } from "./text";
import type { Box, Flow, Link, Port } from "./types";

/** What a comparison says about a step or line. */
export type Status = "added" | "removed" | "changed";

/** Sizes a label may have: the largest with which it fits whole, else cut at the first. */
const LABELS = [11.5, 10.5, 9.5] as const;
/** Bold letters are wider than the table's. */
const BOLD = 1.12;
const SMALL = 10;
const PAD = 8;
const TILE = 22;
/** Boxes narrower than this keep less room at their sides. */
const NARROW = 64;
const CORNER = 5;

const n = (value: number): string => String(Number.isInteger(value) ? value : Math.round(value * 10) / 10);

/** One step: a `<g>` in the flow's coordinates, its parts named by the classes of `style.ts`. */
export function drawBox(box: Box, status?: Status): string {
  const { left, top } = box.rect;
  const width = box.rect.right - left;
  const height = box.rect.bottom - top;
  const classes = ["step", `k-${box.kind}`, `f-${familyOf(box.icon)}`];
  if (!box.complete) classes.push("incomplete");
  if (status) classes.push(`s-${status}`);
  const round = box.kind === "initiator" || box.kind === "start" ? 18 : 5;
  const frame = `x="${n(left)}" y="${n(top)}" width="${n(width)}" height="${n(height)}" rx="${round}"`;
  const inset = width < NARROW ? 4 : round === 18 ? 11 : PAD;
  const tile = width >= TILE + 4 && height >= TILE + 4;
  const parts = [
    `<title>${escaped(tooltip(box))}</title>`,
    `<rect class="box" ${frame}/>`,
    status ? `<rect class="status" ${frame}/>` : "",
    box.kind === "subroutine"
      ? `<path class="bars" d="M${n(left + 3.5)} ${n(top + 1)}v${n(height - 2)}M${n(left + width - 3.5)} ${n(top + 1)}v${n(height - 2)}"/>`
      : "",
    tile
      ? `<rect class="tile" x="${n(left + inset)}" y="${n(top + 7)}" width="${TILE}" height="${TILE}" rx="4"/>` +
        `<path class="icon" transform="translate(${n(left + inset + 3)} ${n(top + 10)})" d="${ICON_SHAPES[box.icon]}"/>`
      : "",
    `<g transform="translate(${n(left)} ${n(top)})">${texts(box, width, height, inset)}</g>`,
    box.hasNotes ? notesMark(box, inset) : "",
    drawPorts(box.ports),
    status ? badge(box, status) : "",
  ];
  return `<g class="${classes.join(" ")}">${parts.join("")}</g>`;
}

function tooltip(box: Box): string {
  const own = `${oneLine(box.label)} (${box.node})`;
  const exits = box.ports.map((port) => oneLine(port.label)).filter((label) => label.length > 12);
  return [own, oneLine(box.identity), ...exits.slice(0, 30)].filter((line) => line !== "").join("\n");
}

/** Exit labels down the right, the step's label, tool and node id at the bottom; in the box's own coordinates. */
function texts(box: Box, width: number, height: number, inset: number): string {
  const out: string[] = [];
  const lowest = height - 8;
  let tileBottom = TILE + 7;
  for (const port of box.ports) {
    const y = port.at.y - box.rect.top;
    const besideTile = y - 6 < tileBottom;
    const room = width - 9 - (besideTile ? inset + TILE + 4 : PAD);
    const text = fitted(port.label, room, SMALL);
    if (text !== "")
      out.push(
        `<text class="exit${port.isError ? " error" : ""}" x="${n(width - 9)}" y="${n(y + 3.5)}">${escaped(text)}</text>`,
      );
  }
  const last = box.ports.at(-1);
  const portsEnd = last ? last.at.y - box.rect.top + 9 : 0;
  tileBottom = Math.max(tileBottom, portsEnd);
  const id = String(box.node);
  const idWidth = widthOf(id, SMALL);
  const notesWidth = box.hasNotes ? 13 : 0;
  out.push(`<text class="id" x="${n(width - inset)}" y="${n(lowest)}">${id}</text>`);
  const sameName = oneLine(box.tool) === oneLine(box.label);
  const tool = sameName ? "" : fitted(box.tool, width - 2 * inset - idWidth - notesWidth - 6, SMALL);
  if (tool !== "") out.push(`<text class="tool" x="${n(inset)}" y="${n(lowest)}">${escaped(tool)}</text>`);
  const room = lowest - 11 - tileBottom;
  const { lines, size } = labelLines(box.label, width - 2 * inset, room >= 28 ? 2 : 1);
  const first = tileBottom + (room - 14 * lines.length) / 2 + 11;
  lines.forEach((line, index) => {
    const smaller = ` font-size="${size}"`;
    out.push(
      `<text class="label" x="${n(inset)}" y="${n(Math.max(10, first + 14 * index))}"${smaller}>${escaped(line)}</text>`,
    );
  });
  return out.join("");
}

function labelLines(label: string, room: number, most: number): { lines: string[]; size: number } {
  let cut: { lines: string[]; size: number } | undefined;
  for (const size of LABELS) {
    const lines = wrapped(label, room, size * BOLD, most);
    if (lines.length > 0 && !lines.at(-1)!.endsWith("…")) return { lines, size };
    cut ??= { lines, size };
  }
  return cut!;
}

/** A small sheet beside the node id. */
function notesMark(box: Box, inset: number): string {
  const x = box.rect.right - inset - widthOf(String(box.node), SMALL) - 13;
  const y = box.rect.bottom - 16;
  return `<path class="notes" d="M${n(x)} ${n(y)}h8v6l-2.5 2.5h-5.5zM${n(x + 2)} ${n(y + 2.8)}h4M${n(x + 2)} ${n(y + 5.4)}h2"/>`;
}

/**
 * Round ports, diamonds for errors; an exit that leads nowhere gets a short line with an open end, which ends
 * before the place where the lines of neighbouring ports turn.
 */
function drawPorts(ports: readonly Port[]): string {
  const shapes = { port: "", "port error": "", stub: "", "stub error": "" };
  for (const { at, to, isError } of ports) {
    const place = `M${n(at.x)} ${n(at.y)}`;
    if (to === null)
      shapes[isError ? "stub error" : "stub"] += isError
        ? `${place}h3l3 -3 3 3 -3 3 -3 -3`
        : `${place}h4a2.5 2.5 0 1 1 5 0a2.5 2.5 0 1 1 -5 0`;
    else
      shapes[isError ? "port error" : "port"] += isError
        ? `M${n(at.x - 4)} ${n(at.y)}l4 -4 4 4 -4 4z`
        : `M${n(at.x - 3)} ${n(at.y)}a3 3 0 1 1 6 0a3 3 0 1 1 -6 0z`;
  }
  return Object.entries(shapes)
    .filter(([, d]) => d !== "")
    .map(([classes, d]) => `<path class="${classes}" d="${d}"/>`)
    .join("");
}

/** The status in a form that does not need colour: +, - or ~ in the corner. */
function badge(box: Box, status: Status): string {
  const { left: x, top: y } = box.rect;
  const sign = {
    added: `M${n(x - 4)} ${n(y)}h8M${n(x)} ${n(y - 4)}v8`,
    removed: `M${n(x - 4)} ${n(y)}h8`,
    changed: `M${n(x - 4)} ${n(y + 1)}c2.5 -4.5 5.5 3.5 8 -1.5`,
  }[status];
  return `<circle class="badge" cx="${n(x)}" cy="${n(y)}" r="8"/><path class="sign" d="${sign}"/>`;
}

/** One line with its arrow head. */
export function drawLink(flow: Flow, link: Link, status?: Status): string {
  const classes = ["link"];
  if (link.isError) classes.push("error");
  if (link.back) classes.push("back");
  if (status) classes.push(`s-${status}`);
  const from = flow.boxes[link.from]!;
  const to = flow.boxes[link.to]!;
  const title = `${oneLine(from.label)} (${from.node}), ${oneLine(from.ports[link.exit]!.label)} → ${oneLine(to.label)} (${to.node})`;
  const { line, head, way } = linkShapes(link);
  return (
    `<g class="${classes.join(" ")}"><title>${escaped(title)}</title>` +
    `<path class="line" d="${line}"/><path class="head" d="${head}"/>${way ? `<path class="way" d="${way}"/>` : ""}</g>`
  );
}

/** Path data of a line alone, for pictures too small for more. */
export const linkPath = (link: Link): string => pathOf(link.points);

/** Path data of a line: its run with rounded corners, its head, and for a line to the left a chevron on its way. */
function linkShapes(link: Link): { line: string; head: string; way: string } {
  const points = [...link.points];
  const end = points.at(-1)!;
  const before = points.at(-2) ?? end;
  const length = Math.hypot(end.x - before.x, end.y - before.y) || 1;
  const [ux, uy] = [(end.x - before.x) / length, (end.y - before.y) / length];
  const base = { x: end.x - ux * 7, y: end.y - uy * 7 };
  if (length > 7) points[points.length - 1] = base;
  const side = (sign: number): string => `${n(base.x - uy * 3.6 * sign)} ${n(base.y + ux * 3.6 * sign)}`;
  return {
    line: pathOf(points),
    head: `M${n(end.x)} ${n(end.y)}L${side(1)}L${side(-1)}z`,
    way: link.back ? chevron(link.points) : "",
  };
}

/** A line through the points with its corners rounded. */
function pathOf(points: readonly Point[]): string {
  let path = "";
  points.forEach((point, index) => {
    const before = points[index - 1];
    const after = points[index + 1];
    if (!before) path += `M${n(point.x)} ${n(point.y)}`;
    else if (!after) path += `L${n(point.x)} ${n(point.y)}`;
    else {
      const enter = toward(point, before);
      const leave = toward(point, after);
      path += `L${n(enter.x)} ${n(enter.y)}Q${n(point.x)} ${n(point.y)} ${n(leave.x)} ${n(leave.y)}`;
    }
  });
  return path;
}

/** The point a corner's radius away from `from`, at most half way. */
function toward(from: Point, to: Point): Point {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  const part = length === 0 ? 0 : Math.min(CORNER, length / 2) / length;
  return { x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part };
}

/** In the middle of the longest level run, pointing the way it goes. */
function chevron(points: readonly Point[]): string {
  let best = { length: 0, x: 0, y: 0, way: -1 };
  for (let index = 1; index < points.length; index++) {
    const [a, b] = [points[index - 1]!, points[index]!];
    const length = Math.abs(b.x - a.x);
    if (a.y === b.y && length > best.length)
      best = { length, x: (a.x + b.x) / 2, y: a.y, way: Math.sign(b.x - a.x) };
  }
  if (best.length < 24) return "";
  return `M${n(best.x - 4 * best.way)} ${n(best.y - 4)}l${4 * best.way} 4 ${-4 * best.way} 4`;
}
