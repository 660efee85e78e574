import type { Disposable } from "vscode";
import {
  CodeAction,
  CodeActionKind,
  type CodeActionProvider,
  ConfigurationTarget,
  type Diagnostic,
  languages,
  l10n,
  type QuickPickItem,
  type Range,
  type TextDocument,
  window,
  workspace,
} from "vscode";
import {
  listingLanguage,
  listingScheme,
  type RuleRow,
  RulesRequest,
  StepAtLineRequest,
} from "../../../server/src/protocol";
import type { Server } from "../server";
import { severityName } from "../severities";

const levels = ["error", "warning", "information", "hint", "off"] as const;
type Level = (typeof levels)[number];

const levelName = (level: Level): string => (level === "off" ? l10n.t("off") : severityName(level));

/** Settings hold what people have typed. */
function levelText(set: string | undefined, byDefault: Level): string {
  if (!set) return levelName(byDefault);
  return l10n.t(
    "{0} (default: {1})",
    levelName(levels.find((each) => each === set) ?? byDefault),
    levelName(byDefault),
  );
}

/** Lets the user choose a rule and how its problems are shown. */
export async function configureRules(server: Server): Promise<void> {
  const { rules } = await server.request<RulesRequest.Result>(RulesRequest.method);
  const set = setting<Record<string, string>>("rules");
  const items = rules.map((rule): QuickPickItem & { rule: RuleRow } => ({
    label: rule.id,
    description: levelText(set[rule.id], rule.severity),
    detail: rule.meaning,
    rule,
  }));
  const title = l10n.t("Configure Rules");
  const chosen = await window.showQuickPick(items, { title, matchOnDetail: true });
  if (!chosen) return;
  const { id, severity } = chosen.rule;
  const level = await window.showQuickPick(
    levels.map((each): QuickPickItem & { level: Level } => ({
      label: levelName(each),
      description: each === severity ? l10n.t("default") : undefined,
      picked: each === (set[id] ?? severity),
      level: each,
    })),
    { title: l10n.t("Show problems of {0} as", id) },
  );
  if (level) await setLevel(id, level.level === severity ? undefined : level.level);
}

/** Accepts problems of a rule in a handler (`name`) or a step (`name#node`). */
export async function ignoreFinding(rule: string, pattern: string): Promise<void> {
  const ignored = setting<Record<string, string[]>>("ignoredFindings");
  const patterns = new Set([...(ignored[rule] ?? []), pattern]);
  await update("ignoredFindings", { ...ignored, [rule]: [...patterns] });
}

export async function setLevel(rule: string, level: Level | undefined): Promise<void> {
  const { [rule]: _before, ...others } = setting<Record<string, string>>("rules");
  await update("rules", level === undefined ? others : { ...others, [rule]: level });
}

/** Offers to accept a problem where it is shown. */
export class RuleActions implements CodeActionProvider, Disposable {
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
    const actions: CodeAction[] = [];
    for (const diagnostic of diagnostics) {
      if (diagnostic.source !== "Handler Workbench" || typeof diagnostic.code !== "string") continue;
      const params: StepAtLineRequest.Params = {
        uri: document.uri.toString(),
        line: diagnostic.range.start.line,
      };
      const { name, node } = await this.server.request<StepAtLineRequest.Result>(
        StepAtLineRequest.method,
        params,
      );
      actions.push(...actionsOf(diagnostic, diagnostic.code, name, node));
    }
    return actions;
  }

  dispose(): void {
    this.registration.dispose();
  }
}

function actionsOf(diagnostic: Diagnostic, rule: string, handler: string, node: number | null): CodeAction[] {
  const action = (title: string, command: string, ...args: string[]): CodeAction => {
    const made = new CodeAction(title, CodeActionKind.QuickFix);
    made.diagnostics = [diagnostic];
    made.command = { title, command: `handlerWorkbench.${command}`, arguments: args };
    return made;
  };
  return [
    ...(node === null
      ? []
      : [action(l10n.t("Ignore {0} in step {1}", rule, node), "ignoreFinding", rule, `${handler}#${node}`)]),
    action(l10n.t("Ignore {0} in handler {1}", rule, handler), "ignoreFinding", rule, handler),
    action(l10n.t("Turn off {0}", rule), "turnOffRule", rule),
  ];
}

function setting<Value extends object>(name: string): Value {
  return workspace.getConfiguration("handlerWorkbench").get<Value>(name, {} as Value);
}

/** In the workspace, where there is one: what is accepted is a matter of its handlers. */
async function update(name: string, value: object): Promise<void> {
  const target = workspace.workspaceFolders ? ConfigurationTarget.Workspace : ConfigurationTarget.Global;
  await workspace.getConfiguration("handlerWorkbench").update(name, value, target);
}
