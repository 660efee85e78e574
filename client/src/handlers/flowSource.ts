import { Buffer } from "node:buffer";
import { Disposable, type Event, FileSystemError, l10n, RelativePattern, Uri, workspace } from "vscode";
import { FlowRequest } from "../../../server/src/protocol";
import { rated } from "../ratedProblems";

/** The language server as the flow needs it. */
export interface FlowServer {
  request<Result>(method: string, params: unknown): Promise<Result>;
  /** It runs, for the first time or again. */
  readonly onDidStart?: Event<void>;
}

export interface FlowSourceEvents {
  readonly read: (flow: FlowRequest.Result) => void;
  /** The message says why and what to do. */
  readonly failed: (message: string) => void;
}

/** Larger content is not sent to the server; it reads larger files from disk itself. */
const MOST_BYTES = 64 * 1024 * 1024;
/** Programs write files in pieces; so many milliseconds after the last change it is read. */
const SETTLED = 200;

/** Reads one handler's flow, again whenever its file changes. */
export class FlowSource implements Disposable {
  private readonly watcher: Disposable;
  private timer: ReturnType<typeof setTimeout> | undefined;
  /** Counts the reads: an answer that a later read has overtaken is dropped. */
  private reads = 0;
  private failed = false;
  private disposed = false;
  /** As the server gave it. */
  private last: FlowRequest.Result | undefined;

  constructor(
    private readonly uri: Uri,
    private readonly server: FlowServer,
    private readonly events: FlowSourceEvents,
  ) {
    // The name may hold what a pattern gives a meaning: watch the folder, and look for the file oneself.
    const watcher = workspace.createFileSystemWatcher(new RelativePattern(Uri.joinPath(uri, ".."), "*"));
    const changed = ({ path }: Uri): void => {
      if (path === uri.path) this.soon();
    };
    this.watcher = Disposable.from(
      watcher,
      watcher.onDidChange(changed),
      watcher.onDidCreate(changed),
      watcher.onDidDelete(changed),
      workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration(rulesSetting) && this.last) this.events.read(shownAs(this.last));
      }),
      ...(server.onDidStart
        ? [
            server.onDidStart(() => {
              if (this.failed) this.soon();
            }),
          ]
        : []),
    );
  }

  async load(): Promise<void> {
    const read = ++this.reads;
    const current = (): boolean => read === this.reads && !this.disposed;
    try {
      const params = await flowParams(this.uri);
      const flow = await this.server.request<FlowRequest.Result>(FlowRequest.method, params);
      if (!current()) return;
      this.failed = false;
      this.last = flow;
      this.events.read(shownAs(flow));
    } catch (error) {
      if (!current()) return;
      this.failed = true;
      this.last = undefined;
      this.events.failed(reasonOf(error));
    }
  }

  dispose(): void {
    this.disposed = true;
    clearTimeout(this.timer);
    this.watcher.dispose();
  }

  private soon(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.load(), SETTLED);
  }
}

const rulesSetting = "handlerWorkbench.rules";

/** With the problems that the setting of rules leaves; where there is nothing but problems, with all of them. */
function shownAs(flow: FlowRequest.Result): FlowRequest.Result {
  if (flow.steps.length === 0) return flow;
  return { ...flow, problems: rated(flow.problems, workspace.getConfiguration().get(rulesSetting)) };
}

/** What the server needs to read a handler: it reads files itself, anything else is sent along. */
export async function flowParams(uri: Uri): Promise<FlowRequest.Params> {
  if (uri.scheme === "file") return { uri: uri.toString() };
  const { size } = await workspace.fs.stat(uri);
  if (size > MOST_BYTES) throw new Error(tooLarge(size));
  const bytes = await workspace.fs.readFile(uri);
  // Some file systems do not know the size before the content is there.
  if (bytes.length > MOST_BYTES) throw new Error(tooLarge(bytes.length));
  return { uri: uri.toString(), bytes: Buffer.from(bytes).toString("base64") };
}

const tooLarge = (size: number): string =>
  l10n.t(
    "The content has {0} MB; up to {1} MB are shown from here. Save it as a file and open that.",
    Math.ceil(size / 1024 / 1024),
    MOST_BYTES / 1024 / 1024,
  );

/** Why something could not be read, in words for users. */
export function reasonOf(error: unknown): string {
  if (error instanceof FileSystemError && error.code === "FileNotFound")
    return l10n.t("The file is not there any more. It may have been moved, renamed or deleted.");
  return error instanceof Error ? error.message : String(error);
}
