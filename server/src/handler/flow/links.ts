import * as l10n from "@vscode/l10n";
import type { Point, Rect, Step } from "../model";
import type { Problem } from "../../problem";
import { type Route, storedRoute } from "./route";
import { Router } from "./router";
import type { FlowCode } from "./rules";
import type { Box, Link } from "./types";

/** A connected exit before its line is found. */
interface Connection {
  readonly from: number;
  readonly exit: number;
  readonly to: number;
  readonly bends: readonly Point[];
}

/** The lines of all connected exits, in the order of boxes and ports. */
export function drawLinks(
  steps: readonly Step[],
  boxes: readonly Box[],
  rects: readonly Rect[],
  problems: Problem[],
): Link[] {
  const connections = connectionsOf(steps, boxes, problems);
  const router = new Router(rects);
  // Stored lines first: ours keep away from them.
  const stored = connections.map((one) => {
    if (one.bends.length === 0) return null;
    const route = storedRoute(boxes[one.from]!.ports[one.exit]!.at, one.bends, rects[one.to]!);
    router.keepClear(route.points, one.to);
    return route;
  });
  let corrected: Step | undefined;
  const links = connections.map(({ from, exit, to }, index): Link => {
    const port = boxes[from]!.ports[exit]!;
    const route: Route = stored[index] ?? router.route(rects[from]!, port.at, exit, to);
    if (route.corrected) corrected ??= steps[from];
    return {
      from,
      exit,
      to,
      points: route.points,
      isError: port.isError,
      back: route.back,
      stored: route.stored,
    };
  });
  if (corrected)
    problems.push({
      code: "flow/line-out-of-bounds" satisfies FlowCode,
      severity: "warning",
      message: l10n.t(
        'The line of an exit of "{0}" ({1}) has bend points that are not on Designer\'s canvas; drawn as near as can be.',
        corrected.label,
        corrected.node,
      ),
      place: { node: corrected.node, label: corrected.label },
    });
  return links;
}

function connectionsOf(steps: readonly Step[], boxes: readonly Box[], problems: Problem[]): Connection[] {
  let dangling: Step | undefined;
  const connections = boxes.flatMap((box, from) =>
    box.ports.flatMap((port, exit): Connection[] => {
      const { to, bends } = steps[from]!.exits[exit]!;
      if (port.to !== null) return [{ from, exit, to: port.to, bends }];
      if (to !== null) dangling ??= steps[from];
      return [];
    }),
  );
  if (dangling)
    problems.push({
      code: "flow/target-missing" satisfies FlowCode,
      severity: "warning",
      message: l10n.t(
        'An exit of "{0}" ({1}) leads to a step the file does not hold; it is drawn as not connected.',
        dangling.label,
        dangling.node,
      ),
      place: { node: dangling.node, label: dangling.label },
    });
  return connections;
}
