import { Disposable, EventEmitter, l10n, window } from "vscode";
import { type WorkListMark, WorkListRequest } from "../../../server/src/protocol";
import type { Server } from "../server";
import { SharedFile } from "../sharedFile";

/** The check marks and notes of the workspace, in a file that is read and written as a whole. */
export class WorkListFile implements Disposable {
  private readonly changed = new EventEmitter<void>();
  readonly onDidChange = this.changed.event;
  private marks: ReadonlyMap<string, WorkListMark> = new Map();
  private readonly file = new SharedFile(".handler-workbench/carry-forward.json");
  private readonly listener = this.file.onDidChange(() => this.read());

  constructor(private readonly server: Server) {}

  get(handler: string, item: string): WorkListMark {
    return this.marks.get(keyOf(handler, item)) ?? { handler, item, done: false, note: "" };
  }

  /** Reads the file; where it cannot be used, says why. */
  async read(): Promise<void> {
    await this.file.inTurn(() => this.update([]));
  }

  /** Sets marks in the file as it is now, so that marks of others stay. */
  async set(marks: readonly WorkListMark[]): Promise<void> {
    await this.file.inTurn(() => this.update(marks));
  }

  /** Of the file; "" = there is none. */
  async text(): Promise<string> {
    return await this.file.text();
  }

  dispose(): void {
    Disposable.from(this.listener, this.file, this.changed).dispose();
  }

  private async update(set: readonly WorkListMark[]): Promise<void> {
    const { uri, path } = this.file;
    if (!uri) {
      if (set.length > 0)
        throw new Error(l10n.t("Open a folder first: check marks are kept in its file {0}.", path));
      return;
    }
    const params: WorkListRequest.Params = { text: await this.file.text(), set };
    const result = await this.server.request<WorkListRequest.Result>(WorkListRequest.method, params);
    this.marks = new Map(result.marks.map((mark) => [keyOf(mark.handler, mark.item), mark]));
    this.changed.fire();
    if (set.length > 0 && result.text !== null) await this.file.write(result.text);
    if (result.problems.length === 0) return;
    const open = l10n.t("Open File");
    const lost = set.length > 0 && result.text === null ? l10n.t("Nothing was marked.") : "";
    const message = [`${path}: ${result.problems[0]}`, lost].join(" ").trim();
    // Nobody waits for the answer: the marks are read and shown already.
    void window.showWarningMessage(message, open).then(async (chosen) => {
      if (chosen === open) await window.showTextDocument(uri);
    });
  }
}

const keyOf = (handler: string, item: string): string => `${handler.toLowerCase()}\n${item}`;
