import * as l10n from "@vscode/l10n";
import {
  type DocumentSymbol,
  type FoldingRange,
  type Hover,
  type Location,
  LSPErrorCodes,
  type Position,
  ResponseError,
} from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import { checkDialerConfiguration } from "../../dialer/check";
import { hoverAt } from "../../dialer/hover";
import type { DialerConfiguration } from "../../dialer/model";
import { definitionAt, referencesAt } from "../../dialer/navigation";
import { foldsOf, outlineOf, type OutlineEntry } from "../../dialer/outline";
import { readDialerConfiguration } from "../../dialer/read";
import type { Surroundings } from "../../dialer/surroundings";
import { Checking } from "../texts/checking";
import { diagnosticsOf, rangeOf } from "../texts/diagnostics";
import type { OpenText, TextHost } from "../texts/openText";
import { type Around, around } from "./surroundings";

/** A Dialer configuration as read. */
export interface ReadConfiguration {
  /** The text as it was then; offsets of the model are places of it. */
  readonly document: TextDocument;
  readonly model: DialerConfiguration;
  readonly surroundings: Surroundings;
}

export interface DialerChecked {
  readonly uri: string;
  readonly model: DialerConfiguration;
}

interface Reading {
  readonly marker: string;
  readonly document: TextDocument;
  readonly abort: AbortController;
  readonly model: Promise<DialerConfiguration>;
}

/** A Dialer configuration in the editor. It is read once a version, in slices, whoever asks first. */
export class DialerText implements OpenText {
  private readonly checking = new Checking(
    (signal) => this.check(signal),
    (error) => this.host.report(error),
  );
  private reading: Reading | undefined;
  private around: Promise<Around> | undefined;

  constructor(
    private document: TextDocument,
    private readonly host: TextHost,
    private readonly checked: (checked: DialerChecked) => void,
  ) {
    this.checking.now();
  }

  update(document: TextDocument): void {
    this.document = document;
    this.drop();
    this.checking.soon(document.getText().length);
  }

  recheck(): void {
    this.around = undefined;
    this.checking.soon(0);
  }

  close(): void {
    this.checking.stop();
    this.drop();
    this.host.publish({ uri: this.document.uri, diagnostics: [] });
  }

  async read(): Promise<ReadConfiguration & Pick<Around, "problems">> {
    const reading = this.current();
    this.around ??= around(this.document.uri, this.host.settings(), this.host.folders());
    try {
      const [model, { surroundings, problems }] = await Promise.all([reading.model, this.around]);
      if (this.reading === reading) return { document: reading.document, model, surroundings, problems };
    } catch (error) {
      if (!reading.abort.signal.aborted) throw error;
    }
    throw new ResponseError(LSPErrorCodes.ContentModified, l10n.t("The text changed meanwhile."));
  }

  async symbols(): Promise<DocumentSymbol[]> {
    const { model, document } = await this.read();
    return outlineOf(model).map((entry) => symbolOf(document, entry));
  }

  async folds(): Promise<FoldingRange[]> {
    return foldsOf((await this.read()).model);
  }

  async hover(position: Position): Promise<Hover | null> {
    const { model, document, surroundings } = await this.read();
    const found = hoverAt(model, document.offsetAt(position), surroundings);
    return (
      (found && { contents: { kind: "markdown", value: found.markdown }, range: rangeOf(document, found) }) ??
      null
    );
  }

  async definition(position: Position): Promise<Location[]> {
    const { model, document } = await this.read();
    return definitionAt(model, document.offsetAt(position)).map(({ selection }) => ({
      uri: document.uri,
      range: rangeOf(document, selection),
    }));
  }

  async references(position: Position, includeDeclaration: boolean): Promise<Location[]> {
    const { model, document } = await this.read();
    return referencesAt(model, document.offsetAt(position), includeDeclaration).map((range) => ({
      uri: document.uri,
      range: rangeOf(document, range),
    }));
  }

  /** The reading of the newest text with the newest settings, begun if it is not. */
  private current(): Reading {
    const { deletedMarker: marker } = this.host.settings();
    if (this.reading?.marker === marker) return this.reading;
    this.drop();
    const { uri, languageId, version } = this.document;
    const text = this.document.getText();
    // The editor's document changes in place; this one stays what was read.
    const document = TextDocument.create(uri, languageId, version, text);
    const abort = new AbortController();
    const options = { signal: abort.signal, ...(marker !== "" && { deletedMarker: marker }) };
    const model = readDialerConfiguration(text, options);
    // Nobody may be waiting any more when it is given up.
    model.catch(() => undefined);
    return (this.reading = { marker, document, abort, model });
  }

  private drop(): void {
    this.reading?.abort.abort();
    this.reading = undefined;
  }

  private async check(signal: AbortSignal): Promise<void> {
    const { document, model, surroundings, problems } = await this.read();
    const found = await checkDialerConfiguration(model, surroundings, { signal });
    signal.throwIfAborted();
    const { uri, version } = document;
    const diagnostics = diagnosticsOf(document, [...problems, ...found], this.host.settings());
    this.host.publish({ uri, version, diagnostics });
    this.checked({ uri, model });
  }
}

function symbolOf(document: TextDocument, entry: OutlineEntry): DocumentSymbol {
  return {
    name: entry.name,
    detail: entry.detail,
    kind: entry.symbolKind as DocumentSymbol["kind"],
    range: rangeOf(document, entry),
    selectionRange: rangeOf(document, entry.selection),
    ...(entry.deprecated && { tags: [1] }),
    children: entry.children.map((child) => symbolOf(document, child)),
  };
}
