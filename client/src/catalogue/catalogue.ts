import { commands, Disposable } from "vscode";
import { guarded } from "../guarded";
import type { Server } from "../server";
import { HintsView } from "./hintsView";
import { learnCatalogue } from "./learn";
import { chooseBaseFolder, chooseTarget, Target } from "./target";
import { copyMapping, openToolHelp, ToolActions } from "./toolActions";

/** Everything about the migration's target: its catalogue, the hints it leads to, and what can be done about them. */
export function startCatalogue(server: Server): Disposable {
  const register = (name: string, action: (...args: never[]) => unknown): Disposable =>
    commands.registerCommand(`handlerWorkbench.${name}`, (...args: never[]) =>
      guarded(server, () => action(...args)),
    );
  return Disposable.from(
    new Target(server),
    new HintsView(server),
    new ToolActions(server),
    register("learnCatalogue", (folder, target, file) => learnCatalogue(server, folder, target, file)),
    register("chooseTarget", (file) => chooseTarget(file)),
    register("chooseBaseFolder", (folder) => chooseBaseFolder(server, folder)),
    register("copyToolMapping", (uri, node) => copyMapping(server, uri, node)),
    register("openToolHelp", (uri, node) => openToolHelp(server, uri, node)),
  );
}
