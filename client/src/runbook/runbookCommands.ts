import type { Uri } from "vscode";
import { l10n, type QuickPickItem, window, workspace } from "vscode";
import type { RunbookChange, RunbookLink, RunbookState, RunbookStep } from "../../../server/src/protocol";
import { chooseTarget, tellExported } from "../compare/report";
import { askForEvidence, openEvidence } from "./evidence";
import { followLink, linkTitle } from "./links";
import { proveStep } from "./prove";
import type { RunbookFile } from "./runbookFile";
import type { RunbookNode } from "./runbookNodes";
import type { RunbookView } from "./runbookView";

/** Whatever a menu or a program hands to a command: a row, the id of a step, or nothing. */
export type Given = RunbookNode | string | undefined;

/** What the commands of the runbook do. What they throw is shown to the user. */
export class RunbookCommands {
  /** Set right after it is made: ticking a box of the view is one of the commands. */
  view: RunbookView | undefined;

  constructor(private readonly file: RunbookFile) {}

  /** Asks what the site has, unless a program says it; this is how a runbook is started. */
  async chooseVariants(given?: unknown): Promise<void> {
    const runbook = this.file.runbook ?? (await this.file.read());
    if (!runbook) throw new Error(l10n.t("Open a folder on disk first: the runbook is kept in it."));
    const known = runbook.variants.map(({ id }) => id);
    if (Array.isArray(given)) {
      const chosen = given.filter((each): each is string => known.includes(each as string));
      await this.file.change([{ what: "variants", chosen }]);
      this.file.lookSoon();
      return;
    }
    const items = runbook.variants.map(({ id, title, about, chosen }): QuickPickItem & { id: string } => ({
      id,
      label: title,
      description: about,
      picked: chosen,
    }));
    const picked = await window.showQuickPick(items, {
      title: l10n.t("What Does the Site Have?"),
      placeHolder: l10n.t("The runbook shows the steps of what is chosen; it can be changed at any time"),
      canPickMany: true,
    });
    if (!picked) return;
    await this.file.change([{ what: "variants", chosen: picked.map(({ id }) => id) }]);
    this.file.lookSoon();
  }

  async mark(state: RunbookState, given: Given, selected?: unknown): Promise<void> {
    const steps = this.stepsOf(given, selected);
    if (steps.length === 0) throw new Error(l10n.t("Choose a step of the runbook first."));
    const changes = steps.map(({ id }): RunbookChange => ({ what: "state", step: id, state }));
    if (state !== "blocked" || typeof given === "string") return await this.change(changes);
    const note = await window.showInputBox({
      title: l10n.t("What Blocks {0}?", steps.map(({ number }) => number).join(", ")),
      value: steps.length === 1 ? steps[0]?.note : "",
      prompt: l10n.t("Kept as the note of the step; empty keeps the note as it is"),
    });
    if (note === undefined) return;
    const notes = steps.map(({ id }): RunbookChange => ({ what: "note", step: id, note: note.trim() }));
    await this.change(note.trim() === "" ? changes : [...changes, ...notes]);
  }

  /** Boxes of the view were ticked or cleared. */
  async tick(steps: readonly string[], done: boolean): Promise<void> {
    const state = done ? "done" : "open";
    await this.change(steps.map((step) => ({ what: "state", step, state })));
  }

  async editNote(given: Given, text?: unknown): Promise<void> {
    const step = this.stepOf(given);
    const note =
      typeof text === "string"
        ? text
        : await window.showInputBox({
            title: l10n.t("Note on {0}", `${step.number} ${step.title}`),
            value: step.note,
            prompt: l10n.t("Kept in .handler-workbench/runbook.json; empty takes the note away"),
          });
    if (note !== undefined) await this.change([{ what: "note", step: step.id, note: note.trim() }]);
  }

  async setEvidence(given: Given, text?: unknown): Promise<void> {
    const step = this.stepOf(given);
    const evidence = typeof text === "string" ? text : await askForEvidence(step, this.file.folder);
    if (evidence !== undefined) await this.change([{ what: "evidence", step: step.id, evidence }]);
  }

  async openEvidence(given: Given): Promise<void> {
    const step = this.stepOf(given);
    if (step.evidence === "") await this.setEvidence(given);
    else await openEvidence(step, this.file.folder);
  }

  /** Does what is linked; of several links asks which. */
  async runLink(given: Given, link?: RunbookLink): Promise<void> {
    if (link) return await followLink(link);
    const { links, number } = this.stepOf(given);
    if (links.length <= 1) {
      if (links[0]) await followLink(links[0]);
      return;
    }
    const items = links.map((each): QuickPickItem & { link: RunbookLink } => ({
      label: linkTitle(each).title,
      link: each,
    }));
    const chosen = await window.showQuickPick(items, { title: l10n.t("What to Do for {0}", number) });
    if (chosen) await followLink(chosen.link);
  }

  async prove(given: Given): Promise<void> {
    await proveStep(this.file, this.stepOf(given));
  }

  /** Reads the file and looks at the workspace again. */
  async refresh(): Promise<void> {
    await this.file.read();
    if (this.file.runbook?.started) await this.file.prove();
  }

  async export(): Promise<void> {
    if (!this.file.runbook?.started) throw new Error(l10n.t("Start the runbook first."));
    const forms = [
      {
        form: "html" as const,
        label: "HTML",
        detail: l10n.t("One page that needs nothing else, to hand on or print"),
      },
      { form: "markdown" as const, label: "Markdown", detail: l10n.t("For reviews and wikis") },
    ];
    const chosen = await window.showQuickPick(forms, { title: l10n.t("Export Runbook as") });
    if (!chosen) return;
    const target = await chooseTarget("migration-runbook", chosen.form);
    if (!target) return;
    await this.writeExport(chosen.form, target);
    await tellExported(target);
  }

  /** Without questions: what `export` does in the end. */
  async writeExport(form: "html" | "markdown", target: Uri): Promise<void> {
    const text = await this.file.text(form, l10n.t("Migration of {0}", workspace.name ?? ""));
    await workspace.fs.writeFile(target, new TextEncoder().encode(text));
  }

  async openFile(): Promise<void> {
    const { uri } = this.file;
    if (!uri || !this.file.runbook?.started) throw new Error(l10n.t("Start the runbook first."));
    await window.showTextDocument(uri);
  }

  async merge(): Promise<void> {
    if (!this.file.runbook?.conflict) throw new Error(l10n.t("There is no merge conflict in the runbook."));
    await this.file.merge();
    void window.showInformationMessage(
      l10n.t("The runbook was merged: of each step the later mark counts, and notes of both sides stay."),
    );
  }

  private async change(changes: readonly RunbookChange[]): Promise<void> {
    const before = changes.flatMap((change): RunbookChange[] => {
      const step = change.what === "state" ? this.find(change.step) : undefined;
      return step ? [{ what: "state", step: step.id, state: step.state }] : [];
    });
    const { broken, completed, runbook } = await this.file.change(changes);
    // Nobody waits for the answers.
    if (broken.length > 0) void this.warn(broken, before).catch(() => undefined);
    else if (completed.length > 0)
      void window.showInformationMessage(
        l10n.t("{0}: all steps are done. {1}", completed.join(", "), runbook.snapshotAdvice),
      );
  }

  private async warn(broken: readonly string[], before: readonly RunbookChange[]): Promise<void> {
    const undo = l10n.t("Undo");
    const message = l10n.t("Out of order: {0}", broken.join(" "));
    if ((await window.showWarningMessage(message, undo)) === undo) await this.file.change(before);
  }

  private find(id: string): RunbookStep | undefined {
    return this.file.runbook?.phases.flatMap(({ steps }) => steps).find((step) => step.id === id);
  }

  /** As it is now: a row may be from before. */
  private stepOf(given: Given): RunbookStep {
    const [step] = this.stepsOf(given);
    if (!step) throw new Error(l10n.t("Choose a step of the runbook first."));
    return step;
  }

  /** Of what a menu gives: the rows that are selected where the row is one of them. */
  private stepsOf(given: Given, selected?: unknown): RunbookStep[] {
    const rows = Array.isArray(selected) && selected.length > 0 ? (selected as Given[]) : [given];
    const all = given === undefined ? (this.view?.selection ?? []) : rows;
    const ids = all.flatMap((row) => {
      if (typeof row === "string") return [row];
      if (row?.kind === "step") return [row.step.id];
      return row?.kind === "fact" ? [row.of.step.id] : [];
    });
    return [...new Set(ids)].flatMap((id) => this.find(id) ?? []);
  }
}
