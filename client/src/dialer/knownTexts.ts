import {
  commands,
  Disposable,
  EventEmitter,
  languages,
  type LanguageStatusItem,
  l10n,
  type Memento,
  Range,
  type TextDocument,
  type Uri,
  workspace,
} from "vscode";
import {
  candidateFiles,
  candidateHead,
  dialerFormat,
  ForgetNotification,
  RecogniseRequest,
  type TextFormat,
} from "../../../server/src/protocol";
import { NotRunning, type Server } from "../server";

/** What users chose, by the URI of the document: a format, or "" for none. */
type Chosen = Readonly<Record<string, string>>;
const chosenKey = "texts.chosen";
/** Enough lines for a head; the text of a long document is costly. */
const headLines = 2000;
/** Choices of files opened long ago are forgotten. */
const mostChosen = 200;

/** The open text files whose format the server knows: by name and content, or because the user said so. */
export class KnownTexts implements Disposable {
  private readonly changed = new EventEmitter<void>();
  readonly onDidChange = this.changed.event;
  private readonly known = new Map<string, { uri: Uri; format: TextFormat; status: LanguageStatusItem }>();
  private readonly withWorkflows = new Set<string>();
  private readonly registrations: Disposable;

  constructor(
    private readonly server: Server,
    private readonly memory: Memento,
  ) {
    this.registrations = Disposable.from(
      workspace.onDidOpenTextDocument((document) => void this.look(document)),
      workspace.onDidCloseTextDocument(({ uri }) => this.forget(uri)),
      // A server that started anew knows nothing of what is open.
      server.onDidStart(() => workspace.textDocuments.forEach((document) => void this.look(document))),
      server.onDidCheckDialer(({ uri, workflows }) => {
        if (workflows > 0 && this.known.has(uri)) this.withWorkflows.add(uri);
        else this.withWorkflows.delete(uri);
        this.tellMenus();
      }),
    );
    this.tellMenus();
  }

  /** URIs of the open Dialer configurations. */
  get dialerConfigurations(): readonly Uri[] {
    return [...this.known.values()].filter(({ format }) => format.id === dialerFormat).map(({ uri }) => uri);
  }

  formatOf(uri: Uri): TextFormat | undefined {
    return this.known.get(uri.toString())?.format;
  }

  chosenFor(uri: Uri): string | undefined {
    return this.memory.get<Chosen>(chosenKey, {})[uri.toString()];
  }

  /** Takes a document for a format from now on ("" = for none); undefined goes back to name and content. */
  async choose(document: TextDocument, format: string | undefined): Promise<void> {
    const key = document.uri.toString();
    const { [key]: _before, ...others } = this.memory.get<Chosen>(chosenKey, {});
    const kept = Object.entries(others).slice(1 - mostChosen);
    await this.memory.update(
      chosenKey,
      Object.fromEntries(format === undefined ? kept : [...kept, [key, format]]),
    );
    await this.look(document);
  }

  dispose(): void {
    this.registrations.dispose();
    for (const { status } of this.known.values()) status.dispose();
    this.changed.dispose();
  }

  private async look(document: TextDocument): Promise<void> {
    const { uri } = document;
    const chosen = this.chosenFor(uri);
    const isCandidate =
      chosen !== undefined || candidateFiles.test(uri.path) || this.known.has(uri.toString());
    if (!isCandidate || !isEditable(uri)) return;
    const head = document.getText(new Range(0, 0, headLines, 0)).slice(0, candidateHead);
    const params: RecogniseRequest.Params = { uri: uri.toString(), path: uri.fsPath, head, chosen };
    try {
      const { format } = await this.server.request<RecogniseRequest.Result>(RecogniseRequest.method, params);
      if (document.isClosed) this.server.notify(ForgetNotification.method, { uri: uri.toString() });
      else this.remember(uri, format ?? undefined);
    } catch (error) {
      // The server looks at everything again when it is back.
      if (!(error instanceof NotRunning))
        this.server.log.error(error instanceof Error ? error : String(error));
    }
  }

  private remember(uri: Uri, format: TextFormat | undefined): void {
    const key = uri.toString();
    const before = this.known.get(key);
    if (before?.format.id === format?.id) return;
    before?.status.dispose();
    if (format) this.known.set(key, { uri, format, status: statusOf(uri, format) });
    else this.known.delete(key);
    this.withWorkflows.delete(key);
    this.tellMenus();
    this.changed.fire();
  }

  private forget(uri: Uri): void {
    if (!this.known.has(uri.toString())) return;
    const params: ForgetNotification.Params = { uri: uri.toString() };
    this.server.notify(ForgetNotification.method, params);
    this.remember(uri, undefined);
  }

  /** Menus show what applies to a configuration, whatever its name. */
  private tellMenus(): void {
    const all = this.dialerConfigurations;
    const withWorkflows = all.filter((uri) => this.withWorkflows.has(uri.toString()));
    void commands.executeCommand("setContext", "handlerWorkbench.dialerConfigurations", pathsOf(all));
    void commands.executeCommand(
      "setContext",
      "handlerWorkbench.dialerWithWorkflows",
      pathsOf(withWorkflows),
    );
  }
}

/** For `resourcePath in ...`: URIs are other ones where the editor's window is on another machine. */
function pathsOf(uris: readonly Uri[]): Readonly<Record<string, true>> {
  return Object.fromEntries(
    uris.flatMap(({ fsPath, path }) => [[fsPath, true] as const, [path, true] as const]),
  );
}

/** Files and what will become one; not what is shown from version control, packages or outputs. */
function isEditable(uri: Uri): boolean {
  return (
    uri.scheme === "file" || uri.scheme === "untitled" || workspace.getWorkspaceFolder(uri) !== undefined
  );
}

function statusOf(uri: Uri, { title }: TextFormat): LanguageStatusItem {
  const status = languages.createLanguageStatusItem(`handlerWorkbench.format:${uri.toString()}`, {
    scheme: uri.scheme,
    pattern: uri.fsPath,
  });
  status.name = l10n.t("Checked as");
  status.text = l10n.t("Checked as: {0}", title);
  status.command = { title: l10n.t("Change"), command: "handlerWorkbench.checkAs" };
  return status;
}
