import type { FromPage, ToPage } from "../../server/src/protocol";
import "../report/report.css";
import "./page.css";
import { PageView } from "./view";

declare function acquireVsCodeApi(): { postMessage(message: FromPage): void };

const vscode = acquireVsCodeApi();
const view = new PageView(document.getElementById("page-view")!, (message) => vscode.postMessage(message));

window.addEventListener("message", ({ data }: MessageEvent<ToPage>) => {
  if (data.type === "show") view.show(data.page);
  else view.status(data);
});

vscode.postMessage({ type: "ready" });
