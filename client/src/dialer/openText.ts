import { commands, type TextDocumentShowOptions, type Uri } from "vscode";

/**
 * Opens a text file as a click on it does. What an extension opens itself stays open for minutes after its tab
 * was closed, and its problems with it.
 */
export async function openText(uri: Uri, options: TextDocumentShowOptions): Promise<void> {
  await commands.executeCommand("vscode.open", uri, options);
}
