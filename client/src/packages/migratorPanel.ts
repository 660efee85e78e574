import type { Disposable, Uri } from "vscode";
import {
  env,
  l10n,
  ViewColumn,
  type WebviewPanel,
  type WebviewPanelSerializer,
  window,
  workspace,
} from "vscode";
import {
  MigratorCommandRequest,
  type MigratorForm,
  MigratorFormRequest,
  type MigratorView,
} from "../../../server/src/protocol";
import type { Server } from "../server";
import { webviewPage } from "../webviewPage";
import { migratorStrings } from "./migratorStrings";

const viewType = "handlerWorkbench.migratorCommand";

/** The form that builds command lines of `ININ.Migrator.Console`: one in a window. */
export class MigratorPanel implements WebviewPanelSerializer, Disposable {
  private panel: WebviewPanel | undefined;
  private ready = false;
  private start: Partial<MigratorForm> | undefined;
  /** Counts the forms that were sent: an answer that a later one has overtaken is dropped. */
  private sent = 0;
  private readonly registration: Disposable;

  constructor(
    private readonly media: Uri,
    private readonly server: Server,
  ) {
    this.registration = window.registerWebviewPanelSerializer(viewType, this);
  }

  /** Opens the form, or brings it to the front; `fields` replace what stands in it. */
  open(fields?: Partial<MigratorForm>): void {
    this.start = fields;
    if (this.panel) {
      this.panel.reveal();
      this.tellStart();
      return;
    }
    const title = l10n.t("Interaction Migrator Command");
    this.fill(window.createWebviewPanel(viewType, title, ViewColumn.Active, { enableFindWidget: true }));
  }

  /** The window was opened again; the form remembers what stood in it. */
  async deserializeWebviewPanel(panel: WebviewPanel): Promise<void> {
    if (this.panel) panel.dispose();
    else this.fill(panel);
  }

  dispose(): void {
    this.registration.dispose();
    this.panel?.dispose();
  }

  private fill(panel: WebviewPanel): void {
    this.panel = panel;
    const { webview } = panel;
    webview.options = { enableScripts: true, localResourceRoots: [this.media] };
    webview.onDidReceiveMessage((message: MigratorView.ToEditor) => this.receive(message));
    panel.onDidChangeViewState(() => {
      if (!panel.visible) this.ready = false;
    });
    panel.onDidDispose(() => {
      this.panel = undefined;
      this.ready = false;
    });
    webview.html = webviewPage(webview, this.media, { name: "migrator", root: "migrator-form" });
  }

  private async receive(message: MigratorView.ToEditor): Promise<void> {
    try {
      switch (message.type) {
        case "ready":
          await this.greet();
          break;
        case "changed":
          await this.build(message.form);
          break;
        case "copy":
          await env.clipboard.writeText(message.line);
          this.post({ type: "copied" });
          break;
        case "script":
          await openScript(message.form, message.line);
          break;
      }
    } catch (error) {
      this.post({ type: "failed", message: error instanceof Error ? error.message : String(error) });
    }
  }

  private async greet(): Promise<void> {
    const form = await this.server.request<MigratorFormRequest.Result>(MigratorFormRequest.method);
    this.ready = true;
    this.post({ type: "strings", strings: migratorStrings(), form });
    this.tellStart();
  }

  private tellStart(): void {
    if (!this.ready || !this.start) return;
    this.post({ type: "start", fields: this.start });
    this.start = undefined;
  }

  private async build(form: MigratorForm): Promise<void> {
    const sent = ++this.sent;
    const command = await this.server.request<MigratorCommandRequest.Result>(
      MigratorCommandRequest.method,
      form,
    );
    if (sent === this.sent) this.post({ type: "command", command });
  }

  private post(message: MigratorView.ToView): void {
    void this.panel?.webview.postMessage(message);
  }
}

/** A new script with the line; it is checked as any other while it is open. */
async function openScript({ passwordVariable }: MigratorForm, line: string): Promise<void> {
  const variable = passwordVariable.replaceAll("%", "").trim();
  const lines = [
    "@echo off",
    ...(variable === ""
      ? []
      : [
          `if "%${variable}%"=="" (`,
          `  echo ${l10n.t("Set the variable {0} to the password of the package first.", variable)}`,
          "  exit /b 2",
          ")",
        ]),
    line,
    "",
  ];
  const document = await workspace.openTextDocument({ language: "bat", content: lines.join("\r\n") });
  await window.showTextDocument(document);
}
