import { escapeControls } from "../../handler/quoting";
import type { CarryReport } from "../carry/carryFolders";
import { carryStatuses } from "../carry/model";
import { carrySummaryText, handlersOf, isOpen, itemTitle, placeText, pointsText } from "./carryReport";
import { brief } from "./text";

/** The carry-forward for a terminal: what is to be done, handler by handler. */
export function carryText(report: CarryReport): string {
  const lines: string[] = [];
  for (const { id, name, action } of carryStatuses) {
    const handlers = handlersOf(report, id);
    if (handlers.length === 0 || !isOpen(id)) continue;
    lines.push(`${name}: ${action}`);
    for (const handler of handlers) {
      lines.push(
        `  ${escapeControls(handler.name)}${handler.note ? `: ${escapeControls(handler.note)}` : ""}`,
      );
      for (const item of handler.items) {
        if (item.done) continue;
        const place = placeText(item);
        const points = pointsText(item);
        lines.push(
          `    ${brief(itemTitle(item), 100)}${place && item.kind === "step-added" ? `, ${brief(place, 100)}` : ""}${item.against.length > 0 ? "  CONFLICT" : ""}`,
        );
        if (points) lines.push(`      near: ${brief(points, 160)}`);
      }
    }
    lines.push("");
  }
  return [...lines, carrySummaryText(report), ""].join("\n");
}
