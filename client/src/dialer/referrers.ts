import { l10n, type QuickPickItem, type Range, type Uri, window } from "vscode";
import { DialerReferrersRequest } from "../../../server/src/protocol";
import type { Server } from "../server";
import { rangeOf } from "./dialerNodes";
import { openText } from "./openText";

/** Lets the user choose among the objects that refer to one, and opens the file at the reference. */
export async function showReferrers(
  server: Server,
  params: DialerReferrersRequest.Params,
  uri: Uri,
): Promise<void> {
  const { object, referrers } = await server.request<DialerReferrersRequest.Result>(
    DialerReferrersRequest.method,
    params,
  );
  if (object === null) {
    void window.showInformationMessage(
      l10n.t("Put the cursor on an object, or on a value that refers to one."),
    );
    return;
  }
  if (referrers.length === 0) {
    void window.showInformationMessage(l10n.t("Nothing in this file refers to {0}.", object));
    return;
  }
  const items = referrers.map(({ title, kindName, property, span }): QuickPickItem & { range: Range } => ({
    label: title,
    description: l10n.t("{0}, {1}", kindName, property),
    detail: l10n.t("line {0}", span.start.line + 1),
    range: rangeOf(span),
  }));
  const chosen = await window.showQuickPick(items, {
    title: l10n.t("Who refers to {0}", object),
    placeHolder: l10n.t("Opens the file at the reference"),
    matchOnDescription: true,
  });
  if (chosen) await openText(uri, { selection: chosen.range });
}
