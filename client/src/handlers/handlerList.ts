import { commands, type Disposable, EventEmitter } from "vscode";
import { type HandlerRow, HandlersRequest } from "../../../server/src/protocol";
import { NotRunning, type Server } from "../server";

/** Milliseconds between two requests: while the server reads a folder, it changes all the time. */
const pause = 150;

/** The handlers of the workspace, kept in step with the server's. */
export class HandlerList implements Disposable {
  private readonly changed = new EventEmitter<void>();
  readonly onDidChange = this.changed.event;
  private byUri = new Map<string, HandlerRow>();
  private timer: NodeJS.Timeout | undefined;
  private readonly listener: Disposable;

  constructor(private readonly server: Server) {
    this.listener = server.onDidChangeHandlers(() => {
      this.timer ??= setTimeout(() => void this.load(), pause);
    });
  }

  get rows(): readonly HandlerRow[] {
    return [...this.byUri.values()];
  }

  get(uri: string): HandlerRow | undefined {
    return this.byUri.get(uri);
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.listener.dispose();
    this.changed.dispose();
  }

  private async load(): Promise<void> {
    this.timer = undefined;
    try {
      const { handlers } = await this.server.request<HandlersRequest.Result>(HandlersRequest.method);
      this.byUri = new Map(handlers.map((row) => [row.uri, row]));
      // Menus offer for XML files that are handlers what they offer for `.ihd`.
      const exports = handlers
        .filter(({ source }) => source === "xml")
        .map(({ uri }) => [uri, true] as const);
      await commands.executeCommand("setContext", "handlerWorkbench.exports", Object.fromEntries(exports));
      this.changed.fire();
    } catch (error) {
      // What was known stays; the server tells again when it is back.
      if (!(error instanceof NotRunning))
        this.server.log.error(error instanceof Error ? error : String(error));
    }
  }
}
