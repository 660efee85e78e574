import { randomBytes } from "node:crypto";
import { env, Uri, type Webview } from "vscode";

/** The page of a view that shows flows: nothing but its script and style (`NAME.js`, `NAME.css`) may run or load. */
export function flowHtml(webview: Webview, media: Uri, view = "flow"): string {
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
<link rel="stylesheet" href="${of(`${view}.css`)}">
</head>
<body>
<div id="${view}-view"></div>
<script nonce="${nonce}" src="${of(`${view}.js`)}"></script>
</body>
</html>`;
}
