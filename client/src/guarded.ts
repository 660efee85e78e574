import { l10n, window } from "vscode";
import { NotRunning, offerRestart, type Server } from "./server";

/** A command that fails says what helps; no command fails silently. */
export async function guarded(server: Server, action: () => unknown): Promise<unknown> {
  try {
    return await action();
  } catch (error) {
    if (error instanceof NotRunning) {
      void offerRestart(error.message);
    } else {
      const message = error instanceof Error ? error.message : String(error);
      server.log.error(error instanceof Error ? error : message);
      void window.showErrorMessage(l10n.t("Handler Workbench: {0}", message));
    }
    return undefined;
  }
}
