import {
  CodeAction,
  CodeActionKind,
  type CodeActionProvider,
  type Diagnostic,
  type Disposable,
  languages,
  l10n,
  type Range,
  type TextDocument,
} from "vscode";
import type { KnownTexts } from "./knownTexts";

/** Offers to turn off the rule of a problem in a known text file. */
export class TextRules implements CodeActionProvider, Disposable {
  private readonly registration: Disposable;

  constructor(private readonly texts: KnownTexts) {
    this.registration = languages.registerCodeActionsProvider(
      [{ scheme: "file" }, { scheme: "untitled" }],
      this,
      {
        providedCodeActionKinds: [CodeActionKind.QuickFix],
      },
    );
  }

  provideCodeActions(
    { uri }: TextDocument,
    _range: Range,
    { diagnostics }: { readonly diagnostics: readonly Diagnostic[] },
  ): CodeAction[] {
    if (!this.texts.formatOf(uri)) return [];
    const byRule = new Map<string, Diagnostic[]>();
    for (const diagnostic of diagnostics) {
      const { source, code } = diagnostic;
      if (source !== "Handler Workbench" || typeof code !== "string") continue;
      byRule.set(code, [...(byRule.get(code) ?? []), diagnostic]);
    }
    return [...byRule].map(([rule, about]) => {
      const action = new CodeAction(l10n.t("Turn off {0}", rule), CodeActionKind.QuickFix);
      action.diagnostics = about;
      action.command = { title: action.title, command: "handlerWorkbench.turnOffRule", arguments: [rule] };
      return action;
    });
  }

  dispose(): void {
    this.registration.dispose();
  }
}
