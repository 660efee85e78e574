import { Uri, workspace } from "vscode";

/** The folder of a file as users know it: below its workspace folder; that one's name where the file lies in itself. */
export function folderOf(uri: Uri): string {
  const folder = Uri.joinPath(uri, "..");
  const root = workspace.getWorkspaceFolder(uri);
  return root?.uri.toString() === folder.toString() ? root.name : workspace.asRelativePath(folder);
}
