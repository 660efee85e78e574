import { commands, FileSystemError, l10n, type QuickPickItem, Uri, window, workspace } from "vscode";
import { CompareReportRequest, type ReportFormat } from "../../../server/src/protocol";
import type { Server } from "../server";
import { type Comparison, withProgress } from "./comparison";

/** Our stylesheet for the XML report, and what it is called beside a report. */
const STYLESHEET = "handler-diff.xsl";

const endings: Readonly<Record<ReportFormat, string>> = {
  html: "html",
  markdown: "md",
  json: "json",
  xml: "xml",
};

/** What a caller of the command chose already; the user is asked for the rest. */
export interface ExportChoice {
  readonly format?: ReportFormat;
  /** Of XML: address of a stylesheet; "" = none. Ours is written beside the report. */
  readonly stylesheet?: string;
  /** Replaced when it is there. */
  readonly target?: Uri;
}

/** Lets the user choose a format and a file, and writes the report on a comparison there. */
export async function exportComparison(
  server: Server,
  comparison: Comparison,
  /** The folder that holds our stylesheet. */
  media: Uri,
  given: ExportChoice = {},
): Promise<void> {
  const format = given.format ?? (await chooseFormat());
  if (!format) return;
  const stylesheet = format === "xml" ? (given.stylesheet ?? (await chooseStylesheet())) : "";
  if (stylesheet === undefined) return;
  const target = given.target ?? (await chooseTarget("handler-diff", format));
  if (!target) return;
  const { id, old, now } = comparison;
  const params: CompareReportRequest.Params = { id, format, old: old.label, now: now.label, stylesheet };
  const title = l10n.t("Exporting the comparison");
  const result = await withProgress<CompareReportRequest.Result>(
    server,
    id,
    title,
    CompareReportRequest.method,
    params,
  );
  if (!result) return;
  // Before the report, which names it.
  if (stylesheet === STYLESHEET) await addStylesheet(Uri.joinPath(media, STYLESHEET), target);
  await workspace.fs.writeFile(target, new TextEncoder().encode(result.text));
  tellExported(target);
}

async function chooseFormat(): Promise<ReportFormat | undefined> {
  const items: (QuickPickItem & { format: ReportFormat })[] = [
    {
      format: "html",
      label: "HTML",
      detail: l10n.t("One page with pictures and listing diffs; needs nothing else"),
    },
    { format: "markdown", label: "Markdown", detail: l10n.t("For reviews and wikis") },
    { format: "json", label: "JSON", detail: l10n.t("For programs") },
    { format: "xml", label: "XML", detail: l10n.t("For programs and stylesheets (XSLT)") },
  ];
  return (await window.showQuickPick(items, { title: l10n.t("Export Comparison as") }))?.format;
}

/** Where a file is to be written; the dialog asks before it replaces one. */
export async function chooseTarget(name: string, format: ReportFormat): Promise<Uri | undefined> {
  const ending = endings[format];
  const folder = workspace.workspaceFolders?.[0]?.uri;
  return await window.showSaveDialog({
    title: l10n.t("Export Report"),
    defaultUri: folder && Uri.joinPath(folder, `${name}.${ending}`),
    filters: { [format === "markdown" ? "Markdown" : format.toUpperCase()]: [ending] },
  });
}

/** "" = none; undefined: given up. */
async function chooseStylesheet(): Promise<string | undefined> {
  const none = l10n.t("No stylesheet");
  const own = l10n.t("Handler Workbench's stylesheet");
  const other = l10n.t("Another stylesheet...");
  const chosen = await window.showQuickPick(
    [
      { label: none },
      { label: own, detail: l10n.t("An overview; {0} is written beside the report", STYLESHEET) },
      { label: other, detail: l10n.t("By its address, which stands in the report as you write it") },
    ],
    { title: l10n.t("Stylesheet of the Report") },
  );
  if (!chosen || chosen.label === none) return chosen && "";
  if (chosen.label === own) return STYLESHEET;
  return await window.showInputBox({
    title: l10n.t("Address of the Stylesheet"),
    placeHolder: "handler-diff.xsl",
  });
}

/** Copies our stylesheet beside a report, unless a file of its name is there: that may be the user's own. */
async function addStylesheet(from: Uri, report: Uri): Promise<void> {
  try {
    await workspace.fs.copy(from, Uri.joinPath(report, "..", STYLESHEET), { overwrite: false });
  } catch (error) {
    if (!(error instanceof FileSystemError && error.code === "FileExists")) throw error;
    void window.showInformationMessage(
      l10n.t("{0} is there already beside the report and was left as it is.", STYLESHEET),
    );
  }
}

/** Says so, and offers to open it. Nobody waits for the answer: the report is written. */
export function tellExported(target: Uri): void {
  const open = l10n.t("Open");
  const name = target.path.slice(target.path.lastIndexOf("/") + 1);
  const message = l10n.t("The report was exported to {0}.", name);
  void window.showInformationMessage(message, open).then(async (chosen) => {
    if (chosen !== open) return;
    await commands.executeCommand(/\.html$/.test(name) ? "revealFileInOS" : "vscode.open", target);
  });
}
