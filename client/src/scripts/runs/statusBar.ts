import { Disposable, l10n, StatusBarAlignment, type StatusBarItem, window } from "vscode";
import { duration, type Runs } from "./runs";

/** How far the runs of this window are, in the status bar, with a way to stop them. */
export class RunStatus implements Disposable {
  private readonly progress: StatusBarItem;
  private readonly stop: StatusBarItem;
  private readonly registrations: Disposable;
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly runs: Runs) {
    this.progress = window.createStatusBarItem("handlerWorkbench.run", StatusBarAlignment.Left, 50);
    this.progress.name = l10n.t("Script Run");
    this.progress.command = "handlerWorkbench.runs.focus";
    this.stop = window.createStatusBarItem("handlerWorkbench.runCancel", StatusBarAlignment.Left, 49);
    this.stop.name = l10n.t("Cancel Script Run");
    this.stop.command = "handlerWorkbench.cancelRun";
    this.registrations = Disposable.from(
      this.progress,
      this.stop,
      runs.onDidChange(() => this.show()),
    );
  }

  dispose(): void {
    clearInterval(this.timer);
    this.registrations.dispose();
  }

  private show(): void {
    const { active } = this.runs;
    const [first] = active;
    if (!first) {
      clearInterval(this.timer);
      this.timer = undefined;
      this.progress.hide();
      this.stop.hide();
      return;
    }
    // The time goes on while a long batch says nothing.
    this.timer ??= setInterval(() => this.show(), 1000);
    const { script, scripts, batch, batches, elapsed } = first.run.progress;
    const more = active.length > 1 ? ` (+${active.length - 1})` : "";
    const text = l10n.t(
      "script {0}/{1}, batch {2}/{3}, {4}",
      script,
      scripts,
      batch,
      batches,
      duration(elapsed),
    );
    this.progress.text = `$(sync~spin) ${text}${more}`;
    this.progress.tooltip = first.run.title;
    const cancelling = first.run.phase === "cancelling";
    this.stop.text = cancelling
      ? `$(debug-disconnect) ${l10n.t("Cut")}`
      : `$(stop-circle) ${l10n.t("Cancel")}`;
    this.stop.tooltip = cancelling
      ? l10n.t("Cancelling: the server was asked to stop. Choose again to cut the connection.")
      : l10n.t("Ask the server to stop {0}", first.run.title);
    this.progress.show();
    this.stop.show();
  }
}
