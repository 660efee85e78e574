import * as l10n from "@vscode/l10n";
import { compareDialerConfigurations } from "../../dialer/compare";
import { comparisonReport } from "../../dialer/compareReport";
import { migrationReport } from "../../dialer/migrationReport";
import { migrationPages } from "../../dialer/migrationReportText";
import { type Report, reportCsv, reportHtml, reportMarkdown, type ReportPlace } from "../../dialer/report";
import { statusWords } from "../../dialer/words";
import { workflowReport } from "../../dialer/workflowReport";
import { selectWorkflows, type WorkflowFilter, workflowsOf, workflowStatuses } from "../../dialer/workflows";
import type {
  DialerReportTextRequest,
  ReportSubject,
  ShownReport,
  ShownRow,
  WorkflowChoice,
  WorkflowFiltersRequest,
} from "../../protocol";
import { rangeOf } from "../texts/diagnostics";
import type { Configuration } from "./configurations";

type Get = (uri: string) => Promise<Configuration>;

interface Made {
  readonly report: Report;
  readonly configuration: Configuration;
  /** The old one of a comparison. */
  readonly old?: Configuration;
}

/** A report for the report view. */
export async function shownReport(subject: ReportSubject, get: Get): Promise<ShownReport> {
  const { report, configuration, old } = await make(subject, get);
  const placeOf = ({ start, inOld }: ReportPlace): ShownRow["at"] => {
    const { uri, document } = (inOld ? old : undefined) ?? configuration;
    return { uri, span: rangeOf(document, { start, end: start }) };
  };
  return {
    title: report.title,
    warnings: report.warnings,
    paragraphs: report.paragraphs,
    tables: report.tables.map(({ title, head, rows, linked }) => ({
      title,
      head,
      rows: rows.map(({ cells, place, tone }) => ({
        cells,
        at: place ? placeOf(place) : null,
        tone: tone ?? "none",
      })),
      linked: linked ?? null,
    })),
    lists: report.lists,
  };
}

/** A report as text to save. */
export async function reportText(
  { subject, form }: DialerReportTextRequest.Params,
  get: Get,
): Promise<DialerReportTextRequest.Result> {
  const { report } = await make(subject, get);
  const write = { markdown: reportMarkdown, html: reportHtml, csv: reportCsv }[form];
  return { text: write(report) };
}

export function workflowFilters({ model, surroundings }: Configuration): WorkflowFiltersRequest.Result {
  const workflows = workflowsOf(model, surroundings);
  const sources = new Map<string, string>();
  for (const { dataSources } of workflows)
    for (const { file } of dataSources) sources.set(file.toLowerCase(), file);
  const isUnclear = workflows.some(({ status }) => status === undefined);
  return {
    workflows: workflows.length,
    statuses: [
      ...workflowStatuses.map((status) => ({ status, name: statusWords[status] })),
      ...(isUnclear ? [{ status: null, name: l10n.t("Not readable") }] : []),
    ],
    dataSources: [...sources.values()].sort((a, b) => a.localeCompare(b)),
  };
}

async function make(subject: ReportSubject, get: Get): Promise<Made> {
  switch (subject.kind) {
    case "migration": {
      const configuration = await get(subject.uri);
      const { model, surroundings, name } = configuration;
      return { configuration, report: migrationPages(migrationReport(model, surroundings), name) };
    }
    case "workflows": {
      const configuration = await get(subject.uri);
      const { model, surroundings, name } = configuration;
      const all = workflowsOf(model, surroundings);
      const filter = filterOf(subject.filter);
      const report = workflowReport(selectWorkflows(all, filter), filter, all.length, name, model.incomplete);
      return { configuration, report };
    }
    case "comparison": {
      const [old, configuration] = [await get(subject.old), await get(subject.new)];
      const { everything } = subject;
      const comparison = await compareDialerConfigurations(old.model, configuration.model, { everything });
      const [oldName, newName] = namesOf(old, configuration);
      return { configuration, old, report: comparisonReport(comparison, oldName, newName) };
    }
  }
}

function filterOf({ statuses, paused, deleted, dataSources }: WorkflowChoice): WorkflowFilter {
  return {
    ...(statuses && {
      statuses: statuses.map((status) => workflowStatuses.find((known) => known === status)),
    }),
    ...(paused !== undefined && { paused }),
    ...(deleted !== undefined && { deleted }),
    ...(dataSources && { dataSources }),
  };
}

/** The file names, with their folders where the names are the same. */
function namesOf(old: Configuration, now: Configuration): [string, string] {
  if (old.name !== now.name) return [old.name, now.name];
  const folder = ({ uri }: Configuration): string => decodeURIComponent(uri.split("/").at(-2) ?? "");
  return [`${folder(old)}/${old.name}`, `${folder(now)}/${now.name}`];
}
