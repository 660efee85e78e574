import { l10n, window } from "vscode";
import type { BoundList, BoundStep } from "../../../../server/src/protocol";
import { chooseConnection } from "../connections/chooseConnection";
import type { Connection, Connections } from "../connections/connections";
import type { RunSpec } from "../runs/runSpec";
import type { Runs } from "../runs/runs";
import { nextStep } from "./progress";
import type { ScriptLists } from "./scriptLists";

export type ListPart = "all" | "next" | { readonly from: number } | { readonly only: number };

/** Steps that run on one connection, one after another. */
export interface Portion {
  readonly steps: readonly BoundStep[];
  /** Steps after these, which another user runs. */
  readonly later: readonly BoundStep[];
}

/**
 * The steps of a list from one on that are there, up to the first that another user runs. Throws when a step in
 * between is missing: the order is sacred.
 */
export function portionOf(list: BoundList, first: number, single = false): Portion {
  const rest = list.steps.slice(first, single ? first + 1 : undefined);
  const as = rest[0]?.connectAs;
  const change = rest.findIndex(({ connectAs }) => connectAs !== as);
  const steps = change < 0 ? rest : rest.slice(0, change);
  const missing = steps.filter(({ path }) => path === null);
  if (missing.length > 0) {
    throw new Error(
      l10n.t(
        "{0} is missing in {1}. Scripts are run in the guide's order; run those before and after it one by one if it is left out on purpose.",
        missing.map(({ file }) => file).join(", "),
        list.folder,
      ),
    );
  }
  return { steps, later: change < 0 ? [] : rest.slice(change) };
}

/** What is to be run of a list, on which connection; undefined when the user gives up, or nothing is left. */
export async function specOfList(
  list: BoundList,
  part: ListPart,
  {
    lists,
    runs,
    connections,
  }: { readonly lists: ScriptLists; readonly runs: Runs; readonly connections: Connections },
  given?: Connection,
): Promise<RunSpec | undefined> {
  const first = await firstOf(list, part, { lists, runs });
  if (first === undefined) return undefined;
  if (first === "all done") {
    void window.showInformationMessage(l10n.t("All scripts of the list have come to their end."));
    return undefined;
  }
  const only = part === "next" || (typeof part === "object" && "only" in part);
  const { steps, later } = portionOf(list, first, only);
  const [step] = steps;
  if (!step) return undefined;
  const as = step.connectAs ?? "owner";
  const connection =
    given ??
    (await chooseConnection(connections, list.dialect, {
      title: step.connectAs
        ? l10n.t("Run {0} as {1} on", step.file, step.connectAs)
        : l10n.t("Run {0} on", only ? step.file : list.title),
      ...(lists.connectionOf(list, as) !== undefined && { chosen: lists.connectionOf(list, as) }),
    }));
  if (!connection) return undefined;
  await lists.keepConnection(list, as, connection.id);
  const [other] = later;
  if (other) {
    void window.showInformationMessage(
      l10n.t("{0} and what follows run as another user: they are the next run.", other.file),
    );
  }
  return {
    title: steps.length === 1 ? step.file : list.title,
    connection,
    scripts: steps.flatMap(({ path, arguments: wanted }) =>
      path === null ? [] : [{ path, arguments: wanted }],
    ),
    memory: `list ${list.id}`,
    folders: lists.folder === undefined ? [] : [lists.folder],
  };
}

async function firstOf(
  list: BoundList,
  part: ListPart,
  { lists, runs }: { readonly lists: ScriptLists; readonly runs: Runs },
): Promise<number | "all done" | undefined> {
  if (part === "all") return 0;
  if (part !== "next") return "from" in part ? part.from : part.only;
  const { runs: past } = await runs.history();
  const progress = await lists.progress();
  const { next, faulty } = nextStep(list.steps.map((step) => progress(list, step, past)));
  const [again] = faulty;
  if (again === undefined) return next ?? "all done";
  return await behindErrors(list, next, faulty, again);
}

/** The guide's order makes sense only when each script has done its work: who goes on behind errors has to say so. */
async function behindErrors(
  list: BoundList,
  next: number | undefined,
  faulty: readonly number[],
  again: number,
): Promise<number | undefined> {
  const fileOf = (index: number): string => list.steps[index]?.file ?? "";
  const names = faulty.map(fileOf).join(", ");
  const goOn = l10n.t("Go On");
  const repeat = l10n.t("Run {0} Again", fileOf(again));
  const answer = await window.showWarningMessage(
    next === undefined
      ? l10n.t("All scripts of the list have come to their end, these with errors: {0}.", names)
      : l10n.t("These scripts have come to their end with errors: {0}. Go on with {1}?", names, fileOf(next)),
    { modal: true },
    ...(next === undefined ? [repeat] : [repeat, goOn]),
  );
  return answer === repeat ? again : answer === goOn ? next : undefined;
}
