import { isAbsolute, relative, sep } from "node:path";
import {
  Disposable,
  languages,
  type LanguageStatusItem,
  l10n,
  type Memento,
  Range,
  type TextDocument,
  Uri,
  workspace,
} from "vscode";
import {
  candidateHead,
  type Dialect,
  ForgetNotification,
  RecogniseRequest,
  scriptFormats,
} from "../../../../server/src/protocol";
import { NotRunning, type Server } from "../../server";
import type { Connection, Connections } from "../connections/connections";
import type { GeneratedFolders } from "../generated/generatedFolders";
import type { ScriptLists } from "../lists/scriptLists";

/** What the user has said about a file; a dialect of "" means: it is no script for us. */
interface Chosen {
  readonly dialect?: Dialect | "";
  readonly connection?: string;
}

const key = "scripts.files";
const mostKept = 300;
const headLines = 2000;
/** Languages that make way for ours; any other one was chosen by somebody. */
const plainLanguages: ReadonlySet<string> = new Set([
  "sql",
  "plsql",
  "plaintext",
  ...Object.values(scriptFormats),
]);

/**
 * The open scripts that the editor helps with: those of a bound folder, and those for which it was asked. Other
 * `.sql` files are left alone.
 */
export class ScriptFiles implements Disposable {
  private readonly open = new Map<
    string,
    { readonly dialect: Dialect; readonly status: LanguageStatusItem }
  >();
  private readonly registrations: Disposable;

  constructor(
    private readonly server: Server,
    private readonly memory: Memento,
    private readonly connections: Connections,
    private readonly lists: ScriptLists,
    private readonly generated: GeneratedFolders,
  ) {
    const all = (): void => workspace.textDocuments.forEach((document) => void this.look(document));
    this.registrations = Disposable.from(
      workspace.onDidOpenTextDocument((document) => void this.look(document)),
      workspace.onDidCloseTextDocument(({ uri }) => this.forget(uri)),
      server.onDidStart(() => {
        for (const uri of [...this.open.keys()]) this.drop(uri);
        all();
      }),
      lists.onDidChange(all),
      generated.onDidChange(all),
      connections.onDidChange(() => this.showAll()),
    );
    all();
  }

  /** The dialect of a file: as chosen, else as its folder says; undefined for a file that is left alone. */
  dialectOf(uri: Uri): Dialect | undefined {
    const { dialect } = this.chosen(uri);
    if (dialect !== undefined) return dialect === "" ? undefined : dialect;
    return uri.scheme === "file" ? this.dialectByFolder(uri.fsPath) : undefined;
  }

  connectionOf(uri: Uri): Connection | undefined {
    return this.connections.get(this.chosen(uri).connection);
  }

  async choose(document: TextDocument, chosen: Chosen): Promise<void> {
    const name = document.uri.toString();
    const { [name]: before, ...others } = this.memory.get<Readonly<Record<string, Chosen>>>(key, {});
    const kept = Object.entries(others).slice(1 - mostKept);
    await this.memory.update(key, Object.fromEntries([...kept, [name, { ...before, ...chosen }]]));
    await this.look(document);
  }

  dispose(): void {
    this.registrations.dispose();
    for (const { status } of this.open.values()) status.dispose();
  }

  private chosen(uri: Uri): Chosen {
    return this.memory.get<Readonly<Record<string, Chosen>>>(key, {})[uri.toString()] ?? {};
  }

  private dialectByFolder(path: string): Dialect | undefined {
    if (!/\.(?:sql|sp)$/i.test(path)) return undefined;
    const { folder } = this.lists;
    if (folder !== undefined && isInside(path, folder)) {
      const [first = ""] = relative(folder, path).split(sep);
      return /^oracle$/i.test(first) || /\.sp$/i.test(path) ? "sqlplus" : "sqlcmd";
    }
    const generated = this.generated.folders.find((each) => isInside(path, each));
    return generated === undefined ? undefined : (this.generated.dialectOf(path) ?? "sqlplus");
  }

  private async look(document: TextDocument): Promise<void> {
    const { uri } = document;
    if (uri.scheme !== "file") return;
    const generated = this.generated.folders.find((folder) => isInside(uri.fsPath, folder));
    if (generated !== undefined) await this.generated.read(generated).catch(() => undefined);
    const dialect = this.dialectOf(uri);
    const known = this.open.get(uri.toString());
    if (!dialect) {
      if (known) this.forget(uri);
      // Left alone means: as it was.
      if (known && document.languageId === scriptFormats[known.dialect])
        await languages.setTextDocumentLanguage(document, /\.sql$/i.test(uri.path) ? "sql" : "plaintext");
      return;
    }
    try {
      const head = document.getText(new Range(0, 0, headLines, 0)).slice(0, candidateHead);
      const params: RecogniseRequest.Params = {
        uri: uri.toString(),
        path: uri.fsPath,
        head,
        chosen: scriptFormats[dialect],
      };
      await this.server.request<RecogniseRequest.Result>(RecogniseRequest.method, params);
    } catch (error) {
      // The server looks at everything again when it is back.
      if (!(error instanceof NotRunning))
        this.server.log.error(error instanceof Error ? error : String(error));
      return;
    }
    if (document.isClosed) return this.forget(uri);
    this.remember(uri, dialect);
    const language = scriptFormats[dialect];
    if (document.languageId !== language && plainLanguages.has(document.languageId))
      await languages.setTextDocumentLanguage(document, language);
  }

  private remember(uri: Uri, dialect: Dialect): void {
    const name = uri.toString();
    const before = this.open.get(name);
    const status =
      before?.status ??
      languages.createLanguageStatusItem(`handlerWorkbench.script:${name}`, {
        scheme: "file",
        pattern: uri.fsPath,
      });
    this.open.set(name, { dialect, status });
    this.show(uri, dialect, status);
  }

  private showAll(): void {
    for (const [name, { dialect, status }] of this.open) this.show(Uri.parse(name, true), dialect, status);
  }

  private show(uri: Uri, dialect: Dialect, status: LanguageStatusItem): void {
    const connection = this.connectionOf(uri);
    const title = dialect === "sqlcmd" ? l10n.t("SQL Server script") : l10n.t("Oracle script");
    status.name = l10n.t("Database Script");
    status.text = connection ? `${title}: ${connection.name}` : title;
    status.detail = connection ? undefined : l10n.t("no connection chosen");
    status.command = { title: l10n.t("Change"), command: "handlerWorkbench.chooseScriptDialect" };
  }

  private forget(uri: Uri): void {
    if (!this.open.has(uri.toString())) return;
    const params: ForgetNotification.Params = { uri: uri.toString() };
    this.server.notify(ForgetNotification.method, params);
    this.drop(uri.toString());
  }

  private drop(name: string): void {
    this.open.get(name)?.status.dispose();
    this.open.delete(name);
  }
}

function isInside(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way !== "" && way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}
