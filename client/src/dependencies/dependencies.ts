import { commands, Disposable, type ExtensionContext, l10n, Uri } from "vscode";
import { type DependencyFormat, DependencyExportRequest } from "../../../server/src/protocol";
import { guarded } from "../guarded";
import { type Given, handlerOf } from "../handlers/targets";
import { type SaveForm, saveText } from "../saveText";
import type { Server } from "../server";
import { CallPictures } from "./callPictures";
import { DependenciesView } from "./dependenciesView";

/** Everything about what handlers depend on: the view, exports, the picture of calls. */
export function startDependencies(server: Server, context: ExtensionContext): Disposable {
  const view = new DependenciesView(server, context.workspaceState);
  const pictures = new CallPictures(server, Uri.joinPath(context.extensionUri, "dist", "media"));
  const register = (name: string, action: (...args: never[]) => unknown): Disposable =>
    commands.registerCommand(`handlerWorkbench.${name}`, (...args: never[]) =>
      guarded(server, () => action(...args)),
    );
  return Disposable.from(
    view,
    pictures,
    register("dependenciesByHandler", () => view.groupBy("handler")),
    register("dependenciesByItem", () => view.groupBy("item")),
    register("filterDependencies", () => view.askForFilter()),
    register("clearDependencyFilter", () => view.filter("")),
    register("chooseDependencyKinds", () => view.chooseKinds()),
    register("refreshDependencies", () => view.refresh()),
    register("exportDependencies", (file) => exportDependencies(server, file)),
    register("showCallPicture", () => pictures.show(null)),
    register("showCallsOf", (given: Given) => {
      const handler = handlerOf(given);
      if (!handler) throw new Error(l10n.t("Open a handler or its listing first."));
      pictures.show(handler.toString());
    }),
  );
}

async function exportDependencies(server: Server, file?: unknown): Promise<void> {
  const forms: readonly SaveForm<DependencyFormat>[] = [
    { format: "json", label: "JSON", ending: "json" },
    { format: "dot", label: "DOT (Graphviz)", ending: "dot" },
    { format: "xml", label: "XML", ending: "xml" },
    { format: "svg", label: l10n.t("SVG picture of the calls"), ending: "svg" },
  ];
  await saveText(
    { title: l10n.t("Export Dependencies"), name: "dependencies", forms },
    async (format) => {
      const params: DependencyExportRequest.Params = { format };
      return (await server.request<DependencyExportRequest.Result>(DependencyExportRequest.method, params))
        .text;
    },
    (endings) => l10n.t("Dependencies are exported as {0}; choose one of these endings.", endings),
    file,
  );
}
