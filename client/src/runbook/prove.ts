import { l10n, ProgressLocation, Uri, window, workspace } from "vscode";
import type { RunbookStep } from "../../../server/src/protocol";
import type { RunbookFile } from "./runbookFile";

/** Looks at the workspace for what proves a step, all of it, and says what was seen. Asks for passwords of packages. */
export async function proveStep(file: RunbookFile, { id, number }: RunbookStep): Promise<void> {
  const look = (passwords?: Readonly<Record<string, string>>): Thenable<readonly string[] | undefined> =>
    window.withProgress(
      {
        location: ProgressLocation.Notification,
        title: l10n.t("Looking for proof of {0}", number),
        cancellable: true,
      },
      async (_progress, token) => {
        try {
          return await file.prove({ step: id, ...(passwords ? { passwords } : {}) }, token);
        } catch (error) {
          if (token.isCancellationRequested) return undefined;
          throw error;
        }
      },
    );
  const locked = await look();
  if (!locked) return;
  const passwords: Record<string, string> = {};
  for (const uri of locked) {
    const password = await window.showInputBox({
      title: l10n.t("Password of {0}", workspace.asRelativePath(Uri.parse(uri, true))),
      prompt: l10n.t("Used to read the package now, and kept nowhere"),
      password: true,
    });
    if (password) passwords[uri] = password;
  }
  if (Object.keys(passwords).length > 0 && !(await look(passwords))) return;
  const step = file.runbook?.phases.flatMap(({ steps }) => steps).find((each) => each.id === id);
  if (!step?.look) return;
  const { outcome, text } = step.look;
  if (outcome === "proved") void window.showInformationMessage(l10n.t("{0} is proved. {1}", number, text));
  else void window.showWarningMessage(l10n.t("{0} is not proved. {1}", number, text));
}
