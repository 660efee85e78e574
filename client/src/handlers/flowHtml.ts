import type { Uri, Webview } from "vscode";
import { webviewPage } from "../webviewPage";

/** The page of a view that shows flows, by the name of its script and style. */
export function flowHtml(webview: Webview, media: Uri, name = "flow"): string {
  // Blobs: the picture that is exported as PNG.
  return webviewPage(webview, media, { name, root: `${name}-view`, policy: ["img-src blob:"] });
}
