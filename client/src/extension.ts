import { type ExtensionContext, ExtensionMode } from "vscode";
import { startCompare } from "./compare/compare";
import { startDialer } from "./dialer/dialer";
import { registerFlowEditor } from "./handlers/flowEditor";
import { startHandlers } from "./handlers/handlers";
import { type Scripts, startScripts } from "./scripts/scripts";
import { Server } from "./server";

/** Starts the features and nothing else. */
export function activate(context: ExtensionContext): { readonly scripts: Scripts } | undefined {
  const server = new Server(context.asAbsolutePath("dist/server.js"));
  const scripts = startScripts(server, context);
  context.subscriptions.push(
    server,
    startHandlers(server, context),
    startCompare(server, context),
    startDialer(server, context),
    scripts.disposable,
  );
  registerFlowEditor(context, server);
  // Nobody waits for it: who needs it asks it, and what goes wrong is in the log and the status.
  server.start().catch(() => undefined);
  // Tests press the buttons of pages that only a user can reach otherwise.
  return context.extensionMode === ExtensionMode.Test ? { scripts } : undefined;
}
