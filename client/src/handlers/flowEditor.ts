import {
  commands,
  type CustomDocument,
  type CustomReadonlyEditorProvider,
  type Disposable,
  type ExtensionContext,
  l10n,
  Uri,
  type WebviewPanel,
  window,
} from "vscode";
import type { FlowSvgRequest, FlowView } from "../../../server/src/protocol";
import { exportPng, exportSvg, type FlowPainter } from "./flowExport";
import { FlowSource, type FlowServer } from "./flowSource";
import { flowHtml } from "./flowHtml";
import { flowStrings } from "./flowStrings";
import { calledHandler } from "./flowSubroutine";

/** The custom editor's types: one is the default for `.ihd`, the other an option for XML. */
const VIEW_TYPES = ["handlerWorkbench.flow", "handlerWorkbench.flowOfXml"] as const;

/**
 * The flow view: a read-only editor of handlers. Commands: `handlerWorkbench.openFlow` (uri, node id),
 * `handlerWorkbench.exportFlowSvg` and `handlerWorkbench.exportFlowPng` (uri). Enter in the view runs
 * `handlerWorkbench.openListing` (uri, node id).
 */
export function registerFlowEditor(context: ExtensionContext, server: FlowServer): void {
  const editors = new FlowEditors(Uri.joinPath(context.extensionUri, "dist", "media"), server);
  context.subscriptions.push(
    ...VIEW_TYPES.map((viewType) =>
      window.registerCustomEditorProvider(viewType, editors, { supportsMultipleEditorsPerDocument: true }),
    ),
    commands.registerCommand("handlerWorkbench.openFlow", (uri?: unknown, node?: unknown) =>
      editors.open(uri, typeof node === "number" ? node : undefined),
    ),
    commands.registerCommand("handlerWorkbench.exportFlowSvg", async (uri?: unknown) => {
      const chosen = editors.chosen(uri);
      if (chosen) await exportSvg(server, chosen);
    }),
    commands.registerCommand("handlerWorkbench.exportFlowPng", async (uri?: unknown) => {
      const chosen = editors.chosen(uri);
      if (chosen) await exportPng(server, chosen, await editors.viewOf(chosen));
    }),
  );
}

class FlowEditors implements CustomReadonlyEditorProvider<CustomDocument> {
  private readonly editors = new Set<FlowEditor>();
  private readonly waiting = new Map<string, ((editor: FlowEditor) => void)[]>();

  constructor(
    private readonly media: Uri,
    private readonly server: FlowServer,
  ) {}

  openCustomDocument(uri: Uri): CustomDocument {
    return { uri, dispose: () => undefined };
  }

  resolveCustomEditor({ uri }: CustomDocument, panel: WebviewPanel): void {
    const editor = new FlowEditor(uri, panel, this.media, this.server);
    this.editors.add(editor);
    panel.onDidDispose(() => {
      this.editors.delete(editor);
      editor.dispose();
    });
    for (const found of this.waiting.get(uri.toString()) ?? []) found(editor);
    this.waiting.delete(uri.toString());
  }

  /** The handler a command is about: the one it was called on, else the one in front. */
  chosen(uri: unknown): Uri | undefined {
    if (uri instanceof Uri) return uri;
    const active = [...this.editors].find(({ panel }) => panel.active);
    if (active) return active.uri;
    void window.showInformationMessage(l10n.t("Open a handler's flow first, then run the command again."));
    return undefined;
  }

  /** Opens the flow of a handler, or brings it to the front, and shows a step. */
  async open(uri: unknown, node?: number): Promise<void> {
    const chosen = this.chosen(uri);
    if (!chosen) return;
    const editor = await this.viewOf(chosen);
    if (node !== undefined) editor.reveal(node);
  }

  /** The handler's view, opened when there is none. */
  async viewOf(uri: Uri): Promise<FlowEditor> {
    const key = uri.toString();
    const present = [...this.editors].filter((editor) => editor.uri.toString() === key);
    const best =
      present.find(({ panel }) => panel.active) ?? present.find(({ panel }) => panel.visible) ?? present[0];
    if (best) {
      best.panel.reveal(undefined, false);
      return best;
    }
    const opened = new Promise<FlowEditor>((resolve) => {
      this.waiting.set(key, [...(this.waiting.get(key) ?? []), resolve]);
    });
    const type = uri.path.toLowerCase().endsWith(".ihd") ? VIEW_TYPES[0] : VIEW_TYPES[1];
    await commands.executeCommand("vscode.openWith", uri, type);
    return await opened;
  }
}

/** One open view. */
class FlowEditor implements FlowPainter, Disposable {
  private readonly source: FlowSource;
  private shown: FlowView.ToView | undefined;
  private ready = false;
  /** What to send when the view is there. */
  private pending: FlowView.ToView[] = [];
  private readonly images = new Map<
    number,
    { resolve(bytes: Uint8Array): void; reject(error: Error): void }
  >();
  private lastImage = 0;

  constructor(
    readonly uri: Uri,
    readonly panel: WebviewPanel,
    media: Uri,
    private readonly server: FlowServer,
  ) {
    const { webview } = panel;
    webview.options = { enableScripts: true, localResourceRoots: [media] };
    this.source = new FlowSource(uri, server, {
      read: (flow) => this.show({ type: "show", flow }),
      failed: (message) => this.show({ type: "failed", message }),
    });
    webview.onDidReceiveMessage((message: FlowView.ToEditor) => this.receive(message));
    // The script is gone while the view is hidden, and says so again when it is back.
    panel.onDidChangeViewState(() => {
      if (!panel.visible) this.gone(l10n.t("The flow was hidden before its picture was drawn; try again."));
    });
    webview.html = flowHtml(webview, media);
    void this.source.load();
  }

  /** Selects a step and brings it into view. */
  reveal(node: number): void {
    this.send({ type: "reveal", node });
  }

  paint(image: FlowSvgRequest.Result): Promise<Uint8Array> {
    const id = ++this.lastImage;
    const painted = new Promise<Uint8Array>((resolve, reject) => this.images.set(id, { resolve, reject }));
    this.send({ type: "png", id, image });
    return painted;
  }

  dispose(): void {
    this.source.dispose();
    this.gone(l10n.t("The flow was closed before its picture was drawn."));
  }

  /** The script is not there any more; what it was asked to draw will not come. */
  private gone(message: string): void {
    this.ready = false;
    for (const { reject } of this.images.values()) reject(new Error(message));
    this.images.clear();
  }

  private async openSubroutine(name: string): Promise<void> {
    const handler = await calledHandler(this.server, this.uri, name);
    if (handler) await commands.executeCommand("handlerWorkbench.openFlow", handler);
  }

  private show(message: FlowView.ToView): void {
    this.shown = message;
    if (this.ready) void this.panel.webview.postMessage(message);
  }

  private send(message: FlowView.ToView): void {
    // Steps can be selected when they are shown, not before.
    if (this.ready && this.shown) void this.panel.webview.postMessage(message);
    else this.pending.push(message);
  }

  private receive(message: FlowView.ToEditor): void {
    switch (message.type) {
      case "ready":
        this.ready = true;
        void this.panel.webview.postMessage({
          type: "strings",
          strings: flowStrings(),
        } satisfies FlowView.ToView);
        if (this.shown) void this.panel.webview.postMessage(this.shown);
        break;
      case "shown":
        for (const waiting of this.pending.splice(0)) void this.panel.webview.postMessage(waiting);
        break;
      case "retry":
        void this.source.load();
        break;
      case "openListing":
        void openListing(this.uri, message.node);
        break;
      case "openSubroutine":
        void this.openSubroutine(message.name);
        break;
      case "png":
        this.images.get(message.id)?.resolve(message.bytes);
        this.images.delete(message.id);
        break;
      case "pngFailed":
        this.images.get(message.id)?.reject(new Error(message.message));
        this.images.delete(message.id);
        break;
    }
  }
}

async function openListing(uri: Uri, node: number | null): Promise<void> {
  try {
    await commands.executeCommand("handlerWorkbench.openListing", uri, node ?? undefined);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    void window.showErrorMessage(l10n.t("The listing could not be opened: {0}", reason));
  }
}
