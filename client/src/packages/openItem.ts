import type { Uri } from "vscode";
import { commands, l10n, type TextDocumentShowOptions, ViewColumn, window } from "vscode";
import { PackagePeekRequest, type PackageRow } from "../../../server/src/protocol";
import type { Server } from "../server";
import { hexUri } from "./hexDocuments";
import { isFile, isLocked } from "./packageModel";
import type { PackageStore } from "./packageStore";
import { insideUri } from "./packageUri";
import type { Passwords } from "./passwords";

export interface ItemChoice {
  readonly uri: Uri;
  readonly path: string;
  readonly copy?: number | undefined;
  readonly beside?: boolean;
}

/** Opens files inside packages: as what they are, or in hexadecimal. */
export class ItemOpener {
  constructor(
    private readonly server: Server,
    private readonly store: PackageStore,
    private readonly passwords: Passwords,
  ) {}

  /** Handlers open in the flow view, text and what VS Code has a viewer for in that, the rest in hexadecimal. */
  async open(choice: ItemChoice): Promise<void> {
    const found = await this.unlocked(choice);
    if (!found) return;
    const { inside, row } = found;
    const params: PackagePeekRequest.Params = {
      uri: choice.uri.toString(),
      path: row.path,
      ...(row.copy === undefined ? {} : { copy: row.copy }),
    };
    const answer = await this.server.request<PackagePeekRequest.Result>(PackagePeekRequest.method, params);
    if ("refusal" in answer) {
      throw new Error(l10n.t("{0} cannot be opened: {1}.", row.name, answer.refusal.message));
    }
    const asHex = answer.kind === "binary" && !hasViewer(row.name);
    await show(asHex ? hexUri(inside) : inside, choice);
  }

  async openAsHex(choice: ItemChoice): Promise<void> {
    const found = await this.unlocked(choice);
    if (found) await show(hexUri(found.inside), choice);
  }

  /** The URI of a file whose content can be read; undefined when it cannot be opened, which was said. */
  private async unlocked({
    uri,
    path,
    copy,
  }: ItemChoice): Promise<{ readonly inside: Uri; readonly row: PackageRow } | undefined> {
    let model = await this.store.open(uri);
    let row = model.find(path, copy);
    if (row && isFile(row) && isLocked(row, model.contents)) {
      if (!(await this.passwords.ask(this.store, uri))) return undefined;
      model = await this.store.open(uri);
      row = model.find(path, copy);
    }
    if (!row) throw new Error(l10n.t("There is no {0} in the package any more.", path));
    if (isFile(row)) return { inside: insideUri(uri, model, row), row };
    // A zip that the password opened is a folder now; the tree shows what is in it.
    void window.showInformationMessage(l10n.t("{0} is open now; choose a file in it.", row.name));
    return undefined;
  }
}

/** VS Code's own viewers, and ours. */
export function hasViewer(name: string): boolean {
  return /\.(ihd|png|jpe?g|gif|bmp|webp|ico|avif|mp3|wav|ogg|mp4|webm)$/i.test(name);
}

async function show(uri: Uri, { beside }: ItemChoice): Promise<void> {
  const options: TextDocumentShowOptions = beside
    ? { viewColumn: ViewColumn.Beside, preview: false }
    : { preview: true };
  await commands.executeCommand("vscode.open", uri, options);
}
