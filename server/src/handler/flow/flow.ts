import * as l10n from "@vscode/l10n";
import type { Exit, Handler, Point, Rect, Step } from "../model";
import type { Problem } from "../../problem";
import { toolKey } from "../toolKey";
import { iconChooser } from "./icon";
import { layeredRects } from "./layout";
import { drawLinks } from "./links";
import { storedRects } from "./place";
import { portPoints } from "./ports";
import type { FlowCode } from "./rules";
import type { Box, Flow, Link, Port } from "./types";

export type { Box, Flow, Link, Port } from "./types";

/** Steps beyond this many are not drawn; a hundred times the largest handler seen. */
export const MOST_STEPS = 20_000;
/** How far the stub of an exit that leads nowhere reaches. */
const STUB = 9;
const MARGIN = 30;

/** The handler's picture as Designer draws it: boxes at their stored rectangles, links through their bend points. */
export function flow(handler: Handler): Flow {
  const problems: Problem[] = [];
  const whole = handler.steps.length <= MOST_STEPS;
  if (!whole)
    problems.push({
      code: "flow/too-many-steps" satisfies FlowCode,
      severity: "warning",
      message: l10n.t(
        "The handler has {0} steps; only the first {1} are drawn. The listing holds them all.",
        handler.steps.length,
        MOST_STEPS,
      ),
    });
  const steps = whole ? handler.steps : handler.steps.slice(0, MOST_STEPS);
  const drawn = whole ? handler : { ...handler, steps };
  const indexOf = indexByNode(steps, problems);

  const stored = storedRects(drawn);
  const rects = stored?.rects ?? layeredRects(steps, targetsOf(steps, indexOf), startIndex(drawn, indexOf));
  problems.push(...(stored?.problems ?? []));
  if (!stored)
    problems.push({
      code: "flow/automatic-layout" satisfies FlowCode,
      severity: "information",
      message: l10n.t("The file holds no positions for its steps; the arrangement shown here is automatic."),
    });

  const icon = iconChooser(handler);
  const toolLabel = toolLabels(handler);
  const boxes = steps.map((step, index): Box => {
    const rect = rects[index]!;
    const points = portPoints(rect, step.exits.length);
    return {
      node: step.node,
      kind: step.kind,
      label: step.label,
      tool: toolLabel(step),
      identity: step.tool.module === "" ? step.tool.name : toolKey(step.tool),
      icon: icon(step),
      rect,
      ports: step.exits.map((exit, number) => port(exit, points[number]!, indexOf)),
      hasNotes: step.notes.trim() !== "",
      complete: step.complete,
    };
  });
  const links = drawLinks(steps, boxes, rects, problems);
  return {
    name: handler.name,
    layout: stored ? "stored" : "automatic",
    bounds: boundsOf(boxes, links),
    boxes,
    links,
    problems,
  };
}

function port(exit: Exit, at: Point, indexOf: ReadonlyMap<number, number>): Port {
  return {
    label: exit.label,
    returnValue: exit.returnValue,
    isError: exit.isError,
    to: exit.to === null ? null : (indexOf.get(exit.to) ?? null),
    at,
  };
}

function indexByNode(steps: readonly Step[], problems: Problem[]): Map<number, number> {
  const indexOf = new Map<number, number>();
  let twice: Step | undefined;
  steps.forEach((step, index) => {
    if (indexOf.has(step.node)) twice ??= step;
    else indexOf.set(step.node, index);
  });
  if (twice)
    problems.push({
      code: "flow/node-twice" satisfies FlowCode,
      severity: "warning",
      message: l10n.t("More than one step has the node id {0}; lines lead to the first of them.", twice.node),
      place: { node: twice.node, label: twice.label },
    });
  return indexOf;
}

function targetsOf(steps: readonly Step[], indexOf: ReadonlyMap<number, number>): number[][] {
  return steps.map(({ exits }) => exits.flatMap(({ to }) => (to === null ? [] : (indexOf.get(to) ?? []))));
}

function startIndex(handler: Handler, indexOf: ReadonlyMap<number, number>): number {
  const named = handler.startNode === null ? undefined : indexOf.get(handler.startNode);
  const first = handler.steps.findIndex(({ kind }) => kind === "initiator" || kind === "start");
  return named ?? Math.max(0, first);
}

/** A tool's label where the handler brings its signature, else its name. */
function toolLabels(handler: Handler): (step: Step) => string {
  const labels = new Map<string, string>();
  for (const tool of handler.tools) labels.set(toolKey(tool), tool.label);
  for (const initiator of handler.initiators) labels.set(toolKey(initiator), initiator.label);
  return ({ tool }) => labels.get(toolKey(tool)) || tool.name;
}

function boundsOf(boxes: readonly Box[], links: readonly Link[]): Rect {
  if (boxes.length === 0) return { left: 0, top: 0, right: 400, bottom: 200 };
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  const include = (x: number, y: number): void => {
    left = Math.min(left, x);
    top = Math.min(top, y);
    right = Math.max(right, x);
    bottom = Math.max(bottom, y);
  };
  for (const { rect } of boxes) {
    include(rect.left, rect.top);
    include(rect.right + STUB, rect.bottom);
  }
  for (const { points } of links) for (const { x, y } of points) include(x, y);
  return { left: left - MARGIN, top: top - MARGIN, right: right + MARGIN, bottom: bottom + MARGIN };
}
