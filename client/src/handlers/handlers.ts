import { Disposable, type ExtensionContext } from "vscode";
import type { Server } from "../server";
import { Badges } from "./badges";
import { registerCommands } from "./commands";
import { HandlerList } from "./handlerList";
import { HandlersView } from "./handlersView";
import { Listings } from "./listings";
import { RuleActions } from "./rules";
import { showStatus } from "./status";

/** Everything about handlers: the view, listings, badges, commands, the state of the server. */
export function startHandlers(server: Server, { workspaceState }: ExtensionContext): Disposable {
  const handlers = new HandlerList(server);
  const view = new HandlersView(handlers, server, workspaceState);
  return Disposable.from(
    handlers,
    view,
    new Badges(handlers),
    new Listings(server),
    new RuleActions(server),
    showStatus(server),
    registerCommands(server, view),
  );
}
