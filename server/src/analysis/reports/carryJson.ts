import type { CarryReport } from "../carry/carryFolders";
import type { WorkList } from "../carry/workList";
import type { CarryReportOptions } from "./carryReport";

/** The carry-forward as plain data, for programs. */
export function carryJson(report: CarryReport, options: CarryReportOptions) {
  const { oldBase, custom, newBase, marks } = options;
  return {
    ...{ oldBase, custom, newBase },
    summary: report.summary,
    notes: report.notes,
    handlers: report.handlers.map((handler) => ({
      name: handler.name,
      status: handler.status,
      note: handler.note,
      oldBasePath: handler.oldBase?.path ?? null,
      customPath: handler.custom?.path ?? null,
      newBasePath: handler.newBase?.path ?? null,
      customChanges: handler.customChanges,
      baseChanges: handler.baseChanges,
      items: handler.items.map((item) => ({
        ...item,
        ...(marks ? { mark: mark(marks, handler.name, item.id) } : {}),
      })),
      ...(marks ? { mark: mark(marks, handler.name, "") } : {}),
    })),
  };
}

function mark(marks: WorkList, handler: string, item: string) {
  const { done, note } = marks.get(handler, item);
  return { done, note };
}
