import { basename, dirname } from "node:path";
import { l10n, Uri, window, workspace } from "vscode";
import { ExportRunRequest, type RunRequest } from "../../../../server/src/protocol";
import type { Server } from "../../server";

/** Writes a run as a batch file or shell script for the official tools, with what it needs beside it; no password. */
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
    name: basename(target.path),
  };
  const { files } = await server.request<ExportRunRequest.Result>(ExportRunRequest.method, params);
  const placed = files.map(({ name, text }) => ({ uri: Uri.joinPath(target, "..", name), text }));
  // The dialog has asked about the first one, and knows nothing of those beside it.
  if (!(await mayReplace(placed.slice(1).map(({ uri }) => uri)))) return;
  for (const { uri, text } of placed) await workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  await window.showTextDocument(target);
}

async function mayReplace(uris: readonly Uri[]): Promise<boolean> {
  const there: string[] = [];
  for (const uri of uris) {
    const found = await workspace.fs.stat(uri).then(
      () => true,
      () => false,
    );
    if (found) there.push(basename(uri.path));
  }
  if (there.length === 0) return true;
  const replace = l10n.t("Replace");
  const answer = await window.showWarningMessage(
    l10n.t("The export needs files that are there already: {0}.", there.join(", ")),
    { modal: true, detail: l10n.t("Replace them, or choose another name for the export.") },
    replace,
  );
  return answer === replace;
}
