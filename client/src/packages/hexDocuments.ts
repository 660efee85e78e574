import { Disposable, EventEmitter, l10n, type TextDocumentContentProvider, Uri, workspace } from "vscode";
import { packageScheme } from "../../../server/src/protocol";
import { hexText, mostHexBytes } from "./hexText";
import type { PackageStore } from "./packageStore";
import { outsideOf } from "./packageUri";

const hexScheme = "ininmigr-hex";

/** The hexadecimal view of a file, inside a package or not. */
export function hexUri(file: Uri): Uri {
  return Uri.from({ scheme: hexScheme, path: `${file.path}.hex`, query: file.toString() });
}

/** Files as text in hexadecimal, which every editor command and screen reader can deal with. */
export class HexDocuments implements TextDocumentContentProvider, Disposable {
  private readonly changed = new EventEmitter<Uri>();
  readonly onDidChange = this.changed.event;
  private readonly registrations: Disposable;

  constructor(store: PackageStore) {
    this.registrations = Disposable.from(
      workspace.registerTextDocumentContentProvider(hexScheme, this),
      store.onDidChangeContents((outside) => {
        for (const { uri } of workspace.textDocuments) {
          if (uri.scheme !== hexScheme) continue;
          const file = Uri.parse(uri.query, true);
          if (file.scheme === packageScheme && outsideOf(file).uri.toString() === outside.toString()) {
            this.changed.fire(uri);
          }
        }
      }),
    );
  }

  async provideTextDocumentContent(uri: Uri): Promise<string> {
    const bytes = await workspace.fs.readFile(Uri.parse(uri.query, true));
    const more = bytes.length - mostHexBytes;
    const note =
      more > 0
        ? `\n${l10n.t("{0} more bytes are not shown. Extract the file to see all of it.", more.toLocaleString())}`
        : "";
    return hexText(bytes) + note;
  }

  dispose(): void {
    this.registrations.dispose();
    this.changed.dispose();
  }
}
