import * as l10n from "@vscode/l10n";
import { incompleteNotes } from "./incomplete";
import type { Incomplete } from "./model";
import type { Report, ReportTable } from "./report";
import { sources } from "./sources";
import { statusWords, udlStateWords } from "./words";
import { type Workflow, type WorkflowFilter, type WorkflowStatus, workflowStatuses } from "./workflows";

/** What stands for a status that the file does not tell. */
export const unreadable = l10n.t("not readable");

/**
 * The workflows to select in the Database Migration Assistant for Dialer; `all` is how many there are,
 * `file` the name to show, `incomplete` why it was not read in full.
 */
export function workflowReport(
  workflows: readonly Workflow[],
  filter: WorkflowFilter,
  all: number,
  file: string,
  incomplete?: Incomplete,
): Report {
  const missing = workflows.filter(({ dataSources }) => dataSources.some(({ state }) => state === "missing"));
  return {
    title: l10n.t("Workflows for the database migration: {0}", file),
    warnings: incompleteNotes([file, incomplete]),
    paragraphs: [
      l10n.t("{0} of {1} workflows: {2}.", workflows.length, all, inWords(filter)),
      ...(missing.length > 0
        ? [
            l10n.t(
              "{0} of them have a data source whose .udl file is missing; the assistant lists those as unavailable (documented: {1}).",
              missing.length,
              sources.databaseMigration,
            ),
          ]
        : []),
      l10n.t(
        "How Dialer 2.4 and 3.0 write workflows is not public, so all but the names is inferred. Compare with what the assistant shows.",
      ),
    ],
    tables: [workflowTable(workflows)],
    lists: [],
    data: 0,
  };
}

export function workflowTable(workflows: readonly Workflow[]): ReportTable {
  return {
    title: l10n.t("Workflows"),
    head: [
      l10n.t("Workflow"),
      l10n.t("Status"),
      l10n.t("Paused"),
      l10n.t("Deleted"),
      l10n.t("Data sources"),
      l10n.t("Campaigns"),
    ],
    rows: workflows.map(({ object, name, status, paused, deleted, dataSources, campaigns }) => ({
      cells: [
        name,
        statusWord(status),
        paused === undefined ? unreadable : yesNo(paused),
        yesNo(deleted),
        dataSources.map(({ file, state }) => `${file} (${udlStateWords[state]})`).join(", ") ||
          l10n.t("none found"),
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
      ? l10n.t("status {0}", statuses.map(statusWord).join(l10n.t(" or ")) || l10n.t("none"))
      : l10n.t("any status"),
    paused === undefined ? "" : paused ? l10n.t("paused") : l10n.t("not paused"),
    deleted === undefined ? "" : deleted ? l10n.t("deleted") : l10n.t("not deleted"),
    dataSources ? l10n.t("data source {0}", dataSources.join(l10n.t(" or ")) || l10n.t("none")) : "",
    name ? l10n.t("name with “{0}”", name) : "",
  ];
  return parts.filter((part) => part !== "").join(", ");
}

function statusWord(status: WorkflowStatus | undefined): string {
  return status === undefined ? unreadable : statusWords[status];
}

function yesNo(value: boolean): string {
  return value ? l10n.t("yes") : l10n.t("no");
}
