import type { ExtensionContext } from "vscode";
import { startCatalogue } from "./catalogue/catalogue";
import { startCompare } from "./compare/compare";
import { startDependencies } from "./dependencies/dependencies";
import { startDialer } from "./dialer/dialer";
import { registerFlowEditor } from "./handlers/flowEditor";
import { startHandlers } from "./handlers/handlers";
import { startInventory } from "./inventory/inventory";
import { Server } from "./server";

/** Starts the features and nothing else. */
export function activate(context: ExtensionContext): void {
  const server = new Server(context.asAbsolutePath("dist/server.js"));
  context.subscriptions.push(
    server,
    startHandlers(server, context),
    startCompare(server, context),
    startDialer(server, context),
    startCatalogue(server),
    startDependencies(server, context),
    startInventory(server, context),
  );
  registerFlowEditor(context, server);
  // Nobody waits for it: who needs it asks it, and what goes wrong is in the log and the status.
  server.start().catch(() => undefined);
}
