import {
  type CancellationToken,
  Disposable,
  EventEmitter,
  FileType,
  l10n,
  RelativePattern,
  Uri,
  workspace,
} from "vscode";
import {
  type RunbookChange,
  RunbookChangeRequest,
  RunbookExportRequest,
  RunbookMergeRequest,
  RunbookProveRequest,
  RunbookRequest,
  type ShownRunbook,
} from "../../../server/src/protocol";
import type { Server } from "../server";

const path = ".handler-workbench/runbook.json";

/** Milliseconds that changes of files are gathered before the workspace is looked at again. */
const gathering = 400;

/** Files that prove steps. */
const isTelling = /(?:\.(?:ihd|udl|ininmigr)|(?:^|\/)(?:dialer_config\.xml|push40\.cfg))$/i;
const mayBeFolder = /(?:^|\/)[^/.]+$/;
/** Is never looked into. */
const isHidden = /(?:^|\/)\./;

/** The workspace's runbook. The server reads and writes its file; who looks at it here hears of every change. */
export class RunbookFile implements Disposable {
  private readonly changed = new EventEmitter<void>();
  readonly onDidChange = this.changed.event;
  private current: ShownRunbook | undefined;
  private folderWatch = Disposable.from();
  private readonly registrations: Disposable;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly server: Server,
    /** Where runs of scripts are kept. */
    private readonly runs: () => readonly string[] = () => [],
  ) {
    // Of all, because patterns heed case, and a folder that comes or goes is not told file by file.
    const watcher = workspace.createFileSystemWatcher("**/*");
    const look = (uri: Uri, orFolder: boolean): void => {
      const name = workspace.asRelativePath(uri, false);
      if (!isHidden.test(name) && (isTelling.test(name) || (orFolder && mayBeFolder.test(name))))
        this.lookSoon();
    };
    this.registrations = Disposable.from(
      watcher,
      watcher.onDidChange((uri) => look(uri, false)),
      watcher.onDidCreate((uri) => look(uri, true)),
      watcher.onDidDelete((uri) => look(uri, true)),
      workspace.onDidChangeWorkspaceFolders(() => void this.open()),
      // A server that was started again has not looked at anything yet.
      server.onDidStart(() => void this.open()),
    );
    void this.open();
  }

  /** undefined: not read yet, or there is no folder to keep one in. */
  get runbook(): ShownRunbook | undefined {
    return this.current;
  }

  /** The folder that keeps it: the first that has one, otherwise the first on disk. */
  folder: Uri | undefined;

  get uri(): Uri | undefined {
    return this.folder && Uri.joinPath(this.folder, ...path.split("/"));
  }

  /** Reads the file as it is now. */
  async read(): Promise<ShownRunbook | undefined> {
    if (!this.folder) return this.take(undefined);
    const params: RunbookRequest.Params = { folder: this.folder.toString() };
    return await this.show(() => this.server.request<RunbookRequest.Result>(RunbookRequest.method, params));
  }

  /** Makes changes to the file as it is at that moment. */
  async change(changes: readonly RunbookChange[]): Promise<RunbookChangeRequest.Result> {
    const by = workspace.getConfiguration("handlerWorkbench").get("runbook.userName", "");
    const params: RunbookChangeRequest.Params = { folder: this.mustHaveFolder(), changes, by };
    let result: RunbookChangeRequest.Result | undefined;
    await this.show(async () => {
      result = await this.server.request<RunbookChangeRequest.Result>(RunbookChangeRequest.method, params);
      return result.runbook;
    });
    return result!;
  }

  /** Writes a file with conflict markers as the merge of its two sides. */
  async merge(): Promise<void> {
    const params: RunbookMergeRequest.Params = { folder: this.mustHaveFolder() };
    await this.show(() =>
      this.server.request<RunbookMergeRequest.Result>(RunbookMergeRequest.method, params),
    );
  }

  /** Looks at the workspace for what proves steps; the URIs of packages that need a password. */
  async prove(
    more: Pick<RunbookProveRequest.Params, "step" | "passwords"> = {},
    token?: CancellationToken,
  ): Promise<readonly string[]> {
    const params: RunbookProveRequest.Params = {
      ...more,
      folder: this.mustHaveFolder(),
      runs: this.runs(),
    };
    let locked: readonly string[] = [];
    await this.show(async () => {
      const result = await this.server.request<RunbookProveRequest.Result>(
        RunbookProveRequest.method,
        params,
        token,
      );
      ({ locked } = result);
      return result.runbook;
    });
    return locked;
  }

  async text(form: RunbookExportRequest.Params["form"], name: string): Promise<string> {
    const params: RunbookExportRequest.Params = { folder: this.mustHaveFolder(), form, name };
    return (await this.server.request<RunbookExportRequest.Result>(RunbookExportRequest.method, params)).text;
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.folderWatch.dispose();
    this.registrations.dispose();
    this.changed.dispose();
  }

  /** Looks at the workspace a moment later, if anybody has started a runbook. */
  lookSoon(): void {
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      if (!this.current?.started) return;
      this.prove().catch((error: unknown) => this.server.log.warn(String(error)));
    }, gathering);
  }

  private async open(): Promise<void> {
    const folders = (workspace.workspaceFolders ?? []).map(({ uri }) => uri).filter(isOnDisk);
    this.folder = folders[0];
    for (const folder of folders) {
      if (!(await hasFile(Uri.joinPath(folder, ...path.split("/"))))) continue;
      this.folder = folder;
      break;
    }
    this.folderWatch.dispose();
    if (this.folder) this.folderWatch = this.watch(this.folder);
    await this.read().catch((error: unknown) => this.server.log.warn(String(error)));
    this.lookSoon();
  }

  private watch(folder: Uri): Disposable {
    const watcher = workspace.createFileSystemWatcher(new RelativePattern(folder, path));
    const read = (): void => void this.read().catch((error: unknown) => this.server.log.warn(String(error)));
    return Disposable.from(
      watcher,
      watcher.onDidChange(read),
      watcher.onDidCreate(read),
      watcher.onDidDelete(read),
    );
  }

  private mustHaveFolder(): string {
    if (this.folder) return this.folder.toString();
    throw new Error(l10n.t("Open a folder on disk first: the runbook is kept in its file {0}.", path));
  }

  private async show(ask: () => Promise<ShownRunbook>): Promise<ShownRunbook | undefined> {
    try {
      // The server reads the file just before it answers: the last answer is the newest.
      return this.take(await ask());
    } catch (error) {
      // Check boxes go back to what the file says.
      this.changed.fire();
      throw error;
    }
  }

  private take(runbook: ShownRunbook | undefined): ShownRunbook | undefined {
    const before = JSON.stringify(this.current);
    this.current = runbook;
    // Rows that are made anew under the mouse lose its click.
    if (JSON.stringify(runbook) !== before) this.changed.fire();
    return runbook;
  }
}

const isOnDisk = ({ scheme }: Uri): boolean => scheme === "file";

async function hasFile(uri: Uri): Promise<boolean> {
  try {
    return (await workspace.fs.stat(uri)).type !== FileType.Directory;
  } catch {
    return false;
  }
}
