import type { CallView as Messages } from "../../server/src/protocol";
import "./calls.css";
import { CallsView } from "./view";

interface VsCodeApi {
  postMessage(message: Messages.ToEditor): void;
}
declare function acquireVsCodeApi(): VsCodeApi;

const vscode = acquireVsCodeApi();
let view: CallsView | undefined;

window.addEventListener("message", ({ data }: MessageEvent<Messages.ToView>) => {
  switch (data.type) {
    case "strings":
      view ??= new CallsView(document.getElementById("calls-view")!, data.strings, (message) =>
        vscode.postMessage(message),
      );
      break;
    case "show":
      view?.show(data.picture, data.focus);
      break;
    case "failed":
      view?.fail(data.message);
      break;
  }
});

vscode.postMessage({ type: "ready" });
