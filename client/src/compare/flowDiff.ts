import {
  type Disposable,
  type ExtensionContext,
  l10n,
  Uri,
  ViewColumn,
  type WebviewPanel,
  window,
} from "vscode";
import { FlowDiffRequest, type FlowDiffView } from "../../../server/src/protocol";
import { flowHtml } from "../handlers/flowHtml";
import { reasonOf } from "../handlers/flowSource";
import { flowStrings } from "../handlers/flowStrings";
import type { Server } from "../server";
import { flowDiffStrings } from "./flowDiffStrings";
import { type DiffPair, openListingDiff, titleOf } from "./listingDiff";

export const flowDiffType = "handlerWorkbench.flowDiff";

/** What a flow diff shows; kept in its state, so that it comes back with the window. */
interface Source extends DiffPair {
  readonly old: string;
  readonly now: string;
  readonly kinds: readonly string[];
}

/** The open flow diffs: one for a pair of handlers. */
export class FlowDiffs implements Disposable {
  private readonly open = new Map<string, FlowDiff>();
  private readonly media: Uri;
  private readonly registration: Disposable;

  constructor(
    { extensionUri }: ExtensionContext,
    private readonly server: Server,
  ) {
    this.media = Uri.joinPath(extensionUri, "dist", "media");
    this.registration = window.registerWebviewPanelSerializer(flowDiffType, {
      deserializeWebviewPanel: async (panel, state: unknown) => {
        const source = sourceOf((state as { source?: unknown } | undefined)?.source);
        if (source) this.add(panel, source);
        else panel.dispose();
      },
    });
  }

  /** Opens the flow diff of two handlers, or brings it to the front, and shows a step. */
  show(pair: DiffPair & { old: string; now: string }, kinds: readonly string[], node?: number): void {
    const source: Source = { ...pair, kinds };
    let diff = this.open.get(keyOf(source));
    if (diff) diff.panel.reveal();
    else {
      const panel = window.createWebviewPanel(flowDiffType, titleOf(pair), ViewColumn.Active, {});
      diff = this.add(panel, source);
    }
    if (node !== undefined) diff.reveal(node);
  }

  dispose(): void {
    this.registration.dispose();
    for (const { panel } of [...this.open.values()]) panel.dispose();
  }

  private add(panel: WebviewPanel, source: Source): FlowDiff {
    const diff = new FlowDiff(panel, source, this.media, this.server);
    this.open.set(keyOf(source), diff);
    panel.onDidDispose(() => this.open.delete(keyOf(source)));
    return diff;
  }
}

const keyOf = ({ old, now, kinds }: Source): string => JSON.stringify([old, now, kinds]);

/** The state as far as it is of the right form; another version may have written it. */
function sourceOf(value: unknown): Source | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const { name, old, now, oldLabel, nowLabel, kinds } = value as Record<string, unknown>;
  const texts = [name, old, now, oldLabel, nowLabel];
  if (texts.some((each) => typeof each !== "string") || !Array.isArray(kinds)) return undefined;
  return value as Source;
}

/** One open flow diff. */
class FlowDiff {
  private shown: FlowDiffView.ToView | undefined;
  private ready = false;
  private waiting: FlowDiffView.ToView | undefined;
  private reads = 0;

  constructor(
    readonly panel: WebviewPanel,
    private readonly source: Source,
    media: Uri,
    private readonly server: Server,
  ) {
    const { webview } = panel;
    webview.options = { enableScripts: true, localResourceRoots: [media] };
    webview.onDidReceiveMessage((message: FlowDiffView.ToEditor) => this.receive(message));
    panel.onDidChangeViewState(() => {
      if (!panel.visible) this.ready = false;
    });
    webview.html = flowHtml(webview, media, "diff");
    void this.load();
  }

  /** Selects the first change of a step. */
  reveal(node: number): void {
    const message: FlowDiffView.ToView = { type: "reveal", node };
    if (this.ready && this.shown) void this.panel.webview.postMessage(message);
    else this.waiting = message;
  }

  private async load(): Promise<void> {
    const read = ++this.reads;
    const { old, now, kinds, oldLabel, nowLabel } = this.source;
    let message: FlowDiffView.ToView;
    try {
      const params: FlowDiffRequest.Params = { old, now, kinds };
      const diff = await this.server.request<FlowDiffRequest.Result>(FlowDiffRequest.method, params);
      message = { type: "show", diff, sides: { old: oldLabel, now: nowLabel, source: this.source } };
    } catch (error) {
      message = { type: "failed", message: reasonOf(error) };
    }
    if (read !== this.reads) return;
    this.shown = message;
    if (this.ready) void this.panel.webview.postMessage(message);
  }

  private receive(message: FlowDiffView.ToEditor): void {
    const { webview } = this.panel;
    switch (message.type) {
      case "ready": {
        this.ready = true;
        const strings: FlowDiffView.ToView = {
          type: "strings",
          flow: flowStrings(),
          strings: flowDiffStrings(),
        };
        void webview.postMessage(strings);
        if (this.shown) void webview.postMessage(this.shown);
        break;
      }
      case "shown":
        if (this.waiting) void webview.postMessage(this.waiting);
        this.waiting = undefined;
        break;
      case "retry":
        void this.load();
        break;
      case "openListing":
        openListingDiff(this.server, this.source, message.node, message.oldNode).then(undefined, (error) =>
          window.showErrorMessage(l10n.t("The listings could not be opened: {0}", reasonOf(error))),
        );
        break;
    }
  }
}
