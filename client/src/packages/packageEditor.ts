import {
  commands,
  type CustomDocument,
  type CustomReadonlyEditorProvider,
  Disposable,
  env,
  type Uri,
  type WebviewPanel,
  window,
} from "vscode";
import type { PackageView } from "../../../server/src/protocol";
import { webviewPage } from "../webviewPage";
import type { PackageModel } from "./packageModel";
import type { PackageStore } from "./packageStore";
import { packageStrings } from "./packageStrings";

/** The custom editor's types: one is the default for packages, the other an option for any zip. */
const viewTypes = ["handlerWorkbench.package", "handlerWorkbench.packageOfZip"] as const;

/** What a view asks for, done by whoever knows how. */
export interface PackageActions {
  run(action: PackageView.Action, uri: Uri): Promise<void>;
  extract(uri: Uri, paths: readonly string[]): Promise<void>;
  open(uri: Uri, path: string, copy: number | undefined, beside: boolean): Promise<void>;
}

/** The view of a package: a read-only editor of `.ininmigr` files. */
export class PackageEditors implements CustomReadonlyEditorProvider<CustomDocument>, Disposable {
  private readonly registrations: Disposable;

  constructor(
    private readonly media: Uri,
    private readonly store: PackageStore,
    private readonly actions: PackageActions,
  ) {
    this.registrations = Disposable.from(
      ...viewTypes.map((viewType) =>
        window.registerCustomEditorProvider(viewType, this, { supportsMultipleEditorsPerDocument: true }),
      ),
    );
  }

  openCustomDocument(uri: Uri): CustomDocument {
    const held = this.store.hold(uri);
    return { uri, dispose: () => held.dispose() };
  }

  resolveCustomEditor({ uri }: CustomDocument, panel: WebviewPanel): void {
    const editor = new PackageEditor(uri, panel, this.media, this.store, this.actions);
    panel.onDidDispose(() => editor.dispose());
  }

  dispose(): void {
    this.registrations.dispose();
  }
}

export async function openPackage(uri: Uri): Promise<void> {
  const type = /\.(ininmigr|inimigr)$/i.test(uri.path) ? viewTypes[0] : viewTypes[1];
  await commands.executeCommand("vscode.openWith", uri, type);
}

/** One open view. */
class PackageEditor implements Disposable {
  private ready = false;
  /** What the view was given last. */
  private shown: PackageModel | undefined;
  private readonly listener: Disposable;

  constructor(
    readonly uri: Uri,
    readonly panel: WebviewPanel,
    media: Uri,
    private readonly store: PackageStore,
    private readonly actions: PackageActions,
  ) {
    const { webview } = panel;
    webview.options = { enableScripts: true, localResourceRoots: [media] };
    this.listener = Disposable.from(
      webview.onDidReceiveMessage((message: PackageView.ToEditor) => this.receive(message)),
      store.onDidChange((changed) => {
        if (changed.toString() === uri.toString()) this.show();
      }),
      // The script is gone while the view is hidden, and says so again when it is back.
      panel.onDidChangeViewState(() => {
        if (!panel.visible) this.ready = false;
      }),
    );
    webview.html = webviewPage(webview, media, { name: "packages", root: "package-view" });
    void this.load();
  }

  dispose(): void {
    this.listener.dispose();
  }

  private async load(): Promise<void> {
    // What goes wrong is kept with the package, and shown from there.
    await this.store.open(this.uri).catch(() => undefined);
    this.show();
  }

  private show(): void {
    if (!this.ready) return;
    const opened = this.store.get(this.uri);
    if (!opened) return;
    const { model, findings, verification, failure } = opened;
    if (model) {
      if (this.shown !== model) this.post({ type: "show", contents: model.contents });
      this.shown = model;
      this.post({ type: "findings", findings, ...(verification ? { verification } : {}) });
    } else if (failure !== undefined) {
      this.shown = undefined;
      this.post({ type: "failed", message: failure });
    }
  }

  private post(message: PackageView.ToView): void {
    void this.panel.webview.postMessage(message);
  }

  private receive(message: PackageView.ToEditor): void {
    switch (message.type) {
      case "ready":
        this.ready = true;
        this.shown = undefined;
        this.post({ type: "strings", strings: packageStrings(), language: env.language });
        this.show();
        break;
      case "retry":
        this.store.reload(this.uri);
        break;
      case "run":
        void this.actions.run(message.action, this.uri);
        break;
      case "extract":
        void this.actions.extract(this.uri, message.paths);
        break;
      case "open":
        void this.actions.open(this.uri, message.path, message.copy, message.beside);
        break;
    }
  }
}
