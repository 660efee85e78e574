import { commands, Disposable, l10n, Range, TextEditorRevealType, Uri, window, workspace } from "vscode";
import { ListingPlaceRequest, ReindexRequest } from "../../../server/src/protocol";
import { guarded } from "../guarded";
import type { Server } from "../server";
import type { HandlersView } from "./handlersView";
import { showRelations } from "./relations";
import { configureRules, ignoreFinding, setLevel } from "./rules";
import { type Given, handlerOf, stepAtCursor } from "./targets";

export function registerCommands(server: Server, view: HandlersView): Disposable {
  const register = (name: string, action: (...args: never[]) => unknown): Disposable =>
    commands.registerCommand(`handlerWorkbench.${name}`, (...args: never[]) =>
      guarded(server, () => action(...args)),
    );
  /** Of commands that need a handler: says so where there is none. */
  const withHandler =
    (action: (handler: Uri, node: number | undefined) => Promise<void>) =>
    async (given: Given, node?: unknown): Promise<void> => {
      const handler = handlerOf(given);
      if (handler) await action(handler, typeof node === "number" ? node : undefined);
      else void window.showInformationMessage(l10n.t("Open a handler or its listing first."));
    };
  return Disposable.from(
    register(
      "openListing",
      withHandler((handler, node) => openListing(server, handler, node)),
    ),
    register(
      "showFlow",
      withHandler(async (handler, node) => {
        const step = node ?? (await stepAtCursor(server, handler));
        await commands.executeCommand("handlerWorkbench.openFlow", handler, step);
      }),
    ),
    register(
      "showCallers",
      withHandler((handler) => showRelations(server, handler, "callers")),
    ),
    register(
      "showCallees",
      withHandler((handler) => showRelations(server, handler, "callees")),
    ),
    register("filterHandlers", () => view.askForFilter()),
    register("clearFilter", () => view.filter("")),
    register("groupByFolder", () => view.groupBy("folder")),
    register("groupByCategory", () => view.groupBy("category")),
    register("groupByInitiator", () => view.groupBy("initiator")),
    register("reindex", () => server.request(ReindexRequest.method)),
    register("showLog", () => server.log.show()),
    register("configureRules", () => configureRules(server)),
    register("ignoreFinding", (rule: string, pattern: string) => ignoreFinding(rule, pattern)),
    register("turnOffRule", (rule: string) => setLevel(rule, "off")),
    register("restartServer", () => server.restart()),
  );
}

/** Opens the listing of a handler, at a step if one is given. */
async function openListing(server: Server, handler: Uri, node: number | undefined): Promise<void> {
  const params: ListingPlaceRequest.Params = { uri: handler.toString(), node };
  const place = await server.request<ListingPlaceRequest.Result>(ListingPlaceRequest.method, params);
  const document = await workspace.openTextDocument(Uri.parse(place.uri, true));
  const at = new Range(place.line, 0, place.line, 0);
  const editor = await window.showTextDocument(document, node === undefined ? {} : { selection: at });
  if (node !== undefined) editor.revealRange(at, TextEditorRevealType.InCenterIfOutsideViewport);
}
