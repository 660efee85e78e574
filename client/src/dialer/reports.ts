import { type Disposable, l10n, Uri, ViewColumn, type WebviewPanel, window } from "vscode";
import {
  DialerReportRequest,
  type ReportSubject,
  type ReportView,
  type ShownReport,
} from "../../../server/src/protocol";
import { guarded } from "../guarded";
import type { Server } from "../server";
import { webviewPage } from "../webviewPage";
import { rangeOf } from "./dialerNodes";
import { openText } from "./openText";
import { reportStrings } from "./reportStrings";

/** A button of a report: what it says, and the subject the report is about afterwards, if another. */
export interface ReportAction {
  readonly label: string;
  readonly run: () => Promise<ReportSubject | undefined> | ReportSubject | undefined;
}

/** What a subject's report offers beside reading it. */
export type ActionsOf = (subject: ReportSubject) => readonly ReportAction[];

/** The reports that are open, one a subject. They follow their configurations. */
export class Reports implements Disposable {
  private readonly open = new Set<OpenReport>();
  private readonly listener: Disposable;

  constructor(
    private readonly media: Uri,
    private readonly server: Server,
    private readonly actionsOf: ActionsOf,
  ) {
    this.listener = server.onDidCheckDialer(({ uri }) => {
      for (const report of this.open) if (urisOf(report.subject).includes(uri)) void report.load();
    });
  }

  show(subject: ReportSubject): void {
    const key = JSON.stringify(subject);
    const present = [...this.open].find((report) => JSON.stringify(report.subject) === key);
    if (present) {
      present.panel.reveal();
      void present.load();
      return;
    }
    const options = { enableScripts: true, localResourceRoots: [this.media] };
    const panel = window.createWebviewPanel(
      "handlerWorkbench.report",
      l10n.t("Report"),
      ViewColumn.Active,
      options,
    );
    const report = new OpenReport(panel, subject, this.server, this.media, this.actionsOf);
    this.open.add(report);
    panel.onDidDispose(() => this.open.delete(report));
  }

  dispose(): void {
    this.listener.dispose();
    for (const { panel } of this.open) panel.dispose();
  }
}

class OpenReport {
  private ready = false;
  private shown: ReportView.ToView | undefined;
  private loading = 0;

  constructor(
    readonly panel: WebviewPanel,
    public subject: ReportSubject,
    private readonly server: Server,
    media: Uri,
    private readonly actionsOf: ActionsOf,
  ) {
    const { webview } = panel;
    webview.onDidReceiveMessage((message: ReportView.ToEditor) =>
      guarded(server, () => this.receive(message)),
    );
    // The script is gone while the view is hidden, and says so again when it is back.
    panel.onDidChangeViewState(() => {
      if (!panel.visible) this.ready = false;
    });
    webview.html = webviewPage(webview, media, { name: "report", root: "report-view", element: "main" });
    void this.load();
  }

  async load(): Promise<void> {
    const { subject } = this;
    const turn = ++this.loading;
    let message: ReportView.ToView;
    try {
      const report = await this.server.request<ShownReport>(DialerReportRequest.method, subject);
      const actions = this.actionsOf(subject).map(({ label }, id) => ({ id: String(id), label }));
      this.panel.title = report.title;
      message = { type: "show", report, actions };
    } catch (error) {
      message = { type: "failed", message: error instanceof Error ? error.message : String(error) };
    }
    // A newer one is on its way.
    if (turn !== this.loading) return;
    this.shown = message;
    this.post(message);
  }

  private post(message: ReportView.ToView): void {
    if (this.ready) void this.panel.webview.postMessage(message);
  }

  private async receive(message: ReportView.ToEditor): Promise<void> {
    switch (message.type) {
      case "ready":
        this.ready = true;
        this.post({ type: "strings", strings: reportStrings() });
        if (this.shown) this.post(this.shown);
        return;
      case "open":
        // Beside, so that the next row is a click away.
        await openText(Uri.parse(message.uri, true), {
          selection: rangeOf(message.span),
          viewColumn: ViewColumn.Beside,
        });
        return;
      case "action": {
        const subject = await this.actionsOf(this.subject)[Number(message.id)]?.run();
        if (!subject) return;
        this.subject = subject;
        await this.load();
      }
    }
  }
}

function urisOf(subject: ReportSubject): readonly string[] {
  return subject.kind === "comparison" ? [subject.old, subject.new] : [subject.uri];
}
