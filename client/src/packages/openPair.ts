import { commands, l10n, Uri, window } from "vscode";
import { type ComparedFile, type PackagePair, PackagePeekRequest } from "../../../server/src/protocol";
import { listingUri } from "../handlers/listingUri";
import type { Server } from "../server";
import { hexUri } from "./hexDocuments";
import { hasViewer } from "./openItem";
import type { PackageStore } from "./packageStore";
import { baseName, insideUri } from "./packageUri";

/** Opens what differs: handlers as listings side by side, text as text, anything else in hexadecimal. */
export async function openPair(server: Server, store: PackageStore, pair: PackagePair): Promise<void> {
  const { status, reason } = pair;
  if (status === "unreadable") {
    void window.showWarningMessage(l10n.t("{0} cannot be compared: {1}.", pair.path, reason ?? ""));
    return;
  }
  const old = pair.old && (await uriOf(store, pair.old));
  const now = pair.new && (await uriOf(store, pair.new));
  const only = now ?? old;
  if (!only) return;
  const asHex = !(await isText(server, pair)) && !hasViewer(only.path);
  if (!old || !now || status === "identical") {
    await commands.executeCommand("vscode.open", asHex ? hexUri(only) : only);
    return;
  }
  const shown = /\.ihd$/i.test(only.path) ? listingUri : asHex ? hexUri : (uri: Uri): Uri => uri;
  const title = l10n.t("{0} ({1} → {2})", baseName(only), sideName(pair.old), sideName(pair.new));
  await commands.executeCommand("vscode.diff", shown(old), shown(now), title);
}

/** The file on disk, or the file inside the package. */
async function uriOf(store: PackageStore, { uri, path, copy }: ComparedFile): Promise<Uri> {
  const file = Uri.parse(uri, true);
  if (path === undefined) return file;
  const model = await store.open(file);
  const row = model.find(path, copy);
  if (!row) throw new Error(l10n.t("There is no {0} in {1} any more. Compare again.", path, baseName(file)));
  return insideUri(file, model, row);
}

/** Judged by one side that is in a package; for files on disk VS Code judges. */
async function isText(server: Server, { old, new: now }: PackagePair): Promise<boolean> {
  const side = [now, old].find((each) => each?.path !== undefined);
  if (side?.path === undefined) return true;
  const { uri, path, copy } = side;
  const params: PackagePeekRequest.Params = { uri, path, ...(copy === undefined ? {} : { copy }) };
  const answer = await server.request<PackagePeekRequest.Result>(PackagePeekRequest.method, params);
  return "kind" in answer && answer.kind === "text";
}

function sideName(side: ComparedFile | undefined): string {
  const path = side ? Uri.parse(side.uri, true).path : "";
  return side?.path === undefined ? folderName(path) : path.slice(path.lastIndexOf("/") + 1);
}

/** Of the folder that a file is in. */
function folderName(path: string): string {
  return path.split("/").at(-2) ?? path;
}
