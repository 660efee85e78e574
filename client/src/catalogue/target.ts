import {
  commands,
  ConfigurationTarget,
  Disposable,
  languages,
  LanguageStatusSeverity,
  l10n,
  type QuickPickItem,
  Uri,
  window,
  workspace,
} from "vscode";
import { HandlersRequest, listingLanguage, type TargetState } from "../../../server/src/protocol";
import { chooseFolder, foldersOf } from "../compare/choose";
import type { Server } from "../server";

const mostFound = 200;

/** Says what handlers are compared with, and what is wrong with it. */
export class Target implements Disposable {
  private readonly status = languages.createLanguageStatusItem("handlerWorkbench.target", [
    { language: listingLanguage },
    { pattern: "**/*.ihd" },
  ]);
  private readonly listener: Disposable;
  /** What was said last: the same is not said twice. */
  private said = "";

  constructor(server: Server) {
    this.status.name = l10n.t("Migration Target");
    this.status.command = { title: l10n.t("Choose Target"), command: "handlerWorkbench.chooseTarget" };
    this.listener = server.onDidChangeTarget((state) => this.show(state));
    this.status.text = l10n.t("No migration target");
  }

  dispose(): void {
    Disposable.from(this.status, this.listener).dispose();
  }

  private show({ catalogue, base }: TargetState): void {
    const { status } = this;
    status.severity = LanguageStatusSeverity.Information;
    status.detail = undefined;
    switch (catalogue.state) {
      case "none":
        status.text = l10n.t("No migration target");
        break;
      case "ready":
        status.text = l10n.t("Migration target: {0}", catalogue.target);
        status.detail = l10n.t("{0} tools, learned from {1} handlers", catalogue.tools, catalogue.handlers);
        break;
      case "failed":
        status.text = l10n.t("Migration target: not used");
        status.detail = catalogue.message;
        status.severity = LanguageStatusSeverity.Error;
    }
    const said = [...(catalogue.state === "failed" ? [catalogue.message] : []), ...base.problems].join("\n");
    if (said === this.said) return;
    this.said = said;
    if (catalogue.state === "failed") void complain(catalogue.message);
    else if (base.problems.length > 0) void complainOfBase(base.problems);
  }
}

async function complain(message: string): Promise<void> {
  const [choose, learn] = [l10n.t("Choose Another..."), l10n.t("Learn...")];
  const chosen = await window.showErrorMessage(message, choose, learn);
  if (chosen === choose) await commands.executeCommand("handlerWorkbench.chooseTarget");
  if (chosen === learn) await commands.executeCommand("handlerWorkbench.learnCatalogue");
}

async function complainOfBase(problems: readonly string[]): Promise<void> {
  const choose = l10n.t("Choose Another...");
  const more = problems.length > 1 ? ` ${l10n.t("There are {0} more problems.", problems.length - 1)}` : "";
  if ((await window.showWarningMessage(`${problems[0]}${more}`, choose)) === choose)
    await commands.executeCommand("handlerWorkbench.chooseBaseFolder");
}

/** Lets the user choose the catalogue that handlers are compared with; null: none. */
export async function chooseTarget(given?: unknown): Promise<void> {
  if (given instanceof Uri || given === null) return await setTarget(given);
  const found = await workspace.findFiles("**/*.catalogue.json", undefined, mostFound);
  const none = l10n.t("No Target");
  const learn = l10n.t("Learn from Handlers...");
  const browse = l10n.t("Browse...");
  type Item = QuickPickItem & { readonly uri?: Uri };
  const chosen = await window.showQuickPick<Item>(
    [
      ...found.map((uri): Item => ({ label: workspace.asRelativePath(uri), uri })),
      { label: learn, detail: l10n.t("From a folder of handlers of the target release") },
      { label: browse },
      { label: none, detail: l10n.t("Only what real handlers show to be newer is reported") },
    ],
    { title: l10n.t("Tool Catalogue of the Migration Target") },
  );
  if (!chosen) return;
  if (chosen.uri) return await setTarget(chosen.uri);
  if (chosen.label === none) return await setTarget(null);
  if (chosen.label === learn) {
    await commands.executeCommand("handlerWorkbench.learnCatalogue");
    return;
  }
  const [opened] =
    (await window.showOpenDialog({
      title: l10n.t("Tool Catalogue of the Migration Target"),
      filters: { [l10n.t("Tool Catalogue")]: ["json"] },
    })) ?? [];
  if (opened) await setTarget(opened);
}

/** Lets the user choose the base handlers of the release that the handlers were made for; null: none. */
export async function chooseBaseFolder(server: Server, given?: unknown): Promise<void> {
  const folder =
    given instanceof Uri || given === null
      ? given
      : await chooseFolder(
          l10n.t("Base Handlers of the Release That the Handlers Were Made For"),
          foldersOf(
            (await server.request<HandlersRequest.Result>(HandlersRequest.method)).handlers.map(
              ({ uri }) => uri,
            ),
          ),
        );
  if (folder !== undefined) await update("migration.baseFolders", folder && [pathOf(folder)]);
}

/** Names the catalogue in the settings; null takes it out. */
export async function setTarget(file: Uri | null): Promise<void> {
  await update("migration.targetCatalogue", file && pathOf(file));
}

/** Below its workspace folder, so that others have it as well. */
function pathOf(uri: Uri): string {
  return workspace.getWorkspaceFolder(uri) ? workspace.asRelativePath(uri, false) : uri.fsPath;
}

/** In the workspace, where there is one: the target is a matter of its handlers. */
async function update(name: string, value: unknown): Promise<void> {
  const where = workspace.workspaceFolders ? ConfigurationTarget.Workspace : ConfigurationTarget.Global;
  await workspace.getConfiguration("handlerWorkbench").update(name, value ?? undefined, where);
}
