import { dirname, join, relative, sep } from "node:path";
import * as l10n from "@vscode/l10n";
import type { Connection } from "vscode-languageserver";
import { URI } from "vscode-uri";
import {
  type FolderPlan,
  isHandlerFile,
  planCopy,
  planCounts,
  planDone,
  planToBeMigrated,
  toBeMigrated,
} from "../analysis/inventory/folderPlan";
import { CarryOutRequest, FolderPlanRequest } from "../protocol";
import { carryOut, folderFacts } from "../workspace/folders";
import { progressOf, signalOf } from "./compareShared";

/** Answers the requests about the folders of a migration. Only a plan that was shown is carried out, and once. */
export function registerFolderPlans(connection: Connection): void {
  let kept: { readonly id: string; readonly plan: FolderPlan } | undefined;
  connection.onRequest(
    FolderPlanRequest.method,
    async (params: FolderPlanRequest.Params, token): Promise<FolderPlanRequest.Result> => {
      kept = undefined;
      const plan = await planOf(params, signalOf(token));
      kept = { id: params.id, plan };
      const [first] = plan.operations;
      return {
        from: plan.from,
        to: plan.to,
        counts: planCounts(plan),
        differing: plan.operations.filter(({ state }) => state === "differs").map(({ to }) => to),
        isOnlyDeletion: first?.kind === "move" && first.state === "same",
      };
    },
  );
  connection.onRequest(
    CarryOutRequest.method,
    async ({ id, replace, remove }: CarryOutRequest.Params, token): Promise<CarryOutRequest.Result> => {
      if (kept?.id !== id) throw new Error(l10n.t("This plan is not at hand any more: start again."));
      const { plan } = kept;
      kept = undefined;
      const agreed = new Set(replace);
      const tell = progressOf(connection, id);
      const all = await carryOut(
        plan,
        {
          replace: ({ to }) => Promise.resolve(agreed.has(to)),
          remove: () => Promise.resolve(remove),
        },
        { progress: (done, total, { to }) => tell(done, total, to), signal: signalOf(token) },
      );
      const count = (outcome: string): number => all.filter((each) => each.outcome === outcome).length;
      return {
        done: count("done"),
        kept: count("kept"),
        failed: all.filter(({ outcome }) => outcome === "failed").map(({ message }) => message),
      };
    },
  );
}

async function planOf(
  { kind, from, to }: FolderPlanRequest.Params,
  signal: AbortSignal,
): Promise<FolderPlan> {
  const source = URI.parse(from).fsPath;
  const target = to === "" ? "" : URI.parse(to).fsPath;
  switch (kind) {
    case "backup":
      return planCopy(
        await folderFacts(source, undefined, signal),
        await folderFacts(target, undefined, signal),
      );
    case "to-be-migrated": {
      const waiting = join(target, toBeMigrated);
      return planToBeMigrated(
        await folderFacts(source, isHandlerFile, signal),
        await folderFacts(waiting, isHandlerFile, signal),
      );
    }
    case "done": {
      const waiting = waitingFolder(source);
      const own = (path: string): boolean => isHandlerFile(path) && !path.includes("/");
      const plan = planDone(
        handlerNameOf(source),
        await folderFacts(waiting, (path) => path === slashes(relative(waiting, source)), signal),
        await folderFacts(dirname(waiting), own, signal),
      );
      if (!plan)
        throw new Error(l10n.t("{0} is not there any more. It may have been moved already.", source));
      return plan;
    }
  }
}

/** The folder `ToBeMigrated` that the handler is in. Throws when it is in none. */
function waitingFolder(handler: string): string {
  for (let folder = dirname(handler); folder !== dirname(folder); folder = dirname(folder)) {
    if (folder.slice(folder.lastIndexOf(sep) + 1).toLowerCase() === toBeMigrated.toLowerCase()) return folder;
  }
  throw new Error(
    l10n.t("{0} is not in a folder {1}. Choose a handler that waits there.", handler, toBeMigrated),
  );
}

const slashes = (path: string): string => path.split(sep).join("/");

const handlerNameOf = (path: string): string => path.slice(path.lastIndexOf(sep) + 1).replace(/\.[^.]*$/, "");
