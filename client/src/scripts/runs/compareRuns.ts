import { basename } from "node:path";
import type { Disposable } from "vscode";
import { commands, l10n, type TextDocumentContentProvider, Uri, window, workspace } from "vscode";
import { type PastRunRow, RunTextRequest } from "../../../../server/src/protocol";
import type { Server } from "../../server";
import type { Runs } from "./runs";
import type { RunNode } from "./runsView";

const scheme = "handler-run-text";

/** Two runs of a check script beside each other: what it finds now that it did not find before. */
export class RunComparisons implements TextDocumentContentProvider, Disposable {
  private readonly registration: Disposable;

  constructor(
    private readonly server: Server,
    private readonly runs: Runs,
  ) {
    this.registration = workspace.registerTextDocumentContentProvider(scheme, this);
  }

  /** Compares two runs: those selected, else the one given with another one of the same scripts. */
  async compare(node: RunNode | undefined, selected: readonly RunNode[]): Promise<void> {
    const chosen = selected.flatMap((each) => (each.kind === "past" ? [each.run] : []));
    const [first, second] = chosen.length === 2 ? chosen : await this.choose(node);
    if (!first || !second) return;
    const [old, later] = first.startedAt <= second.startedAt ? [first, second] : [second, first];
    const when = (run: PastRunRow): string => new Date(run.startedAt).toLocaleString();
    const name = basename(old.scripts[0]?.path ?? old.name);
    const title = l10n.t("{0}: {1} ↔ {2}", name, when(old), when(later));
    await commands.executeCommand("vscode.diff", uriOf(old), uriOf(later), title);
  }

  async provideTextDocumentContent({ query: folder }: Uri): Promise<string> {
    const params: RunTextRequest.Params = { folder };
    return (await this.server.request<RunTextRequest.Result>(RunTextRequest.method, params)).text;
  }

  dispose(): void {
    this.registration.dispose();
  }

  private async choose(node: RunNode | undefined): Promise<readonly (PastRunRow | undefined)[]> {
    const { runs } = await this.runs.history();
    const first = node?.kind === "past" ? node.run : await pick(runs, l10n.t("Compare: first run"));
    if (!first) return [];
    const paths = (run: PastRunRow): string => run.scripts.map(({ path }) => path).join("\n");
    const others = runs.filter((run) => run.folder !== first.folder && paths(run) === paths(first));
    if (others.length === 0) {
      void window.showInformationMessage(l10n.t("There is no other run of the same scripts."));
      return [];
    }
    return [first, others.length === 1 ? others[0] : await pick(others, l10n.t("Compare with"))];
  }
}

function uriOf({ folder, name }: PastRunRow): Uri {
  return Uri.from({ scheme, path: `/${name}.txt`, query: folder });
}

async function pick(runs: readonly PastRunRow[], title: string): Promise<PastRunRow | undefined> {
  const items = runs.map((run) => ({
    label: basename(run.scripts[0]?.path ?? run.name),
    description: run.stateName,
    detail: `${new Date(run.startedAt).toLocaleString()} · ${run.where}`,
    run,
  }));
  return (await window.showQuickPick(items, { title }))?.run;
}
