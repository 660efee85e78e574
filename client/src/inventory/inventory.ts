import { commands, Disposable, type ExtensionContext, Uri } from "vscode";
import { guarded } from "../guarded";
import type { Server } from "../server";
import { backUp, moveMigrated, prepareToBeMigrated } from "./folders";
import { Inventories } from "./inventories";

/** Everything about the inventory of handlers and the folders of a migration. */
export function startInventory(server: Server, context: ExtensionContext): Disposable {
  const media = Uri.joinPath(context.extensionUri, "dist", "media");
  const inventories = new Inventories(server, media, context.workspaceState);
  const register = (name: string, action: (...args: never[]) => unknown): Disposable =>
    commands.registerCommand(`handlerWorkbench.${name}`, (...args: never[]) =>
      guarded(server, () => action(...args)),
    );
  return Disposable.from(
    inventories,
    register("takeInventory", (folder, base) => inventories.take(folder, base)),
    register("exportInventory", (file) => inventories.export(file)),
    register("editInventoryColumns", (columns) => inventories.editColumns(columns)),
    register("backUpHandlers", (from, to) => backUp(server, from, to)),
    register("prepareToBeMigrated", (from, to) => prepareToBeMigrated(server, from, to)),
    register("moveMigrated", (handler) => moveMigrated(server, handler)),
  );
}
