import { type Disposable, l10n, type Uri, window, workspace } from "vscode";
import { errorCount } from "./errorCount";
import type { Server } from "../../server";
import type { Connection, Connections } from "../connections/connections";
import type { RunnerPlace } from "../runnerProcess";
import { isTrusted } from "../trust";
import type { ActiveRun } from "./activeRun";
import { exportRun } from "./exportRun";
import type { RunMessages } from "./messages";
import type { Plans } from "./plans";
import { Preview } from "./preview";
import type { RunProblems } from "./runProblems";
import type { Runs, StartedRun } from "./runs";
import type { RememberedChoices, RunSpec } from "./runSpec";

export interface LauncherParts {
  readonly server: Server;
  readonly media: Uri;
  readonly runner: RunnerPlace;
  readonly connections: Connections;
  readonly runs: Runs;
  readonly messages: RunMessages;
  readonly problems: RunProblems;
  readonly choices: RememberedChoices;
  readonly plans: Plans;
}

/** Opens previews, and takes what they start under its wing: messages, problems, the end. */
export class Launcher implements Disposable {
  private readonly previews = new Set<Preview>();
  private readonly listener: Disposable;

  constructor(private readonly parts: LauncherParts) {
    this.listener = parts.runs.onDidEnd((started) => void this.tellEnd(started));
  }

  /** The previews that are open. */
  get open(): readonly Preview[] {
    return [...this.previews];
  }

  /** Shows what a run would do; undefined in Restricted Mode. */
  async preview(spec: RunSpec): Promise<Preview | undefined> {
    if (!isTrusted()) return undefined;
    const { server, media, runner, runs, choices, plans } = this.parts;
    const preview: Preview = new Preview(
      {
        server,
        media,
        runner,
        choices,
        runsFolder: () => runs.folder(),
        password: (given) => this.parts.connections.password(given.connection),
        onStart: (run, given) => void this.started(run, given),
        onRead: () => undefined,
        exportRun: (run) => exportRun(server, run.request),
        showPlan: (run) => plans.show(run.request, 0),
      },
      spec,
      () => this.previews.delete(preview),
    );
    this.previews.add(preview);
    await preview.read();
    return preview;
  }

  /** Cancels a run, or the one that goes on; the second time, cuts its connection. */
  async cancel(given?: ActiveRun): Promise<void> {
    const { active } = this.parts.runs;
    const run = given ?? (active.length === 1 ? active[0]?.run : await this.choose());
    run?.cancel();
  }

  dispose(): void {
    this.listener.dispose();
    for (const preview of this.previews) preview.dispose();
  }

  private async choose(): Promise<ActiveRun | undefined> {
    const items = this.parts.runs.active.map(({ run }) => ({ label: run.title, run }));
    if (items.length === 0)
      return void window.showInformationMessage(l10n.t("No run goes on in this window."));
    return (await window.showQuickPick(items, { title: l10n.t("Cancel Script Run") }))?.run;
  }

  private async started(run: ActiveRun, spec: RunSpec): Promise<void> {
    const { runs, messages, problems } = this.parts;
    problems.follow(run);
    const uri = messages.follow(run);
    runs.add({ run, spec, messages: uri });
    await messages.show(uri);
  }

  private async tellEnd({ run, spec, messages }: StartedRun): Promise<void> {
    const { result, failure } = run;
    // A password that was refused must not be used again.
    if (result?.state === "Incomplete") this.parts.connections.forgetEntered(spec.connection.id);
    const errors = errorCount(result?.errors ?? 0);
    const why = [errors, result?.reason ?? failure ?? ""].filter((part) => part !== "").join(", ");
    const text = `${run.title}: ${run.ending} (${why})`;
    const show = l10n.t("Show Messages");
    const tell =
      result?.state === "Completed" && result.errors === 0
        ? window.showInformationMessage(text, show)
        : window.showWarningMessage(text, show);
    if ((await tell) === show) await this.parts.messages.show(messages, false);
  }
}

/** Where runs are kept: as the setting says, else with the extension's own data. */
export function runsFolder(ownData: Uri): string {
  const set = workspace.getConfiguration("handlerWorkbench").get<string>("scripts.runsFolder", "").trim();
  return set === "" ? ownData.with({ path: `${ownData.path}/runs` }).fsPath : set;
}

/** What a single script, or several in their order, would be run as. */
export function specOfFiles(files: readonly Uri[], connection: Connection): RunSpec {
  const names = files.map(({ path }) => path.slice(path.lastIndexOf("/") + 1));
  const [first = ""] = names;
  return {
    title: names.length === 1 ? first : l10n.t("{0} and {1} more", first, names.length - 1),
    connection,
    scripts: files.map(({ fsPath }) => ({ path: fsPath })),
    memory: `scripts ${files.map(({ fsPath }) => fsPath).join(" ")}`.slice(0, 500),
  };
}
