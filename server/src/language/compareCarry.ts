import * as l10n from "@vscode/l10n";
import type { Connection } from "vscode-languageserver";
import { carryFolders, type CarriedHandler, type CarryReport } from "../analysis/carry/carryFolders";
import { type CarryItem, carryStatuses } from "../analysis/carry/model";
import { formatWorkList, readWorkList } from "../analysis/carry/workList";
import { carryHtml } from "../analysis/reports/carryHtml";
import { carryJson } from "../analysis/reports/carryJson";
import type { HandlerFile } from "../analysis/compare/handlerFiles";
import {
  type CarriedItem,
  type CarriedRow,
  CarryReportRequest,
  CarryRequest,
  type SideHandler,
  WorkListRequest,
} from "../protocol";
import { Settling } from "../workspace/settling";
import { progressOf, shownChange, signalOf } from "./compareShared";
import { type SideFile, sideFiles, sideHandler } from "./compareSides";
import type { Session } from "./session";

/** Answers the requests about carrying customisations forward, and about the marks on them. */
export function registerCarry(connection: Connection, { reader }: Session): void {
  /** The last one, for reports. */
  let kept: { readonly id: string; readonly report: CarryReport } | undefined;
  connection.onRequest(
    CarryRequest.method,
    async (params: CarryRequest.Params, token): Promise<CarryRequest.Result> => {
      const [oldBase, custom, newBase] = [
        await sideFiles(params.oldBase, reader),
        await sideFiles(params.custom, reader),
        await sideFiles(params.newBase, reader),
      ];
      const signal = signalOf(token);
      const settling = new Settling(reader.memory, signal);
      const report = await carryFolders(
        {
          oldBase: settling.add(oldBase.files),
          custom: settling.add(custom.files),
          newBase: settling.add(newBase.files),
        },
        { signal, progress: progressOf(connection, params.id) },
      );
      kept = { id: params.id, report };
      return {
        statuses: carryStatuses.map(({ id, name, action }) => ({
          id,
          name,
          action,
          count: report.summary[id],
        })),
        handlers: report.handlers.map(carriedRow),
        notes: [...oldBase.notes, ...custom.notes, ...newBase.notes, ...report.notes],
      };
    },
  );
  connection.onRequest(
    CarryReportRequest.method,
    (params: CarryReportRequest.Params): CarryReportRequest.Result => {
      if (kept?.id !== params.id)
        throw new Error(
          l10n.t("This work list is not at hand any more: compare the folders again, then export."),
        );
      const { list: marks } = readWorkList(params.workList);
      const options = { ...params, date: new Date(), marks };
      return {
        text:
          params.format === "json"
            ? `${JSON.stringify(carryJson(kept.report, options), null, 1)}\n`
            : [...carryHtml(kept.report, options)].join(""),
      };
    },
  );
  connection.onRequest(WorkListRequest.method, workList);
}

/** Reads the file's text and sets marks in it. */
export function workList({ text, set }: WorkListRequest.Params): WorkListRequest.Result {
  const { list, problems, writable } = readWorkList(text);
  const marked = set.reduce((before, mark) => {
    const known = before.get(mark.handler, mark.item);
    return before.with({ ...known, done: mark.done, note: mark.note });
  }, list);
  return {
    text: writable ? formatWorkList(marked) : null,
    marks: marked.all().map(({ handler, item, done, note }) => ({ handler, item, done, note })),
    problems: problems.map(({ message }) => message),
  };
}

function carriedRow({ name, status, note, items, oldBase, custom, newBase }: CarriedHandler): CarriedRow {
  return {
    name,
    status,
    note,
    items: items.map(carriedItem),
    oldBase: handlerOf(oldBase),
    custom: handlerOf(custom),
    newBase: handlerOf(newBase),
  };
}

/** They are the side's own files, which know their URI. */
const handlerOf = (file: HandlerFile | null): SideHandler | null => file && sideHandler(file as SideFile);

function carriedItem(item: CarryItem): CarriedItem {
  const { id, node, label, kind, changes, place, points, against, done } = item;
  return {
    id,
    node,
    oldNode: changes[0]?.oldNode ?? null,
    label,
    kind,
    changes: changes.map(shownChange),
    place,
    points,
    against: against.map(shownChange),
    done,
  };
}
