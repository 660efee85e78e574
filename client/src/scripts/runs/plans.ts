import { basename } from "node:path";
import type { Disposable } from "vscode";
import { l10n, type TextDocumentContentProvider, Uri, ViewColumn, window, workspace } from "vscode";
import { PlanTextRequest, type RunRequest } from "../../../../server/src/protocol";
import type { Server } from "../../server";

const scheme = "handler-plan";

/** What a script would run, batch by batch, in a document that cannot be changed. */
export class Plans implements TextDocumentContentProvider, Disposable {
  private readonly registration: Disposable;

  constructor(private readonly server: Server) {
    this.registration = workspace.registerTextDocumentContentProvider(scheme, this);
  }

  async show({ dialect, scripts, variables }: RunRequest, index: number): Promise<void> {
    const script = scripts[index];
    if (!script) return;
    const params: PlanTextRequest.Params = {
      path: script.path,
      dialect,
      variables,
      ...(script.arguments && { arguments: script.arguments }),
    };
    await this.open(params);
  }

  async open(params: PlanTextRequest.Params, viewColumn = ViewColumn.Beside): Promise<void> {
    const uri = Uri.from({
      scheme,
      path: `/${l10n.t("Plan of {0}", basename(params.path)).replaceAll("/", "-")}`,
      query: JSON.stringify(params),
    });
    const document = await workspace.openTextDocument(uri);
    await window.showTextDocument(document, { viewColumn, preserveFocus: true });
  }

  async provideTextDocumentContent({ query }: Uri): Promise<string> {
    const params = JSON.parse(query) as PlanTextRequest.Params;
    return (await this.server.request<PlanTextRequest.Result>(PlanTextRequest.method, params)).text;
  }

  dispose(): void {
    this.registration.dispose();
  }
}
