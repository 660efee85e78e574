import { commands, l10n, ProgressLocation, Uri, window, workspace } from "vscode";
import { FlowSvgRequest } from "../../../server/src/protocol";
import { flowParams, type FlowServer, reasonOf } from "./flowSource";

/** A view that can draw an image. */
export interface FlowPainter {
  paint(image: FlowSvgRequest.Result): Promise<Uint8Array>;
}

/** Saves a handler's flow as an SVG document that follows the reader's light or dark system. */
export async function exportSvg(server: FlowServer, uri: Uri): Promise<void> {
  await save(uri, "svg", "SVG", async () =>
    new TextEncoder().encode((await picture(server, uri, "auto")).svg),
  );
}

/** Saves a handler's flow as a PNG on a light ground; the view draws it. */
export async function exportPng(server: FlowServer, uri: Uri, view: FlowPainter): Promise<void> {
  await save(uri, "png", "PNG", async () => view.paint(await picture(server, uri, "light")));
}

async function picture(
  server: FlowServer,
  uri: Uri,
  theme: FlowSvgRequest.Params["theme"],
): Promise<FlowSvgRequest.Result> {
  const params: FlowSvgRequest.Params = { ...(await flowParams(uri)), theme };
  return await server.request<FlowSvgRequest.Result>(FlowSvgRequest.method, params);
}

/** Asks where to (the dialog asks before it replaces a file), makes the content and writes it. */
async function save(
  uri: Uri,
  ending: string,
  format: string,
  make: () => Promise<Uint8Array>,
): Promise<void> {
  const target = await window.showSaveDialog({
    defaultUri: besides(uri, ending),
    filters: { [format]: [ending] },
    title: l10n.t("Export Flow as {0}", format),
  });
  if (!target) return;
  try {
    await window.withProgress(
      { location: ProgressLocation.Window, title: l10n.t("Exporting the flow as {0}", format) },
      async () => workspace.fs.writeFile(target, await make()),
    );
  } catch (error) {
    void window.showErrorMessage(l10n.t("The flow could not be exported: {0}", reasonOf(error)));
    return;
  }
  const open = l10n.t("Open");
  const name = target.path.slice(target.path.lastIndexOf("/") + 1);
  if ((await window.showInformationMessage(l10n.t("The flow was exported to {0}.", name), open)) === open)
    await commands.executeCommand("vscode.open", target);
}

/** Beside the handler; for handlers that are no files in the first folder of the workspace. */
function besides(uri: Uri, ending: string): Uri | undefined {
  const name = `${uri.path.slice(uri.path.lastIndexOf("/") + 1).replace(/\.[^.]*$/, "")}.${ending}`;
  const folder = uri.scheme === "file" ? Uri.joinPath(uri, "..") : workspace.workspaceFolders?.[0]?.uri;
  return folder && Uri.joinPath(folder, name);
}
