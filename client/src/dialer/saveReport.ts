import { commands, l10n, Uri, window, workspace } from "vscode";
import { DialerReportTextRequest, type ReportForm, type ReportSubject } from "../../../server/src/protocol";
import type { Server } from "../server";

const endings: Readonly<Record<ReportForm, string>> = { markdown: "md", html: "html", csv: "csv" };

/** Asks where to (the dialog asks before it replaces a file) and writes the report; the ending says the form. */
export async function saveReport(server: Server, subject: ReportSubject): Promise<void> {
  const target = await window.showSaveDialog({
    defaultUri: besides(subject),
    filters: { HTML: ["html"], Markdown: ["md"], CSV: ["csv"] },
    title: l10n.t("Save Report"),
  });
  if (!target) return;
  const form = formOf(target);
  if (!form) {
    void window.showErrorMessage(
      l10n.t("A report is saved as .html, .md or .csv; choose one of these endings."),
    );
    return;
  }
  const params: DialerReportTextRequest.Params = { subject, form };
  const { text } = await server.request<DialerReportTextRequest.Result>(
    DialerReportTextRequest.method,
    params,
  );
  await workspace.fs.writeFile(target, new TextEncoder().encode(text));
  const open = l10n.t("Open");
  const name = target.path.slice(target.path.lastIndexOf("/") + 1);
  if ((await window.showInformationMessage(l10n.t("The report was saved to {0}.", name), open)) === open)
    await commands.executeCommand("vscode.open", target);
}

function formOf({ path }: Uri): ReportForm | undefined {
  const ending = path.slice(path.lastIndexOf(".") + 1).toLowerCase();
  return (Object.keys(endings) as ReportForm[]).find((form) => endings[form] === ending);
}

/** Beside the configuration, in the form that suits the report best. */
function besides(subject: ReportSubject): Uri {
  const configuration = Uri.parse(subject.kind === "comparison" ? subject.new : subject.uri, true);
  const base = configuration.path.slice(configuration.path.lastIndexOf("/") + 1).replace(/\.[^.]*$/, "");
  const name = {
    migration: `${base}.migration.html`,
    workflows: `${base}.workflows.csv`,
    comparison: `${base}.comparison.html`,
  }[subject.kind];
  return Uri.joinPath(configuration, "..", name);
}
