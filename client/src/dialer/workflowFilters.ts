import { l10n, type QuickPickItem, QuickPickItemKind, type Uri, window } from "vscode";
import { type WorkflowChoice, WorkflowFiltersRequest } from "../../../server/src/protocol";
import type { Server } from "../server";

type Facet = "status" | "paused" | "deleted" | "source";

interface Item extends QuickPickItem {
  readonly facet?: Facet;
  readonly value?: string | boolean | null;
}

/**
 * Lets the user narrow the workflows as the Database Migration Assistant does: by status, paused, deleted and
 * data source. Undefined where the user gives up or there are no workflows.
 */
export async function chooseWorkflows(
  server: Server,
  uri: Uri,
  before: WorkflowChoice = {},
): Promise<WorkflowChoice | undefined> {
  const params: WorkflowFiltersRequest.Params = { uri: uri.toString() };
  const filters = await server.request<WorkflowFiltersRequest.Result>(WorkflowFiltersRequest.method, params);
  if (filters.workflows === 0) {
    void window.showInformationMessage(
      l10n.t("This configuration has no workflows. Those of Interaction Dialer 4.x never have."),
    );
    return undefined;
  }
  const items = itemsOf(filters, before);
  const chosen = await window.showQuickPick(items, {
    title: l10n.t("List Workflows for the Database Migration"),
    placeHolder: l10n.t("Only what is ticked is listed"),
    canPickMany: true,
  });
  return chosen && choiceOf(filters, chosen);
}

function itemsOf({ statuses, dataSources }: WorkflowFiltersRequest.Result, before: WorkflowChoice): Item[] {
  const yesOrNo = (facet: "paused" | "deleted", yes: string, no: string): Item[] =>
    (
      [
        [yes, true],
        [no, false],
      ] as const
    ).map(([label, value]) => {
      return { label, facet, value, picked: before[facet] === undefined || before[facet] === value };
    });
  return [
    separator(l10n.t("Status")),
    ...statuses.map(({ status: value, name }) => ({
      label: name,
      description: value === null ? l10n.t("the file does not tell") : undefined,
      facet: "status" as const,
      value,
      picked: before.statuses?.includes(value) ?? true,
    })),
    separator(l10n.t("Paused")),
    ...yesOrNo("paused", l10n.t("Paused"), l10n.t("Not paused")),
    separator(l10n.t("Deleted")),
    ...yesOrNo("deleted", l10n.t("Deleted"), l10n.t("Not deleted")),
    ...(dataSources.length === 0 ? [] : [separator(l10n.t("Data source"))]),
    ...dataSources.map((value) => ({
      label: value,
      facet: "source" as const,
      value,
      picked: before.dataSources?.includes(value) ?? true,
    })),
  ];
}

/** What was ticked; a kind of filter of which everything is ticked takes all. */
function choiceOf(
  { statuses, dataSources }: WorkflowFiltersRequest.Result,
  chosen: readonly Item[],
): WorkflowChoice {
  const of = (facet: Facet): readonly unknown[] =>
    chosen.filter((item) => item.facet === facet).map(({ value }) => value);
  const wanted = of("status") as (string | null)[];
  const sources = of("source") as string[];
  const [paused, deleted] = [of("paused") as boolean[], of("deleted") as boolean[]];
  // Neither yes nor no: no workflow is like that.
  if (paused.length === 0 || deleted.length === 0) return { statuses: [] };
  return {
    ...(wanted.length < statuses.length && { statuses: wanted }),
    ...(paused.length === 1 && { paused: paused[0] }),
    ...(deleted.length === 1 && { deleted: deleted[0] }),
    ...(sources.length < dataSources.length && { dataSources: sources }),
  };
}

function separator(label: string): Item {
  return { label, kind: QuickPickItemKind.Separator };
}
