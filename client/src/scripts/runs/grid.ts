import { type Disposable, env, l10n, Uri, ViewColumn, type WebviewPanel, window, workspace } from "vscode";
import {
  type FromGrid,
  type GridColumn,
  type GridSelection,
  ResultRowsRequest,
  type ToGrid,
} from "../../../../server/src/protocol";
import { guarded } from "../../guarded";
import type { Server } from "../../server";
import { webviewPage } from "../../webviewPage";
import type { RunResultSet } from "./activeRun";
import { gridStrings } from "./gridStrings";

/** More cells than these are not put on the clipboard. */
const mostCopied = 2_000_000;
const pageSize = 2000;

/** Where the rows of a grid come from. */
export interface GridSource {
  readonly title: string;
  readonly rows: (from: number, count: number) => Promise<ResultRowsRequest.Result>;
  /** By position; names come with the rows. */
  readonly columns?: readonly GridColumn[];
  /** The file that holds them all. */
  readonly file?: string;
}

/** The rows of a result file, as the server reads them. */
export function fileSource(
  server: Server,
  title: string,
  file: string,
  result: RunResultSet | undefined,
): GridSource {
  return {
    title,
    file,
    ...(result && { columns: result.columns }),
    rows: async (from, count) => {
      const params: ResultRowsRequest.Params = { file, from, count };
      return await server.request<ResultRowsRequest.Result>(ResultRowsRequest.method, params);
    },
  };
}

/** Rows that are known already. */
export function tableSource(
  title: string,
  columns: readonly GridColumn[],
  rows: readonly (readonly string[])[],
): GridSource {
  return {
    title,
    columns,
    rows: (from, count) =>
      Promise.resolve({
        columns: columns.map(({ name }) => name),
        rows: rows.slice(from, from + count),
        total: rows.length,
      }),
  };
}

/** Result grids in editor tabs. */
export class Grids implements Disposable {
  private readonly open = new Map<string, Grid>();

  constructor(
    private readonly server: Server,
    private readonly media: Uri,
  ) {}

  async show(source: GridSource): Promise<Grid> {
    const key = source.file ?? "";
    const present = key === "" ? undefined : this.open.get(key);
    if (present) {
      present.reveal();
      await present.load();
      return present;
    }
    const grid = new Grid(source, this.server, this.media, () => this.open.delete(key));
    if (key !== "") this.open.set(key, grid);
    await grid.load();
    return grid;
  }

  dispose(): void {
    for (const grid of this.open.values()) grid.dispose();
  }
}

export class Grid implements Disposable {
  private readonly panel: WebviewPanel;
  private ready = false;
  private columns: readonly GridColumn[] = [];
  total = 0;

  constructor(
    private readonly source: GridSource,
    server: Server,
    media: Uri,
    onClosed: () => void,
  ) {
    this.panel = window.createWebviewPanel("handlerWorkbench.grid", source.title, ViewColumn.Active, {
      enableScripts: true,
      localResourceRoots: [media],
    });
    const { webview } = this.panel;
    webview.onDidReceiveMessage((message: FromGrid) => guarded(server, () => this.receive(message)));
    // The script is gone while the grid is hidden, and says so again when it is back.
    this.panel.onDidChangeViewState(() => {
      if (!this.panel.visible) this.ready = false;
    });
    this.panel.onDidDispose(onClosed);
    webview.html = webviewPage(webview, media, { name: "grid", root: "grid-view", element: "main" });
  }

  /** Learns how many rows there are now, and says so. */
  async load(): Promise<void> {
    const { columns, total } = await this.source.rows(0, 1);
    this.total = total;
    this.columns = columns.map((name, index) => {
      const known = this.source.columns?.[index];
      return { name, type: known?.type ?? "", right: known?.right ?? false };
    });
    this.postShape();
  }

  reveal(): void {
    this.panel.reveal();
  }

  dispose(): void {
    this.panel.dispose();
  }

  /** What is selected, as text with tabs between columns. */
  async copied({ top, bottom, left, right }: GridSelection, withNames: boolean): Promise<string> {
    const cells = (bottom - top + 1) * (right - left + 1);
    if (cells > mostCopied)
      throw new Error(l10n.t("{0} cells are too many to copy; save the result as CSV instead.", cells));
    const lines: string[] = [];
    if (withNames)
      lines.push(
        this.columns
          .slice(left, right + 1)
          .map(({ name }) => plain(name))
          .join("\t"),
      );
    for (let from = top; from <= bottom; from += pageSize) {
      const { rows } = await this.source.rows(from, Math.min(pageSize, bottom - from + 1));
      if (rows.length === 0) break;
      for (const row of rows) {
        // NULL is nothing.
        const part = Array.from({ length: right - left + 1 }, (_, index) => plain(row[left + index] ?? ""));
        lines.push(part.join("\t"));
      }
    }
    return lines.join("\n");
  }

  /** Writes all rows into a file. */
  async saveTo(target: Uri): Promise<void> {
    const { file } = this.source;
    if (file !== undefined) return await workspace.fs.copy(Uri.file(file), target, { overwrite: true });
    const lines = [this.columns.map(({ name }) => name)];
    const { rows } = await this.source.rows(0, this.total);
    const quoted = (cell: string | null): string =>
      cell === null ? "" : cell === "" || /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
    const text = [...lines, ...rows].map((line) => `${line.map(quoted).join(",")}\n`).join("");
    await workspace.fs.writeFile(target, new TextEncoder().encode(text));
  }

  private async receive(message: FromGrid): Promise<void> {
    switch (message.type) {
      case "ready":
        this.ready = true;
        this.post({ type: "strings", strings: gridStrings() });
        this.postShape();
        return;
      case "fetch": {
        const { rows, total } = await this.source.rows(message.from, Math.min(message.count, pageSize));
        this.post({ type: "rows", from: message.from, rows });
        if (total !== this.total) {
          this.total = total;
          this.postShape();
        }
        return;
      }
      case "copy": {
        await env.clipboard.writeText(await this.copied(message.selection, message.withNames));
        const { top, bottom } = message.selection;
        this.post({ type: "said", text: l10n.t("{0} rows copied", bottom - top + 1) });
        return;
      }
      case "save": {
        const target = await window.showSaveDialog({
          title: l10n.t("Save Result"),
          filters: { CSV: ["csv"] },
          defaultUri:
            workspace.workspaceFolders?.[0] && Uri.joinPath(workspace.workspaceFolders[0].uri, "result.csv"),
        });
        if (!target) return;
        await this.saveTo(target);
        this.post({ type: "said", text: l10n.t("Saved") });
      }
    }
  }

  private postShape(): void {
    const { title } = this.source;
    const { columns, total } = this;
    this.post({ type: "shape", shape: { title, columns, rows: total, total } });
  }

  private post(message: ToGrid): void {
    if (this.ready) void this.panel.webview.postMessage(message);
  }
}

/** A cell on the clipboard is one cell: tabs and line ends in it become blanks. */
function plain(text: string): string {
  return text.replace(/[\t\r\n]+/g, " ");
}
