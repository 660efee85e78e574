import { Disposable, EventEmitter, type Memento, RelativePattern, Uri, workspace } from "vscode";
import {
  type BoundList,
  type BoundStep,
  type PastRunRow,
  ScriptListsRequest,
} from "../../../../server/src/protocol";
import type { Server } from "../../server";
import type { Connections } from "../connections/connections";
import { notRun, type Progress, progressOf } from "./progress";

const folderKey = "scripts.folder";
const connectionsKey = "scripts.listConnections";

/** The Scripts folder that was picked for this workspace, and what the guide's lists find in it. */
export class ScriptLists implements Disposable {
  private readonly changed = new EventEmitter<void>();
  readonly onDidChange = this.changed.event;
  private known: Promise<ScriptListsRequest.Result> | undefined;
  private watcher: Disposable | undefined;

  constructor(
    private readonly server: Server,
    private readonly memory: Memento,
    private readonly connections: Connections,
  ) {
    this.watch();
  }

  /** Path of the assistant's Scripts folder. */
  get folder(): string | undefined {
    return this.memory.get<string>(folderKey);
  }

  async bind(folder: string | undefined): Promise<void> {
    await this.memory.update(folderKey, folder);
    this.watch();
    this.refresh();
  }

  async read(): Promise<ScriptListsRequest.Result> {
    const { folder } = this;
    if (folder === undefined) return { lists: [], problem: "" };
    const params: ScriptListsRequest.Params = { folder };
    const known = (this.known ??= this.server.request<ScriptListsRequest.Result>(
      ScriptListsRequest.method,
      params,
    ));
    known.catch(() => (this.known = undefined));
    return await known;
  }

  refresh(): void {
    this.known = undefined;
    this.changed.fire();
  }

  /** The connection that a list, or its steps for system and sysdba, were run on last. */
  connectionOf(list: Pick<BoundList, "id">, as: string): string | undefined {
    return this.memory.get<Readonly<Record<string, string>>>(connectionsKey, {})[`${list.id} ${as}`];
  }

  async keepConnection(list: Pick<BoundList, "id">, as: string, connection: string): Promise<void> {
    const before = this.memory.get<Readonly<Record<string, string>>>(connectionsKey, {});
    await this.memory.update(connectionsKey, { ...before, [`${list.id} ${as}`]: connection });
  }

  /**
   * How far a script of a list is on the database that the list was run on last; as long as that is not known, on any.
   */
  async progress(): Promise<(list: BoundList, step: BoundStep, runs: readonly PastRunRow[]) => Progress> {
    const keys = await this.connections.keys(this.server);
    return (list, { path, connectAs }, runs) => {
      if (path === null) return notRun;
      const connection = this.connectionOf(list, connectAs ?? "owner");
      return progressOf(path, runs, connection === undefined ? undefined : keys.get(connection));
    };
  }

  dispose(): void {
    this.watcher?.dispose();
    this.changed.dispose();
  }

  private watch(): void {
    this.watcher?.dispose();
    this.watcher = undefined;
    const { folder } = this;
    if (folder === undefined) return;
    const watcher = workspace.createFileSystemWatcher(
      new RelativePattern(Uri.file(folder), "**/*.{sql,sp,SQL,SP}"),
    );
    this.watcher = Disposable.from(
      watcher,
      watcher.onDidCreate(() => this.refresh()),
      watcher.onDidDelete(() => this.refresh()),
    );
  }
}
