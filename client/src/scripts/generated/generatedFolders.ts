import { type Disposable, EventEmitter, type Memento, Uri, workspace } from "vscode";
import { type Dialect, type GeneratedFolder, GeneratedFolderRequest } from "../../../../server/src/protocol";
import { rated } from "../../ratedProblems";
import type { Server } from "../../server";

const key = "scripts.generated";
const rulesSetting = "handlerWorkbench.rules";

/** The folders of generated scripts that were picked for this workspace. */
export class GeneratedFolders implements Disposable {
  private readonly changed = new EventEmitter<void>();
  readonly onDidChange = this.changed.event;
  private readonly known = new Map<string, Promise<GeneratedFolder>>();
  private readonly dialects = new Map<string, Dialect>();
  private readonly settings = workspace.onDidChangeConfiguration((change) => {
    if (change.affectsConfiguration(rulesSetting)) this.changed.fire();
  });

  constructor(
    private readonly server: Server,
    private readonly memory: Memento,
  ) {}

  get folders(): readonly string[] {
    return this.memory.get<readonly string[]>(key, []);
  }

  async add(folder: string): Promise<void> {
    await this.memory.update(key, [...this.folders.filter((each) => each !== folder), folder]);
    this.refresh();
  }

  async remove(folder: string): Promise<void> {
    await this.memory.update(
      key,
      this.folders.filter((each) => each !== folder),
    );
    this.refresh();
  }

  /** With the problems that the setting of rules leaves. */
  async read(folder: string): Promise<GeneratedFolder> {
    const params: GeneratedFolderRequest.Params = { folder };
    const known =
      this.known.get(folder) ?? this.server.request<GeneratedFolder>(GeneratedFolderRequest.method, params);
    this.known.set(folder, known);
    known.catch(() => this.known.delete(folder));
    const read = await known;
    for (const { path, dialect } of read.scripts)
      if (dialect) this.dialects.set(Uri.joinPath(Uri.file(folder), path).fsPath, dialect);
    return { ...read, problems: rated(read.problems, workspace.getConfiguration().get(rulesSetting)) };
  }

  /** The dialect of a script, once its folder was read. */
  dialectOf(path: string): Dialect | undefined {
    return this.dialects.get(path);
  }

  refresh(): void {
    this.known.clear();
    this.changed.fire();
  }

  dispose(): void {
    this.settings.dispose();
    this.changed.dispose();
  }
}
