import { type Disposable, EventEmitter, FileSystemError, RelativePattern, Uri, workspace } from "vscode";

/** A file of the first workspace folder that a team shares; it is read and written as a whole. */
export class SharedFile implements Disposable {
  private readonly changed = new EventEmitter<void>();
  /** Somebody changed it, maybe ourselves. */
  readonly onDidChange = this.changed.event;
  private readonly watcher: Disposable | undefined;
  /** One after another: each change begins with what the one before wrote. */
  private work: Promise<unknown> = Promise.resolve();

  constructor(
    /** Below the folder, with `/`. */
    readonly path: string,
  ) {
    const folder = workspace.workspaceFolders?.[0];
    if (!folder) return;
    const watcher = workspace.createFileSystemWatcher(new RelativePattern(folder, path));
    for (const event of [watcher.onDidChange, watcher.onDidCreate, watcher.onDidDelete])
      event(() => this.changed.fire());
    this.watcher = watcher;
  }

  /** undefined: no folder is open. */
  get uri(): Uri | undefined {
    const folder = workspace.workspaceFolders?.[0]?.uri;
    return folder && Uri.joinPath(folder, ...this.path.split("/"));
  }

  /** "" = there is none. */
  async text(): Promise<string> {
    if (!this.uri) return "";
    try {
      return new TextDecoder().decode(await workspace.fs.readFile(this.uri));
    } catch (error) {
      if (error instanceof FileSystemError && error.code === "FileNotFound") return "";
      throw error;
    }
  }

  async write(text: string): Promise<void> {
    if (!this.uri) return;
    await workspace.fs.createDirectory(Uri.joinPath(this.uri, ".."));
    await workspace.fs.writeFile(this.uri, new TextEncoder().encode(text));
  }

  /** Runs what reads and then writes the file when its turn comes. */
  async inTurn(job: () => Promise<void>): Promise<void> {
    const done = this.work.then(job);
    this.work = done.catch(() => undefined);
    await done;
  }

  dispose(): void {
    this.watcher?.dispose();
    this.changed.dispose();
  }
}
