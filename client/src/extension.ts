import { type ExtensionContext, ExtensionMode } from "vscode";
import { startCatalogue } from "./catalogue/catalogue";
import { startCompare } from "./compare/compare";
import { startDependencies } from "./dependencies/dependencies";
import { startDialer } from "./dialer/dialer";
import { registerFlowEditor } from "./handlers/flowEditor";
import { startHandlers } from "./handlers/handlers";
import { startInventory } from "./inventory/inventory";
import { startPackages } from "./packages/packages";
import { startRunbook } from "./runbook/runbook";
import { type Scripts, startScripts } from "./scripts/scripts";
import { Server } from "./server";

/** Starts the features and nothing else. */
export function activate(context: ExtensionContext): { readonly scripts: Scripts } | undefined {
  const server = new Server(context.asAbsolutePath("dist/server.js"));
  const compare = startCompare(server, context);
  const dialer = startDialer(server, context);
  const scripts = startScripts(server, context);
  context.subscriptions.push(
    server,
    startHandlers(server, context),
    compare,
    dialer,
    startPackages(server, context, { compare, dialer }),
    startCatalogue(server),
    startDependencies(server, context),
    startInventory(server, context),
    startRunbook(server, scripts.runs),
    scripts.disposable,
  );
  registerFlowEditor(context, server);
  // Nobody waits for it: who needs it asks it, and what goes wrong is in the log and the status.
  server.start().catch(() => undefined);
  // Tests press the buttons of pages that only a user can reach otherwise.
  return context.extensionMode === ExtensionMode.Test ? { scripts } : undefined;
}
