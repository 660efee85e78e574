import { commands, Disposable, l10n, TabInputText, TabInputTextDiff, Uri, window } from "vscode";
import { proposalScheme, type ReportSubject } from "../../../server/src/protocol";
import { guarded } from "../guarded";
import type { Server } from "../server";
import { checkAs } from "./checkAs";
import type { CleanUp } from "./cleanUp";
import { chooseComparison } from "./compare";
import type { Configurations } from "./configurations";
import type { DialerNode } from "./dialerNodes";
import type { DialerView } from "./dialerView";
import type { KnownTexts } from "./knownTexts";
import { showReferrers } from "./referrers";
import { type ReportAction, type Reports } from "./reports";
import { saveReport } from "./saveReport";
import { chooseWorkflows } from "./workflowFilters";

/** Whatever a menu hands to a command: a resource, a row of the Dialer view, or nothing. */
type Given = Uri | DialerNode | undefined;

export interface DialerParts {
  readonly server: Server;
  readonly texts: KnownTexts;
  readonly configurations: Configurations;
  readonly view: DialerView;
  readonly reports: Reports;
  readonly cleanUp: CleanUp;
}

export function registerDialerCommands(parts: DialerParts): Disposable {
  const { server, texts, configurations, view, reports, cleanUp } = parts;
  const register = (name: string, action: (...args: never[]) => unknown): Disposable =>
    commands.registerCommand(`handlerWorkbench.${name}`, (...args: never[]) =>
      guarded(server, () => action(...args)),
    );
  /** Of commands that need a configuration: says so where there is none. */
  const withConfiguration =
    (action: (configuration: Uri, selected: readonly Uri[]) => unknown) =>
    async (given: Given, selected?: unknown): Promise<void> => {
      const configuration = configurationOf(given);
      const others = Array.isArray(selected) ? selected.filter((each) => each instanceof Uri) : [];
      if (configuration) await action(configuration, others);
      else void window.showInformationMessage(l10n.t("Open a Dialer configuration first."));
    };
  return Disposable.from(
    register(
      "showMigration",
      withConfiguration((uri) => reports.show({ kind: "migration", uri: uri.toString() })),
    ),
    register(
      "listWorkflows",
      withConfiguration(async (uri) => {
        const filter = await chooseWorkflows(server, uri);
        if (filter) reports.show({ kind: "workflows", uri: uri.toString(), filter });
      }),
    ),
    register(
      "compareDialer",
      withConfiguration(async (uri, selected) => {
        const second =
          selected.length === 2 ? selected.find((each) => String(each) !== String(uri)) : undefined;
        const subject = await chooseComparison(configurations, uri, second);
        if (subject) reports.show(subject);
      }),
    ),
    register(
      "removeDeletedWorkflows",
      withConfiguration((uri) => cleanUp.propose(uri)),
    ),
    register("writeProposal", (given: Given) => {
      const proposal = given instanceof Uri ? given : window.activeTextEditor?.document.uri;
      if (proposal?.scheme === proposalScheme) return cleanUp.write(proposal);
      return window.showInformationMessage(l10n.t("Open the proposal first."));
    }),
    register("showReferrers", async (given: Given) => {
      if (given && !(given instanceof Uri) && given.kind === "item" && given.item.id !== null)
        return await showReferrers(server, { uri: given.uri.toString(), id: given.item.id }, given.uri);
      const editor = window.activeTextEditor;
      if (!editor) return;
      const { line, character } = editor.selection.active;
      const { uri } = editor.document;
      await showReferrers(server, { uri: uri.toString(), at: { line, character } }, uri);
    }),
    register("filterDialer", () => view.askForFilter()),
    register("clearDialerFilter", () => view.filter("")),
    register("refreshDialer", () => view.refresh()),
    register("checkAs", () => checkAs(server, texts)),
  );
}

/** What a report offers beside reading it. */
export function reportActions(server: Server, subject: ReportSubject): readonly ReportAction[] {
  const save: ReportAction = {
    label: l10n.t("Save As..."),
    run: async () => {
      await saveReport(server, subject);
      return undefined;
    },
  };
  switch (subject.kind) {
    case "migration":
      return [save];
    case "workflows":
      return [
        {
          label: l10n.t("Change Filters..."),
          run: async () => {
            const filter = await chooseWorkflows(server, Uri.parse(subject.uri, true), subject.filter);
            return filter && { ...subject, filter };
          },
        },
        save,
      ];
    case "comparison":
      return [
        {
          label: l10n.t("Swap Old and New"),
          run: () => ({ ...subject, old: subject.new, new: subject.old }),
        },
        {
          label: subject.everything ? l10n.t("Leave Out Run State") : l10n.t("Show Run State Too"),
          run: () => ({ ...subject, everything: !subject.everything }),
        },
        save,
      ];
  }
}

/** The configuration a command is about; without an argument, that in the active editor. */
function configurationOf(given: Given): Uri | undefined {
  if (given instanceof Uri) return given;
  if (given && "uri" in given) return given.uri;
  const input = window.tabGroups.activeTabGroup.activeTab?.input;
  if (input instanceof TabInputTextDiff) return input.modified;
  return input instanceof TabInputText ? input.uri : undefined;
}
