import { randomBytes } from "node:crypto";
import { env, Uri, type Webview } from "vscode";

/** A page of which nothing but its own script and style may run or load. `name`: of both, in `media`. */
export function webviewHtml(webview: Webview, media: Uri, name: string): string {
  const nonce = randomBytes(18).toString("base64");
  const of = (file: string): string => webview.asWebviewUri(Uri.joinPath(media, file)).toString();
  // Widths and heights that depend on data are set through the style's object, which the policy allows.
  const policy = `default-src 'none'; style-src ${webview.cspSource}; script-src 'nonce-${nonce}'`;
  return `<!doctype html>
<html lang="${env.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<link rel="stylesheet" href="${of(`${name}.css`)}">
</head>
<body>
<main id="${name}-view"></main>
<script nonce="${nonce}" src="${of(`${name}.js`)}"></script>
</body>
</html>`;
}
