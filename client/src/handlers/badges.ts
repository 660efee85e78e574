import {
  Disposable,
  EventEmitter,
  FileDecoration,
  type FileDecorationProvider,
  l10n,
  ThemeColor,
  type Uri,
  window,
  workspace,
} from "vscode";
import type { HandlerRow, ProblemCounts } from "../../../server/src/protocol";
import type { HandlerList } from "./handlerList";

const setting = "explorer.badges";
type Least = "off" | "error" | "warning" | "information";

/** Marks handlers that have problems in the explorer, with their number. */
export class Badges implements FileDecorationProvider, Disposable {
  private readonly changed = new EventEmitter<undefined>();
  readonly onDidChangeFileDecorations = this.changed.event;
  private readonly registrations: Disposable;

  constructor(private readonly handlers: HandlerList) {
    this.registrations = Disposable.from(
      window.registerFileDecorationProvider(this),
      handlers.onDidChange(() => this.changed.fire(undefined)),
      workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration(`handlerWorkbench.${setting}`)) this.changed.fire(undefined);
      }),
    );
  }

  provideFileDecoration(uri: Uri): FileDecoration | undefined {
    const row = this.handlers.get(uri.toString());
    const least = workspace.getConfiguration("handlerWorkbench").get<Least>(setting, "information");
    return row && decorationOf(row, least);
  }

  dispose(): void {
    this.registrations.dispose();
    this.changed.dispose();
  }
}

function decorationOf({ problems }: HandlerRow, least: Least): FileDecoration | undefined {
  const { error, warning, information } = problems;
  const shown =
    least === "off" ? 0 : error + (least === "error" ? 0 : warning + (least === "warning" ? 0 : information));
  if (shown === 0) return undefined;
  const color =
    error > 0
      ? new ThemeColor("list.errorForeground")
      : warning > 0
        ? new ThemeColor("list.warningForeground")
        : undefined;
  const decoration = new FileDecoration(shown > 9 ? "9+" : String(shown), countsText(problems), color);
  // As VS Code marks folders: for what needs doing, not for remarks.
  decoration.propagate = error + warning > 0;
  return decoration;
}

/** "1 error, 2 warnings"; "" where there are none. */
export function countsText({ error, warning, information }: ProblemCounts): string {
  const parts: string[] = [];
  if (error > 0) parts.push(error === 1 ? l10n.t("1 error") : l10n.t("{0} errors", error));
  if (warning > 0) parts.push(warning === 1 ? l10n.t("1 warning") : l10n.t("{0} warnings", warning));
  if (information > 0) parts.push(information === 1 ? l10n.t("1 note") : l10n.t("{0} notes", information));
  return parts.join(", ");
}
