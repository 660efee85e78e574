import { basename, dirname } from "node:path";
import { l10n, Uri, window, workspace } from "vscode";
import { ExportRunRequest, type RunRequest } from "../../../../server/src/protocol";
import type { Server } from "../../server";

/** Writes a run as a batch file or shell script for the official tools; it holds no password. */
export async function exportRun(server: Server, request: RunRequest, given?: Uri): Promise<void> {
  const [first] = request.scripts;
  const folder = workspace.workspaceFolders?.[0]?.uri ?? Uri.file(dirname(first?.path ?? "/"));
  const name = basename(first?.path ?? "run").replace(/\.[^.]*$/, "");
  const target =
    given ??
    (await window.showSaveDialog({
      title: l10n.t("Export for sqlcmd or SQL*Plus"),
      defaultUri: Uri.joinPath(folder, `run-${name}.${process.platform === "win32" ? "bat" : "sh"}`),
      filters: { [l10n.t("Batch file (Windows)")]: ["bat"], [l10n.t("Shell script")]: ["sh"] },
    }));
  if (!target) return;
  const params: ExportRunRequest.Params = {
    request,
    form: /\.(?:bat|cmd)$/i.test(target.path) ? "bat" : "sh",
  };
  const { text } = await server.request<ExportRunRequest.Result>(ExportRunRequest.method, params);
  await workspace.fs.writeFile(target, new TextEncoder().encode(text));
  await window.showTextDocument(target);
}
