import type { FolderDiff } from "../analysis/compare/compareFolders";
import { diffHtml } from "../analysis/reports/diffHtml";
import { diffJson } from "../analysis/reports/diffJson";
import { diffMarkdown } from "../analysis/reports/diffMarkdown";
import { diffXml } from "../analysis/reports/diffXml";
import type { CompareReportRequest } from "../protocol";

/** The text of a report. Rejects with the signal's reason when it is aborted. */
export async function compareReport(
  diff: FolderDiff,
  { format, old, now, stylesheet }: CompareReportRequest.Params,
  signal: AbortSignal,
): Promise<string> {
  const options = { old, now, date: new Date(), signal };
  switch (format) {
    case "json":
      return `${JSON.stringify(diffJson(diff, options), null, 1)}\n`;
    case "xml":
      return diffXml(diff, { ...options, stylesheet });
    case "html":
      return await joined(diffHtml(diff, options));
    case "markdown":
      return await joined(diffMarkdown(diff, options));
  }
}

export async function joined(pieces: AsyncIterable<string>): Promise<string> {
  const all: string[] = [];
  for await (const piece of pieces) all.push(piece);
  return all.join("");
}
