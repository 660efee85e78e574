import type { Report, ReportTable } from "./report";
import { sources } from "./sources";
import { type Workflow, type WorkflowFilter, workflowStatuses } from "./workflows";

/** What stands for a status that the file does not tell. */
export const unreadable = "not readable";

/**
 * The workflows to select in the Database Migration Assistant for Dialer; `all` is how many there are,
 * `file` the name to show.
 */
export function workflowReport(
  workflows: readonly Workflow[],
  filter: WorkflowFilter,
  all: number,
  file: string,
): Report {
  const missing = workflows.filter(({ dataSources }) => dataSources.some(({ state }) => state === "missing"));
  return {
    title: `Workflows for the database migration: ${file}`,
    paragraphs: [
      `${workflows.length} of ${all} workflows: ${inWords(filter)}.`,
      ...(missing.length > 0
        ? [
            `${missing.length} of them have a data source whose .udl file is missing; the assistant lists those as ` +
              `unavailable (documented: ${sources.databaseMigration}).`,
          ]
        : []),
      "How Dialer 2.4 and 3.0 write workflows is not public, so all but the names is inferred. Compare with what " +
        "the assistant shows.",
    ],
    tables: [workflowTable(workflows)],
    lists: [],
    data: 0,
  };
}

export function workflowTable(workflows: readonly Workflow[]): ReportTable {
  return {
    title: "Workflows",
    head: ["Workflow", "Status", "Paused", "Deleted", "Data sources", "Campaigns"],
    rows: workflows.map(({ object, name, status, paused, deleted, dataSources, campaigns }) => ({
      cells: [
        name,
        status ?? unreadable,
        paused === undefined ? unreadable : yesNo(paused),
        yesNo(deleted),
        dataSources.map(({ file, state }) => `${file} (${state})`).join(", ") || "none found",
        String(campaigns.length),
      ],
      place: { start: object.element.start },
      tone: deleted ? "bad" : status === "Active" ? "good" : "none",
    })),
    linked: 0,
  };
}

function inWords({ statuses, paused, deleted, dataSources, name }: WorkflowFilter): string {
  const parts = [
    statuses && statuses.length <= workflowStatuses.length
      ? `status ${statuses.map((status) => status ?? unreadable).join(" or ") || "none"}`
      : "any status",
    paused === undefined ? "" : paused ? "paused" : "not paused",
    deleted === undefined ? "" : deleted ? "deleted" : "not deleted",
    dataSources ? `data source ${dataSources.join(" or ") || "none"}` : "",
    name ? `name with “${name}”` : "",
  ];
  return parts.filter((part) => part !== "").join(", ");
}

function yesNo(value: boolean): string {
  return value ? "yes" : "no";
}
