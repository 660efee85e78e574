import { Disposable, languages, LanguageStatusSeverity, l10n } from "vscode";
import { listingLanguage } from "../../../server/src/protocol";
import type { Server, ServerState } from "../server";

/** Two status items for handlers and listings: what the server is doing, and whether it runs. */
export function showStatus(server: Server): Disposable {
  const selector = [{ language: listingLanguage }, { pattern: "**/*.ihd" }];
  const work = languages.createLanguageStatusItem("handlerWorkbench.work", selector);
  work.name = l10n.t("Handlers");
  work.command = { title: l10n.t("Show Log"), command: "handlerWorkbench.showLog" };
  const life = languages.createLanguageStatusItem("handlerWorkbench.server", selector);
  life.name = l10n.t("Handler Workbench Server");
  life.command = { title: l10n.t("Restart"), command: "handlerWorkbench.restartServer" };

  const show = (state: ServerState): void => {
    const isGone = state.state === "failed" || state.state === "stopped";
    const text = workText(state);
    work.text = text.text;
    work.detail = text.detail;
    work.busy = state.state === "indexing" || state.state === "starting";
    work.severity = text.isWarning ? LanguageStatusSeverity.Warning : LanguageStatusSeverity.Information;
    life.text = isGone ? l10n.t("Language server: not running") : l10n.t("Language server: running");
    life.severity =
      state.state === "failed" ? LanguageStatusSeverity.Error : LanguageStatusSeverity.Information;
  };
  show(server.state);
  return Disposable.from(work, life, server.onDidChangeState(show));
}

function workText(state: ServerState): { text: string; detail?: string; isWarning?: boolean } {
  switch (state.state) {
    case "stopped":
    case "failed":
      return { text: l10n.t("Handlers are not read") };
    case "starting":
      return { text: l10n.t("Starting") };
    case "indexing":
      return { text: l10n.t("Reading handlers: {0} of {1}", state.read, state.found) };
    case "cancelled":
      return {
        text: l10n.t("Reading was cancelled: {0} of {1} handlers", state.read, state.found),
        detail: l10n.t('Calls are not checked. "Read All Handlers Again" starts anew.'),
        isWarning: true,
      };
    case "ready":
      if (state.capped !== null) {
        return {
          text: l10n.t("{0} handlers; there are more", state.read),
          detail: l10n.t(
            "The setting handlerWorkbench.index.maximumFiles ends the reading at {0}. Calls are not checked.",
            state.capped,
          ),
          isWarning: true,
        };
      }
      if (state.unreadable.length > 0) {
        return {
          text: l10n.t("{0} handlers; {1} folders could not be read", state.read, state.unreadable.length),
          detail: state.unreadable[0],
          isWarning: true,
        };
      }
      return { text: state.read === 1 ? l10n.t("1 handler") : l10n.t("{0} handlers", state.read) };
  }
}
