import {
  Disposable,
  EventEmitter,
  type FileChangeEvent,
  FileChangeType,
  type FileStat,
  FileSystemError,
  type FileSystemProvider,
  FileType,
  l10n,
  MarkdownString,
  Uri,
  workspace,
} from "vscode";
import { PackageReadRequest, type PackageRow, packageScheme } from "../../../server/src/protocol";
import type { Server } from "../server";
import { isFile, type PackageModel } from "./packageModel";
import type { PackageStore } from "./packageStore";
import { baseName, outsideOf } from "./packageUri";

/** Larger files are to be extracted: an editor would not open them either. */
export const mostBytes = 64 * 1024 * 1024;

/** The files inside packages as VS Code's files: to be read, never to be written. */
export class PackageFiles implements FileSystemProvider, Disposable {
  private readonly changed = new EventEmitter<FileChangeEvent[]>();
  readonly onDidChangeFile = this.changed.event;
  /** Files that were asked for, by the URI of their package. */
  private readonly asked = new Map<string, Set<string>>();
  private readonly registrations: Disposable;

  constructor(
    private readonly server: Server,
    private readonly store: PackageStore,
    /** Called when a file could not be read for lack of a password. */
    private readonly onLocked: (uri: Uri) => void,
  ) {
    const isReadonly = new MarkdownString(
      l10n.t("Files inside a package are read-only. Extract them to change them."),
    );
    this.registrations = Disposable.from(
      workspace.registerFileSystemProvider(packageScheme, this, { isReadonly, isCaseSensitive: true }),
      store.onDidChangeContents((uri) => this.tell(uri)),
    );
  }

  watch(): Disposable {
    return new Disposable(() => undefined);
  }

  async stat(uri: Uri): Promise<FileStat> {
    const { row, model } = await this.find(uri);
    if (!row) return { type: FileType.Directory, ctime: 0, mtime: 0, size: model.contents.size };
    const time = row.modified === undefined ? 0 : Date.parse(row.modified) || 0;
    return {
      type: isFile(row) ? FileType.File : FileType.Directory,
      ctime: time,
      mtime: time,
      size: row.size ?? 0,
    };
  }

  async readDirectory(uri: Uri): Promise<[string, FileType][]> {
    const { row, model } = await this.find(uri);
    if (row && isFile(row)) throw FileSystemError.FileNotADirectory(uri);
    return model.childrenOf(row).map((child) => {
      const place = model.placeOf(child);
      const name = place.slice(place.lastIndexOf("/") + 1);
      return [name, isFile(child) ? FileType.File : FileType.Directory];
    });
  }

  async readFile(uri: Uri): Promise<Uint8Array> {
    const { row, outside } = await this.find(uri);
    if (!row || !isFile(row)) throw FileSystemError.FileIsADirectory(uri);
    const params: PackageReadRequest.Params = {
      uri: outside.toString(),
      path: row.path,
      ...(row.copy === undefined ? {} : { copy: row.copy }),
      most: mostBytes,
    };
    const answer = await this.server.request<PackageReadRequest.Result>(PackageReadRequest.method, params);
    if ("base64" in answer) return Buffer.from(answer.base64, "base64");
    const { reason, message } = answer.refusal;
    if (reason === "password-needed") throw this.locked(outside);
    throw FileSystemError.Unavailable(`${row.name}: ${message}`);
  }

  createDirectory(): never {
    throw readOnly();
  }
  writeFile(): never {
    throw readOnly();
  }
  delete(): never {
    throw readOnly();
  }
  rename(): never {
    throw readOnly();
  }

  dispose(): void {
    this.registrations.dispose();
    this.changed.dispose();
  }

  private async find(
    uri: Uri,
  ): Promise<{ readonly outside: Uri; readonly model: PackageModel; readonly row?: PackageRow }> {
    const { uri: outside, place } = outsideOf(uri);
    const asked = this.asked.get(outside.toString()) ?? new Set();
    this.asked.set(outside.toString(), asked.add(uri.toString()));
    const model = await this.store.open(outside).catch((error: unknown) => {
      throw FileSystemError.Unavailable(error instanceof Error ? error.message : String(error));
    });
    if (place === "") return { outside, model };
    const row = model.at(place);
    if (row) return { outside, model, row };
    // It may be in a zip that only the password opens.
    if (model.contents.locked) throw this.locked(outside);
    throw FileSystemError.FileNotFound(uri);
  }

  private locked(outside: Uri): FileSystemError {
    this.onLocked(outside);
    return FileSystemError.NoPermissions(
      l10n.t("{0} is encrypted. Give its password, then open the file again.", baseName(outside)),
    );
  }

  /** What is open from a package may have other content now. */
  private tell(outside: Uri): void {
    const asked = this.asked.get(outside.toString());
    if (!asked) return;
    this.changed.fire([...asked].map((uri) => ({ type: FileChangeType.Changed, uri: Uri.parse(uri, true) })));
  }
}

function readOnly(): FileSystemError {
  return FileSystemError.NoPermissions(
    l10n.t("Files inside a package are read-only. Extract them to change them."),
  );
}
