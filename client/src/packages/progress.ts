import { randomUUID } from "node:crypto";
import { type CancellationToken, l10n, ProgressLocation, window } from "vscode";
import type { PackageProgressNotification } from "../../../server/src/protocol";
import type { Server } from "../server";

/** Thrown when the user cancelled; nobody needs to be told. */
export class Cancelled extends Error {}

/**
 * Sends a request whose work takes time, with its progress in a notification that can cancel it.
 * @throws Cancelled, and what the server says
 */
export async function withPackageProgress<Result>(
  server: Server,
  title: string,
  request: (progress: string, token: CancellationToken) => Promise<Result>,
): Promise<Result> {
  const id = randomUUID();
  return await window.withProgress(
    { location: ProgressLocation.Notification, title, cancellable: true },
    async (shown, token) => {
      let percent = 0;
      const listener = server.onDidProgress((state) => {
        if (state.progress !== id) return;
        const now = percentOf(state);
        shown.report({ increment: now - percent, message: messageOf(state) });
        percent = now;
      });
      try {
        return await request(id, token);
      } catch (error) {
        throw token.isCancellationRequested ? new Cancelled() : error;
      } finally {
        listener.dispose();
      }
    },
  );
}

function percentOf({ bytes, totalBytes, items, totalItems }: PackageProgressNotification.Params): number {
  const share = totalBytes > 0 ? bytes / totalBytes : items / Math.max(1, totalItems);
  return Math.min(100, Math.floor(100 * share));
}

function messageOf({ items, totalItems, path }: PackageProgressNotification.Params): string {
  const name = path.slice(path.lastIndexOf("/") + 1);
  return l10n.t("{0} of {1}: {2}", items.toLocaleString(), totalItems.toLocaleString(), name);
}
