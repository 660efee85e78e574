import {
  CodeAction,
  CodeActionKind,
  type CodeActionProvider,
  type Diagnostic,
  type Disposable,
  env,
  languages,
  l10n,
  type Range,
  type TextDocument,
  Uri,
  window,
} from "vscode";
import {
  listingLanguage,
  listingScheme,
  StepAtLineRequest,
  StepToolRequest,
} from "../../../server/src/protocol";
import type { Server } from "../server";

/** Offers the help page of a step's tool, and its mapping to the target's, where something was found about it. */
export class ToolActions implements CodeActionProvider, Disposable {
  private readonly registration: Disposable;

  constructor(private readonly server: Server) {
    const selector = { scheme: listingScheme, language: listingLanguage };
    this.registration = languages.registerCodeActionsProvider(selector, this, {
      providedCodeActionKinds: [CodeActionKind.QuickFix],
    });
  }

  async provideCodeActions(
    document: TextDocument,
    _range: Range,
    { diagnostics }: { readonly diagnostics: readonly Diagnostic[] },
  ): Promise<CodeAction[]> {
    const byLine = new Map<number, Diagnostic[]>();
    for (const diagnostic of diagnostics) {
      if (diagnostic.source !== "Handler Workbench" || !/^(?:tool|mail)-/.test(String(diagnostic.code)))
        continue;
      const { line } = diagnostic.range.start;
      byLine.set(line, [...(byLine.get(line) ?? []), diagnostic]);
    }
    const actions: CodeAction[] = [];
    for (const [line, found] of byLine) {
      const node = await nodeAt(this.server, document.uri, line);
      if (node !== null) actions.push(...(await this.actionsOf(document.uri, node, found)));
    }
    return actions;
  }

  dispose(): void {
    this.registration.dispose();
  }

  private async actionsOf(uri: Uri, node: number, diagnostics: Diagnostic[]): Promise<CodeAction[]> {
    const { help, mapping, tool } = await toolOf(this.server, uri, node);
    const action = (title: string, command: string): CodeAction => {
      const made = new CodeAction(title, CodeActionKind.QuickFix);
      made.diagnostics = diagnostics;
      made.command = { title, command: `handlerWorkbench.${command}`, arguments: [uri, node] };
      return made;
    };
    return [
      ...(mapping === null
        ? []
        : [action(l10n.t("Copy the parameter mapping of step {0} as Markdown", node), "copyToolMapping")]),
      ...(help === null || tool === null
        ? []
        : [action(l10n.t("Open the help page about {0}", tool), "openToolHelp")]),
    ];
  }
}

/** Copies old and new parameters and exits of a step's tool; of the step at the cursor where none is given. */
export async function copyMapping(server: Server, givenUri?: unknown, givenNode?: unknown): Promise<void> {
  const { uri, node } = await stepOf(server, givenUri, givenNode);
  const { mapping } = await toolOf(server, uri, node);
  if (mapping === null)
    throw new Error(l10n.t("There is no newer form of the tool of step {0} to compare with.", node));
  await env.clipboard.writeText(mapping);
  void window.setStatusBarMessage(l10n.t("The parameter mapping of step {0} was copied.", node), 4000);
}

/** Opens the vendor's help page about a step's tool; of the step at the cursor where none is given. */
export async function openToolHelp(server: Server, givenUri?: unknown, givenNode?: unknown): Promise<void> {
  const { uri, node } = await stepOf(server, givenUri, givenNode);
  const { help } = await toolOf(server, uri, node);
  if (help === null) throw new Error(l10n.t("No help page is known about the tool of step {0}.", node));
  await env.openExternal(Uri.parse(help, true));
}

async function stepOf(
  server: Server,
  givenUri: unknown,
  givenNode: unknown,
): Promise<{ uri: Uri; node: number }> {
  if (givenUri instanceof Uri && typeof givenNode === "number") return { uri: givenUri, node: givenNode };
  const editor = window.activeTextEditor;
  const isListing = editor?.document.uri.scheme === listingScheme;
  const node = isListing ? await nodeAt(server, editor.document.uri, editor.selection.active.line) : null;
  if (!isListing || node === null)
    throw new Error(l10n.t("Place the cursor on a step in the listing of a handler first."));
  return { uri: editor.document.uri, node };
}

async function nodeAt(server: Server, uri: Uri, line: number): Promise<number | null> {
  const params: StepAtLineRequest.Params = { uri: uri.toString(), line };
  return (await server.request<StepAtLineRequest.Result>(StepAtLineRequest.method, params)).node;
}

async function toolOf(server: Server, uri: Uri, node: number): Promise<StepToolRequest.Result> {
  const params: StepToolRequest.Params = { uri: uri.toString(), node };
  return await server.request<StepToolRequest.Result>(StepToolRequest.method, params);
}
