import { type Disposable, l10n, type Memento, type QuickPickItem, Uri, window, workspace } from "vscode";
import {
  HandlersRequest,
  type InventoryFormat,
  InventoryReportRequest,
  InventoryRequest,
} from "../../../server/src/protocol";
import { chooseFolder, foldersOf } from "../compare/choose";
import { withProgress } from "../compare/comparison";
import { labelOf } from "../compare/side";
import { type SaveForm, saveText } from "../saveText";
import type { Server } from "../server";
import { InventoryPanel } from "./inventoryPanel";
import { TeamNotesFile } from "./teamNotesFile";

/** The folders of an inventory. */
export interface InventoryFolders {
  readonly folder: Uri;
  readonly base: readonly Uri[];
}

/** An inventory, and what it was taken of. */
export interface Taken extends InventoryFolders {
  /** Under which the server keeps it. */
  readonly id: string;
  readonly result: InventoryRequest.Result;
}

const folderKey = "inventory.folder";

/** Takes inventories, shows the last one, and saves it. */
export class Inventories implements Disposable {
  private readonly notes: TeamNotesFile;
  private readonly panel: InventoryPanel;
  private last = 0;
  private taken: Taken | undefined;

  constructor(
    private readonly server: Server,
    media: Uri,
    private readonly memory: Memento,
  ) {
    this.notes = new TeamNotesFile(server);
    this.panel = new InventoryPanel(server, media, this.notes, () => this.again());
  }

  /** Asks for the folders that are not given; `base` null: nothing to compare with. */
  async take(givenFolder?: unknown, givenBase?: unknown): Promise<void> {
    const { handlers } = await this.server.request<HandlersRequest.Result>(HandlersRequest.method);
    const known = foldersOf(handlers.map(({ uri }) => uri));
    const before = this.memory.get<string>(folderKey);
    const folder =
      givenFolder instanceof Uri
        ? givenFolder
        : await chooseFolder(
            l10n.t("Inventory (1/2): Handlers"),
            known,
            before === undefined ? undefined : Uri.parse(before, true),
          );
    if (!folder) return;
    await this.memory.update(folderKey, folder.toString());
    const base =
      givenBase instanceof Uri ? [givenBase] : givenBase === null ? [] : await this.chooseBase(folder, known);
    if (base) await this.run({ folder, base });
  }

  async export(file?: unknown): Promise<void> {
    const { taken } = this;
    if (!taken) throw new Error(l10n.t("Take an inventory first."));
    const forms: readonly SaveForm<InventoryFormat>[] = [
      { format: "csv", label: "CSV", ending: "csv" },
      { format: "markdown", label: "Markdown", ending: "md" },
      { format: "html", label: "HTML", ending: "html" },
      { format: "json", label: "JSON", ending: "json" },
    ];
    await saveText(
      { title: l10n.t("Export Inventory"), name: "inventory", forms },
      async (format) => {
        const params: InventoryReportRequest.Params = {
          id: taken.id,
          format,
          notes: await this.notes.text(),
        };
        return (
          await this.server.request<InventoryReportRequest.Result>(InventoryReportRequest.method, params)
        ).text;
      },
      (endings) => l10n.t("An inventory is exported as {0}; choose one of these endings.", endings),
      file,
    );
  }

  /** Lets the user name the team's columns. Asks before what stands in a column is dropped. */
  async editColumns(given?: unknown): Promise<void> {
    const { columns, cells, problem } = await this.notes.read();
    if (problem !== null) throw new Error(problem);
    const text = Array.isArray(given)
      ? given.join(",")
      : await window.showInputBox({
          title: l10n.t("Columns of the Team"),
          prompt: l10n.t("Names with commas between; they are kept in {0}", this.notes.path),
          value: columns.join(", "),
          ignoreFocusOut: true,
        });
    if (text === undefined) return;
    const names = text.split(",").map((name) => name.trim());
    const wanted = [...new Set(names.filter((name) => name !== ""))];
    const lost = cells.filter(({ column }) => !wanted.includes(column));
    if (lost.length > 0) {
      const drop = l10n.t("Delete Them");
      const message = l10n.t("{0} texts stand in columns that are not named any more.", lost.length);
      if ((await window.showWarningMessage(message, { modal: true }, drop)) !== drop) return;
    }
    await this.notes.setColumns(wanted);
    await this.panel.showNotes();
  }

  dispose(): void {
    this.panel.dispose();
    this.notes.dispose();
  }

  /** What the settings name, unless the user wants another; undefined: given up. */
  private async chooseBase(folder: Uri, known: readonly Uri[]): Promise<readonly Uri[] | undefined> {
    const set = baseFoldersOf(folder);
    if (set.length > 0) return set;
    const none = l10n.t("No base handlers");
    const choose = l10n.t("Choose their folder...");
    const chosen = await window.showQuickPick<QuickPickItem>(
      [
        { label: choose, detail: l10n.t("Each handler is base, modified base or custom then") },
        { label: none, detail: l10n.t("Just a list of the handlers") },
      ],
      { title: l10n.t("Inventory (2/2): Base Handlers of the Same Release") },
    );
    if (!chosen) return undefined;
    if (chosen.label === none) return [];
    const base = await chooseFolder(l10n.t("Inventory (2/2): Base Handlers of the Same Release"), known);
    return base && [base];
  }

  private async again(): Promise<void> {
    if (this.taken) await this.run(this.taken);
  }

  private async run({ folder, base }: InventoryFolders): Promise<void> {
    const id = `inventory-${++this.last}`;
    const params: InventoryRequest.Params = {
      id,
      folder: folder.toString(),
      base: base.map((each) => each.toString()),
      withMissing: base.length > 0,
    };
    const title = l10n.t("Taking the inventory of {0}", labelOf(folder));
    const result = await withProgress<InventoryRequest.Result>(
      this.server,
      id,
      title,
      InventoryRequest.method,
      params,
    );
    if (!result) return;
    this.taken = { id, folder, base, result };
    await this.panel.show(this.taken);
  }
}

/** The base folders that the settings name, as resources. */
function baseFoldersOf(folder: Uri): Uri[] {
  const paths = workspace
    .getConfiguration("handlerWorkbench")
    .get<readonly string[]>("migration.baseFolders", []);
  const root = (workspace.getWorkspaceFolder(folder) ?? workspace.workspaceFolders?.[0])?.uri;
  return paths.flatMap((path) => {
    if (/^(?:[a-z]:)?[\\/]/i.test(path)) return [Uri.file(path)];
    return root ? [Uri.joinPath(root, path)] : [];
  });
}
