import * as l10n from "@vscode/l10n";
import type { TextDocument } from "vscode-languageserver-textdocument";
import type { ConsoleFinding } from "../../packages/console/check";
import { checkConsoleScript } from "../../packages/console/script";
import type { TextProblem } from "../../problem";
import type { TextFormat } from "../../protocol";
import { Checking } from "../texts/checking";
import { diagnosticsOf } from "../texts/diagnostics";
import type { OpenText, TextHost } from "../texts/openText";

/** What Windows runs line by line: calls of `ININ.Migrator.Console` may be in it, or be written into it. */
export const migratorScript: TextFormat = {
  id: "migrator-script",
  title: l10n.t("Script, for calls of ININ.Migrator.Console"),
};

export const isScriptName = (name: string): boolean => /\.(?:bat|cmd)$/i.test(name);

export const callsMigrator = (text: string): boolean => /ININ\.Migrator\.Console/i.test(text);

/** A script in the editor, with the problems of its calls of `ININ.Migrator.Console`. */
export class MigratorScriptText implements OpenText {
  private readonly checking = new Checking(
    () => this.check(),
    (error) => this.host.report(error),
  );

  constructor(
    private document: TextDocument,
    private readonly host: TextHost,
  ) {
    this.checking.now();
  }

  update(document: TextDocument): void {
    this.document = document;
    this.checking.soon(document.getText().length);
  }

  recheck(): void {
    this.checking.soon(0);
  }

  close(): void {
    this.checking.stop();
    this.host.publish({ uri: this.document.uri, diagnostics: [] });
  }

  private async check(): Promise<void> {
    const { document, host } = this;
    const problems = checkConsoleScript(document.getText()).map((finding) => inDocument(document, finding));
    const diagnostics = diagnosticsOf(document, problems, host.settings());
    host.publish({ uri: document.uri, version: document.version, diagnostics });
  }
}

function inDocument(document: TextDocument, { length, place, ...finding }: ConsoleFinding): TextProblem {
  const { line = 1, column = 1 } = place ?? {};
  const start = document.offsetAt({ line: line - 1, character: column - 1 });
  return { ...finding, certainty: "documented", start, end: start + length };
}
