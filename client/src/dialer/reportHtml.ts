import { randomBytes } from "node:crypto";
import { env, Uri, type Webview } from "vscode";

/** The page of a report: nothing but its script and style may run or load. */
export function reportHtml(webview: Webview, media: Uri): string {
  const nonce = randomBytes(18).toString("base64");
  const of = (name: string): string => webview.asWebviewUri(Uri.joinPath(media, name)).toString();
  const policy = `default-src 'none'; style-src ${webview.cspSource}; script-src 'nonce-${nonce}'`;
  return `<!doctype html>
<html lang="${env.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<link rel="stylesheet" href="${of("report.css")}">
</head>
<body>
<main id="report"></main>
<script nonce="${nonce}" src="${of("report.js")}"></script>
</body>
</html>`;
}
