import {
  Disposable,
  EventEmitter,
  FileSystemError,
  l10n,
  RelativePattern,
  Uri,
  window,
  workspace,
} from "vscode";
import { type WorkListMark, WorkListRequest } from "../../../server/src/protocol";
import type { Server } from "../server";

const path = [".handler-workbench", "carry-forward.json"] as const;

/** The check marks and notes of the workspace, in a file that is read and written as a whole. */
export class WorkListFile implements Disposable {
  private readonly changed = new EventEmitter<void>();
  readonly onDidChange = this.changed.event;
  private marks: ReadonlyMap<string, WorkListMark> = new Map();
  private readonly watcher: Disposable;
  /** One after another: each write begins with what the one before wrote. */
  private work: Promise<void> = Promise.resolve();

  constructor(private readonly server: Server) {
    const folder = workspace.workspaceFolders?.[0];
    if (!folder) {
      this.watcher = Disposable.from();
      return;
    }
    const watcher = workspace.createFileSystemWatcher(new RelativePattern(folder, path.join("/")));
    const read = (): Promise<void> => this.read();
    this.watcher = Disposable.from(
      watcher,
      watcher.onDidChange(read),
      watcher.onDidCreate(read),
      watcher.onDidDelete(read),
    );
  }

  get(handler: string, item: string): WorkListMark {
    return this.marks.get(keyOf(handler, item)) ?? { handler, item, done: false, note: "" };
  }

  /** Reads the file; where it cannot be used, says why. */
  async read(): Promise<void> {
    await this.enqueue([]);
  }

  /** Sets marks in the file as it is now, so that marks of others stay. */
  async set(marks: readonly WorkListMark[]): Promise<void> {
    await this.enqueue(marks);
  }

  /** Of the file; "" = there is none. */
  async text(): Promise<string> {
    const file = this.file();
    return file ? await textOf(file) : "";
  }

  dispose(): void {
    this.watcher.dispose();
    this.changed.dispose();
  }

  private async enqueue(set: readonly WorkListMark[]): Promise<void> {
    const done = this.work.then(() => this.update(set));
    this.work = done.catch(() => undefined);
    await done;
  }

  private async update(set: readonly WorkListMark[]): Promise<void> {
    const file = this.file();
    if (!file) {
      if (set.length > 0)
        throw new Error(l10n.t("Open a folder first: check marks are kept in its file {0}.", path.join("/")));
      return;
    }
    const text = await textOf(file);
    const params: WorkListRequest.Params = { text, set };
    const result = await this.server.request<WorkListRequest.Result>(WorkListRequest.method, params);
    this.marks = new Map(result.marks.map((mark) => [keyOf(mark.handler, mark.item), mark]));
    this.changed.fire();
    if (set.length > 0 && result.text !== null) {
      await workspace.fs.createDirectory(Uri.joinPath(file, ".."));
      await workspace.fs.writeFile(file, new TextEncoder().encode(result.text));
    }
    if (result.problems.length === 0) return;
    const open = l10n.t("Open File");
    const lost = set.length > 0 && result.text === null ? l10n.t("Nothing was marked.") : "";
    const message = [`${path.join("/")}: ${result.problems[0]}`, lost].join(" ").trim();
    // Nobody waits for the answer: the marks are read and shown already.
    void window.showWarningMessage(message, open).then(async (chosen) => {
      if (chosen === open) await window.showTextDocument(file);
    });
  }

  private file(): Uri | undefined {
    const folder = workspace.workspaceFolders?.[0]?.uri;
    return folder && Uri.joinPath(folder, ...path);
  }
}

async function textOf(file: Uri): Promise<string> {
  try {
    return new TextDecoder().decode(await workspace.fs.readFile(file));
  } catch (error) {
    if (error instanceof FileSystemError && error.code === "FileNotFound") return "";
    throw error;
  }
}

const keyOf = (handler: string, item: string): string => `${handler.toLowerCase()}\n${item}`;
