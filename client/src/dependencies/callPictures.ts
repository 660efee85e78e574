import type { Disposable } from "vscode";
import { commands, l10n, Uri, ViewColumn, type WebviewPanel, window } from "vscode";
import { CallPictureRequest, type CallView } from "../../../server/src/protocol";
import { guarded } from "../guarded";
import { flowHtml } from "../handlers/flowHtml";
import type { Server } from "../server";
import { callStrings } from "./callStrings";

/** How many calls away from a handler its picture goes. */
const distance = 2;

/** The picture of who calls whom: of all handlers, or around one. */
export class CallPictures implements Disposable {
  private panel: WebviewPanel | undefined;
  private focus: string | null = null;
  private shown: CallView.ToView | undefined;
  private ready = false;
  private reads = 0;

  constructor(
    private readonly server: Server,
    private readonly media: Uri,
  ) {}

  /** `focus`: URI of the handler it is drawn around; null: all. */
  show(focus: string | null): void {
    this.focus = focus;
    if (!this.panel) this.open();
    else this.panel.reveal();
    void this.load();
  }

  dispose(): void {
    this.panel?.dispose();
  }

  private open(): void {
    const panel = window.createWebviewPanel("handlerWorkbench.calls", l10n.t("Calls"), ViewColumn.Active, {
      enableScripts: true,
      localResourceRoots: [this.media],
    });
    this.panel = panel;
    this.ready = false;
    panel.webview.onDidReceiveMessage((message: CallView.ToEditor) =>
      guarded(this.server, () => this.receive(message)),
    );
    // The script is gone while the view is hidden, and says so again when it is back.
    panel.onDidChangeViewState(() => {
      if (!panel.visible) this.ready = false;
    });
    panel.onDidDispose(() => {
      this.panel = this.shown = undefined;
    });
    panel.webview.html = flowHtml(panel.webview, this.media, "calls");
  }

  private async load(): Promise<void> {
    const read = ++this.reads;
    const { focus } = this;
    let message: CallView.ToView;
    try {
      const params: CallPictureRequest.Params = { focus: focus === null ? null : { uri: focus, distance } };
      const picture = await this.server.request<CallPictureRequest.Result>(CallPictureRequest.method, params);
      message = { type: "show", picture, focus };
    } catch (error) {
      message = { type: "failed", message: error instanceof Error ? error.message : String(error) };
    }
    if (read !== this.reads || !this.panel) return;
    const name = focus && Uri.parse(focus, true).path.split("/").pop();
    this.panel.title = name ? l10n.t("Calls of {0}", name) : l10n.t("Calls");
    this.shown = message;
    if (this.ready) void this.panel.webview.postMessage(message);
  }

  private async receive(message: CallView.ToEditor): Promise<void> {
    switch (message.type) {
      case "ready": {
        this.ready = true;
        const texts: CallView.ToView = { type: "strings", strings: callStrings() };
        await this.panel?.webview.postMessage(texts);
        if (this.shown) await this.panel?.webview.postMessage(this.shown);
        return;
      }
      case "open":
        await commands.executeCommand("handlerWorkbench.openFlow", Uri.parse(message.uri, true));
        return;
      case "focus":
        return this.show(message.uri);
      case "all":
        return this.show(null);
      case "export":
        await commands.executeCommand("handlerWorkbench.exportDependencies");
    }
  }
}
