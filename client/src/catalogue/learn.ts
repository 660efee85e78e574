import { FileType, l10n, Uri, window, workspace } from "vscode";
import { HandlersRequest, LearnCatalogueRequest } from "../../../server/src/protocol";
import { chooseFolder, foldersOf } from "../compare/choose";
import { withProgress } from "../compare/comparison";
import { labelOf, nameOf } from "../compare/side";
import type { Server } from "../server";
import { setTarget } from "./target";

let last = 0;

/** Learns the tools of a release from a folder of its handlers, saves them, and makes them the target. Asks for what is not given. */
export async function learnCatalogue(
  server: Server,
  givenFolder?: unknown,
  givenTarget?: unknown,
  givenFile?: unknown,
): Promise<void> {
  const folder = givenFolder instanceof Uri ? givenFolder : await askForFolder(server);
  const target = folder && (typeof givenTarget === "string" ? givenTarget : await askForTarget(folder));
  if (!folder || !target) return;
  const file = givenFile instanceof Uri ? givenFile : await askForFile(target);
  if (!file) return;
  const id = `learn-${++last}`;
  const params: LearnCatalogueRequest.Params = { id, folder: folder.toString(), target };
  const result = await withProgress<LearnCatalogueRequest.Result>(
    server,
    id,
    l10n.t("Learning the tools of {0}", target),
    LearnCatalogueRequest.method,
    params,
  );
  if (!result) return;
  const { text, tools, handlers, leftOut } = result;
  for (const each of leftOut) server.log.warn(each);
  if (text === null)
    throw new Error(
      l10n.t(
        "No tools were found in {0}: it holds {1} handlers that can be read.",
        labelOf(folder),
        handlers,
      ),
    );
  await workspace.fs.writeFile(file, new TextEncoder().encode(text));
  await setTarget(file);
  void tell(server, { target, tools, handlers, leftOut: leftOut.length, file });
}

async function askForFolder(server: Server): Promise<Uri | undefined> {
  const { handlers } = await server.request<HandlersRequest.Result>(HandlersRequest.method);
  const known = foldersOf(handlers.map(({ uri }) => uri));
  return await chooseFolder(l10n.t("Learn Tool Catalogue (1/3): Handlers of the Target Release"), known);
}

async function askForTarget(folder: Uri): Promise<string | undefined> {
  const name = await window.showInputBox({
    title: l10n.t("Learn Tool Catalogue (2/3): Name of the Release"),
    prompt: l10n.t("Messages name it, for example: 2018 R5"),
    value: nameOf(folder),
    ignoreFocusOut: true,
    validateInput: (text) => (text.trim() === "" ? l10n.t("The release needs a name.") : undefined),
  });
  return name?.trim();
}

/** The dialog asks before it replaces a file. */
async function askForFile(target: string): Promise<Uri | undefined> {
  const root = workspace.workspaceFolders?.[0]?.uri;
  const own = root && Uri.joinPath(root, ".handler-workbench");
  const isThere =
    own &&
    (await workspace.fs.stat(own).then(
      ({ type }) => type === FileType.Directory,
      () => false,
    ));
  const folder = isThere ? own : root;
  const name = `${target.replace(/[^\p{L}\p{N}._-]+/gu, "-")}.catalogue.json`;
  return await window.showSaveDialog({
    title: l10n.t("Learn Tool Catalogue (3/3): Save As"),
    defaultUri: folder && Uri.joinPath(folder, name),
    filters: { [l10n.t("Tool Catalogue")]: ["json"] },
  });
}

async function tell(
  server: Server,
  learned: { target: string; tools: number; handlers: number; leftOut: number; file: Uri },
): Promise<void> {
  const { target, tools, handlers, leftOut, file } = learned;
  const text = l10n.t(
    "{0} tools of {1} were learned from {2} handlers, saved in {3}, and are the migration target now.",
    tools,
    target,
    handlers,
    labelOf(file),
  );
  if (leftOut === 0) {
    void window.showInformationMessage(text);
    return;
  }
  const log = l10n.t("Show Log");
  const rest = l10n.t("{0} could not be read and were left out.", leftOut);
  if ((await window.showWarningMessage(`${text} ${rest}`, log)) === log) server.log.show();
}
