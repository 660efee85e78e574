import { commands, Disposable, type ExtensionContext, Uri } from "vscode";
import { guarded } from "../guarded";
import type { Server } from "../server";
import { Carry } from "./carry";
import { Comparisons } from "./comparison";
import { CompareCommands } from "./commands";
import { FlowDiffs } from "./flowDiff";
import type { DiffPair } from "./listingDiff";
import { ResultsView } from "./resultsView";

/** What other features show by it. */
export interface Compare extends Disposable {
  /** Opens the flow diff of two handlers at a step, in the kinds of differences that the user chose. */
  showFlows(pair: DiffPair & { old: string; now: string }, node?: number): Promise<void>;
}

/** Everything about comparing handlers: commands, the results view, listing diffs and flow diffs. */
export function startCompare(server: Server, context: ExtensionContext): Compare {
  const view = new ResultsView();
  const flows = new FlowDiffs(context, server);
  const comparisons = new Comparisons(server, context.workspaceState);
  const compare = new CompareCommands(server, comparisons, view, flows, context.workspaceState);
  const carry = new Carry(server, comparisons, flows, context.workspaceState);
  const register = (name: string, action: (...args: never[]) => unknown): Disposable =>
    commands.registerCommand(`handlerWorkbench.${name}`, (...args: never[]) =>
      guarded(server, () => action(...args)),
    );
  const parts = Disposable.from(
    view,
    flows,
    carry,
    register("compareWith", (given, other) => compare.compareWith(given, other)),
    register("selectForCompare", (given) => compare.select(given)),
    register("compareWithSelected", (given) => compare.compareWithSelected(given)),
    register("compareSelected", (...given) => compare.compareSelected(...given)),
    register("compareWithHead", (given) => compare.compareWithRevision(given, "HEAD")),
    register("compareWithRevision", (given, revision) => compare.compareWithRevision(given, revision)),
    register("compareFolders", (old, now, kinds) => compare.compareFolders(old, now, kinds)),
    register("compareAgain", () => compare.again()),
    register("swapSides", () => compare.swap()),
    register("chooseDiffs", () => compare.chooseDiffs()),
    register("chooseHandlers", () => compare.chooseHandlers()),
    register("filterComparison", () => view.askForFilter()),
    register("clearComparisonFilter", () => view.filter("")),
    register("exportComparison", (given) =>
      compare.export(Uri.joinPath(context.extensionUri, "media"), given),
    ),
    register("closeComparison", () => view.show(undefined)),
    register("openListingDiff", (node) => compare.openListings(node)),
    register("openFlowDiff", (node) => compare.openFlows(node)),
    register("carryForward", (...given) => carry.start(...given)),
    register("carryForwardAgain", () => carry.again()),
    register("closeCarryForward", () => carry.close()),
    register("exportCarryForward", (target) => carry.export(target)),
    register("editCarryNote", (node, note) => carry.note(node, note)),
    register("openCustomization", (node) => carry.openCustomization(node)),
    register("openConflict", (node) => carry.openConflict(node)),
    register("openCustomizedListings", (node) => carry.openListings(node, "customised")),
    register("openBaseListings", (node) => carry.openListings(node, "moved")),
    register("openAcrossListings", (node) => carry.openListings(node, "across")),
    register("openCustomizedFlows", (node) => carry.openFlows(node, "customised")),
    register("openBaseFlows", (node) => carry.openFlows(node, "moved")),
  );
  return {
    dispose: () => void parts.dispose(),
    showFlows: async (pair, node) => flows.show(pair, await comparisons.kinds(), node),
  };
}
