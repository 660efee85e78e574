import { l10n, type QuickPickItem, Uri, window, workspace } from "vscode";
import {
  CarryOutRequest,
  type FolderPlanKind,
  FolderPlanRequest,
  HandlersRequest,
} from "../../../server/src/protocol";
import { chooseFolder, foldersOf } from "../compare/choose";
import { withProgress } from "../compare/comparison";
import { labelOf, nameOf } from "../compare/side";
import type { Server } from "../server";

let last = 0;

/** Copies a folder of handlers and checks each copy by its hash. Asks for the folders that are not given. */
export async function backUp(server: Server, givenFrom?: unknown, givenTo?: unknown): Promise<void> {
  const from = await folderFor(server, l10n.t("Folder of Handlers to Back Up"), givenFrom);
  const to = from && (givenTo instanceof Uri ? givenTo : await askForBackup(from));
  if (from && to) await planAndCarryOut(server, "backup", from, to);
}

/** Copies custom handlers into the folder `ToBeMigrated` of the target's custom handlers. */
export async function prepareToBeMigrated(
  server: Server,
  givenFrom?: unknown,
  givenTo?: unknown,
): Promise<void> {
  const from = await folderFor(server, l10n.t("ToBeMigrated (1/2): Custom Handlers as They Were"), givenFrom);
  const to =
    from && (await folderFor(server, l10n.t("ToBeMigrated (2/2): Custom Handlers of the Target"), givenTo));
  if (from && to) await planAndCarryOut(server, "to-be-migrated", from, to);
}

/** Moves a handler that is migrated out of `ToBeMigrated`. */
export async function moveMigrated(server: Server, given?: unknown): Promise<void> {
  const handler = given instanceof Uri ? given : await chooseWaiting();
  if (handler) await planAndCarryOut(server, "done", handler);
}

async function folderFor(server: Server, title: string, given: unknown): Promise<Uri | undefined> {
  if (given instanceof Uri) return given;
  const { handlers } = await server.request<HandlersRequest.Result>(HandlersRequest.method);
  return await chooseFolder(title, foldersOf(handlers.map(({ uri }) => uri)));
}

async function askForBackup(from: Uri): Promise<Uri | undefined> {
  const [parent] =
    (await window.showOpenDialog({
      title: l10n.t("Back Up {0} Into a New Folder Below", labelOf(from)),
      canSelectFiles: false,
      canSelectFolders: true,
      openLabel: l10n.t("Choose"),
    })) ?? [];
  if (!parent) return undefined;
  const name = await window.showInputBox({
    title: l10n.t("Name of the Backup's Folder"),
    value: `${nameOf(from)} ${new Date().toISOString().slice(0, 10)}`,
    ignoreFocusOut: true,
    validateInput: (text) =>
      /^\s*$|[\\/:*?"<>|]|^\.+$/.test(text) ? l10n.t("This is no name of a folder.") : undefined,
  });
  return name ? Uri.joinPath(parent, name.trim()) : undefined;
}

async function chooseWaiting(): Promise<Uri | undefined> {
  const waiting = await workspace.findFiles("**/[Tt]o[Bb]e[Mm]igrated/**/*.[iI][hH][dD]");
  if (waiting.length === 0)
    throw new Error(l10n.t("No handler waits in a folder ToBeMigrated of the workspace."));
  const chosen = await window.showQuickPick(
    waiting
      .map((uri): QuickPickItem & { uri: Uri } => ({ label: nameOf(uri), description: labelOf(uri), uri }))
      .sort((one, other) => one.label.localeCompare(other.label)),
    { title: l10n.t("Migrated Handler to Move out of ToBeMigrated"), matchOnDescription: true },
  );
  return chosen?.uri;
}

/** Shows what would be done and asks; only then does it. */
async function planAndCarryOut(server: Server, kind: FolderPlanKind, from: Uri, to?: Uri): Promise<void> {
  const id = `folders-${++last}`;
  const params: FolderPlanRequest.Params = { id, kind, from: from.toString(), to: to?.toString() ?? "" };
  const plan = await withProgress<FolderPlanRequest.Result>(
    server,
    id,
    l10n.t("Looking at {0}", labelOf(from)),
    FolderPlanRequest.method,
    params,
  );
  if (!plan) return;
  const answer = kind === "done" ? await askAboutMove(from, plan) : await askAboutCopy(plan);
  if (!answer) return;
  const result = await withProgress<CarryOutRequest.Result>(
    server,
    id,
    kind === "done" ? l10n.t("Moving {0}", nameOf(from)) : l10n.t("Copying to {0}", plan.to),
    CarryOutRequest.method,
    { id, ...answer } satisfies CarryOutRequest.Params,
  );
  if (result) tellDone(server, kind, result, plan.to);
}

type Answer = Pick<CarryOutRequest.Params, "replace" | "remove">;

/** undefined: given up. */
async function askAboutCopy({
  from,
  to,
  counts,
  differing,
}: FolderPlanRequest.Result): Promise<Answer | undefined> {
  const total = counts.new + counts.same + counts.differs;
  if (total === 0) throw new Error(l10n.t("There is nothing to copy in {0}.", from));
  if (counts.new === 0 && counts.differs === 0) {
    void window.showInformationMessage(
      l10n.t("All {0} files are in {1} already, with the same content.", counts.same, to),
    );
    return undefined;
  }
  if (counts.differs === 0) return { replace: [], remove: false };
  const keep = l10n.t("Keep Those There");
  const choose = l10n.t("Choose What to Replace...");
  const message = l10n.t("{0} files in {1} are others than those to be copied.", counts.differs, to);
  const detail = l10n.t(
    "{0} files are new, {1} are there already with the same content. What is kept is not copied.",
    counts.new,
    counts.same,
  );
  const chosen = await window.showWarningMessage(message, { modal: true, detail }, keep, choose);
  if (chosen === keep) return { replace: [], remove: false };
  if (chosen !== choose) return undefined;
  const replace = await window.showQuickPick(
    differing.map((path): QuickPickItem => ({ label: path })),
    {
      title: l10n.t("Files to Replace"),
      placeHolder: l10n.t("What is not checked is kept as it is"),
      canPickMany: true,
      ignoreFocusOut: true,
    },
  );
  return replace && { replace: replace.map(({ label }) => label), remove: false };
}

/** A handler that Designer saved at the target already is the migrated one; the one that waits is the old one. */
async function askAboutMove(handler: Uri, plan: FolderPlanRequest.Result): Promise<Answer | undefined> {
  const name = nameOf(handler);
  const { counts, differing, isOnlyDeletion, to } = plan;
  if (counts.new > 0) return { replace: [], remove: false };
  const remove = l10n.t("Delete the Waiting One");
  const replace = l10n.t("Replace by the Waiting One");
  const message = isOnlyDeletion
    ? l10n.t("{0} is in {1} already, with the same content.", name, to)
    : l10n.t(
        "{0} is in {1} already, with another content: it may have been migrated and saved there.",
        name,
        to,
      );
  const buttons = isOnlyDeletion ? [remove] : [remove, replace];
  const chosen = await window.showWarningMessage(message, { modal: true }, ...buttons);
  if (chosen === remove) return { replace: [], remove: true };
  return chosen === replace ? { replace: differing, remove: false } : undefined;
}

function tellDone(
  server: Server,
  kind: FolderPlanKind,
  { done, kept, failed }: CarryOutRequest.Result,
  to: string,
): void {
  for (const each of failed) server.log.error(each);
  if (failed.length > 0) {
    const more =
      failed.length > 1 ? ` ${l10n.t("{0} more failed; the log names them.", failed.length - 1)}` : "";
    throw new Error(`${failed[0]}${more}`);
  }
  void window.showInformationMessage(
    kind === "done"
      ? l10n.t("The handler is out of ToBeMigrated; it is in {0}.", to)
      : l10n.t("{0} files were copied to {1} and checked; {2} were left as they are.", done, to, kept),
  );
}
