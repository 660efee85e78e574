import { commands, Disposable, Uri } from "vscode";
import type { RunbookLink } from "../../../server/src/protocol";
import { guarded } from "../guarded";
import type { Runs } from "../scripts/runs/runs";
import type { Server } from "../server";
import { type Given, RunbookCommands } from "./runbookCommands";
import { RunbookFile } from "./runbookFile";
import { RunbookView } from "./runbookView";

/** The migration runbook, and the walkthrough for newcomers. */
export function startRunbook(server: Server, runs: Runs): Disposable {
  const file = new RunbookFile(server, () => [runs.folder()]);
  const does = new RunbookCommands(file);
  const register = (name: string, action: (...args: never[]) => unknown): Disposable =>
    commands.registerCommand(`handlerWorkbench.${name}`, (...args: never[]) =>
      guarded(server, () => action(...args)),
    );
  const view = new RunbookView(file, (steps, done) => guarded(server, () => does.tick(steps, done)));
  does.view = view;
  return Disposable.from(
    file,
    view,
    // A script that has run may be a proof.
    runs.onDidEnd(() => file.lookSoon()),
    register("chooseVariants", (given: unknown) => does.chooseVariants(given)),
    register("markStepDone", (given: Given, rows: unknown) => does.mark("done", given, rows)),
    register("markStepOpen", (given: Given, rows: unknown) => does.mark("open", given, rows)),
    register("markStepNotNeeded", (given: Given, rows: unknown) => does.mark("notNeeded", given, rows)),
    register("markStepBlocked", (given: Given, rows: unknown) => does.mark("blocked", given, rows)),
    register("editStepNote", (given: Given, text: unknown) => does.editNote(given, text)),
    register("setStepEvidence", (given: Given, text: unknown) => does.setEvidence(given, text)),
    register("openStepEvidence", (given: Given) => does.openEvidence(given)),
    register("runStepLink", (given: Given, link?: RunbookLink) =>
      does.runLink(given, isLink(link) ? link : undefined),
    ),
    register("revealStep", (step: string) => view.reveal(step)),
    register("proveStep", (given: Given) => does.prove(given)),
    register("refreshRunbook", () => does.refresh()),
    register("exportRunbook", (form: unknown, target: unknown) =>
      (form === "html" || form === "markdown") && target instanceof Uri
        ? does.writeExport(form, target)
        : does.export(),
    ),
    register("openRunbookFile", () => does.openFile()),
    register("mergeRunbook", () => does.merge()),
    register("showOpenSteps", () => view.showAll(false)),
    register("showAllSteps", () => view.showAll(true)),
    register("openWalkthrough", () =>
      commands.executeCommand(
        "workbench.action.openWalkthrough",
        "handler-workbench.handler-workbench#start",
        false,
      ),
    ),
  );
}

/** Menus give the rows that are selected in this place. */
const isLink = (link: unknown): link is RunbookLink =>
  typeof link === "object" && link !== null && !Array.isArray(link);
