import { commands, l10n, type QuickPickItem, Uri, window } from "vscode";
import { RelationsRequest } from "../../../server/src/protocol";
import type { Server } from "../server";

/** Lets the user choose among the callers or callees of a handler, and opens the listing at the call. */
export async function showRelations(
  server: Server,
  handler: Uri,
  direction: RelationsRequest.Params["direction"],
): Promise<void> {
  const params: RelationsRequest.Params = { uri: handler.toString(), direction };
  const { name, relations } = await server.request<RelationsRequest.Result>(RelationsRequest.method, params);
  if (relations.length === 0) {
    void window.showInformationMessage(
      direction === "callers"
        ? l10n.t("No handler of the workspace calls {0}.", name)
        : l10n.t("{0} calls no subroutine.", name),
    );
    return;
  }
  const items = relations.map((relation): QuickPickItem & { relation: typeof relation } => ({
    label: relation.name,
    description: l10n.t("{0} ({1})", relation.at.label, relation.at.node),
    detail: relation.uri === null ? l10n.t("not in the workspace") : undefined,
    relation,
  }));
  const chosen = await window.showQuickPick(items, {
    title: direction === "callers" ? l10n.t("Callers of {0}", name) : l10n.t("Called by {0}", name),
    placeHolder: l10n.t("Opens the listing at the call"),
    matchOnDescription: true,
  });
  if (!chosen) return;
  const { at } = chosen.relation;
  await commands.executeCommand("handlerWorkbench.openListing", Uri.parse(at.uri, true), at.node);
}
