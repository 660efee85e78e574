import { randomBytes } from "node:crypto";
import { env, Uri, type Webview } from "vscode";

export interface PageOptions {
  /** Of the script and the style: `NAME.js`, `NAME.css`. */
  readonly name: string;
  /** Id of the element that the script fills. */
  readonly root: string;
  /** `main` where the script makes no landmark of its own. */
  readonly element?: "main" | "div";
  /** What the policy allows beside the script and the style. */
  readonly policy?: readonly string[];
}

/** The page of a view: nothing but its script and style may run or load. */
export function webviewPage(
  webview: Webview,
  media: Uri,
  { name, root, element = "div", policy = [] }: PageOptions,
): string {
  const nonce = randomBytes(18).toString("base64");
  const of = (file: string): string => webview.asWebviewUri(Uri.joinPath(media, file)).toString();
  const allowed = [
    "default-src 'none'",
    `style-src ${webview.cspSource}`,
    `script-src 'nonce-${nonce}'`,
    ...policy,
  ].join("; ");
  return `<!doctype html>
<html lang="${env.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="${allowed}">
<link rel="stylesheet" href="${of(`${name}.css`)}">
</head>
<body>
<${element} id="${root}"></${element}>
<script nonce="${nonce}" src="${of(`${name}.js`)}"></script>
</body>
</html>`;
}
