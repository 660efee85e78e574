import { type Disposable, l10n } from "vscode";
import { type TeamCell, TeamNotesRequest } from "../../../server/src/protocol";
import type { Server } from "../server";
import { SharedFile } from "../sharedFile";

/** What the team wrote beside the handlers. */
export type TeamNotes = Omit<TeamNotesRequest.Result, "text">;

/** The team's columns of the inventory, in a file that people can read, edit and merge. */
export class TeamNotesFile implements Disposable {
  private readonly file = new SharedFile(".handler-workbench/inventory.json");
  readonly onDidChange = this.file.onDidChange;

  constructor(private readonly server: Server) {}

  get path(): string {
    return this.file.path;
  }

  async read(): Promise<TeamNotes> {
    return await this.ask({ text: await this.file.text(), file: this.path, set: [] });
  }

  /** Sets cells in the file as it is now, so that what others wrote stays. Throws where it must not be written. */
  async set(cells: readonly TeamCell[]): Promise<void> {
    await this.update((text) => ({ text, file: this.path, set: cells }));
  }

  async setColumns(columns: readonly string[]): Promise<void> {
    await this.update((text) => ({ text, file: this.path, set: [], columns }));
  }

  /** Of the file; "" = there is none. */
  async text(): Promise<string> {
    return await this.file.text();
  }

  dispose(): void {
    this.file.dispose();
  }

  private async update(change: (text: string) => TeamNotesRequest.Params): Promise<void> {
    if (!this.file.uri)
      throw new Error(l10n.t("Open a folder first: the team's columns are kept in its file {0}.", this.path));
    await this.file.inTurn(async () => {
      const { text, problem } = await this.ask(change(await this.file.text()));
      if (text === null) throw new Error(problem ?? "");
      await this.file.write(text);
    });
  }

  private async ask(params: TeamNotesRequest.Params): Promise<TeamNotesRequest.Result> {
    return await this.server.request<TeamNotesRequest.Result>(TeamNotesRequest.method, params);
  }
}
