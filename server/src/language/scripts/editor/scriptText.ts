import * as l10n from "@vscode/l10n";
import {
  type DocumentSymbol,
  type FoldingRange,
  FoldingRangeKind,
  type Hover,
  type Location,
  type Position,
  SymbolKind,
} from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";
import { URI } from "vscode-uri";
import { batchNames } from "../../../scripts/batchNames";
import type { Dialect } from "../../../scripts/items";
import { Checking } from "../../texts/checking";
import type { OpenText, TextHost } from "../../texts/openText";
import { includeAt } from "./includes";
import { problemsOf } from "./problems";
import type { OpenScript, readOpenScript } from "./readOpenScript";
import { variableAt, variableHover } from "./variables";

/** The outline of a script with any number of batches would help nobody. */
const mostSymbols = 5000;

type ReadScript = typeof readOpenScript;

/** What reads scripts is loaded with the first one. */
const readWithEngine: ReadScript = async (...given) =>
  (await import("../scriptEngine")).readOpenScript(...given);

/** A database script in the editor. */
export class ScriptText implements OpenText {
  private readonly checking = new Checking(
    (signal) => this.check(signal),
    (error) => this.host.report(error),
  );
  private reading: { readonly version: number; readonly script: Promise<OpenScript> } | undefined;

  constructor(
    private document: TextDocument,
    private readonly dialect: Dialect,
    private readonly host: TextHost,
    private readonly readScript: ReadScript = readWithEngine,
  ) {
    this.checking.now();
  }

  update(document: TextDocument): void {
    this.document = document;
    this.checking.soon(document.getText().length);
  }

  recheck(): void {
    this.reading = undefined;
    this.checking.soon(0);
  }

  close(): void {
    this.checking.stop();
    this.host.publish({ uri: this.document.uri, diagnostics: [] });
  }

  async symbols(): Promise<DocumentSymbol[]> {
    const { batches } = await this.read();
    const { path } = this;
    return batches
      .filter(({ file }) => file === path)
      .slice(0, mostSymbols)
      .map(({ text, type, count, startLine, endLine }) => {
        const range = this.lines(startLine, endLine);
        return {
          name: titleOf(text),
          detail: count > 1 ? l10n.t("{0}, {1} times", batchNames[type], count) : batchNames[type],
          kind: /^create\b/i.test(titleOf(text)) ? SymbolKind.Class : SymbolKind.Event,
          range,
          selectionRange: { start: range.start, end: range.start },
        };
      });
  }

  async folds(): Promise<FoldingRange[]> {
    const { batches } = await this.read();
    const { path } = this;
    return [
      ...batches
        .filter(({ file, startLine, endLine }) => file === path && endLine > startLine)
        .map(({ startLine, endLine }) => ({ startLine: startLine - 1, endLine: endLine - 1 })),
      ...commentFolds(this.document.getText()),
    ];
  }

  async hover(position: Position): Promise<Hover | null> {
    const found = variableAt(this.lineText(position.line), position.character, this.dialect);
    if (!found) return null;
    const { variables } = await this.read();
    const value = variableHover(found.name, variables.get(found.name.toLowerCase()), this.dialect);
    const { line } = position;
    return {
      contents: { kind: "markdown", value },
      range: { start: { line, character: found.start }, end: { line, character: found.end } },
    };
  }

  async definition(position: Position): Promise<Location[]> {
    const path = await includeAt(this.lineText(position.line), this.path, this.dialect);
    if (path === undefined) return [];
    const start = { line: 0, character: 0 };
    return [{ uri: URI.file(path).toString(), range: { start, end: start } }];
  }

  private get path(): string {
    return URI.parse(this.document.uri).fsPath;
  }

  /** The script as it is now; a newer text is read anew. */
  private async read(signal = new AbortController().signal): Promise<OpenScript> {
    const { document, path, dialect } = this;
    if (this.reading?.version !== document.version) {
      const script = this.readScript(path, document.getText(), dialect, signal);
      this.reading = { version: document.version, script };
      script.catch(() => (this.reading = undefined));
    }
    return await this.reading.script;
  }

  private async check(signal: AbortSignal): Promise<void> {
    // What it is checked against may have changed without it: includes.
    this.reading = undefined;
    const script = await this.read(signal);
    signal.throwIfAborted();
    const { uri, version } = this.document;
    this.host.publish({
      uri,
      version,
      diagnostics: problemsOf(this.document, this.path, script, this.host.settings()),
    });
  }

  private lineText(line: number): string {
    return this.document.getText({ start: { line, character: 0 }, end: { line: line + 1, character: 0 } });
  }

  private lines(first: number, last: number) {
    const { document } = this;
    const end = document.offsetAt({ line: last, character: 0 });
    return {
      start: { line: first - 1, character: 0 },
      end: document.positionAt(Math.max(0, last >= document.lineCount ? document.getText().length : end - 1)),
    };
  }
}

/** The first words of a batch that are no comment. */
function titleOf(text: string): string {
  const plain = text
    .replace(/\/\*[^]*?(?:\*\/|$)/g, " ")
    .replace(/--[^\n]*/g, " ")
    .trim();
  const title = plain
    .split(/\s+/)
    .slice(0, 8)
    .join(" ")
    .replace(/\s*\($/, "");
  return title === "" ? l10n.t("(comment)") : title.slice(0, 120);
}

/** Comments of several lines. */
function commentFolds(text: string): FoldingRange[] {
  const folds: FoldingRange[] = [];
  let line = 0;
  let from = 0;
  for (const { index, 0: comment } of text.matchAll(/\/\*[^]*?\*\//g)) {
    for (let at = text.indexOf("\n", from); at >= 0 && at < index; at = text.indexOf("\n", at + 1)) line++;
    const lines = comment.split("\n").length - 1;
    if (lines > 0) folds.push({ startLine: line, endLine: line + lines, kind: FoldingRangeKind.Comment });
    line += lines;
    from = index + comment.length;
  }
  return folds;
}
