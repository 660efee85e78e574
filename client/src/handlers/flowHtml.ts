import { randomBytes } from "node:crypto";
import { env, Uri, type Webview } from "vscode";

/** The page of a flow view: nothing but its script and style may run or load. */
export function flowHtml(webview: Webview, media: Uri): string {
  const nonce = randomBytes(18).toString("base64");
  const of = (name: string): string => webview.asWebviewUri(Uri.joinPath(media, name)).toString();
  const policy = [
    "default-src 'none'",
    // The picture that is exported as PNG.
    "img-src blob:",
    `style-src ${webview.cspSource}`,
    `script-src 'nonce-${nonce}'`,
  ].join("; ");
  return `<!doctype html>
<html lang="${env.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<link rel="stylesheet" href="${of("flow.css")}">
</head>
<body>
<div id="flow-view"></div>
<script nonce="${nonce}" src="${of("flow.js")}"></script>
</body>
</html>`;
}
