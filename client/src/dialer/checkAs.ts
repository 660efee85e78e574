import { l10n, type QuickPickItem, QuickPickItemKind, type TextDocument, window } from "vscode";
import { FormatsRequest } from "../../../server/src/protocol";
import type { Server } from "../server";
import type { KnownTexts } from "./knownTexts";

/** Lets the user say what the file in the editor is: names and contents do not always tell. */
export async function checkAs(server: Server, texts: KnownTexts): Promise<void> {
  const document = window.activeTextEditor?.document;
  if (!document) {
    void window.showInformationMessage(l10n.t("Open the file to check in the editor first."));
    return;
  }
  const chosen = await choose(server, texts, document);
  if (chosen) await texts.choose(document, chosen.format);
}

type Item = QuickPickItem & { readonly format?: string };

async function choose(server: Server, texts: KnownTexts, { uri }: TextDocument): Promise<Item | undefined> {
  const { formats } = await server.request<FormatsRequest.Result>(FormatsRequest.method);
  const now = texts.formatOf(uri)?.id;
  const items: Item[] = [
    ...formats.map(({ id, title }) => ({
      label: title,
      description: id === now ? l10n.t("as it is checked now") : undefined,
      format: id,
    })),
    { label: "", kind: QuickPickItemKind.Separator },
    ...(texts.chosenFor(uri) === undefined
      ? []
      : [{ label: l10n.t("Recognise by Name and Content"), format: undefined }]),
    ...(now === undefined ? [] : [{ label: l10n.t("Do Not Check"), format: "" }]),
  ];
  const name = uri.path.slice(uri.path.lastIndexOf("/") + 1);
  return await window.showQuickPick(items, { title: l10n.t("Check {0} as", name) });
}
