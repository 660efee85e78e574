import { Selection, Uri, ViewColumn, type WebviewPanel, window } from "vscode";
import type { FromPage, Page, PagePlace, PageTone, ToPage } from "../../../server/src/protocol";
import { guarded } from "../guarded";
import type { Server } from "../server";
import { webviewPage } from "../webviewPage";

export type PageValues = Readonly<Record<string, string>>;

/** A page in an editor tab. What it says and what its buttons do is its owner's. */
export class PagePanel {
  private readonly panel: WebviewPanel;
  private ready = false;
  private current: Page;
  private said: Extract<ToPage, { type: "status" }> = { type: "status", text: "", tone: "none", busy: false };

  constructor(
    media: Uri,
    server: Server,
    page: Page,
    private readonly onAction: (id: string, values: PageValues) => unknown,
    onClosed: () => void = () => undefined,
  ) {
    this.current = page;
    this.panel = window.createWebviewPanel("handlerWorkbench.page", page.title, ViewColumn.Active, {
      enableScripts: true,
      localResourceRoots: [media],
      // What was filled in must not be lost with a look at another tab, and passwords must not be kept elsewhere.
      retainContextWhenHidden: true,
    });
    const { webview } = this.panel;
    webview.onDidReceiveMessage((message: FromPage) => guarded(server, () => this.receive(message)));
    this.panel.onDidDispose(onClosed);
    webview.html = webviewPage(webview, media, { name: "page", root: "page-view", element: "main" });
  }

  get page(): Page {
    return this.current;
  }

  get statusText(): string {
    return this.said.text;
  }

  show(page: Page): void {
    this.current = page;
    this.panel.title = page.title;
    this.post({ type: "show", page });
  }

  status(text: string, tone: PageTone = "none", busy = false): void {
    this.said = { type: "status", text, tone, busy };
    this.post(this.said);
  }

  reveal(): void {
    this.panel.reveal();
  }

  close(): void {
    this.panel.dispose();
  }

  /** Does what a button does, unless it is not there or disabled. */
  async press(id: string, values: PageValues = {}): Promise<void> {
    const { blocks, actions } = this.current;
    const all = [
      ...actions,
      ...blocks.flatMap((block) => (block.kind === "code" ? (block.action ?? []) : [])),
    ];
    const action = all.find((each) => each.id === id);
    if (action && action.disabled === undefined) await this.onAction(id, { ...this.defaults(), ...values });
  }

  private defaults(): PageValues {
    const fields = this.current.blocks.flatMap((block) => (block.kind === "fields" ? block.fields : []));
    return Object.fromEntries(fields.map(({ id, value }) => [id, value]));
  }

  private post(message: ToPage): void {
    if (this.ready) void this.panel.webview.postMessage(message);
  }

  private async receive(message: FromPage): Promise<void> {
    switch (message.type) {
      case "ready":
        this.ready = true;
        this.post({ type: "show", page: this.current });
        this.post(this.said);
        return;
      case "action":
        return await this.press(message.id, message.values);
      case "open":
        return await openPlace(message.place);
    }
  }
}

/** Opens a script at a line, beside the page that names it. */
export async function openPlace({ file, line }: PagePlace, viewColumn = ViewColumn.Beside): Promise<void> {
  const at = Math.max(0, line - 1);
  await window.showTextDocument(Uri.file(file), { selection: new Selection(at, 0, at, 0), viewColumn });
}
