import type { ReportView } from "../../server/src/protocol";
import "./report.css";
import { ReportPage } from "./page";

interface VsCodeApi {
  postMessage(message: ReportView.ToEditor): void;
  getState(): unknown;
  setState(state: string): void;
}
declare function acquireVsCodeApi(): VsCodeApi;

const vscode = acquireVsCodeApi();
const saved = vscode.getState();
let page: ReportPage | undefined;

window.addEventListener("message", ({ data }: MessageEvent<ReportView.ToView>) => {
  switch (data.type) {
    case "strings":
      page ??= new ReportPage(document.getElementById("report")!, data.strings, {
        open: (uri, span) => vscode.postMessage({ type: "open", uri, span }),
        act: (id) => vscode.postMessage({ type: "action", id }),
        filtered: (filter) => vscode.setState(filter),
        filter: typeof saved === "string" ? saved : "",
      });
      break;
    case "show":
      page?.show(data.report, data.actions);
      break;
    case "failed":
      page?.fail(data.message);
      break;
  }
});

vscode.postMessage({ type: "ready" });
