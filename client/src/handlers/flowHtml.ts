import type { Uri, Webview } from "vscode";
import { webviewPage } from "../webviewPage";

/** The page of a flow view. */
export function flowHtml(webview: Webview, media: Uri): string {
  // Blobs: the picture that is exported as PNG.
  return webviewPage(webview, media, { name: "flow", root: "flow-view", policy: ["img-src blob:"] });
}
