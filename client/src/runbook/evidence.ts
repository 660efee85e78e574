import { commands, env, l10n, type QuickPickItem, Uri, window, workspace } from "vscode";
import type { RunbookStep } from "../../../server/src/protocol";

/** Asks what proves a step: a file, or an address. "" takes it away; undefined: given up. */
export async function askForEvidence(
  step: RunbookStep,
  folder: Uri | undefined,
): Promise<string | undefined> {
  const file: QuickPickItem = { label: l10n.t("Choose a File...") };
  const text: QuickPickItem = { label: l10n.t("Enter a Path or Address...") };
  const none: QuickPickItem = { label: l10n.t("Remove the Evidence") };
  const title = l10n.t("Evidence for {0}", `${step.number} ${step.title}`);
  const chosen = await window.showQuickPick(step.evidence === "" ? [file, text] : [file, text, none], {
    title,
  });
  switch (chosen) {
    case file: {
      const uris = await window.showOpenDialog({ title, ...(folder ? { defaultUri: folder } : {}) });
      return uris?.[0] && pathOf(uris[0], folder);
    }
    case text: {
      const value = await window.showInputBox({
        title,
        value: step.evidence,
        prompt: l10n.t("A path below the workspace folder, or an address that begins with https://"),
      });
      return value?.trim();
    }
    case none:
      return "";
    default:
      return undefined;
  }
}

/** Below the folder where it is in it, so that the others find it too. */
function pathOf(uri: Uri, folder: Uri | undefined): string {
  const inside = folder && uri.path.startsWith(`${folder.path}/`);
  return inside ? uri.path.slice(folder.path.length + 1) : uri.fsPath;
}

/** Opens what a step names as its evidence. Addresses are opened in the browser, which VS Code asks about. */
export async function openEvidence({ evidence }: RunbookStep, folder: Uri | undefined): Promise<void> {
  if (/^https?:\/\//i.test(evidence)) {
    await env.openExternal(Uri.parse(evidence, true));
    return;
  }
  const isAbsolute = /^(?:[a-z]:[\\/]|[\\/])/i.test(evidence);
  const uri = isAbsolute || !folder ? Uri.file(evidence) : Uri.joinPath(folder, ...evidence.split(/[\\/]/));
  try {
    await workspace.fs.stat(uri);
  } catch {
    throw new Error(l10n.t("The evidence {0} is not there. Set another one, or copy it here.", evidence));
  }
  await commands.executeCommand("vscode.open", uri);
}
