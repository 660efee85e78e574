import type { Connection } from "vscode-languageserver";
import { URI } from "vscode-uri";
import {
  DialerCheckedNotification,
  DialerCleanUpRequest,
  DialerReferrersRequest,
  DialerReportRequest,
  DialerReportTextRequest,
  DialerViewRequest,
  ForgetNotification,
  FormatsRequest,
  ReadResourceRequest,
  RecogniseRequest,
  WorkflowFiltersRequest,
} from "../../protocol";
import { cleanUp } from "../dialer/cleanUp";
import { Configurations } from "../dialer/configurations";
import { reportText, shownReport, workflowFilters } from "../dialer/reports";
import { dialerReferrers, dialerView } from "../dialer/view";
import type { Session } from "../session";
import { textFormats } from "./formats";
import type { TextHost } from "./openText";
import { Registrations } from "./registrations";
import { Texts } from "./texts";

/** The text files of a session, with the requests that are about them alone. */
export function createTexts(connection: Connection, session: Session): Texts {
  const host: TextHost = {
    settings: () => session.settings,
    folders: () =>
      session.folders
        .map((uri) => URI.parse(uri))
        .flatMap(({ scheme, fsPath }) => (scheme === "file" ? [fsPath] : [])),
    publish: (params) => void connection.sendDiagnostics(params),
    report: (error) =>
      connection.console.error(error instanceof Error ? (error.stack ?? error.message) : String(error)),
  };
  const texts = new Texts(host, new Registrations(connection), ({ uri, model }) => {
    const workflows = model.objects.filter(({ kind }) => kind === "workflow").length;
    const params: DialerCheckedNotification.Params = { uri, workflows };
    void connection.sendNotification(DialerCheckedNotification.method, params);
  });
  const configurations = new Configurations(
    (uri) => texts.dialer(uri),
    host,
    (uri) => connection.sendRequest(ReadResourceRequest.method, { uri }),
  );
  const get = (uri: string) => configurations.get(uri);

  connection.onCompletion(async ({ textDocument, position }) => {
    return (await texts.get(textDocument.uri)?.completion?.(position)) ?? null;
  });
  connection.onRequest(RecogniseRequest.method, (params: RecogniseRequest.Params) => texts.recognise(params));
  connection.onNotification(ForgetNotification.method, ({ uri }: ForgetNotification.Params) =>
    texts.forget(uri),
  );
  connection.onRequest(FormatsRequest.method, (): FormatsRequest.Result => ({ formats: textFormats }));
  connection.onRequest(DialerViewRequest.method, async ({ uri }: DialerViewRequest.Params) =>
    dialerView(await get(uri)),
  );
  connection.onRequest(DialerReferrersRequest.method, async (params: DialerReferrersRequest.Params) =>
    dialerReferrers(await get(params.uri), params),
  );
  connection.onRequest(DialerReportRequest.method, (subject: DialerReportRequest.Params) =>
    shownReport(subject, get),
  );
  connection.onRequest(DialerReportTextRequest.method, (params: DialerReportTextRequest.Params) =>
    reportText(params, get),
  );
  connection.onRequest(WorkflowFiltersRequest.method, async ({ uri }: WorkflowFiltersRequest.Params) =>
    workflowFilters(await get(uri)),
  );
  connection.onRequest(DialerCleanUpRequest.method, async ({ uri }: DialerCleanUpRequest.Params) =>
    cleanUp(await get(uri), configurations),
  );
  return texts;
}
