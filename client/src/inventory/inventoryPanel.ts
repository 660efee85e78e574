import type { Disposable } from "vscode";
import { commands, l10n, Uri, ViewColumn, type WebviewPanel, window } from "vscode";
import type { InventoryView } from "../../../server/src/protocol";
import { openListingDiff } from "../compare/listingDiff";
import { labelOf, nameOf } from "../compare/side";
import { guarded } from "../guarded";
import { flowHtml } from "../handlers/flowHtml";
import type { Server } from "../server";
import type { Taken } from "./inventories";
import { inventoryStrings } from "./inventoryStrings";
import type { TeamNotesFile } from "./teamNotesFile";

/** The inventory as a table, in which the team fills in its columns. */
export class InventoryPanel implements Disposable {
  private panel: WebviewPanel | undefined;
  private taken: Taken | undefined;
  private ready = false;
  private readonly listener: Disposable;

  constructor(
    private readonly server: Server,
    private readonly media: Uri,
    private readonly notes: TeamNotesFile,
    private readonly again: () => Promise<void>,
  ) {
    this.listener = notes.onDidChange(() => guarded(server, () => this.showNotes()));
  }

  async show(taken: Taken): Promise<void> {
    this.taken = taken;
    if (this.panel) this.panel.reveal();
    else this.open();
    this.showInventory();
    await this.showNotes();
  }

  async showNotes(): Promise<void> {
    if (!this.ready) return;
    const { columns, cells, problem } = await this.notes.read();
    this.post({ type: "notes", columns, cells, problem });
  }

  dispose(): void {
    this.listener.dispose();
    this.panel?.dispose();
  }

  private open(): void {
    const panel = window.createWebviewPanel(
      "handlerWorkbench.inventory",
      l10n.t("Inventory"),
      ViewColumn.Active,
      { enableScripts: true, localResourceRoots: [this.media] },
    );
    this.panel = panel;
    this.ready = false;
    panel.webview.onDidReceiveMessage((message: InventoryView.ToEditor) =>
      guarded(this.server, () => this.receive(message)),
    );
    // The script is gone while the view is hidden, and says so again when it is back.
    panel.onDidChangeViewState(() => {
      if (!panel.visible) this.ready = false;
    });
    panel.onDidDispose(() => (this.panel = undefined));
    panel.webview.html = flowHtml(panel.webview, this.media, "inventory");
  }

  private showInventory(): void {
    const { taken } = this;
    if (!taken) return;
    const title = l10n.t("Inventory of {0}", labelOf(taken.folder));
    const about =
      taken.base.length === 0
        ? l10n.t("Not compared with base handlers")
        : l10n.t("Compared with {0}", taken.base.map(labelOf).join(", "));
    if (this.panel) this.panel.title = l10n.t("Inventory: {0}", nameOf(taken.folder));
    this.post({ type: "show", inventory: taken.result, title, about });
  }

  private post(message: InventoryView.ToView): void {
    if (this.ready) void this.panel?.webview.postMessage(message);
  }

  private async receive(message: InventoryView.ToEditor): Promise<void> {
    switch (message.type) {
      case "ready":
        this.ready = true;
        this.post({ type: "strings", strings: inventoryStrings() });
        this.showInventory();
        return await this.showNotes();
      case "open":
        await commands.executeCommand("handlerWorkbench.openFlow", Uri.parse(message.uri, true));
        return;
      case "compare": {
        const [old, now] = [Uri.parse(message.base, true), Uri.parse(message.uri, true)];
        const pair = { name: nameOf(now), old: message.base, now: message.uri };
        return await openListingDiff(
          this.server,
          { ...pair, oldLabel: labelOf(old), nowLabel: labelOf(now) },
          null,
          null,
        );
      }
      case "set":
        try {
          return await this.notes.set([message.cell]);
        } finally {
          // Also where it failed: the table shows what the file says.
          await this.showNotes();
        }
      case "again":
        return await this.again();
      case "export":
        await commands.executeCommand("handlerWorkbench.exportInventory");
        return;
      case "columns":
        await commands.executeCommand("handlerWorkbench.editInventoryColumns");
    }
  }
}
