import { Disposable, type ExtensionContext, Uri } from "vscode";
import type { ReportSubject } from "../../../server/src/protocol";
import type { Server } from "../server";
import { CleanUp } from "./cleanUp";
import { registerDialerCommands, reportActions } from "./commands";
import { Configurations } from "./configurations";
import { DialerView } from "./dialerView";
import { KnownTexts } from "./knownTexts";
import { Reports } from "./reports";
import { TextRules } from "./textRules";

/** What other features show by it. */
export interface Dialer extends Disposable {
  showReport(subject: ReportSubject): void;
}

/** Everything about Dialer configurations and the small configuration files. */
export function startDialer(server: Server, { workspaceState, extensionUri }: ExtensionContext): Dialer {
  const texts = new KnownTexts(server, workspaceState);
  const configurations = new Configurations(texts);
  const view = new DialerView(configurations, server);
  const media = Uri.joinPath(extensionUri, "dist", "media");
  const reports = new Reports(media, server, (subject) => reportActions(server, subject));
  const cleanUp = new CleanUp(server);
  const parts = Disposable.from(
    texts,
    configurations,
    view,
    reports,
    cleanUp,
    new TextRules(texts),
    registerDialerCommands({ server, texts, configurations, view, reports, cleanUp }),
  );
  return { dispose: () => void parts.dispose(), showReport: (subject) => reports.show(subject) };
}
