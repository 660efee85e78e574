import { readdir, readFile, stat } from "node:fs/promises";
import { dirname } from "node:path";
import * as l10n from "@vscode/l10n";
import {
  type CompletionItem,
  CompletionItemKind,
  type DocumentSymbol,
  type Hover,
  InsertTextFormat,
  type Position,
  SymbolKind,
} from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";
import { URI } from "vscode-uri";
import { decodeText } from "../../config/decode";
import type { ConfigDocument, ConfigSource } from "../../config/format";
import { readConfig } from "../../config/formats";
import { Checking } from "../texts/checking";
import { diagnosticsOf, rangeOf } from "../texts/diagnostics";
import type { OpenText, TextHost } from "../texts/openText";

type Around = Pick<ConfigSource, "encoding" | "bom" | "siblings">;

/** Bytes are looked at for their encoding up to this size. */
const mostBytes = 1024 * 1024;
/** A damaged or generated file may have any number; the outline helps nobody then. */
const mostSymbols = 2000;

/** A small configuration file in the editor. */
export class ConfigText implements OpenText {
  private readonly checking = new Checking(
    (signal) => this.check(signal),
    (error) => this.host.report(error),
  );
  private around: Promise<Around> | undefined;

  constructor(
    private document: TextDocument,
    private readonly format: string,
    private readonly host: TextHost,
  ) {
    this.checking.now();
  }

  update(document: TextDocument): void {
    this.document = document;
    this.checking.soon(document.getText().length);
  }

  recheck(): void {
    this.around = undefined;
    this.checking.soon(0);
  }

  close(): void {
    this.checking.stop();
    this.host.publish({ uri: this.document.uri, diagnostics: [] });
  }

  async symbols(): Promise<DocumentSymbol[]> {
    const { entries } = await this.read();
    return entries.slice(0, mostSymbols).map((entry) => {
      const range = rangeOf(this.document, entry);
      const name = entry.name.trim() === "" ? l10n.t("(no name)") : entry.name;
      return { name, detail: entry.value, kind: SymbolKind.Property, range, selectionRange: range };
    });
  }

  async hover(position: Position): Promise<Hover | null> {
    const note = (await this.read()).hover(this.document.offsetAt(position));
    if (!note) return null;
    return { contents: { kind: "markdown", value: note.markdown }, range: rangeOf(this.document, note) };
  }

  async completion(position: Position): Promise<CompletionItem[]> {
    const suggestions = (await this.read()).complete(this.document.offsetAt(position));
    return suggestions.map(({ label, detail, insertText, start, end }) => ({
      label,
      detail,
      kind: CompletionItemKind.Property,
      insertTextFormat: InsertTextFormat.PlainText,
      textEdit: { range: rangeOf(this.document, { start, end }), newText: insertText },
    }));
  }

  /** Of the newest text: nothing is awaited after it was read. */
  private async read(): Promise<ConfigDocument> {
    this.around ??= aroundOf(this.document.uri);
    const around = await this.around;
    const name = URI.parse(this.document.uri).path;
    const read = readConfig({ name, text: this.document.getText(), ...around }, this.format);
    if (!read) throw new Error(l10n.t("There is no format {0}.", this.format));
    return read;
  }

  private async check(signal: AbortSignal): Promise<void> {
    const { problems } = await this.read();
    signal.throwIfAborted();
    const { uri, version } = this.document;
    this.host.publish({
      uri,
      version,
      diagnostics: diagnosticsOf(this.document, problems, this.host.settings()),
    });
  }
}

/** The encoding of the file and its neighbours; nothing is known around a text that is not on disk. */
async function aroundOf(uri: string): Promise<Around> {
  const { scheme, fsPath } = URI.parse(uri);
  if (scheme !== "file") return {};
  try {
    const { size } = await stat(fsPath);
    const names = await readdir(dirname(fsPath));
    const siblings = new Set(names.map((name) => name.toLowerCase()));
    if (size > mostBytes) return { siblings };
    const { encoding, bom } = decodeText(await readFile(fsPath));
    return { encoding, bom, siblings };
  } catch {
    return {};
  }
}
