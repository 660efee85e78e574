import type {
  CompletionItem,
  DocumentSymbol,
  FoldingRange,
  Hover,
  Location,
  Position,
  PublishDiagnosticsParams,
} from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";
import type { Settings } from "../../workspace/settings";

/**
 * A text file that is open in the editor and of a format the server knows. What is asked of it is answered for
 * its newest text; what takes long is rejected as outdated when a newer one comes meanwhile.
 */
export interface OpenText {
  /** The text is another one now. */
  update(document: TextDocument): void;
  /** The settings changed, or files around it. */
  recheck(): void;
  /** Ends what is under way; its problems are gone. */
  close(): void;
  symbols?(): Promise<DocumentSymbol[]>;
  folds?(): Promise<FoldingRange[]>;
  hover?(position: Position): Promise<Hover | null>;
  definition?(position: Position): Promise<Location[]>;
  references?(position: Position, includeDeclaration: boolean): Promise<Location[]>;
  completion?(position: Position): Promise<CompletionItem[]>;
}

/** What an open text needs of the server around it. */
export interface TextHost {
  settings(): Settings;
  /** Paths of the workspace folders on disk. */
  folders(): readonly string[];
  publish(params: PublishDiagnosticsParams): void;
  /** For what should not happen. */
  report(error: unknown): void;
}
