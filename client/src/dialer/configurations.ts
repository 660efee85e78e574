import type { Uri } from "vscode";
import { Disposable, EventEmitter, workspace } from "vscode";
import type { KnownTexts } from "./knownTexts";

/** How the file and its backup are called, in the cases that were seen. */
const names = "**/{dialer,Dialer,DIALER}_{config,Config,CONFIG,backup,Backup,BACKUP}*.{xml,XML}";
const byName = /(?:^|\/)dialer_(?:config|backup)[^/]*\.xml$/i;
const most = 100;
/** Milliseconds that changes of files are gathered. */
const pause = 200;

/** The Dialer configurations of the workspace: those with such a name, and open ones of any name. */
export class Configurations implements Disposable {
  private readonly changed = new EventEmitter<void>();
  /** The list is another one. */
  readonly onDidChange = this.changed.event;
  private readonly written = new EventEmitter<Uri>();
  /** One of them changed on disk. */
  readonly onDidWrite = this.written.event;
  private found: readonly Uri[] = [];
  private timer: NodeJS.Timeout | undefined;
  private readonly registrations: Disposable;

  constructor(private readonly texts: KnownTexts) {
    const watcher = workspace.createFileSystemWatcher(names);
    const soon = (): void => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => void this.find(), pause);
    };
    this.registrations = Disposable.from(
      watcher,
      watcher.onDidCreate(soon),
      watcher.onDidDelete(soon),
      watcher.onDidChange((uri) => this.written.fire(uri)),
      workspace.onDidChangeWorkspaceFolders(soon),
      texts.onDidChange(() => this.changed.fire()),
    );
    void this.find();
  }

  /** In the order of their paths. */
  get all(): readonly Uri[] {
    const byUri = new Map(
      [...this.found, ...this.texts.dialerConfigurations].map((uri) => [uri.toString(), uri]),
    );
    return [...byUri.values()].sort((one, other) => (one.path < other.path ? -1 : 1));
  }

  includes(uri: Uri): boolean {
    return (
      byName.test(uri.path) || this.texts.dialerConfigurations.some((open) => String(open) === String(uri))
    );
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.registrations.dispose();
    this.changed.dispose();
    this.written.dispose();
  }

  /** Looks for them again: a folder that comes as a whole is not told file by file. */
  async find(): Promise<void> {
    this.found = await workspace.findFiles(names, "**/node_modules/**", most);
    this.changed.fire();
  }
}

/** Whether two URIs name the same resource. */
export function isSame(one: Uri, other: Uri): boolean {
  return one.toString() === other.toString();
}
