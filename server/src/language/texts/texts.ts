import {
  type DidChangeTextDocumentParams,
  FileChangeType,
  type FileEvent,
  type TextDocumentItem,
} from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import { candidateHead, dialerFormat, type RecogniseRequest, type TextFormat } from "../../protocol";
import { ConfigText } from "../config/configText";
import { type DialerChecked, DialerText } from "../dialer/dialerText";
import { MigratorScriptText, migratorScript } from "../packages/scriptText";
import { textFormatOf } from "./formats";
import type { OpenText, TextHost } from "./openText";
import type { Registrations } from "./registrations";

/** The text files that are open in the editor and of a known format, by URI. */
export class Texts {
  private readonly texts = new Map<string, { document: TextDocument; text: OpenText }>();
  /** Formats that users chose. */
  private readonly chosen = new Map<string, string>();

  constructor(
    private readonly host: TextHost,
    private readonly registrations: Pick<Registrations, "add" | "remove">,
    private readonly dialerChecked: (checked: DialerChecked) => void,
  ) {}

  get(uri: string): OpenText | undefined {
    return this.texts.get(uri)?.text;
  }

  dialer(uri: string): DialerText | undefined {
    const text = this.get(uri);
    return text instanceof DialerText ? text : undefined;
  }

  /** Whether the server knows the format of a document; if so the editor will send it. */
  async recognise({ uri, path, head, chosen }: RecogniseRequest.Params): Promise<RecogniseRequest.Result> {
    if (chosen === undefined) this.chosen.delete(uri);
    else this.chosen.set(uri, chosen);
    const format = textFormatOf(path, head, chosen);
    const open = this.texts.get(uri);
    // The editor sends a document once; what it is read as may change meanwhile.
    if (open) this.read(open.document, format);
    if (format) await this.registrations.add(uri, path, format.id);
    else this.registrations.remove(uri);
    return { format: format ?? null };
  }

  forget(uri: string): void {
    this.chosen.delete(uri);
    this.registrations.remove(uri);
  }

  opened({ uri, languageId, version, text }: TextDocumentItem): void {
    const document = TextDocument.create(uri, languageId, version, text);
    const path = decodeURIComponent(uri);
    this.read(document, textFormatOf(path, text.slice(0, candidateHead), this.chosen.get(uri)));
  }

  changed({ textDocument, contentChanges }: DidChangeTextDocumentParams): void {
    const open = this.texts.get(textDocument.uri);
    if (!open) return;
    open.document = TextDocument.update(open.document, contentChanges, textDocument.version);
    open.text.update(open.document);
  }

  closed(uri: string): void {
    this.texts.get(uri)?.text.close();
    this.texts.delete(uri);
  }

  /** The settings changed. */
  recheck(): void {
    for (const { text } of this.texts.values()) text.recheck();
  }

  /** Files came, went or changed: texts in the same folder, or the one above, may depend on them. */
  filesChanged(events: readonly FileEvent[]): void {
    const near = new Set<string>();
    for (const { uri, type } of events) {
      if (type === FileChangeType.Changed && !/\.(?:udl|ora)$/i.test(uri)) continue;
      const folder = folderOf(uri);
      near.add(folder).add(folderOf(folder));
    }
    for (const [uri, { text }] of this.texts) if (near.has(folderOf(uri))) text.recheck();
  }

  stop(): void {
    for (const uri of [...this.texts.keys()]) this.closed(uri);
  }

  private read(document: TextDocument, format: TextFormat | undefined): void {
    this.closed(document.uri);
    if (!format) return;
    this.texts.set(document.uri, { document, text: this.textOf(document, format.id) });
  }

  private textOf(document: TextDocument, format: string): OpenText {
    if (format === dialerFormat) return new DialerText(document, this.host, this.dialerChecked);
    if (format === migratorScript.id) return new MigratorScriptText(document, this.host);
    return new ConfigText(document, format, this.host);
  }
}

function folderOf(uri: string): string {
  return uri.slice(0, uri.lastIndexOf("/"));
}
